"""The page of coverage: whether tablets stood open, of a unit or of the units of a scope."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.coverage_words import CoverageSummary, QuietWeek, coverage_sentences
from reports.filters import ReportFilter
from reports.links import coverage_link
from reports.pages.coverage_parts import coverage_charts, opening_lines, silent_share
from reports.pages.coverage_reading import CoverageReading, read_coverage
from reports.pages.frame import Foot, Periods, latest_of_listed, periods_of
from reports.pages.parts import Card, ChartCard, Row, Table
from reports.pages.watched import Watched
from reports.scopes import Scope, UnitFacts
from reports.terms import Words


@dataclass(frozen=True)
class CoveragePage:
    """Everything the template shows; `unit` is none for all units granted."""

    unit: UnitFacts | None
    alone: bool
    view: ReportFilter
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    opening: Sequence[str]
    registered: bool
    charts: Sequence[ChartCard]
    listing: Table
    latest: ReportFilter | None
    foot: Foot


def coverage_page(
    session: Session,
    *,
    scope: Scope,
    unit: UnitFacts | None,
    view: ReportFilter,
    words: Words,
) -> CoveragePage:
    """The page in words and figures."""
    found = read_coverage(session, scope, unit, view)
    return CoveragePage(
        unit=unit,
        alone=found.alone,
        view=view,
        periods=periods_of(view, words),
        sentences=coverage_sentences(summary(found), words),
        cards=_cards(found, words),
        opening=opening_lines(found, words),
        registered=found.registered,
        charts=coverage_charts(found, words),
        listing=_listing(found, words),
        latest=None
        if found.any
        else latest_of_listed(session, scope.groups(unit), view),
        foot=found.foot,
    )


def summary(found: CoverageReading) -> CoverageSummary:
    """What the sentences may say."""
    quiet = [
        QuietWeek(each.name, week, counts.taps)
        for each in found.watched
        if found.alone
        for week, counts in each.quiet
    ]
    return CoverageSummary(
        period=found.view.period,
        tablets=sum(each.tablets for each in found.watched),
        weeks=sum(each.reported for each in found.watched),
        total=found.total,
        absent=found.absent,
        unnamed=found.unnamed,
        quiet=quiet,
        final=found.view.final,
    )


def _cards(found: CoverageReading, words: Words) -> list[Card]:
    total, reported = found.total, sum(each.reported for each in found.watched)
    if not reported:
        return []
    tablets = sum(each.tablets for each in found.watched)
    left = sum(each.partials for each in found.watched)
    few = words.gettext("fewer than %(k)s a tablet and month", k=found.foot.k)
    return [
        _card(
            words.gettext("Taps"),
            words.number(total.taps),
            words.ngettext(
                "at %(number)s tablet",
                "at %(number)s tablets",
                tablets,
                number=words.number(tablets),
            ),
            words.gettext("ratings begun, whatever was answered"),
        ),
        _card(
            words.gettext("Silent"),
            silent_share(total, words),
            words.gettext(
                "%(silent)s of %(opening)s opening hours",
                silent=words.number(total.silent),
                opening=words.number(total.opening),
            ),
            words.gettext("two opening hours or more without a tap"),
        ),
        _card(
            words.gettext("Weeks without a tap"),
            words.number(sum(each.untouched for each in found.watched)),
            words.ngettext(
                "of %(number)s week of a tablet",
                "of %(number)s weeks of all tablets",
                reported,
                number=words.number(reported),
            ),
            words.gettext("while the desk was open"),
        ),
        _card(
            words.gettext("Left half-way"),
            words.number(left) if left else "–",
            "" if left else few,
            words.gettext("partial ratings of whole months, in no share"),
        ),
    ]


def _card(title: str, value: str, below: str, more: str) -> Card:
    return Card(title, value, below, "", "", more)


def _listing(found: CoverageReading, words: Words) -> Table:
    name = words.gettext("Tablet") if found.alone else words.gettext("Unit")
    tablets = [] if found.alone else [words.gettext("Tablets")]
    heads = [
        name,
        *tablets,
        words.gettext("Taps"),
        words.gettext("Opening hours"),
        words.gettext("Silent stretches"),
        words.gettext("Silent hours"),
        words.gettext("Silent share"),
        words.gettext("Weeks without a tap"),
        words.gettext("Left half-way"),
    ]
    title = words.gettext("Tablets") if found.alone else words.gettext("Units")
    return Table(title, heads, [_row(each, found, words) for each in found.watched])


def _row(each: Watched, found: CoverageReading, words: Words) -> Row:
    href = "" if found.alone else coverage_link(each.id, found.view)
    if not each.reported:
        note = words.gettext("not reported")
        return Row([each.name], href=href, note=note)
    total = each.total
    tablets = [] if found.alone else [words.number(each.tablets)]
    few = words.gettext("under %(k)s", k=found.foot.k)
    return Row(
        [
            each.name,
            *tablets,
            words.number(total.taps),
            words.number(total.opening),
            words.number(total.stretches),
            words.number(total.silent),
            silent_share(total, words),
            words.number(each.untouched),
            words.number(each.partials) if each.partials else few,
        ],
        href=href,
    )
