"""The page of seats: what staff said on the tablets of who sits at which counter."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.filters import ReportFilter
from reports.pages.frame import Foot, Periods, foot_of, periods_of
from reports.scopes import UnitFacts
from reports.seat_queries import SeatSaid, seats_said
from reports.terms import Words


@dataclass(frozen=True)
class SeatsPage:
    """Everything the template shows."""

    unit: UnitFacts
    view: ReportFilter
    periods: Periods
    said: Sequence[SeatSaid]
    foot: Foot


def seats_page(
    session: Session, *, unit: UnitFacts, view: ReportFilter, words: Words
) -> SeatsPage:
    """The changes of a unit in the period."""
    return SeatsPage(
        unit=unit,
        view=view,
        periods=periods_of(view, words),
        said=seats_said(session, unit.id, view.period),
        foot=foot_of(session, [unit.id], view),
    )
