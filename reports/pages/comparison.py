"""The page that holds two units, or two periods of a unit, against each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.cells import Kind, Told
from reports.charts.comparison import Pair, comparison_plot
from reports.comparison import Contrast
from reports.comparison_words import ComparisonSummary, comparison_sentences, signed
from reports.filters import ReportFilter
from reports.findings import Nothing
from reports.names import short_names
from reports.pages.comparison_reading import ComparisonReading, Seen, read_comparison
from reports.pages.frame import Foot, Periods, periods_of
from reports.pages.parts import (
    Card,
    ChartCard,
    Row,
    Table,
    chart_labels,
    interval,
    measure_titles,
    ratings_words,
    share_cell,
)
from reports.periods import Period
from reports.scopes import Scope, UnitFacts
from reports.statistics import Difference, Share
from reports.terms import Words, period_name, verdict_words


@dataclass(frozen=True)
class ComparisonPage:
    """Everything the template shows; `unit` is the first side's."""

    unit: UnitFacts
    names: tuple[str, str]
    subject: str
    of_units: bool
    view: ReportFilter
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    charts: Sequence[ChartCard]
    listing: Table
    chances: str
    foot: Foot


def comparison_page(
    session: Session,
    *,
    scope: Scope,
    unit: UnitFacts,
    view: ReportFilter,
    words: Words,
) -> ComparisonPage:
    """The page in words and figures."""
    found = read_comparison(session, scope, unit, view)
    names = side_names(found, words)
    compared = found.first.nothing is None and found.second.nothing is None
    return ComparisonPage(
        unit=unit,
        names=names,
        subject=_subject(found, words),
        of_units=found.of_units,
        view=view,
        periods=periods_of(view, words),
        sentences=comparison_sentences(summary(found, names), words),
        cards=[],
        charts=[_chart(found, names, words)] if compared else [],
        listing=_listing(found, names, words),
        chances=_chances(found, words),
        foot=found.foot,
    )


def side_names(found: ComparisonReading, words: Words) -> tuple[str, str]:
    """What the sides are called; two units of one name also by their codes."""
    one, two = found.first, found.second
    if not found.of_units:
        return period_name(one.period, words), period_name(two.period, words)
    if one.unit.name != two.unit.name:
        return one.unit.name, two.unit.name
    return f"{one.unit.name} ({one.unit.code})", f"{two.unit.name} ({two.unit.code})"


def summary(found: ComparisonReading, names: tuple[str, str]) -> ComparisonSummary:
    """What the sentences may say."""
    return ComparisonSummary(
        first=names[0] if found.of_units else found.first.period,
        second=names[1] if found.of_units else found.second.period,
        common=found.first.period if found.of_units else found.first.unit.name,
        contrasts=found.contrasts,
        nothing=(_nothing(found.first), _nothing(found.second)),
    )


def _nothing(seen: Seen) -> tuple[Nothing, Period] | None:
    return (seen.nothing, seen.period) if seen.nothing else None


def _subject(found: ComparisonReading, words: Words) -> str:
    """What both sides have in common, as it stands above the page."""
    if found.of_units:
        return period_name(found.first.period, words)
    return found.first.unit.name


def _titles(words: Words) -> dict[str, str]:
    return {"all_three": words.gettext("All three courtesies"), **measure_titles(words)}


def _chart(found: ComparisonReading, names: tuple[str, str], words: Words) -> ChartCard:
    titles = _titles(words)
    pairs = [
        Pair(
            titles[each.key],
            (each.first, each.second),
            (_percent(each.first, words), _percent(each.second, words)),
            _said(each, words),
            each.found.verdict,
        )
        for each in found.contrasts
    ]
    one, two = short_names(names) if found.of_units else names
    return ChartCard(
        "comparison",
        words.gettext("Both sides, figure by figure"),
        words.gettext(
            "A mark is a share, its line the 95%% interval: the circle is %(first)s, the diamond"
            " %(second)s. Lines that overlap a little may still differ clearly; the words on the"
            " right say whether they do.",
            first=names[0],
            second=names[1],
        ),
        comparison_plot(pairs, (one, two), chart_labels(words)),
        _detailed(found, names, words),
    )


def _percent(share: Share | None, words: Words) -> str:
    return words.percent(share.value) if share else "–"


def _said(each: Contrast, words: Words) -> str:
    """The verdict and, where there is one, the difference."""
    verdict = verdict_words(each.found.verdict, words)
    if each.found.difference is None:
        return verdict
    points = signed(each.found.difference.value * 100, words)
    return f"{verdict} ({points})"


def _listing(found: ComparisonReading, names: tuple[str, str], words: Words) -> Table:
    """The shares side by side, as they are said."""
    titles = _titles(words)
    heads = [
        words.gettext("Figure"),
        *(
            f"{name[:1].upper()}{name[1:]} · {ratings_words(seen.side.tally.n, words)}"
            for name, seen in zip(names, (found.first, found.second), strict=True)
        ),
        words.gettext("Difference, in points"),
        words.gettext("In words"),
    ]
    rows = [
        Row(
            [
                titles[each.key],
                share_cell(each.first, words),
                share_cell(each.second, words),
                _difference_cell(each, words),
                verdict_words(each.found.verdict, words),
            ]
        )
        for each in found.contrasts
    ]
    return Table(words.gettext("Side by side"), heads, rows, words=1)


def _detailed(found: ComparisonReading, names: tuple[str, str], words: Words) -> Table:
    """The same with counts, with one decimal, and with how sure each interval is."""
    titles = _titles(words)
    heads = [
        words.gettext("Figure"),
        *(head for name in names for head in _side_heads(name, words)),
        words.gettext("Difference, in points"),
        words.gettext("Interval of the difference"),
        words.gettext("Confidence of that interval"),
        words.gettext("In words"),
    ]
    rows = [
        Row(
            [
                titles[each.key],
                *_side_cells(each.first, words),
                *_side_cells(each.second, words),
                _points(each.found.difference, words),
                _reach(each.found.difference, words),
                words.percent(each.confidence, 2) if each.found.difference else "–",
                verdict_words(each.found.verdict, words),
            ]
        )
        for each in found.contrasts
    ]
    return Table(words.gettext("Both sides, figure by figure"), heads, rows, words=1)


def _side_heads(name: str, words: Words) -> list[str]:
    whole = name[:1].upper() + name[1:]
    return [
        words.gettext("%(side)s: answers", side=whole),
        words.gettext("%(side)s: share", side=whole),
        words.gettext("%(side)s: 95%% interval", side=whole),
    ]


def _side_cells(share: Share | None, words: Words) -> list[str]:
    if share is None:
        return ["–", "–", "–"]
    return [
        words.number(share.total),
        words.percent(share.value, 1),
        interval(share, words, 1),
    ]


def _points(difference: Difference | None, words: Words) -> str:
    if difference is None:
        return "–"
    points = difference.value * 100
    return Told(signed(points, words), Kind.NUMBER, [points], 1)


def _reach(difference: Difference | None, words: Words) -> str:
    if difference is None:
        return "–"
    ends = [difference.low * 100, difference.high * 100]
    text = words.gettext(
        "%(low)s to %(high)s", low=signed(ends[0], words), high=signed(ends[1], words)
    )
    return Told(text, Kind.REACH, ends, 1)


def _difference_cell(each: Contrast, words: Words) -> str:
    """The difference and its interval in one cell."""
    difference = each.found.difference
    if difference is None:
        return "–"
    points = _points(difference, words)
    ends = [difference.value * 100, difference.low * 100, difference.high * 100]
    return Told(f"{points} ({_reach(difference, words)})", Kind.SPREAD, ends, 1)


def _chances(found: ComparisonReading, words: Words) -> str:
    """How often chance alone makes something of nothing, on this page and over many of them."""
    return words.gettext(
        "All three courtesies is the main figure: its difference has a 95%% interval. The four"
        " other figures share one chance of error, so each has a %(confidence)s interval (Dunn"
        " 1961). If both sides were equal, something here would still be called clear in up to 10"
        " of 100 comparisons, and whoever compares 20 such pairs finds about two by chance alone."
        " So choose what to compare before you look.",
        confidence=words.percent(found.contrasts[-1].confidence, 2),
    )
