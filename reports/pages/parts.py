"""The parts pages are made of: figure cards, chart cards and tables, with their words in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from reports.cells import Kind, Told
from reports.charts.base import Figure, Labels, Moment
from reports.findings import Measure, changes, measures
from reports.periods import Period, PeriodKind
from reports.statistics import Comparison, Share, Verdict
from reports.tallies import AllThree, Tally
from reports.terms import Words, change_words, period_name


@dataclass(frozen=True)
class Card:
    """A figure with its interval and its change; `direction` only where the change is clear."""

    title: str
    value: str
    interval: str
    change: str
    direction: str
    more: str


@dataclass(frozen=True)
class Row:
    """A row of a table: the first cell is its head, a link where `href` is given.

    `note` stands in place of the figures where there are none.
    """

    cells: Sequence[str]
    href: str = ""
    note: str = ""
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table; its columns from `numbers` on (but for the last `words`) hold figures.

    On a phone it scrolls, or stacks each row as a card of its own.
    """

    caption: str
    heads: Sequence[str]
    rows: Sequence[Row]
    numbers: int = 1
    words: int = 0
    stacks: bool = False

    @cached_property
    def classes(self) -> list[str]:
        """The class of each column's cells."""
        last = len(self.heads) - self.words
        return [
            "number" if self.numbers <= at < last else ""
            for at in range(len(self.heads))
        ]

    def after_head(self, row: Row) -> Iterable[tuple[str, str]]:
        """A row's cells but for the first, each with its class."""
        return zip(row.cells[1:], self.classes[1:], strict=False)


@dataclass(frozen=True)
class ChartCard:
    """A figure with its title, one line on how to read it, and the table of the same numbers."""

    id: str
    title: str
    reading: str
    figure: Figure
    table: Table
    half: bool = False


class Figures(Protocol):
    """What the cards of a unit and of a scope are made of."""

    @property
    def tally(self) -> Tally: ...
    @property
    def before(self) -> Tally: ...
    @property
    def three(self) -> AllThree: ...
    @property
    def three_before(self) -> AllThree: ...


def figure_cards(found: Figures, words: Words) -> list[Card]:
    """All three, each courtesy, and the satisfied."""
    known = found.three.n - found.three.unsure
    more = words.ngettext(
        "of %(number)s rating",
        "of %(number)s ratings",
        known,
        number=words.number(known),
    )
    three = Measure(found.three.share, found.three_before.share)
    title = words.gettext("All three courtesies")
    return [
        _card(title, three.now, three.change, more, words),
        *tally_cards(found.tally, found.before, words),
    ]


def tally_cards(now: Tally, before: Tally, words: Words) -> list[Card]:
    """Each courtesy with how many did not notice, and the satisfied."""
    changed, found = changes(now, before), measures(now)
    titles = measure_titles(words)
    more = {"satisfied": words.gettext("levels 4 and 5 of 5")}
    for key, courtesy in now.courtesies.items():
        unsure = words.percent(courtesy.unsure / now.n) if now.n else "–"
        more[key] = words.gettext("did not notice: %(share)s", share=unsure)
    return [
        _card(titles[key], found[key], changed[key], more[key], words) for key in titles
    ]


def _card(
    title: str, now: Share | None, change: Comparison, more: str, words: Words
) -> Card:
    if now is None:
        return Card(title, "–", words.gettext("too few to say"), "", "", more)
    directions = {Verdict.HIGHER: "up", Verdict.LOWER: "down"}
    ends = interval(now, words)
    told = words.gettext("interval %(interval)s", interval=ends)
    return Card(
        title,
        words.percent(now.value),
        Told(told, ends.kind, ends.values, ends.decimals),
        change_words(change, words),
        directions.get(change.verdict, ""),
        more,
    )


def interval(share: Share, words: Words, decimals: int = 0) -> Told:
    """The ends of an interval, e.g. 81–87 %."""
    return reach(share.low, share.high, words, decimals)


def reach(low: float, high: float, words: Words, decimals: int = 0) -> Told:
    """From one share to another, e.g. 81–87 %."""
    text = f"{words.number(low * 100, decimals)}–{words.percent(high, decimals)}"
    return Told(text, Kind.INTERVAL, [low, high], decimals)


def share_cells(share: Share | None, words: Words) -> list[str]:
    """A share and its interval as two cells of a table, with one decimal; dashes of nothing."""
    if share is None:
        return ["–", "–"]
    return [words.percent(share.value, 1), interval(share, words, 1)]


def share_cell(share: Share | None, words: Words) -> str:
    """A share and its interval in one cell, without decimals."""
    if share is None:
        return "–"
    text = f"{words.percent(share.value)} ({interval(share, words)})"
    return Told(text, Kind.SHARE, [share.value, share.low, share.high])


def figures_table(cards: Sequence[Card], words: Words) -> Table:
    """The figure cards as a table, for paper and files."""
    heads = [
        words.gettext("Figure"),
        words.gettext("Share"),
        words.gettext("95%% interval"),
        words.gettext("Since the period before"),
        words.gettext("Note"),
    ]
    rows = [
        Row([card.title, card.value, card.interval, card.change, card.more])
        for card in cards
    ]
    return Table(words.gettext("Figures"), heads, rows, words=2)


def courtesy_titles(words: Words) -> dict[str, str]:
    """What the courtesies are called above figures."""
    return {
        "greeted": words.gettext("Greeting"),
        "asked": words.gettext("Asking"),
        "thanked": words.gettext("Thanking"),
    }


def measure_titles(words: Words) -> dict[str, str]:
    """What the courtesies and satisfaction are called above figures."""
    return {**courtesy_titles(words), "satisfied": words.gettext("Satisfied")}


def level_names(words: Words) -> list[str]:
    """The five levels, from the lowest up."""
    return [
        words.gettext("Very dissatisfied"),
        words.gettext("Dissatisfied"),
        words.gettext("Neutral"),
        words.gettext("Satisfied"),
        words.gettext("Very satisfied"),
    ]


def ratings_words(count: int, words: Words) -> str:
    """How many, e.g. 212 ratings."""
    return words.ngettext(
        "%(number)s rating", "%(number)s ratings", count, number=words.number(count)
    )


def moment(period: Period, words: Words) -> Moment:
    """A week or month for an axis (25 May, 6/26), in full (week 22 · 25 May – 31 May 2026).

    A week is named by its first day: its number reads like a month in Vietnamese (T for tháng).
    """
    days = [period.first, period.last]
    if period.kind is not PeriodKind.WEEK:
        tick = f"{period.first.month}/{period.first.year % 100:02}"
        return Moment(tick, Told(period_name(period, words), Kind.DAYS, days))
    week = words.gettext("Week %(number)s", number=period.number)
    first = words.pattern(period.first, words.gettext("d MMM"))
    last = words.pattern(period.last, words.gettext("d MMM y"))
    return Moment(first, Told(f"{week} · {first} – {last}", Kind.DAYS, days))


def chart_labels(words: Words) -> Labels:
    """The words and signs of axes and hovers."""
    sign = words.percent(0).removeprefix(words.number(0))
    return Labels(sign, words.gettext("interval"), words.gettext("ratings"))
