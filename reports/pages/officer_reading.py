"""What the page of an officer reads from the store: own answers, the others', the way there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from reports import queries
from reports.filters import ReportFilter
from reports.findings import Nothing
from reports.pages.frame import Foot, foot_of, nothing
from reports.pages.people import people_of
from reports.periods import Period, PeriodKind, row
from reports.queries import Span
from reports.scopes import PostedOfficer, UnitFacts, posted_officers
from reports.statistics import Comparison
from reports.tallies import Tally, total_of

WEEKS, MONTHS = 13, 12


@dataclass(frozen=True)
class Step:
    """A week or month on the way: what was answered about the officer, and about all others."""

    period: Period
    own: Tally
    others: Tally


@dataclass(frozen=True)
class OfficerReading:
    """What the store says about an officer in a unit in a period, and about all others there."""

    posting: PostedOfficer
    unit: UnitFacts
    view: ReportFilter
    tally: Tally
    before: Tally
    others: Tally
    standing: Mapping[str, Comparison]
    course: Sequence[Step]
    released: Sequence[date]
    foot: Foot

    @property
    def nothing(self) -> Nothing | None:
        """Why the page is empty, if it is."""
        return None if self.tally.n else nothing(self.view, self.foot.k, self.released)


def read_officer(
    session: Session, posting: PostedOfficer, unit: UnitFacts, view: ReportFilter
) -> OfficerReading:
    """Reads it all in a handful of statements; compares as the unit's page does."""
    officer, pair = posting.officer_id, [view.period.before, view.period]
    pools = queries.pool_tallies(session, Span([unit.id], pair, view.as_of))
    now = [pool for pool in pools if pool.period == 1]
    people = people_of(now, posted_officers(session, [unit.id]), view.period)
    standings = {person.posting.officer_id: person.standing for person in people}
    released = queries.release_days(
        session, [unit.id], as_of=view.as_of, officers=[officer]
    )
    return OfficerReading(
        posting=posting,
        unit=unit,
        view=view,
        tally=total_of(pool.tally for pool in now if pool.officer_id == officer),
        before=total_of(
            pool.tally
            for pool in pools
            if pool.officer_id == officer and pool.period == 0
        ),
        others=total_of(pool.tally for pool in now if pool.officer_id != officer),
        standing=standings.get(officer, {}),
        course=_course(session, posting, view),
        released=released.get((unit.id, officer), ()),
        foot=foot_of(session, [unit.id], view),
    )


def steps_of(view: ReportFilter) -> tuple[Period, ...]:
    """The weeks of a quarter or the months of a year up to the end of the period, or to as_of."""
    last = max(view.period.first, min(view.period.last, view.as_of))
    if view.period.kind is PeriodKind.WEEK:
        return row(PeriodKind.WEEK, last, WEEKS)
    return row(PeriodKind.MONTH, last, MONTHS)


def _course(session: Session, posting: PostedOfficer, view: ReportFilter) -> list[Step]:
    periods = steps_of(view)
    span = Span([posting.unit_id], periods, view.as_of)
    found = queries.officer_tallies(session, span, officer_id=posting.officer_id)
    return [
        Step(period, found.get((True, at), Tally()), found.get((False, at), Tally()))
        for at, period in enumerate(periods)
    ]
