"""What the overview of a scope reads from the store: each unit's figures, weeks and standing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from reports import group_queries
from reports.charts.units import MOST_CELLS
from reports.filters import ReportFilter
from reports.findings import Nothing, together
from reports.funnel import Funnel, funnel
from reports.group_queries import listed
from reports.pages.frame import Foot, foot_of_listed, nothing
from reports.pages.unit_reading import weeks_of
from reports.periods import Period
from reports.queries import Figures
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
        return None if self.tally.n else self._nothing(*self.members)

    def nothing_of(self, member: Member) -> Nothing | None:
        """Why a unit has no figures, if it has none."""
        return None if member.tally.n else self._nothing(member)

    def _nothing(self, *members: Member) -> Nothing:
        days = [day for each in members for day in self.released.get(each.unit.id, ())]
        return nothing(self.view, self.foot.k, days)


def read_overview(
    session: Session, scope: Scope, area: UnitFacts | None, view: ReportFilter
) -> OverviewReading:
    """Reads it all; the number of statements does not grow with the units."""
    groups = scope.groups(area)
    found = listed(session, groups, as_of=view.as_of)
    pair, weeks = [view.period.before, view.period], weeks_of(view)
    tallies, three = group_queries.figures(session, found, pair)
    few = len(groups) <= MOST_CELLS  # of more, the weeks are not shown
    by_week = group_queries.all_three(session, found, weeks) if few else {}
    totals = [all_three_of(_at(three, at)) for at in (0, 1)]
    own = {each.unit.id: three.get((each.unit.id, 1), AllThree()) for each in groups}
    shares = [each.share for each in own.values()]
    drawn = funnel(totals[1].share, shares)
    ranks = dict(zip(own, rank_ranges(shares), strict=True))
    past = {each.unit.id: three.get((each.unit.id, 0), AllThree()) for each in groups}
    changed = together(
        {key: (each.share, past[key].share) for key, each in own.items()}
    )
    members = [
        Member(
            unit,
            each.units,
            tallies.get((unit.id, 1), Tally()),
            own[unit.id],
            past[unit.id],
            _weeks(by_week, unit, len(weeks)) if few else [],
            drawn.verdict(own[unit.id].share) if drawn else Verdict.TOO_FEW,
            ranks[unit.id],
            changed[unit.id],
        )
        for each in groups
        for unit in (each.unit,)
    ]
    members = [each for each in members if each.tally.n or each.unit is not area]
    empty = {each.unit.id for each in members if not each.tally.n}
    silent = found.only(empty)
    return OverviewReading(
        view=view,
        area=area,
        members=members,
        funnel=drawn,
        tally=total_of(_at(tallies, 1)),
        before=total_of(_at(tallies, 0)),
        three=totals[1],
        three_before=totals[0],
        weeks=weeks,
        released={} if view.final else group_queries.release_days(session, silent),
        foot=foot_of_listed(session, found, view),
    )


def groups_of(
    scope: Scope, area: UnitFacts | None
) -> list[tuple[UnitFacts, tuple[int, ...]]]:
    """The units listed, each with all below it; the area itself too, for what is its own."""
    return [(each.unit, each.units) for each in scope.groups(area)]


def _at(found: Mapping[tuple[int, int], Figures], period: int) -> list[Figures]:
    return [each for (_, at), each in found.items() if at == period]


def _weeks(
    by_week: Mapping[tuple[int, int], AllThree], unit: UnitFacts, weeks: int
) -> list[AllThree]:
    return [by_week.get((unit.id, at), AllThree()) for at in range(weeks)]
