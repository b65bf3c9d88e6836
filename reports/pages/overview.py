"""The overview of a scope in words and figures: its units side by side, never ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.filters import ReportFilter
from reports.findings import Measure, OverviewSummary
from reports.links import unit_link
from reports.pages.frame import Foot, Periods, latest_of_listed, periods_of
from reports.pages.overview_parts import overview_charts
from reports.pages.overview_reading import Member, OverviewReading, read_overview
from reports.pages.parts import (
    Card,
    ChartCard,
    Row,
    Table,
    courtesy_titles,
    figure_cards,
    share_cell,
)
from reports.scopes import Scope, UnitFacts
from reports.statistics import Verdict
from reports.terms import Words, change_words, nothing_yet, rank_words, verdict_words
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
    latest: ReportFilter | None
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
        latest=latest_of_listed(session, scope.groups(area), view) if empty else None,
        foot=found.foot,
    )


def summary(found: OverviewReading) -> OverviewSummary:
    """What the sentences may say."""

    def named(verdict: Verdict) -> tuple[str, ...]:
        return tuple(
            each.unit.name for each in found.members if each.standing is verdict
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


def _listing(found: OverviewReading, words: Words) -> Table:
    heads = [
        words.gettext("Unit"),
        words.gettext("Ratings"),
        words.gettext("All three courtesies"),
        *courtesy_titles(words).values(),
        words.gettext("Satisfied"),
        words.gettext("Possible ranks"),
        words.gettext("Against the common level"),
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
            rank_words(member.rank, words),
            verdict_words(member.standing, words),
            change_words(member.change, words),
        ],
        href=href,
    )
