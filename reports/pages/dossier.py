"""A dossier for the session of a delegation: the pages of a scope put together, nothing else.

Each part is made by the code of the page that it comes from, so its figures are the screen's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from kiosk.domain.access import CurrentAccount
from reports.filters import ReportFilter
from reports.pages.coverage import CoveragePage, coverage_page
from reports.pages.dossier_method import Paragraphs, method_paragraphs
from reports.pages.frame import Foot, Periods, periods_of
from reports.pages.letterhead import Letterhead, letterhead
from reports.pages.overview import overview_page
from reports.pages.parts import Card, ChartCard, Table, figures_table
from reports.pages.targets import targets_page
from reports.pages.unit import unit_page
from reports.scopes import Scope, UnitFacts
from reports.terms import Words, period_name

MOST_UNITS = 40  # each with its own part; beyond that a dossier is no dossier any more


class Page(Protocol):
    """What the pages have in common that a part takes."""

    @property
    def sentences(self) -> Sequence[str]: ...
    @property
    def cards(self) -> Sequence[Card]: ...
    @property
    def charts(self) -> Sequence[ChartCard]: ...


MOST_NAMES = 3  # of units granted, in the title


@dataclass(frozen=True)
class Part:
    """A scope, a ward, the targets: what is said, its figures, its pictures, its table."""

    title: str
    sentences: Sequence[str]
    figures: Table | None
    charts: Sequence[ChartCard]
    table: Table | None


@dataclass(frozen=True)
class Dossier:
    """Everything that is printed; `general` is none of a single ward, `units` empty of too many."""

    unit: UnitFacts | None
    name: str
    view: ReportFilter
    periods: Periods
    letterhead: Letterhead
    subject: str
    opening: str
    general: Part | None
    targets: Part
    units: Sequence[Part]
    method: Sequence[Paragraphs]
    coverage: CoveragePage
    foot: Foot

    @property
    def charts(self) -> list[ChartCard]:
        """All pictures, for the page that draws them."""
        general = [self.general] if self.general else []
        parts = [*general, *self.units, self.targets]
        return [card for part in parts for card in part.charts]


@dataclass(frozen=True)
class Asked:
    """For whom a dossier is made, of what, and when."""

    account: CurrentAccount
    scope: Scope
    unit: UnitFacts | None
    view: ReportFilter
    today: date


def dossier(session: Session, asked: Asked, words: Words) -> Dossier:
    """Of a ward, of an area, or of all units granted where `asked.unit` is none."""
    scope, unit, view = asked.scope, asked.unit, asked.view
    name = unit.name if unit else _granted(scope, words)
    alone = unit is not None and not unit.is_area
    members = [unit] if unit and alone else scope.members(unit.id if unit else None)
    few = len(members) <= MOST_UNITS
    coverage = coverage_page(session, scope=scope, unit=unit, view=view, words=words)
    return Dossier(
        unit=unit,
        name=name,
        view=view,
        periods=periods_of(view, words),
        letterhead=letterhead(
            session, asked.account, scope, unit, today=asked.today, words=words
        ),
        subject=words.gettext(
            "Results of citizens' ratings on greeting, asking and thanking at the one-stop desk"
        ),
        opening=_opening(name, view, words),
        general=None if alone else _general(session, asked, words),
        targets=_targets(session, asked, words),
        units=[_unit(session, asked, each, words) for each in members if few],
        method=method_paragraphs(words),
        coverage=coverage,
        foot=coverage.foot,
    )


def _granted(scope: Scope, words: Words) -> str:
    number = len(scope.granted)
    if number > MOST_NAMES:
        return words.gettext("%(number)s units", number=words.number(number))
    granted = scope.those(scope.granted)
    return words.listing([granted[each].name for each in sorted(granted)])


def _opening(name: str, view: ReportFilter, words: Words) -> str:
    return words.gettext(
        "This report puts together the ratings that citizens gave at the one-stop desk of"
        " %(name)s in %(period)s, as of %(day)s. Each share stands with the interval that chance"
        " alone allows; what the figures do not bear is not concluded.",
        name=name,
        period=period_name(view.period, words),
        day=words.day(view.as_of),
    )


def _general(session: Session, asked: Asked, words: Words) -> Part:
    page = overview_page(
        session, scope=asked.scope, area=asked.unit, view=asked.view, words=words
    )
    return _part("", page, page.listing, words)


def _targets(session: Session, asked: Asked, words: Words) -> Part:
    """Several pictures would fill pages; the table holds them all."""
    page = targets_page(
        session, scope=asked.scope, unit=asked.unit, view=asked.view, words=words
    )
    charts = page.charts if len(page.charts) == 1 else []
    table = page.listing if page.listing.rows else None
    return Part(words.gettext("Targets"), page.sentences, None, charts, table)


def _unit(session: Session, asked: Asked, unit: UnitFacts, words: Words) -> Part:
    if unit.is_area:
        area = overview_page(
            session, scope=asked.scope, area=unit, view=asked.view, words=words
        )
        return _part(unit.name, area, area.listing, words)
    page = unit_page(
        session,
        asked.account,
        scope=asked.scope,
        unit=unit,
        view=asked.view,
        today=asked.view.map_day(asked.today),
        words=words,
    )
    return _part(unit.name, page, page.roster, words)


def _part(title: str, page: Page, table: Table, words: Words) -> Part:
    figures = figures_table(page.cards, words) if page.cards else None
    return Part(title, page.sentences, figures, page.charts, table)
