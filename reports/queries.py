"""Every aggregate over what the release wrote, in SQL; frozen values come out.

A number here is always a sum over whole blocks: those counted in the period (`counted_on`)
and released by the day the report looks back from (`released_on <= as_of`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select, tuple_
from sqlalchemy.orm import Session

from kiosk.domain.calendar import local_day
from kiosk.models.blocks import Block, PartialBlock, ReleaseRun, UnitTally
from kiosk.models.store import Epoch
from reports.periods import Period
from reports.tallies import AllThree, Courtesy, Satisfaction, Tally

_ANSWERS = (
    *(Block.n, Block.greeted_yes, Block.greeted_no, Block.greeted_unsure),
    *(Block.asked_yes, Block.asked_no, Block.asked_unsure),
    *(Block.thanked_yes, Block.thanked_no, Block.thanked_unsure),
    *(Block.level_1, Block.level_2, Block.level_3, Block.level_4, Block.level_5),
)
_RECENT = timedelta(days=31)
_HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True)
class PoolTally:
    """What an officer's pool, or the pools without one, counted in a unit in one period."""

    unit_id: int
    officer_id: int | None
    period: int
    tally: Tally


@dataclass(frozen=True)
class Runs:
    """The last release of each unit up to a day: the latest day, the largest k, the chains."""

    day: date
    k: int
    chains: Mapping[int, bytes]


@dataclass(frozen=True)
class Span:
    """Which blocks to sum: of these units, in these adjoining periods, released by `as_of`."""

    units: Sequence[int]
    periods: Sequence[Period]
    as_of: date

    @property
    def values(self) -> dict[str, Any]:
        """What the statements below are asked with."""
        ends = {f"end_{at}": period.last for at, period in enumerate(self.periods)}
        limits = {"first": self.periods[0].first, "last": self.periods[-1].last}
        return {"units": self.units, "as_of": self.as_of, **limits, **ends}


def pool_tallies(session: Session, span: Span) -> list[PoolTally]:
    """Per unit, officer and period what was answered."""
    rows = session.execute(_pools(len(span.periods)), span.values)
    return [PoolTally(row[0], row[1], row[2], _tally(row[3:])) for row in rows]


def unit_tallies(session: Session, span: Span) -> dict[tuple[int, int], Tally]:
    """Per unit and period what was answered, over all officers."""
    rows = session.execute(_units(len(span.periods)), span.values)
    return {(row[0], row[1]): _tally(row[2:]) for row in rows}


def officer_tallies(
    session: Session, span: Span, *, officer_id: int
) -> dict[tuple[bool, int], Tally]:
    """Per period what was answered about the officer (True) and about all others (False)."""
    values = span.values | {"officer": officer_id}
    rows = session.execute(_officer(len(span.periods)), values)
    return {(row[0] == 1, row[1]): _tally(row[2:]) for row in rows}


def all_three(session: Session, span: Span) -> dict[tuple[int, int], AllThree]:
    """Per unit and period how many got all three courtesies."""
    rows = session.execute(_all_three(len(span.periods)), span.values)
    return {(row[0], row[1]): AllThree(*map(int, row[2:])) for row in rows}


def partial_ratings(
    session: Session, units: Iterable[int], *, period: Period, as_of: date
) -> int:
    """How many ratings left half-way were published in the period; they are in no share."""
    found = session.scalar(
        select(func.sum(PartialBlock.n)).where(
            PartialBlock.unit_id.in_(units),
            PartialBlock.counted_on.between(period.first, period.last),
            PartialBlock.released_on <= as_of,
        )
    )
    return int(found or 0)


def last_runs(session: Session, units: Iterable[int], *, as_of: date) -> Runs | None:
    """The last release of each unit up to `as_of`; None if there was none."""
    last = (
        select(ReleaseRun.unit_id, func.max(ReleaseRun.day))
        .where(ReleaseRun.unit_id.in_(units), ReleaseRun.day <= as_of)
        .group_by(ReleaseRun.unit_id)
    )
    rows = session.execute(
        select(ReleaseRun.unit_id, ReleaseRun.day, ReleaseRun.k, ReleaseRun.chain)
        .where(tuple_(ReleaseRun.unit_id, ReleaseRun.day).in_(last))
        .order_by(ReleaseRun.unit_id)
    ).all()
    if not rows:
        return None
    chains = {row.unit_id: row.chain for row in rows}
    return Runs(max(row.day for row in rows), max(row.k for row in rows), chains)


def release_days(
    session: Session,
    units: Iterable[int],
    *,
    as_of: date,
    officers: Iterable[int] | None = None,
) -> dict[tuple[int, int | None], list[date]]:
    """Per unit and officer the days of the last half year on which blocks were released.

    Of all pools, or only of those `officers`.
    """
    keys = (Block.unit_id, Block.officer_id, Block.released_on)
    wanted = [
        Block.unit_id.in_(units),
        Block.counted_on > as_of - _HALF_A_YEAR,
        Block.released_on <= as_of,
    ]
    if officers is not None:
        wanted.append(Block.officer_id.in_(officers))
    found: dict[tuple[int, int | None], list[date]] = {}
    for unit_id, officer_id, day in session.execute(
        select(*keys).where(*wanted).distinct().order_by(*keys)
    ):
        found.setdefault((unit_id, officer_id), []).append(day)
    return found


def latest_day(
    session: Session, units: Iterable[int], *, until: date, as_of: date
) -> date | None:
    """The last day up to `until` on which anything counts; the month before is tried first."""
    wanted = [
        Block.unit_id.in_(units),
        Block.counted_on <= until,
        Block.released_on <= as_of,
    ]
    latest = select(func.max(Block.counted_on)).where(*wanted)
    near = latest.where(Block.counted_on > until - _RECENT)
    return session.scalar(near) or session.scalar(latest)


def restored_on(session: Session) -> list[date]:
    """The days on which the store was restored from a backup."""
    later = select(Epoch.began_at).where(Epoch.number > 1).order_by(Epoch.number)
    return [local_day(began) for began in session.scalars(later)]


# A statement over 26 weeks takes 4 ms to put together, so each is put together once.
@cache
def _pools(periods: int) -> Select[Any]:
    return _sums(Block, _ANSWERS, periods, Block.unit_id, Block.officer_id)


@cache
def _units(periods: int) -> Select[Any]:
    return _sums(Block, _ANSWERS, periods, Block.unit_id)


@cache
def _officer(periods: int) -> Select[Any]:
    own = case((Block.officer_id == bindparam("officer"), 1), else_=0)
    return _sums(Block, _ANSWERS, periods, own)


@cache
def _all_three(periods: int) -> Select[Any]:
    counts = (UnitTally.n, UnitTally.all_three, UnitTally.unsure)
    return _sums(UnitTally, counts, periods, UnitTally.unit_id)


def _sums(
    table: type[Block] | type[UnitTally],
    counts: Iterable[Any],
    periods: int,
    *keys: Any,
) -> Select[Any]:
    """Sums by the keys and by which of the periods a row counts in (from 0).

    One range of the primary key for each unit.
    """
    day = table.counted_on
    place = case(*((day <= bindparam(f"end_{at}"), at) for at in range(periods)))
    return (
        select(*keys, place, *map(func.sum, counts))
        .where(
            table.unit_id.in_(bindparam("units", expanding=True)),
            day.between(bindparam("first"), bindparam("last")),
            table.released_on <= bindparam("as_of"),
        )
        .group_by(*keys, place)
        .order_by(*keys, place)
    )


def _tally(sums: Sequence[Any]) -> Tally:
    # PostgreSQL sums integers to bigint, SQLite to int: both arrive as int.
    n, *answers = sums
    one, two, three, four, five = answers[9:]
    return Tally(
        n,
        Courtesy(*answers[0:3]),
        Courtesy(*answers[3:6]),
        Courtesy(*answers[6:9]),
        Satisfaction((one, two, three, four, five)),
    )
