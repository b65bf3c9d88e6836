"""Cities made straight into the store, in bulk: units, officers, blocks, runs, sums and the rest.

A country is so many copies of one city, made by the database itself.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, insert, select, text
from sqlalchemy.orm import Session

from kiosk.domain.units import digest_of
from kiosk.models import Base
from tests import cast
from tests.bench import many_remarks
from tests.bench.many_remarks import TABLETS
from tests.reports.areas import write_area
from tests.reports.sums import write_sums

CHUNK = 20_000
COPIED = (
    *("unit", "unit_version", "officer", "posting", "tablet", "target", "block"),
    *("unit_tally", "partial_block", "reason_block", "comment_block", "comment"),
    *("coverage_week", "coverage_month", "coverage_hours"),
    *("release_run", "unit_month", "officer_month", "area_sum", "area_run"),
)
OFFICERS = ("officer", "posting")  # as many of them as officers, keyed from 1
Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How large each city is: wards, officers, working days back from `until`, days for a block."""

    name: str
    wards: int
    officers: int
    days: int
    days_a_block: int
    cities: int = 1


@dataclass(frozen=True)
class Made:
    """The keys of the cities, of the first one's wards, and how many ratings all blocks hold."""

    areas: tuple[int, ...]
    wards: tuple[int, ...]
    officers: dict[int, list[int]]
    blocks: int
    ratings: int


def make_city(session: Session, size: Size, *, until: date) -> Made:
    """Writes and commits it all."""
    area = cast.unit(session, "province", "01", "Thành phố Hà Nội")
    wards = tuple(
        cast.unit(session, "ward", f"{at:05}", f"Phường {at}", parent=area)
        for at in range(size.wards)
    )
    officers: dict[int, list[int]] = {ward: [] for ward in wards}
    for at in range(size.officers):
        officer = cast.officer(session, f"CB{at:05}", f"Nguyễn Văn Thứ {at}")
        ward = wards[at % len(wards)]
        cast.posting(session, officer, ward, first_day=until - timedelta(days=1500))
        officers[ward].append(officer)
    session.commit()
    days = working_days(size.days, until)
    counts = [0, 0]
    connection = session.connection(execution_options={"write": True})
    _fill(
        connection,
        "block",
        _counted(_blocks(officers, days, size.days_a_block), counts),
    )
    _fill(connection, "unit_tally", _tallies(wards, days))
    _fill(connection, "release_run", _runs(wards, days))
    for name, rows in many_remarks.rows(officers, days, [area]):
        _fill(connection, name, rows)
    write_sums(connection)
    write_area(connection, area, wards)
    for at in range(1, size.cities):
        _copy(connection, at, size)
    session.commit()
    _tidy(session)
    areas = tuple(area + at * (size.wards + 1) for at in range(size.cities))
    return Made(areas, wards, officers, *(count * size.cities for count in counts))


def working_days(count: int, until: date) -> list[date]:
    """So many days from Monday to Friday up to a day, the earliest first."""
    days = (until - timedelta(days=at) for at in range(count * 2 + 7))
    return sorted(islice((day for day in days if day.weekday() < 5), count))


def _blocks(
    officers: dict[int, list[int]], days: list[date], days_a_block: int
) -> Iterator[Row]:
    dice = random.Random(10_000_000)
    shapes = [_answers(dice) for _ in range(500)]
    for ward, people in officers.items():
        for at, day in enumerate(days):
            for turn, officer in enumerate(people):
                if (at + turn) % days_a_block == 0:
                    yield {
                        "unit_id": ward,
                        "key": dice.randbytes(16),
                        "pool": "officer",
                        "officer_id": officer,
                        "questionnaire": 1,
                        "channel": "tablet",
                        "k": 5,
                        "counted_on": day,
                        "released_on": day + timedelta(days=1),
                        **dice.choice(shapes),
                    }


def _answers(dice: random.Random) -> dict[str, int]:
    n = dice.randint(10, 17)
    found = {"n": n}
    for question, chance in (("greeted", 0.93), ("asked", 0.88), ("thanked", 0.91)):
        yes = sum(dice.random() < chance for _ in range(n))
        unsure = dice.randint(0, (n - yes) // 2)
        found |= {f"{question}_yes": yes, f"{question}_unsure": unsure}
        found[f"{question}_no"] = n - yes - unsure
    levels = [dice.choices(range(1, 6), (1, 2, 5, 40, 52))[0] for _ in range(n)]
    return found | {f"level_{level}": levels.count(level) for level in range(1, 6)}


def _tallies(wards: Iterable[int], days: list[date]) -> Iterator[Row]:
    dice = random.Random(20)
    for ward in wards:
        for day in days:
            n = dice.randint(20, 150)
            yield {
                "unit_id": ward,
                "key": dice.randbytes(16),
                "questionnaire": 1,
                "channel": "tablet",
                "n": n,
                "all_three": round(n * dice.uniform(0.7, 0.9)),
                "unsure": round(n * 0.04),
                "counted_on": day,
                "released_on": day + timedelta(days=1),
            }


def _runs(wards: Iterable[int], days: list[date]) -> Iterator[Row]:
    dice = random.Random(256)
    for ward in wards:
        for day in days:
            heads = {"previous": dice.randbytes(32), "chain": dice.randbytes(32)}
            yield {"unit_id": ward, "day": day, "k": 5, "epoch": 1, **heads}


def _counted(rows: Iterator[Row], counts: list[int]) -> Iterator[Row]:
    for row in rows:
        counts[0] += 1
        counts[1] += row["n"]
        yield row


def _copy(connection: Connection, at: int, size: Size) -> None:
    """The first city once more, its keys further on."""
    numbers = {
        **dict.fromkeys(OFFICERS, size.officers),
        "tablet": size.wards * TABLETS,
        "target": (size.wards + 1) * 4,
    }
    for name in COPIED:
        table = Base.metadata.tables[name]
        number = numbers.get(name, size.wards + 1)
        apart = {
            "id": number,
            "officer_id": size.officers,
            "tablet_id": numbers["tablet"],
            **dict.fromkeys(("unit_id", "parent_id"), size.wards + 1),
        }
        columns = [_moved(column, apart, at) for column in table.c]
        key = table.c.id if "id" in table.c else table.c.unit_id
        query = select(*columns).where(key <= number)
        if name == "area_run":
            area = at * (size.wards + 1) + 1
            units = range(area, area + size.wards + 1)
            _fill(connection, name, _area_runs(connection, area, digest_of(units)))
        else:
            connection.execute(insert(table).from_select(table.c.keys(), query))


def _moved(column: Column[Any], apart: dict[str, int], at: int) -> ColumnElement[Any]:
    if column.name == "code":
        return column + f"/{at}"
    return column + at * apart[column.name] if column.name in apart else column


def _area_runs(connection: Connection, area: int, members: bytes) -> Iterator[Row]:
    """Those of the first area, for another one."""
    table = Base.metadata.tables["area_run"]
    rows = connection.execute(select(*table.c).where(table.c.unit_id == 1)).mappings()
    return iter([{**row, "unit_id": area, "members": members} for row in rows.all()])


def _tidy(session: Session) -> None:
    """What a database does by itself in time."""
    statement = "VACUUM ANALYZE"
    if session.get_bind().dialect.name == "sqlite":
        statement = "ANALYZE"
    engine = session.get_bind().engine
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


def _fill(connection: Connection, name: str, rows: Iterator[Row]) -> None:
    table = Base.metadata.tables[name]
    while some := list(islice(rows, CHUNK)):
        connection.execute(insert(table), some)
