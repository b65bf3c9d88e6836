"""What a page of coverage reads from the store: a unit's tablets, or the units of a scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from kiosk.domain.opening import Hours
from kiosk.domain.places import tablet_labels
from reports import coverage_queries as queries
from reports.coverage import TabletWeek, absences
from reports.coverage_queries import Days, TabletMonth, Untouched
from reports.coverage_words import Absent
from reports.filters import ReportFilter
from reports.group_queries import listed
from reports.names import place_key
from reports.pages.frame import Foot, foot_of, foot_of_listed
from reports.pages.unit_reading import weeks_of
from reports.pages.watched import Watched, Weeks, months_of, watched_units, within
from reports.periods import Period
from reports.scopes import Scope, UnitFacts


@dataclass(frozen=True)
class CoverageReading:
    """What the store says; of one unit its tablets, their months and opening hours."""

    view: ReportFilter
    unit: UnitFacts | None
    alone: bool  # one unit's tablets; otherwise the units of an area or of all that was granted
    watched: Sequence[Watched]
    absent: Sequence[Absent]
    unnamed: (
        int  # weeks of tablets in areas that nobody tapped, though the desk was open
    )
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


def read_coverage(
    session: Session, scope: Scope, unit: UnitFacts | None, view: ReportFilter
) -> CoverageReading:
    """Reads it all; the number of statements does not grow with units or tablets."""
    weeks = weeks_of(view)
    if unit is None or unit.is_area:
        return _read_units(session, scope, unit, view, weeks)
    units = scope.under(unit.id)
    days = Days(units, weeks[0].first, weeks[-1].first, view.as_of)
    months = queries.tablet_months(session, months_of(days, view.period))
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
        alone=True,
        watched=sorted(watched, key=lambda each: (place_key(each.name), each.id)),
        absent=sorted(absent, key=lambda each: (each.absence.first.first, each.name)),
        unnamed=0,
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
    weeks: Sequence[Period],
) -> CoverageReading:
    groups = scope.groups(area)
    found = listed(session, groups, as_of=view.as_of)
    # Of areas nobody is named: their own pages do.
    named = [each for group in groups if not group.unit.is_area for each in group.units]
    days = Days(named, weeks[0].first, weeks[-1].first, view.as_of)
    untouched = queries.untouched_weeks(session, days) if named else []
    seen = watched_units(session, found, view, weeks)
    return CoverageReading(
        view=view,
        unit=area,
        alone=False,
        watched=[
            seen[group.unit.id]
            for group in groups
            if seen[group.unit.id].reported or group.unit is not area
        ],
        absent=_absent_of_units(session, scope, untouched, weeks, view),
        unnamed=sum(
            seen[each.unit.id].untouched for each in groups if each.unit.is_area
        ),
        weeks=weeks,
        months=(),
        opening=(),
        registered=True,
        foot=foot_of_listed(session, found, view),
    )


def _absent_of_units(
    session: Session,
    scope: Scope,
    untouched: Sequence[Untouched],
    weeks: Sequence[Period],
    view: ReportFilter,
) -> list[Absent]:
    """Whoever nobody tapped in the period, by unit; the unit's name stands before the tablet's."""
    units = scope.those(each.unit_id for each in untouched)
    labels = tablet_labels(session, unit_ids=sorted(units)) if units else {}
    by_tablet: dict[tuple[str, int], dict[date, TabletWeek]] = {}
    for each in untouched:
        key = (units[each.unit_id].name, each.tablet_id)
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
