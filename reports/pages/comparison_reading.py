"""What a comparison reads: the figures of two units in a period, or of a unit in two periods."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from reports import queries
from reports.comparison import Contrast, Side, contrasts
from reports.filters import ReportFilter
from reports.findings import Nothing
from reports.pages.frame import Foot, foot_of, nothing
from reports.periods import Period
from reports.queries import Span
from reports.scopes import Scope, UnitFacts
from reports.tallies import all_three_of, total_of


@dataclass(frozen=True)
class Seen:
    """One side: a unit with all below it, in a period; and why there is nothing, if so."""

    unit: UnitFacts
    period: Period
    side: Side
    nothing: Nothing | None


@dataclass(frozen=True)
class ComparisonReading:
    """What the store says of both sides."""

    view: ReportFilter
    first: Seen
    second: Seen
    contrasts: tuple[Contrast, ...]
    foot: Foot

    @property
    def of_units(self) -> bool:
        """Whether two units are compared, and not two periods."""
        return self.first.unit != self.second.unit


def read_comparison(
    session: Session, scope: Scope, unit: UnitFacts, view: ReportFilter
) -> ComparisonReading:
    """Reads both sides; who asks has seen to it that they have nothing in common."""
    other, period = unit, view.period
    if isinstance(view.against, Period):
        period = view.against
    elif view.against is not None:
        other = scope.unit(view.against)
    foot = _foot(session, [*{*scope.under(unit.id), *scope.under(other.id)}], view)
    first = _seen(session, scope, unit, view.alone, foot.k)
    second = _seen(session, scope, other, view.alone.at(period), foot.k)
    found = contrasts(first.side, second.side)
    return ComparisonReading(view, first, second, tuple(found), foot)


def _foot(session: Session, units: list[int], view: ReportFilter) -> Foot:
    """Of the later of two periods, with what was left half-way in both."""
    if not isinstance(view.against, Period):
        return foot_of(session, units, view)
    earlier, later = sorted([view.period, view.against], key=lambda each: each.first)
    foot = foot_of(session, units, view.alone.at(later))
    more = queries.partial_ratings(session, units, period=earlier, as_of=view.as_of)
    return replace(foot, partials=foot.partials + more)


def _seen(
    session: Session, scope: Scope, unit: UnitFacts, view: ReportFilter, k: int
) -> Seen:
    units = list(scope.under(unit.id))
    span = Span(units, [view.period], view.as_of)
    tallies, threes = queries.unit_figures(session, span)
    side = Side(total_of(tallies.values()), all_three_of(threes.values()))
    why = None
    if not side.tally.n:
        released = queries.release_days(session, units, as_of=view.as_of).values()
        why = nothing(view, k, sorted({day for days in released for day in days}))
    return Seen(unit, view.period, side, why)
