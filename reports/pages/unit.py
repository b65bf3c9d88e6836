"""The page of a ward or office, in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from kiosk.domain.access import CurrentAccount
from reports.filters import ReportFilter
from reports.findings import Measure, UnitSummary, shares, signals_of
from reports.links import overview_link, unit_link
from reports.pages.above import above_of
from reports.pages.frame import Foot, Periods, latest_of, periods_of
from reports.pages.parts import Card, ChartCard, Table, figure_cards
from reports.pages.people import compared, outside
from reports.pages.roster import roster
from reports.pages.unit_parts import unit_charts
from reports.pages.unit_reading import UnitReading, read_unit
from reports.scopes import Scope, UnitFacts
from reports.terms import Words
from reports.wording import unit_sentences


@dataclass(frozen=True)
class UnitPage:
    """Everything the template shows."""

    unit: UnitFacts
    trail: Sequence[tuple[str, str]]
    view: ReportFilter
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    charts: Sequence[ChartCard]
    roster: Table
    latest: ReportFilter | None
    foot: Foot


def unit_page(
    session: Session,
    account: CurrentAccount,
    *,
    scope: Scope,
    unit: UnitFacts,
    view: ReportFilter,
    today: date,
    words: Words,
) -> UnitPage:
    """The page in words and figures."""
    above = above_of(session, account, scope, unit, view, today=today, words=words)
    found = read_unit(session, scope, unit, view, above)
    empty = found.nothing is not None
    return UnitPage(
        unit=unit,
        trail=_trail(scope, unit, view, words),
        view=view,
        periods=periods_of(view, words),
        sentences=unit_sentences(summary(found), words),
        cards=[] if empty else figure_cards(found, words),
        charts=[] if empty else unit_charts(found, words),
        roster=roster(found, words),
        latest=latest_of(session, scope.under(unit.id), view) if empty else None,
        foot=found.foot,
    )


def summary(found: UnitReading) -> UnitSummary:
    """What the sentences may say."""
    return UnitSummary(
        period=found.view.period,
        ratings=found.tally.n,
        all_three=Measure(found.three.share, found.three_before.share),
        above=found.above,
        courtesies=shares(found.tally),
        signals=signals_of(
            found.control, [week for week, _ in found.weeks], found.view.period
        ),
        officers_compared=compared(found.people),
        outside=outside(found.people),
        nothing=found.nothing,
    )


def _trail(
    scope: Scope, unit: UnitFacts, view: ReportFilter, words: Words
) -> list[tuple[str, str]]:
    """The way here from what was granted: names and addresses."""
    way: list[tuple[str, str]] = []
    above = scope.find(unit.parent_id)
    while above is not None:
        way.insert(0, (above.name, unit_link(above.id, view)))
        above = scope.find(above.parent_id)
    if len(scope.granted) > 1:
        way.insert(0, (words.gettext("Units granted"), overview_link(view)))
    return way
