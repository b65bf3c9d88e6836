"""What the overview of a scope reads from the store: each unit's figures, weeks and standing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from reports import queries
from reports.charts.units import MOST_CELLS
from reports.filters import ReportFilter
from reports.findings import Nothing, together
from reports.funnel import Funnel, funnel
from reports.pages.frame import Foot, foot_of, nothing
from reports.pages.unit_reading import weeks_of
from reports.periods import Period
from reports.queries import Figures, Span
from reports.ranks import RankRange, rank_ranges
from reports.scopes import Scope, UnitFacts
from reports.statistics import Comparison, Verdict
from reports.tallies import AllThree, Tally, all_three_of, total_of


@dataclass(frozen=True)
class Member:
    """A unit of the scope with all below it: now, before, by week, and how it stands."""

    unit: UnitFacts
    units: Sequence[int]
    tally: Tally
    three: AllThree
    three_before: AllThree
    weeks: Sequence[AllThree]
    standing: Verdict
    rank: RankRange | None
    change: Comparison


@dataclass(frozen=True)
class OverviewReading:
    """What the store says about a scope in a period; `area` if it is one unit with all below."""

    view: ReportFilter
    area: UnitFacts | None
    members: Sequence[Member]
    funnel: Funnel | None
    tally: Tally
    before: Tally
    three: AllThree
    three_before: AllThree
    weeks: Sequence[Period]
    released: Mapping[int, Sequence[date]]
    foot: Foot

    @property
    def nothing(self) -> Nothing | None:
        """Why the page is empty, if it is."""
        units = [each for member in self.members for each in member.units]
        return None if self.tally.n else self._nothing(units)

    def nothing_of(self, member: Member) -> Nothing | None:
        """Why a unit has no figures, if it has none."""
        return None if member.tally.n else self._nothing(member.units)

    def _nothing(self, units: Sequence[int]) -> Nothing:
        days = [day for unit in units for day in self.released.get(unit, ())]
        return nothing(self.view, self.foot.k, days)


def read_overview(
    session: Session, scope: Scope, area: UnitFacts | None, view: ReportFilter
) -> OverviewReading:
    """Reads it all; the number of statements does not grow with the units."""
    groups = groups_of(scope, area)
    units = [each for _, ids in groups for each in ids]
    pair, weeks = [view.period.before, view.period], weeks_of(view)
    of = {each: unit.id for unit, ids in groups for each in ids}
    tallies, three = queries.group_figures(session, Span(units, pair, view.as_of), of)
    few = len(groups) <= MOST_CELLS  # of more, the weeks are not shown
    span = Span(units, weeks, view.as_of)
    by_week = queries.group_threes(session, span, of) if few else {}
    totals = [all_three_of(_at(three, at)) for at in (0, 1)]
    own = {unit.id: three.get((unit.id, 1), AllThree()) for unit, _ in groups}
    shares = [each.share for each in own.values()]
    found = funnel(totals[1].share, shares)
    ranks = dict(zip(own, rank_ranges(shares), strict=True))
    past = {unit.id: three.get((unit.id, 0), AllThree()) for unit, _ in groups}
    changed = together(
        {key: (each.share, past[key].share) for key, each in own.items()}
    )
    members = [
        Member(
            unit,
            ids,
            tallies.get((unit.id, 1), Tally()),
            own[unit.id],
            past[unit.id],
            _weeks(by_week, unit, len(weeks)) if few else [],
            found.verdict(own[unit.id].share) if found else Verdict.TOO_FEW,
            ranks[unit.id],
            changed[unit.id],
        )
        for unit, ids in groups
    ]
    members = [each for each in members if each.tally.n or each.unit is not area]
    silent = [each for member in members if not member.tally.n for each in member.units]
    return OverviewReading(
        view=view,
        area=area,
        members=members,
        funnel=found,
        tally=total_of(_at(tallies, 1)),
        before=total_of(_at(tallies, 0)),
        three=totals[1],
        three_before=totals[0],
        weeks=weeks,
        released=_released(session, silent, view) if silent else {},
        foot=foot_of(session, units, view),
    )


def groups_of(
    scope: Scope, area: UnitFacts | None
) -> list[tuple[UnitFacts, tuple[int, ...]]]:
    """The units listed, each with all below it; the area itself too, for what is its own."""
    members = scope.members(area.id if area else None)
    groups = [(unit, scope.under(unit.id)) for unit in members]
    listed = {each for _, ids in groups for each in ids}
    own = [unit for unit in scope.units.values() if unit.id not in listed]
    return groups + [(unit, (unit.id,)) for unit in own if area and unit.id == area.id]


def _released(
    session: Session, units: Sequence[int], view: ReportFilter
) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for (unit, _), days in queries.release_days(
        session, units, as_of=view.as_of
    ).items():
        found.setdefault(unit, []).extend(days)
    return found


def _at(found: Mapping[tuple[int, int], Figures], period: int) -> list[Figures]:
    return [each for (_, at), each in found.items() if at == period]


def _weeks(
    by_week: Mapping[tuple[int, int], AllThree], unit: UnitFacts, weeks: int
) -> list[AllThree]:
    return [by_week.get((unit.id, at), AllThree()) for at in range(weeks)]
