"""What cities hold beside blocks: tablets and coverage, remarks, targets, ratings half-way."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from kiosk.domain.questionnaire import REASONS

Row = dict[str, Any]
TABLETS = 2  # a ward
COMMENTS = 10  # a ward and month
FORTNIGHT = 10  # working days
WEEK = timedelta(days=7)
TEXT = "Cán bộ giải thích rõ ràng, nhưng buổi sáng phải chờ khá lâu mới đến lượt."


def rows(
    officers: Mapping[int, Sequence[int]], days: Sequence[date], areas: Sequence[int]
) -> Iterator[tuple[str, Iterator[Row]]]:
    """The rows of each table, for wards with their officers and for the areas above."""
    wards = list(officers)
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})[:-1]
    months = sorted({day.replace(day=1) for day in days})[:-1]
    yield "tablet", _tablets(wards)
    yield "coverage_week", _weeks(wards, mondays)
    yield "coverage_month", _months(wards, months)
    yield "coverage_hours", _hours(wards, months)
    yield "partial_block", _partials(wards, mondays)
    yield "reason_block", _reasons(officers, days)
    yield "comment_block", _comment_blocks(wards, months)
    yield "comment", _comments(wards, months)
    yield "target", _targets([*areas, *wards], {days[0].year, days[-1].year})


def _of(wards: Sequence[int]) -> Iterator[Row]:
    """Each ward with each of its tablets."""
    numbers = count(1)
    for ward in wards:
        for _ in range(TABLETS):
            yield {"unit_id": ward, "tablet_id": next(numbers)}


def _tablets(wards: Sequence[int]) -> Iterator[Row]:
    for at in _of(wards):
        label = f"Quầy {at['tablet_id']}"
        yield {"id": at["tablet_id"], "unit_id": at["unit_id"], "label": label}


def _weeks(wards: Sequence[int], mondays: Sequence[date]) -> Iterator[Row]:
    dice = random.Random(7)
    for at in _of(wards):
        for monday in mondays:
            touched = dice.random() > 0.01
            silent = dice.randint(0, 6) if touched else 35
            yield {
                **at,
                "week": monday,
                "taps": dice.randint(150, 400) if touched else 0,
                "opening_hours": 35,
                "silent_stretches": -(-silent // 3),
                "silent_hours": silent,
                "released_on": monday + WEEK,
            }


def _months(wards: Sequence[int], months: Sequence[date]) -> Iterator[Row]:
    dice = random.Random(8)
    for at in _of(wards):
        for month in months:
            counts = {"taps": dice.randint(800, 1500), "partials": dice.randint(5, 60)}
            yield {**at, "month": month, **counts, "released_on": _next(month)}


def _hours(wards: Sequence[int], months: Sequence[date]) -> Iterator[Row]:
    dice = random.Random(9)
    for at in _of(wards):
        for month in months:
            for hour in (8, 10, 14, 16):
                cell = {"first_hour": hour, "last_hour": hour + 1}
                cell["taps"] = dice.randint(50, 300)
                yield {**at, "month": month, **cell, "released_on": _next(month)}


def _partials(wards: Sequence[int], mondays: Sequence[date]) -> Iterator[Row]:
    dice = random.Random(10)
    for ward in wards:
        for monday in mondays:
            yield {**_block(ward, monday, dice), "n": dice.randint(5, 20)}


def _reasons(
    officers: Mapping[int, Sequence[int]], days: Sequence[date]
) -> Iterator[Row]:
    dice = random.Random(11)
    for ward, people in officers.items():
        for turn, officer in enumerate(people):
            for day in days[turn % FORTNIGHT :: FORTNIGHT]:
                n = dice.randint(5, 14)
                counts = {key: dice.randint(0, n) for key in REASONS}
                row = {**_block(ward, day, dice), "n": n, "officer_id": officer}
                yield {**row, **counts}


def _comment_blocks(wards: Sequence[int], months: Sequence[date]) -> Iterator[Row]:
    for ward in wards:
        for at, month in enumerate(months):
            head = {"unit_id": ward, "key": _key(at), "channel": "tablet"}
            counts = {"n": COMMENTS, "k": 5, "month": month}
            yield {**head, **counts, "released_on": month + timedelta(days=20)}


def _comments(wards: Sequence[int], months: Sequence[date]) -> Iterator[Row]:
    for ward in wards:
        for at in range(len(months)):
            for number in range(COMMENTS):
                key = _key(at * COMMENTS + number)
                text = {"text": f"{TEXT} {number}", "folded": TEXT.casefold()}
                yield {"unit_id": ward, "key": key, "block_key": _key(at), **text}


def _targets(units: Sequence[int], years: set[int]) -> Iterator[Row]:
    numbers = count(1)
    for unit in units:
        for year in sorted(years):
            for indicator, value in (("all_three", 0.85), ("greeted", 0.9)):
                row = {"indicator": indicator, "year": year, "value": value}
                yield {"id": next(numbers), "unit_id": unit, **row}


def _block(ward: int, day: date, dice: random.Random) -> Row:
    return {
        "unit_id": ward,
        "key": dice.randbytes(16),
        "questionnaire": 1,
        "channel": "tablet",
        "k": 5,
        "counted_on": day,
        "released_on": day + timedelta(days=1),
    }


def _key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
