"""What the page of a ward or office reads from the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from reports import queries
from reports.control import ControlChart, control_chart
from reports.filters import ReportFilter
from reports.findings import Above, Nothing
from reports.pages.frame import Foot, foot_of, nothing
from reports.pages.people import Person, people_of
from reports.periods import Period, PeriodKind, row
from reports.queries import Span
from reports.scopes import Scope, UnitFacts, posted_officers
from reports.tallies import AllThree, Tally, all_three_of, total_of

WEEKS = 26
WEEKS_OF_A_YEAR = 53


@dataclass(frozen=True)
class UnitReading:
    """What the store says about a unit (with all below it) in a period."""

    unit: UnitFacts
    view: ReportFilter
    people: Sequence[Person]
    tally: Tally
    before: Tally
    unassigned: Tally
    three: AllThree
    three_before: AllThree
    weeks: Sequence[tuple[Period, AllThree]]
    above: Above | None
    released: Mapping[tuple[int, int | None], Sequence[date]]
    foot: Foot

    @cached_property
    def control(self) -> ControlChart | None:
        """The chart over the weeks, of all three courtesies."""
        return control_chart(
            [(each.all_three, each.n - each.unsure) for _, each in self.weeks]
        )

    @property
    def nothing(self) -> Nothing | None:
        """Why the page is empty, if it is."""
        days = sorted({day for each in self.released.values() for day in each})
        return None if self.tally.n else nothing(self.view, self.foot.k, days)


def read_unit(
    session: Session,
    scope: Scope,
    unit: UnitFacts,
    view: ReportFilter,
    above: Above | None,
) -> UnitReading:
    """Reads it all; the number of statements does not grow with anything."""
    units = scope.under(unit.id)
    pair = [view.period.before, view.period]
    pools = queries.pool_tallies(session, Span(units, pair, view.as_of))
    now = [pool for pool in pools if pool.period == 1]
    people = people_of(now, posted_officers(session, units), view.period)
    tally = total_of(pool.tally for pool in now)
    three = _by_period(session, units, pair, view.as_of)
    weeks = weeks_of(view)
    return UnitReading(
        unit=unit,
        view=view,
        people=people,
        tally=tally,
        before=total_of(pool.tally for pool in pools if pool.period == 0),
        unassigned=total_of(pool.tally for pool in now if pool.officer_id is None),
        three=three[1],
        three_before=three[0],
        weeks=list(
            zip(weeks, _by_period(session, units, weeks, view.as_of), strict=True)
        ),
        above=above,
        released=_released(session, units, view, [] if not tally.n else people),
        foot=foot_of(session, units, view),
    )


def _released(
    session: Session, units: Sequence[int], view: ReportFilter, people: Sequence[Person]
) -> Mapping[tuple[int, int | None], Sequence[date]]:
    """The cadence of those of whom there is nothing yet; of all pools where nobody is given."""
    silent = [each.posting.officer_id for each in people if not each.tally.n]
    if view.final or (people and not silent):
        return {}
    return queries.release_days(
        session, units, as_of=view.as_of, officers=silent if people else None
    )


def weeks_of(view: ReportFilter) -> tuple[Period, ...]:
    """The weeks up to the end of the period, or to as_of where that comes first."""
    last = max(view.period.first, min(view.period.last, view.as_of))
    whole_year = view.period.kind is PeriodKind.YEAR
    return row(PeriodKind.WEEK, last, WEEKS_OF_A_YEAR if whole_year else WEEKS)


def _by_period(
    session: Session, units: Sequence[int], periods: Sequence[Period], as_of: date
) -> list[AllThree]:
    found = queries.all_three(session, Span(units, periods, as_of))
    return [
        all_three_of(found.get((unit, at), AllThree()) for unit in units)
        for at in range(len(periods))
    ]
