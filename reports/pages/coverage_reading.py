"""What a page of coverage reads from the store: a unit's tablets, or the units of a scope."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from kiosk.domain.opening import Hours
from kiosk.domain.places import tablet_labels
from reports import coverage_queries as queries
from reports.charts.units import MOST_CELLS
from reports.coverage import Habit, TabletWeek, absences, habit
from reports.coverage_queries import Days, TabletMonth, Untouched
from reports.coverage_words import Absent
from reports.filters import ReportFilter
from reports.names import place_key
from reports.pages.frame import Foot, foot_of
from reports.pages.overview_reading import groups_of
from reports.pages.unit_reading import weeks_of
from reports.periods import Period
from reports.scopes import Scope, UnitFacts

Weeks = Sequence[tuple[Period, TabletWeek | None]]


@dataclass(frozen=True)
class Watched:
    """A tablet, or a unit with all its tablets: its weeks shown, and the sums of the period.

    Of units too many to be drawn there are no weeks.
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


@dataclass(frozen=True)
class CoverageReading:
    """What the store says; of one unit its tablets, their months and opening hours."""

    view: ReportFilter
    unit: UnitFacts | None
    units: Sequence[int]
    alone: bool  # one unit's tablets; otherwise the units of an area or of all that was granted
    watched: Sequence[Watched]
    absent: Sequence[Absent]
    weeks: Sequence[Period]
    months: Sequence[TabletMonth]
    opening: Sequence[Hours]
    registered: bool
    foot: Foot

    @property
    def shown(self) -> list[Watched]:
        """Those with anything reported in the weeks shown."""
        return [each for each in self.watched if any(week for _, week in each.weeks)]

    @property
    def any(self) -> bool:
        """Whether anything of the period is reported."""
        return any(each.reported for each in self.watched)

    @property
    def total(self) -> TabletWeek:
        """All of the period."""
        return sum((each.total for each in self.watched), TabletWeek())


def within(week: Period, period: Period) -> bool:
    """Whether a week counts in a period: its Monday lies there."""
    return period.first <= week.first <= period.last


def read_coverage(
    session: Session, scope: Scope, unit: UnitFacts | None, view: ReportFilter
) -> CoverageReading:
    """Reads it all; the number of statements does not grow with units or tablets."""
    units = scope.under(unit.id) if unit else tuple(scope.units)
    weeks = weeks_of(view)
    days = Days(units, weeks[0].first, weeks[-1].first, view.as_of)
    if unit is None or unit.is_area:
        return _read_units(session, scope, unit, view, days=days, weeks=weeks)
    months = queries.tablet_months(session, _months(days, view))
    labels = tablet_labels(session, unit_ids=units)
    watched, absent = [], []
    for tablet_id, by_week in queries.tablet_weeks(session, days).items():
        name = labels.get(tablet_id, f"{tablet_id}")
        own = [(week, by_week.get(week.first)) for week in weeks]
        left = sum(each.partials for each in months if each.tablet_id == tablet_id)
        now = [week for at, week in own if week and within(at, view.period)]
        none = sum(week.untouched for week in now)
        watched.append(
            Watched(
                id=tablet_id,
                name=name,
                tablets=1,
                weeks=own,
                period=view.period,
                total=sum(now, TabletWeek()),
                reported=len(now),
                untouched=none,
                partials=left,
            )
        )
        absent += _absent(name, own, view.period)
    first, last = view.period.first, view.period.last
    opening, registered = queries.opening_hours(
        session, unit.id, first=first, last=last
    )
    return CoverageReading(
        view=view,
        unit=unit,
        units=units,
        alone=True,
        watched=sorted(watched, key=lambda each: (place_key(each.name), each.id)),
        absent=sorted(absent, key=lambda each: (each.absence.first.first, each.name)),
        weeks=weeks,
        months=months,
        opening=opening,
        registered=registered,
        foot=foot_of(session, units, view),
    )


def _read_units(
    session: Session,
    scope: Scope,
    area: UnitFacts | None,
    view: ReportFilter,
    *,
    days: Days,
    weeks: Sequence[Period],
) -> CoverageReading:
    groups = groups_of(scope, area)
    few = len(groups) <= MOST_CELLS  # of more, the weeks are not drawn
    by_week = queries.unit_weeks(session, days) if few else {}
    sums = queries.unit_sums(session, _period(days, view))
    untouched = queries.untouched_weeks(session, days)
    left = queries.partials(session, _months(days, view))
    silent = Counter(
        each.unit_id
        for each in untouched
        if view.period.first <= each.week <= view.period.last
    )
    watched = []
    for unit, ids in groups:
        own = [sums[each] for each in ids if each in sums]
        if own or unit is not area:
            watched.append(
                Watched(
                    id=unit.id,
                    name=unit.name,
                    tablets=sum(each.tablets for each in own),
                    weeks=[(week, _together(by_week, ids, week)) for week in weeks],
                    period=view.period,
                    total=sum((each.total for each in own), TabletWeek()),
                    reported=sum(each.weeks for each in own),
                    untouched=sum(silent[each] for each in ids),
                    partials=sum(left.get(each, 0) for each in ids),
                )
            )
    return CoverageReading(
        view=view,
        unit=area,
        units=days.units,
        alone=False,
        watched=watched,
        absent=_absent_of_units(session, scope, untouched, weeks, view),
        weeks=weeks,
        months=(),
        opening=(),
        registered=True,
        foot=foot_of(session, days.units, view),
    )


def _absent_of_units(
    session: Session,
    scope: Scope,
    untouched: Sequence[Untouched],
    weeks: Sequence[Period],
    view: ReportFilter,
) -> list[Absent]:
    """Whoever nobody tapped in the period, by unit; the unit's name stands before the tablet's."""
    units = sorted({each.unit_id for each in untouched})
    labels = tablet_labels(session, unit_ids=units) if units else {}
    by_tablet: dict[tuple[str, int], dict[date, TabletWeek]] = {}
    for each in untouched:
        key = (scope.units[each.unit_id].name, each.tablet_id)
        week = TabletWeek(opening=each.opening)
        by_tablet.setdefault(key, {})[each.week] = week
    found: list[Absent] = []
    for (unit, tablet_id), by_week in by_tablet.items():
        own = [(week, by_week.get(week.first)) for week in weeks]
        name = f"{unit}, {labels.get(tablet_id, tablet_id)}"
        found += _absent(name, own, view.period)
    return found


def _absent(name: str, weeks: Weeks, period: Period) -> list[Absent]:
    return [
        Absent(name, each)
        for each in absences(weeks)
        if each.first.first <= period.last and period.first <= each.last.first
    ]


def _period(days: Days, view: ReportFilter) -> Days:
    """The weeks that begin in the period."""
    return replace(days, first=view.period.first, last=view.period.last)


def _months(days: Days, view: ReportFilter) -> Days:
    """The months of the period; of a week, the month in which it begins."""
    return replace(days, first=view.period.first.replace(day=1), last=view.period.last)


def _together(
    by_week: Mapping[int, Mapping[date, TabletWeek]],
    units: Sequence[int],
    week: Period,
) -> TabletWeek | None:
    own = [by_week[each] for each in units if each in by_week]
    found = [each[week.first] for each in own if week.first in each]
    return sum(found, TabletWeek()) if found else None
