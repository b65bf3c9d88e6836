"""The chart cards of an overview: which units really differ, their possible ranks, their weeks."""

from reports.charts.funnel import Dot, FunnelWords, funnel_plot
from reports.charts.ranks import RankRow, rank_plot, ranks_height
from reports.charts.units import MOST_CELLS, Cell, small_multiples
from reports.control import control_chart
from reports.funnel import INNER, OUTER, Funnel
from reports.names import short_names
from reports.pages.overview_reading import Member, OverviewReading
from reports.pages.parts import (
    ChartCard,
    Row,
    Table,
    chart_labels,
    moment,
    ratings_words,
    reach,
    share_cells,
)
from reports.statistics import COMPARABLE, Share, Verdict
from reports.tallies import AllThree
from reports.terms import Words, rank_words, verdict_words

MOST_RANKS = 40  # rows beyond that are no picture any more; the table has them all


def overview_charts(found: OverviewReading, words: Words) -> list[ChartCard]:
    """The funnel and the ranks where units can be compared; the weeks where there is room."""
    level = found.three.share
    if level is None:
        return []
    charts = []
    if found.funnel:
        ranked = sum(each.rank is not None for each in found.members)
        beside = ranked if ranked <= MOST_RANKS else 0
        charts.append(_funnel(found, found.funnel, beside, words))
        if beside:
            charts.append(_ranks(found, words))
    if len(found.members) <= MOST_CELLS:
        charts.append(_weeks(found, level, words))
    return charts


def _funnel(
    found: OverviewReading, drawn: Funnel, beside: int, words: Words
) -> ChartCard:
    names = _short(found)
    dots = [
        Dot(name, each.three.share, each.standing)
        for name, each in zip(names, found.members, strict=True)
        if each.three.share and each.three.share.total >= COMPARABLE
    ]
    height = max(400, ranks_height(beside))
    level = words.gettext("common %(share)s", share=words.percent(drawn.centre.value))
    said = FunnelWords(
        words.percent(OUTER, 1),
        words.percent(INNER),
        level,
        words.gettext("number of ratings"),
    )
    return ChartCard(
        "units",
        words.gettext("Which units really differ?"),
        _funnel_reading(drawn, words),
        funnel_plot(dots, drawn, chart_labels(words), said, height=height),
        _funnel_table(found, drawn, words),
        half=bool(beside),
    )


def _funnel_reading(drawn: Funnel, words: Words) -> str:
    reading = words.gettext(
        "Each dot is a unit. Within the funnel the difference may be chance alone; only a unit"
        " outside the outer line is named."
    )
    if not drawn.tau:
        return reading
    wider = words.gettext(
        "The funnel allows for units that ordinarily differ by about %(points)s points.",
        points=words.number(drawn.tau * 100, 1),
    )
    return f"{reading} {wider}"


def _funnel_table(found: OverviewReading, drawn: Funnel, words: Words) -> Table:
    heads = [
        words.gettext("Unit"),
        words.gettext("Ratings"),
        words.gettext("All three courtesies"),
        words.gettext("95%% interval"),
        words.gettext("Funnel (99.8%%)"),
        words.gettext("Against the common level"),
    ]
    rows = [_funnel_row(each, drawn, words) for each in found.members]
    return Table(words.gettext("Which units really differ?"), heads, rows, words=1)


def _funnel_row(member: Member, drawn: Funnel, words: Words) -> Row:
    known, limits = member.three.n - member.three.unsure, "–"
    if known >= COMPARABLE:
        band = drawn.band(known)
        limits = reach(band.low, band.high, words, 1)
    return Row(
        [
            member.unit.name,
            words.number(known),
            *share_cells(member.three.share, words),
            limits,
            verdict_words(member.standing, words),
        ]
    )


def _ranks(found: OverviewReading, words: Words) -> ChartCard:
    names = zip(_short(found), found.members, strict=True)
    ranked = [(name, each) for name, each in names if each.rank]
    rows = [
        RankRow(name, each.rank, rank_words(each.rank, words)) for name, each in ranked
    ]
    title = words.gettext("Which rank may each unit have?")
    heads = [words.gettext("Unit"), words.gettext("Possible ranks")]
    cells = [Row([each.unit.name, rank_words(each.rank, words)]) for _, each in ranked]
    return ChartCard(
        "ranks",
        title,
        words.gettext(
            "A stroke reaches from the first to the last rank that a unit may have; all strokes"
            " together hold in 95 of 100 reports. Sorted by code, not by rank."
        ),
        rank_plot(rows, words.gettext("possible ranks"), len(ranked)),
        Table(title, heads, cells),
        half=True,
    )


def _weeks(found: OverviewReading, level: Share, words: Words) -> ChartCard:
    moments = [moment(week, words) for week in found.weeks]
    names = _short(found)
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
            "All on the same scale; the dashed line is the level of all together. A large dot is a"
            " week beyond the unit's own ordinary variation."
        ),
        small_multiples(cells, level, moments, chart_labels(words)),
        Table(title, [words.gettext("Week"), *names], rows),
    )


def _cell(name: str, member: Member, words: Words) -> Cell:
    shares = [each.share for each in member.weeks]
    chart = control_chart([(e.all_three, e.n - e.unsure) for e in member.weeks])
    points = chart.points if chart else [None] * len(shares)
    signals = [point.signal if point else Verdict.UNCLEAR for point in points]
    return Cell(name, _caption(member, words), shares, member.standing, signals)


def _caption(member: Member, words: Words) -> str:
    share = member.three.share
    if share is None:
        return "–"
    return f"{words.percent(share.value)} · {ratings_words(share.total, words)}"


def _plain(counts: AllThree, words: Words) -> str:
    return words.percent(counts.share.value, 1) if counts.share else "–"


def _short(found: OverviewReading) -> list[str]:
    return short_names([each.unit.name for each in found.members])
