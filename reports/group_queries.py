"""Figures of the units that a page lists: from sums over whole areas where the release wrote them.

They are taken only where they are sums of exactly the units that stand below the area today, and
where no unit had a run between them and the day looked back from; else the units are added up.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from kiosk.domain.units import digest_of, heads_digest
from reports import queries, statements
from reports.periods import Period, PeriodKind
from reports.queries import Figures, Runs, Span
from reports.scopes import Group
from reports.tallies import AllThree, Tally

RECENT = timedelta(days=31)  # of sums older than that, nothing is taken

Sums = Mapping[tuple[int, int], Sequence[Any]]


@dataclass(frozen=True)
class Listed:
    """The units a page lists, as of a day; ``runs`` are those of the areas summed, by unit."""

    groups: Sequence[Group]
    as_of: date
    runs: Mapping[int, Any]

    @cached_property
    def of(self) -> dict[int, int]:
        """To which of those not summed each unit belongs."""
        left = (each for each in self.groups if each.unit.id not in self.runs)
        return {unit: group.unit.id for group in left for unit in group.units}

    def only(self, units: Container[int]) -> "Listed":
        """Some of them."""
        groups = [each for each in self.groups if each.unit.id in units]
        runs = {unit: run for unit, run in self.runs.items() if unit in units}
        return Listed(groups, self.as_of, runs)

    @property
    def units(self) -> list[int]:
        """All units of those not summed."""
        return list(self.of)

    def span(self, periods: Sequence[Period]) -> Span:
        """What to ask of those not summed."""
        return Span(self.units, periods, self.as_of)


def listed(session: Session, groups: Sequence[Group], *, as_of: date) -> Listed:
    """Looks for the sums of those that have units below them."""
    several = {each.unit.id: each.units for each in groups if len(each.units) > 1}
    runs: dict[int, Any] = {}
    if several:
        values = {"units": list(several), "after": as_of - RECENT, "as_of": as_of}
        found = session.execute(statements.area_runs(), values).all()
        same = [run for run in found if run.members == digest_of(several[run.unit_id])]
        later = _later(session, (run.day for run in same), as_of)
        for run in same:
            ran = {unit for unit, day in later.items() if day > run.day}
            if ran.isdisjoint(several[run.unit_id]):
                runs[run.unit_id] = run
    return Listed(groups, as_of, runs)


def figures(
    session: Session, found: Listed, periods: Sequence[Period]
) -> tuple[dict[tuple[int, int], Tally], dict[tuple[int, int], AllThree]]:
    """Per unit listed and period what was answered, and how many got all three."""
    columns = (*statements.ANSWERS, "tallied", *statements.ALL_THREE)
    sums = _sums(session, found, periods, columns)
    tallies = {key: queries.tally_from(each[:-3]) for key, each in sums.items()}
    threes = {key: queries.three_from(each[-3:]) for key, each in sums.items()}
    if found.of:
        more = queries.group_figures(session, found.span(periods), found.of)
        tallies, threes = tallies | more[0], threes | more[1]
    return _any(tallies), _any(threes)


def all_three(
    session: Session, found: Listed, periods: Sequence[Period]
) -> dict[tuple[int, int], AllThree]:
    """Per unit listed and period how many got all three."""
    sums = _sums(session, found, periods, ("tallied", *statements.ALL_THREE))
    summed = {key: queries.three_from(each) for key, each in sums.items()}
    span = found.span(periods)
    if found.of and span.whole_months:
        summed |= queries.group_figures(session, span, found.of)[1]
    elif found.of:
        summed |= queries.group_threes(session, span, found.of)
    return _any(summed)


def counts(
    session: Session, found: Listed, periods: Sequence[Period], columns: Iterable[str]
) -> dict[tuple[int, int], tuple[int, ...]]:
    """Per area summed and period what stands in these columns of its sums."""
    sums = _sums(session, found, periods, tuple(columns))
    return {key: tuple(map(int, each)) for key, each in sums.items()}


def partial_ratings(session: Session, found: Listed, *, period: Period) -> int:
    """How many ratings left half-way were published in the period."""
    sums = _sums(session, found, [period], ("partials",))
    total = sum(int(each[0]) for each in sums.values())
    if found.of:
        total += queries.partial_ratings(
            session, found.units, period=period, as_of=found.as_of
        )
    return total


def last_runs(session: Session, found: Listed) -> tuple[Runs | None, int]:
    """The last releases, as one chain for each unit listed; over how many units they are.

    An area's is the SHA-256 over those of all its units, by unit number.
    """
    runs = queries.last_runs(session, found.units, as_of=found.as_of)
    chains: dict[int, bytes] = {}
    days, sizes, number = [], [], 0
    if runs:
        own: dict[int, list[bytes]] = {}
        for unit, chain in sorted(runs.chains.items()):
            own.setdefault(found.of[unit], []).append(chain)
        chains = {
            group: heads[0] if len(heads) == 1 else heads_digest(heads)
            for group, heads in own.items()
        }
        days, sizes, number = [runs.day], [runs.k], len(runs.chains)
    for unit, run in found.runs.items():
        chains[unit] = run.heads
        days.append(run.released_on)
        sizes.append(run.k)
        number += run.runs
    return (Runs(max(days), max(sizes), chains) if days else None), number


def release_days(session: Session, found: Listed) -> dict[int, list[date]]:
    """Of each unit listed the days of the last half year on which anything was released."""
    days: dict[int, list[date]] = {}
    if found.runs:
        after = found.as_of - queries.HALF_A_YEAR
        values = {"units": list(found.runs), "after": after, "as_of": found.as_of}
        for unit, day in session.execute(statements.days_of_change(), values):
            days.setdefault(unit, []).append(day)
    if found.of:
        rows = queries.release_days(session, found.units, as_of=found.as_of)
        for (unit, _), each in rows.items():
            days.setdefault(found.of[unit], []).extend(each)
    return days


def latest_day(session: Session, found: Listed, *, until: date) -> date | None:
    """The last day up to `until` on which anything counts; of an area the first of its month."""
    days = []
    if found.runs:
        values = {"units": list(found.runs), "until": until, "as_of": found.as_of}
        days.append(session.scalar(statements.latest_month(), values))
    if found.of:
        days.append(
            queries.latest_day(session, found.units, until=until, as_of=found.as_of)
        )
    return max((day for day in days if day), default=None)


def _later(session: Session, days: Iterable[date], as_of: date) -> dict[int, date]:
    """Which units had a run after the first of the days, and when the last."""
    first = min(days, default=as_of)
    if first == as_of:
        return {}
    rows = session.execute(statements.later_runs(), {"after": first, "as_of": as_of})
    return {row[0]: row[1] for row in rows}


def _sums(
    session: Session,
    found: Listed,
    periods: Sequence[Period],
    columns: tuple[str, ...],
) -> Sums:
    if not found.runs:
        return {}
    kind = PeriodKind.WEEK if periods[0].kind is PeriodKind.WEEK else PeriodKind.MONTH
    values = Span(list(found.runs), periods, found.as_of).values | {"kind": kind.value}
    rows = session.execute(statements.area_sums(len(periods), columns), values)
    return {(row[0], row[1]): row[2:] for row in rows}


def _any(found: dict[tuple[int, int], Figures]) -> dict[tuple[int, int], Figures]:
    """Only those that count anything, as sums over blocks give them."""
    return {key: each for key, each in found.items() if each.n}
