"""Every aggregate over what the release wrote, in SQL; frozen values come out.

A number here is always a sum over whole blocks: those counted in the period (`counted_on`)
and released by the day the report looks back from (`released_on <= as_of`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import local_day, month_end
from kiosk.models.blocks import Block
from kiosk.models.store import Epoch
from reports import statements
from reports.periods import Period, PeriodKind, months_final
from reports.tallies import AllThree, Courtesy, Satisfaction, Tally

WORTH_SUMS = 3  # months: of fewer, the blocks cost less than to ask what is summed

Figures = TypeVar("Figures", Tally, AllThree)
_RECENT = timedelta(days=31)
HALF_A_YEAR = timedelta(days=182)


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

    @property
    def whole_months(self) -> bool:
        """Whether sums by month can answer; weeks are summed from blocks."""
        return all(period.kind is not PeriodKind.WEEK for period in self.periods)

    @property
    def final_months(self) -> int:
        """How many months in it no later release could change."""
        if not self.whole_months:
            return 0
        return months_final(self.periods[0].first, self.periods[-1].last, self.as_of)


def pool_tallies(session: Session, span: Span) -> list[PoolTally]:
    """Per unit, officer and period what was answered."""
    found: dict[tuple[int, int | None, int], Tally] = {}
    for row in _over_officers(session, span, statements.pools):
        key = row[0], row[1], row[2]
        found[key] = found.get(key, Tally()) + tally_from(row[3:])
    return [PoolTally(*key, tally) for key, tally in found.items()]


def unit_figures(
    session: Session, span: Span
) -> tuple[dict[tuple[int, int], Tally], dict[tuple[int, int], AllThree]]:
    """Per unit and period what was answered, and how many got all three."""
    return group_figures(session, span, {each: each for each in span.units})


def group_figures(
    session: Session, span: Span, groups: Mapping[int, int]
) -> tuple[dict[tuple[int, int], Tally], dict[tuple[int, int], AllThree]]:
    """Per group of units and period what was answered, and how many got all three.

    `groups` says to which each unit belongs; they are added up before anything is made of them.
    """
    if span.whole_months:
        both = _together(_months(session, span), groups)
        tallies = {key: tally_from(sums[:-3]) for key, sums in both.items()}
        threes = {key: three_from(sums[-3:]) for key, sums in both.items()}
        return _any(tallies), _any(threes)
    rows = session.execute(statements.units(len(span.periods)), span.values)
    found = _together(rows, groups)
    tallies = {key: tally_from(sums) for key, sums in found.items()}
    return tallies, group_threes(session, span, groups)


def group_threes(
    session: Session, span: Span, groups: Mapping[int, int]
) -> dict[tuple[int, int], AllThree]:
    """Per group of units and period, by days, how many got all three."""
    rows = session.execute(statements.all_three(len(span.periods)), span.values)
    return {key: three_from(sums) for key, sums in _together(rows, groups).items()}


def unit_tallies(session: Session, span: Span) -> dict[tuple[int, int], Tally]:
    """Per unit and period what was answered, over all officers."""
    if span.whole_months:
        return _any(
            {(row[0], row[1]): tally_from(row[2:-3]) for row in _months(session, span)}
        )
    rows = session.execute(statements.units(len(span.periods)), span.values)
    return {(row[0], row[1]): tally_from(row[2:]) for row in rows}


def officer_tallies(
    session: Session, span: Span, *, officer_id: int
) -> dict[tuple[bool, int], Tally]:
    """Per period what was answered about the officer (True) and about all others (False)."""
    found: dict[tuple[bool, int], Tally] = {}
    rows = _over_officers(session, span, statements.officer, officer=officer_id)
    for row in rows:
        key = row[0] == 1, row[1]
        found[key] = found.get(key, Tally()) + tally_from(row[2:])
    return found


def all_three(session: Session, span: Span) -> dict[tuple[int, int], AllThree]:
    """Per unit and period how many got all three courtesies."""
    if span.whole_months:
        return _any(
            {(row[0], row[1]): three_from(row[-3:]) for row in _months(session, span)}
        )
    rows = session.execute(statements.all_three(len(span.periods)), span.values)
    return {(row[0], row[1]): three_from(row[2:]) for row in rows}


def partial_ratings(
    session: Session, units: Iterable[int], *, period: Period, as_of: date
) -> int:
    """How many ratings left half-way were published in the period; they are in no share."""
    values = Span(list(units), [period], as_of).values
    return int(session.scalar(statements.partials(), values) or 0)


def last_runs(session: Session, units: Iterable[int], *, as_of: date) -> Runs | None:
    """The last release of each unit up to `as_of`; None if there was none.

    Nearly all are found among those of the last month.
    """
    rows: dict[int, Row[Any]] = {}
    for after in (as_of - _RECENT, date.min):
        left = [unit_id for unit_id in units if unit_id not in rows]
        if left:
            values = {"units": left, "after": after, "as_of": as_of}
            found = session.execute(statements.last_runs(), values)
            rows |= {row.unit_id: row for row in found}
    if not rows:
        return None
    chains = {unit_id: row.chain for unit_id, row in sorted(rows.items())}
    days, sizes = zip(*((row.day, row.k) for row in rows.values()), strict=True)
    return Runs(max(days), max(sizes), chains)


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
        Block.counted_on > as_of - HALF_A_YEAR,
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


def _months(session: Session, span: Span) -> Iterable[Sequence[Any]]:
    return session.execute(statements.unit_months(len(span.periods)), span.values)


def _together(
    rows: Iterable[Sequence[Any]], groups: Mapping[int, int]
) -> dict[tuple[int, int], Sequence[Any]]:
    """Rows of a unit, a period and counts, added up by the unit's group and the period."""
    found: dict[tuple[int, int], list[Sequence[Any]]] = {}
    for unit_id, at, *counts in rows:
        found.setdefault((groups[unit_id], at), []).append(counts)
    return {key: [*map(sum, zip(*some, strict=True))] for key, some in found.items()}


def _any(found: dict[tuple[int, int], Figures]) -> dict[tuple[int, int], Figures]:
    """Only those that count anything, as sums over blocks give them."""
    return {key: each for key, each in found.items() if each.n}


def _over_officers(
    session: Session,
    span: Span,
    statement: Callable[..., Select[Any]],
    **more: int,
) -> Iterator[Sequence[Any]]:
    """What the statement finds, over sums for what is summed and over blocks for the rest."""
    values, periods = span.values | more, len(span.periods)
    until = _summed_until(session, span)
    if until:
        yield from session.execute(statement(periods, summed=True), values)
    left: dict[date, list[int]] = {}
    for unit_id in span.units:
        left.setdefault(until.get(unit_id, values["first"]), []).append(unit_id)
    for first, units in left.items():
        if first <= values["last"]:
            part = values | {"units": units, "first": first}
            yield from session.execute(statement(periods, summed=False), part)


def _summed_until(session: Session, span: Span) -> dict[int, date]:
    """Per unit the first day whose blocks are in no sum of an officer; none for those without."""
    if span.final_months < WORTH_SUMS:
        return {}
    rows = session.execute(statements.summed_until(), span.values)
    return {row[0]: month_end(row[1]) + timedelta(days=1) for row in rows}


def three_from(sums: Sequence[Any]) -> AllThree:
    """Of a row of sums: n, all three, unsure."""
    n, all_three, unsure = sums
    return AllThree(int(n), int(all_three), int(unsure))


def tally_from(sums: Sequence[Any]) -> Tally:
    """Of a row of sums in the order of `statements.ANSWERS`."""
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
