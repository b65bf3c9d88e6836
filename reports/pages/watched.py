"""Whoever a page of coverage watches: a tablet, or a unit with all its tablets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy.orm import Session

from reports import coverage_queries as queries
from reports import group_queries
from reports.charts.units import MOST_CELLS
from reports.coverage import Habit, TabletWeek, habit
from reports.coverage_queries import AREA_COUNTS, Days, UnitWeek, unit_week
from reports.filters import ReportFilter
from reports.group_queries import Listed
from reports.periods import Period, PeriodKind

Weeks = Sequence[tuple[Period, TabletWeek | None]]


@dataclass(frozen=True)
class Watched:
    """A tablet, or a unit with all its tablets: its weeks shown, and the sums of the period.

    Of units too many to be drawn there are no weeks. Of a unit, `tablets` are the most that were
    reported in one week of the period.
    """

    id: int
    name: str
    tablets: int
    weeks: Weeks
    period: Period
    total: TabletWeek
    reported: int  # weeks of tablets in the period
    untouched: int
    partials: int

    @cached_property
    def habit(self) -> Habit | None:
        """What is usual in the weeks shown."""
        return habit(week for _, week in self.weeks)

    @property
    def quiet(self) -> list[tuple[Period, TabletWeek]]:
        """The weeks of the period with fewer taps than is ordinary."""
        usual = self.habit
        return [
            (at, week)
            for at, week in self.weeks
            if week and usual and within(at, self.period) and usual.quiet(week)
        ]


def within(week: Period, period: Period) -> bool:
    """Whether a week counts in a period: its Monday lies there."""
    return period.first <= week.first <= period.last


def months_of(days: Days, period: Period) -> Days:
    """The months of the period; of a week, the month in which it begins."""
    return replace(days, first=period.first.replace(day=1), last=period.last)


def watched_units(
    session: Session, found: Listed, view: ReportFilter, weeks: Sequence[Period]
) -> dict[int, Watched]:
    """Each of the units listed, by number."""
    few = len(found.groups) <= MOST_CELLS  # of more, the weeks are not drawn
    read = weeks if few else [week for week in weeks if within(week, view.period)]
    counts = _by_week(session, found, read) if read else {}
    left = _left_half_way(session, found, view)
    every = {}
    for group in found.groups:
        own = {
            week: counts[group.unit.id, at]
            for at, week in enumerate(read)
            if (group.unit.id, at) in counts
        }
        now = [each for week, each in own.items() if within(week, view.period)]
        every[group.unit.id] = Watched(
            id=group.unit.id,
            name=group.unit.name,
            tablets=max((each.tablets for each in now), default=0),
            weeks=[
                (week, own[week].total if few and week in own else None)
                for week in weeks
            ],
            period=view.period,
            total=sum((each.total for each in now), TabletWeek()),
            reported=sum(each.tablets for each in now),
            untouched=sum(each.untouched for each in now),
            partials=left[group.unit.id],
        )
    return every


def _by_week(
    session: Session, found: Listed, weeks: Sequence[Period]
) -> dict[tuple[int, int], UnitWeek]:
    """Each unit listed and week: from the sums of areas, or added up from its units."""
    rows = group_queries.counts(session, found, weeks, AREA_COUNTS)
    counts = {key: unit_week(row) for key, row in rows.items() if row[0]}
    if found.of:
        days = Days(found.units, weeks[0].first, weeks[-1].first, found.as_of)
        places = {week.first: at for at, week in enumerate(weeks)}
        for unit, by_week in queries.unit_weeks(session, days).items():
            for monday, each in by_week.items():
                key = found.of[unit], places[monday]
                counts[key] = counts[key] + each if key in counts else each
    return counts


def _left_half_way(session: Session, found: Listed, view: ReportFilter) -> Counter[int]:
    """Of each unit listed the ratings left half-way in the months of the period."""
    sums = group_queries.counts(
        session, found, _months(view.period), ("left_half_way",)
    )
    left = Counter[int]()
    for (unit, _), (count,) in sums.items():
        left[unit] += count
    if found.of:
        days = Days(found.units, view.period.first, view.period.last, found.as_of)
        rows = queries.partials(session, months_of(days, view.period))
        for unit, count in rows.items():
            left[found.of[unit]] += count
    return left


def _months(period: Period) -> list[Period]:
    """In whose sums ratings left half-way stand: a week's in those of the months it touches."""
    if period.kind is not PeriodKind.WEEK:
        return [period]
    ends = (
        Period.holding(PeriodKind.MONTH, day) for day in (period.first, period.last)
    )
    return list(dict.fromkeys(ends))
