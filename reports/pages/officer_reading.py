"""What the page of an officer reads from the store: own answers, the others', the way there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from reports import queries
from reports.filters import ReportFilter
from reports.findings import Nothing
from reports.pages.frame import Foot, foot_of, nothing
from reports.periods import Period, PeriodKind, row
from reports.queries import Span
from reports.scopes import PostedOfficer, UnitFacts
from reports.tallies import Tally

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
    """Reads it all in a handful of statements."""
    pair, steps = [view.period.before, view.period], steps_of(view)
    found = _tallies(session, posting, pair, view.as_of)
    way = _tallies(session, posting, steps, view.as_of)
    released = queries.release_days(session, [unit.id], as_of=view.as_of)
    return OfficerReading(
        posting=posting,
        unit=unit,
        view=view,
        tally=found.get((True, 1), Tally()),
        before=found.get((True, 0), Tally()),
        others=found.get((False, 1), Tally()),
        course=[
            Step(period, way.get((True, at), Tally()), way.get((False, at), Tally()))
            for at, period in enumerate(steps)
        ],
        released=released.get((unit.id, posting.officer_id), ()),
        foot=foot_of(session, [unit.id], view),
    )


def steps_of(view: ReportFilter) -> tuple[Period, ...]:
    """The weeks of a quarter or the months of a year up to the end of the period, or to as_of."""
    last = max(view.period.first, min(view.period.last, view.as_of))
    if view.period.kind is PeriodKind.WEEK:
        return row(PeriodKind.WEEK, last, WEEKS)
    return row(PeriodKind.MONTH, last, MONTHS)


def _tallies(
    session: Session, posting: PostedOfficer, periods: Sequence[Period], as_of: date
) -> Mapping[tuple[bool, int], Tally]:
    span = Span([posting.unit_id], periods, as_of)
    return queries.officer_tallies(session, span, officer_id=posting.officer_id)
