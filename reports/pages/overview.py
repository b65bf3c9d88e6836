"""The overview of a scope in words and figures: its units side by side, never ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.charts.units import MOST_CELLS, Cell, UnitRow, small_multiples, unit_shares
from reports.filters import ReportFilter
from reports.findings import Measure, OverviewSummary
from reports.links import unit_link
from reports.names import short_names
from reports.pages.frame import Foot, Periods, periods_of
from reports.pages.overview_reading import Member, OverviewReading, read_overview
from reports.pages.parts import (
    Card,
    ChartCard,
    Row,
    Table,
    chart_labels,
    courtesy_titles,
    figure_cards,
    moment,
    ratings_words,
    share_cell,
    share_cells,
)
from reports.scopes import Scope, UnitFacts
from reports.statistics import Share, Verdict
from reports.tallies import AllThree
from reports.terms import Words, change_words, nothing_yet, verdict_words
from reports.wording import overview_sentences


@dataclass(frozen=True)
class OverviewPage:
    """Everything the template shows."""

    view: ReportFilter
    area: UnitFacts | None
    units: int
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    charts: Sequence[ChartCard]
    listing: Table
    foot: Foot


def overview_page(
    session: Session,
    *,
    scope: Scope,
    area: UnitFacts | None,
    view: ReportFilter,
    words: Words,
) -> OverviewPage:
    """The page of an area, or of all units granted where `area` is none."""
    found = read_overview(session, scope, area, view)
    empty = found.nothing is not None
    return OverviewPage(
        view=view,
        area=area,
        units=len(found.members),
        periods=periods_of(view, words),
        sentences=overview_sentences(summary(found), words),
        cards=[] if empty else figure_cards(found, words),
        charts=[] if empty else overview_charts(found, words),
        listing=_listing(found, words),
        foot=found.foot,
    )


def summary(found: OverviewReading) -> OverviewSummary:
    """What the sentences may say."""

    def named(verdict: Verdict) -> tuple[str, ...]:
        return tuple(
            each.unit.name for each in found.members if each.standing.verdict is verdict
        )

    return OverviewSummary(
        period=found.view.period,
        ratings=found.tally.n,
        all_three=Measure(found.three.share, found.three_before.share),
        higher=named(Verdict.HIGHER),
        lower=named(Verdict.LOWER),
        unclear=len(named(Verdict.UNCLEAR)),
        too_few=len(named(Verdict.TOO_FEW)),
        nothing=found.nothing,
    )


def overview_charts(found: OverviewReading, words: Words) -> list[ChartCard]:
    """Where each unit stands, and its weeks where there is room for so many pictures."""
    level = found.three.share
    if level is None:
        return []
    charts = [_standings(found, words)]
    if len(found.members) <= MOST_CELLS:
        charts.append(_weeks(found, level, words))
    return charts


def _standings(found: OverviewReading, words: Words) -> ChartCard:
    names = short_names([each.unit.name for each in found.members])
    rows = [
        UnitRow(
            name,
            ratings_words(each.three.n - each.three.unsure, words),
            each.three.share,
            each.standing.verdict,
        )
        for name, each in zip(names, found.members, strict=True)
    ]
    heads = [
        words.gettext("Unit"),
        words.gettext("Ratings"),
        words.gettext("All three courtesies"),
        words.gettext("95%% interval"),
        words.gettext("Against the other units"),
    ]
    title = words.gettext("All three courtesies, unit by unit")
    cells = [
        Row(
            [
                each.unit.name,
                words.number(each.three.n - each.three.unsure),
                *share_cells(each.three.share, words),
                verdict_words(each.standing.verdict, words),
            ]
        )
        for each in found.members
    ]
    return ChartCard(
        "units",
        title,
        words.gettext(
            "A dot is a unit's share, its line the 95%% interval; the grey band is the level of"
            " all together. Sorted by code. Only units marked by a diamond clearly differ."
        ),
        unit_shares(rows, found.three.share, chart_labels(words)),
        Table(title, heads, cells, words=1),
    )


def _weeks(found: OverviewReading, level: Share, words: Words) -> ChartCard:
    moments = [moment(week, words) for week in found.weeks]
    names = short_names([each.unit.name for each in found.members])
    pairs = zip(names, found.members, strict=True)
    cells = [_cell(name, each, words) for name, each in pairs]
    title = words.gettext("All three courtesies, unit by unit, week by week")
    rows = [
        Row([when.full, *(_plain(each.weeks[at], words) for each in found.members)])
        for at, when in enumerate(moments)
    ]
    return ChartCard(
        "unit-weeks",
        title,
        words.gettext(
            "All on the same scale; the dashed line is the level of all together."
        ),
        small_multiples(cells, level, moments, chart_labels(words)),
        Table(title, [words.gettext("Week"), *names], rows),
    )


def _listing(found: OverviewReading, words: Words) -> Table:
    heads = [
        words.gettext("Unit"),
        words.gettext("Ratings"),
        words.gettext("All three courtesies"),
        *courtesy_titles(words).values(),
        words.gettext("Satisfied"),
        words.gettext("Against the other units"),
        words.gettext("Since the period before"),
    ]
    rows = [_row(each, found, words) for each in found.members]
    return Table(words.gettext("Units"), heads, rows, words=2)


def _row(member: Member, found: OverviewReading, words: Words) -> Row:
    href = unit_link(member.unit.id, found.view)
    why = found.nothing_of(member)
    if why:
        return Row(
            [member.unit.name],
            href=href,
            note=nothing_yet(why, found.view.period, words),
        )
    tally = member.tally
    shares = [member.three.share, *(each.share for each in tally.courtesies.values())]
    return Row(
        [
            member.unit.name,
            words.number(tally.n),
            *(
                share_cell(share, words)
                for share in [*shares, tally.satisfaction.share]
            ),
            verdict_words(member.standing.verdict, words),
            change_words(member.change, words),
        ],
        href=href,
    )


def _cell(name: str, member: Member, words: Words) -> Cell:
    shares = [each.share for each in member.weeks]
    return Cell(name, _caption(member, words), shares, member.standing.verdict)


def _caption(member: Member, words: Words) -> str:
    share = member.three.share
    if share is None:
        return "–"
    return f"{words.percent(share.value)} · {ratings_words(share.total, words)}"


def _plain(counts: AllThree, words: Words) -> str:
    return words.percent(counts.share.value, 1) if counts.share else "–"
