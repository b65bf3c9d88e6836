"""Figures from sums are figures from blocks: for any blocks, periods and days to look back from.

The release's own sums are held against additions in Python, the tests' own SQL against them too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import first_open_day
from kiosk.domain.sums import sum_up
from kiosk.domain.tallies import new_key
from kiosk.models import Base
from kiosk.models.organisation import Officer, Unit
from reports import queries
from reports.periods import Period, PeriodKind, row
from reports.queries import Span
from tests.domain.waiting_room import memory_store
from tests.reports.sums import TABLES, write_sums

WARDS, OFFICERS = (1, 2), (11, 12, None)
BEGAN = date(2025, 11, 20)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Cut:
    """What a run of a ward writes: blocks of ratings that waited some days, or none."""

    ward: int
    after: int
    blocks: tuple[tuple[int | None, int, int], ...]


courses = st.lists(
    st.builds(
        Cut,
        ward=st.sampled_from(WARDS),
        after=st.sampled_from((1, 1, 2, 5, 17, 40)),
        blocks=st.lists(
            st.tuples(
                st.sampled_from(OFFICERS), st.integers(1, 70), st.integers(0, 2**40)
            ),
            max_size=4,
        ).map(tuple),
    ),
    min_size=1,
    max_size=20,
)
periods = st.builds(
    row,
    st.sampled_from(PeriodKind),
    st.dates(date(2025, 10, 1), date(2027, 3, 1)),
    st.integers(1, 14),
)


@settings(max_examples=30)
@given(courses, st.data())
def test_sums_of_the_release_are_sums_of_its_blocks(
    course: list[Cut], data: st.DataObject
) -> None:
    with memory_store() as store, store.session() as session:
        add_wards(session)
        written, days = play(session, course)
        for _ in range(4):
            as_of = data.draw(st.sampled_from(days)) + timedelta(
                data.draw(st.integers(-1, 30))
            )
            span = Span(WARDS, data.draw(periods), as_of)
            assert from_queries(session, span) == from_rows(written, span)
        assert stored(session) == witnessed(session)


def test_a_month_is_summed_by_officer_once_nothing_more_can_count_in_it() -> None:
    with memory_store() as store, store.session() as session:
        add_wards(session)
        june = block(11, date(2026, 6, 10), date(2026, 6, 11), 7)
        write(session, {"block": [june]}, date(2026, 6, 11))

        early = sum_up(session, unit_id=1, written={}, today=date(2026, 7, 15))
        late = sum_up(session, unit_id=1, written={}, today=date(2026, 7, 16))

    assert early == {}
    (summed,) = late["officer_month"]
    assert (summed["month"], summed["officer_id"]) == (date(2026, 6, 1), 11)
    assert (summed["n"], summed["level_5"]) == (june["n"], june["level_5"])


def test_a_run_adds_only_to_the_months_that_it_counts_in() -> None:
    with memory_store() as store, store.session() as session:
        add_wards(session)
        today = date(2026, 7, 2)
        june, july = block(11, date(2026, 6, 30), today, 7), block(12, today, today, 8)

        found = sum_up(session, unit_id=1, written={"block": [june, july]}, today=today)

    assert [(each["month"], each["n"]) for each in found["unit_month"]] == [
        (date(2026, 6, 1), june["n"]),
        (date(2026, 7, 1), july["n"]),
    ]


@pytest.mark.parametrize("months", [2, 24])
def test_final_months_of_officers_are_not_summed_again(months: int) -> None:
    with memory_store() as store, store.session() as session:
        add_wards(session)
        today = date(2024, 11, 30)
        while today < date(2026, 12, 10):
            today += timedelta(days=10)
            write(session, {"block": [block(11, today, today, 3)]}, today)
        read: list[str] = []
        event.listen(
            session.get_bind(),
            "before_cursor_execute",
            lambda *given: read.append(f"{given[2]} {given[3]}"),
        )
        span = Span([1], row(PeriodKind.MONTH, today, months), today)

        queries.pool_tallies(session, span)

    summed = any("officer_month" in each for each in read)
    (blocks,) = (each for each in read if "FROM block" in each)
    assert summed == (months > 2)
    assert "'2026-11-01'" in blocks


def add_wards(session: Session) -> None:
    session.add_all([Unit(id=each, kind="ward") for each in WARDS])
    session.add_all(
        [Officer(id=each, code=f"{each}", name="N") for each in OFFICERS if each]
    )
    session.flush()


def play(
    session: Session, course: list[Cut]
) -> tuple[dict[str, list[Row]], list[date]]:
    """Every run of the course one after the other; what was written, and on which days."""
    days = dict.fromkeys(WARDS, BEGAN)
    written: dict[str, list[Row]] = {}
    for cut in course:
        days[cut.ward] += timedelta(days=cut.after)
        today = days[cut.ward]
        rows: dict[str, list[Row]] = {}
        for officer_id, waited, seed in cut.blocks:
            counted = first_open_day(today - timedelta(days=waited), today=today)
            made = block(officer_id, counted, today, seed, ward=cut.ward)
            rows.setdefault("block", []).append(made)
            if seed % 2:
                rows.setdefault("unit_tally", []).append(tally(made))
            if seed % 3 == 0:
                rows.setdefault("partial_block", []).append(partial(made))
        write(session, rows, today, ward=cut.ward)
        for table, some in rows.items():
            written.setdefault(table, []).extend(some)
    return written, sorted(days.values())


def write(
    session: Session, rows: Mapping[str, list[Row]], today: date, *, ward: int = 1
) -> None:
    sums = sum_up(session, unit_id=ward, written=rows, today=today)
    run = {"unit_id": ward, "day": today, "k": 5, "epoch": 1}
    chain = {"previous": new_key() * 2, "chain": new_key() * 2}
    made: dict[str, list[Any]] = {"release_run": [run | chain], **rows, **sums}
    for table, some in made.items():
        session.execute(insert(Base.metadata.tables[table]), some)


def block(
    officer_id: int | None, counted: date, today: date, seed: int, *, ward: int = 1
) -> Row:
    n = 5 + seed % 13
    yes, no = n - seed % 4, seed % 3
    answers = {"yes": yes - no % yes, "no": no % yes, "unsure": n - yes}
    courtesies = [
        (f"{each}_{answer}", count)
        for each in ("greeted", "asked", "thanked")
        for answer, count in answers.items()
    ]
    levels = {f"level_{at}": 0 for at in range(1, 6)}
    levels[f"level_{1 + seed % 5}"] = n
    return {
        "unit_id": ward,
        "key": new_key(),
        "officer_id": officer_id,
        "n": n,
        "pool": "officer" if officer_id else "none",
        "questionnaire": 1,
        "channel": "tablet",
        "k": 5,
        "counted_on": counted,
        "released_on": today,
        **dict(courtesies),
        **levels,
    }


def tally(made: Row) -> Row:
    kept = ("unit_id", "questionnaire", "channel", "counted_on", "released_on")
    counts = {"n": made["n"] + 20, "all_three": made["n"], "unsure": 2}
    return {name: made[name] for name in kept} | counts | {"key": new_key()}


def partial(made: Row) -> Row:
    kept = ("unit_id", "questionnaire", "channel", "counted_on", "released_on")
    return {name: made[name] for name in kept} | {"key": new_key(), "n": 6, "k": 5}


def from_queries(session: Session, span: Span) -> dict[Any, int]:
    """Some numbers of each query, by what they are of."""
    found: dict[Any, int] = {}
    for pool in queries.pool_tallies(session, span):
        found["pool", pool.unit_id, pool.officer_id, pool.period] = pool.tally.n
    tallies, threes = queries.unit_figures(session, span)
    assert tallies == queries.unit_tallies(session, span)
    assert threes == queries.all_three(session, span)
    together, _ = queries.group_figures(session, span, dict.fromkeys(WARDS, 0))
    for (_, at), each in together.items():
        found["together", at] = each.n
    for (unit_id, at), each in tallies.items():
        found["unit", unit_id, at] = each.n
        found["asked", unit_id, at] = each.asked.yes
        found["best", unit_id, at] = each.satisfaction.levels[4]
    for (own, at), each in queries.officer_tallies(
        session, span, officer_id=11
    ).items():
        found["own", own, at] = each.thanked.unsure
    for (unit_id, at), three in threes.items():
        found["three", unit_id, at] = three.all_three
    for at, period in enumerate(span.periods):
        found["partials", at] = queries.partial_ratings(
            session, WARDS, period=period, as_of=span.as_of
        )
    return found


def from_rows(written: Mapping[str, list[Row]], span: Span) -> dict[Any, int]:
    """The same numbers, added up one row after the other."""
    found: dict[Any, int] = {("partials", at): 0 for at in range(len(span.periods))}

    def add(count: int, *key: Any) -> None:
        found[key] = found.get(key, 0) + count

    for at, each in counting(written, "block", span):
        add(each["n"], "pool", each["unit_id"], each["officer_id"], at)
        add(each["n"], "unit", each["unit_id"], at)
        add(each["n"], "together", at)
        add(each["asked_yes"], "asked", each["unit_id"], at)
        add(each["level_5"], "best", each["unit_id"], at)
        add(each["thanked_unsure"], "own", each["officer_id"] == 11, at)
    for at, each in counting(written, "unit_tally", span):
        add(each["all_three"], "three", each["unit_id"], at)
    for at, each in counting(written, "partial_block", span):
        add(each["n"], "partials", at)
    return found


def counting(
    written: Mapping[str, list[Row]], table: str, span: Span
) -> Iterator[tuple[int, Row]]:
    for at, period in enumerate(span.periods):
        for each in written.get(table, ()):
            if holds(period, each["counted_on"]) and each["released_on"] <= span.as_of:
                yield at, each


def holds(period: Period, day: date) -> bool:
    return period.first <= day <= period.last


def stored(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All sums but for their random keys."""
    found = {}
    for name in TABLES:
        table = Base.metadata.tables[name]
        columns = [column for column in table.c if column.name != "key"]
        rows = session.execute(select(*columns)).all()
        found[name] = sorted((tuple(each) for each in rows), key=repr)
    return found


def witnessed(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """The same by the tests' own statement, which writes them anew."""
    write_sums(session.connection())
    return stored(session)
