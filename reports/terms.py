"""The words that stand by themselves: names of periods and courtesies, verdicts, why nothing is
shown. `Words` is what one language brings along; nothing here knows which.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from reports.cells import Kind, Told
from reports.findings import Nothing
from reports.periods import Period, PeriodKind
from reports.ranks import RankRange
from reports.statistics import Comparison, Verdict


class Words(Protocol):
    """One language: its sentences, figures and dates; `strong` sets a word off."""

    def gettext(self, message: str, **values: object) -> str: ...
    def ngettext(self, one: str, many: str, num: int, **values: object) -> str: ...
    def percent(self, share: float, decimals: int = 0) -> str: ...
    def number(self, value: float, decimals: int = 0) -> str: ...
    def day(self, day: date) -> str: ...
    def moment(self, at: datetime) -> str: ...
    def pattern(self, day: date, pattern: str) -> str: ...
    def listing(self, names: Iterable[str]) -> str: ...
    def strong(self, text: str) -> str: ...


def nothing_yet(found: Nothing, period: Period, words: Words) -> str:
    """Why there is no figure, and when to look again."""
    if found.final:
        return words.gettext(
            "Nothing was published for %(period)s: there were never %(k)s ratings together.",
            period=period_name(period, words),
            k=found.k,
        )
    if found.expected is None:
        return words.gettext("Not yet %(k)s ratings to publish.", k=found.k)
    return words.gettext(
        "Not yet %(k)s ratings to publish; expected about %(day)s.",
        k=found.k,
        day=words.day(found.expected),
    )


def change_words(change: Comparison, words: Words) -> str:
    """A change beside a figure, e.g. "clearly up by 4 points"."""
    if change.verdict is Verdict.TOO_FEW or change.difference is None:
        return words.gettext("too few to compare with the period before")
    size = abs(change.difference.value) * 100
    points = words.number(size, 0 if size >= 1 else 1)
    if change.verdict is Verdict.HIGHER:
        return words.gettext("clearly up by %(points)s points", points=points)
    if change.verdict is Verdict.LOWER:
        return words.gettext("clearly down by %(points)s points", points=points)
    return words.gettext("no clear change")


def verdict_words(verdict: Verdict, words: Words) -> str:
    """How someone stands to the others, in a table."""
    if verdict is Verdict.HIGHER:
        return words.gettext("clearly higher")
    if verdict is Verdict.LOWER:
        return words.gettext("clearly lower")
    if verdict is Verdict.UNCLEAR:
        return words.gettext("no clear difference")
    return words.gettext("too few to compare")


def rank_words(found: RankRange | None, words: Words) -> str:
    """Between which places someone stands, in a table, e.g. "rank 3–11 of 14"."""
    if found is None:
        return words.gettext("too few to compare")
    return Told(_rank(found, words), Kind.PLACES, [found.best, found.worst])


def _rank(found: RankRange, words: Words) -> str:
    if found.best == found.worst:
        return words.gettext(
            "rank %(rank)s of %(number)s", rank=found.best, number=found.of
        )
    return words.gettext(
        "rank %(first)s–%(last)s of %(number)s",
        first=found.best,
        last=found.worst,
        number=found.of,
    )


def courtesy_name(key: str, words: Words) -> str:
    """A courtesy within a sentence, e.g. "asking"."""
    return {
        "greeted": words.gettext("greeting"),
        "asked": words.gettext("asking"),
        "thanked": words.gettext("thanking"),
    }[key]


def period_name(period: Period, words: Words) -> str:
    """A period within a sentence, e.g. "June 2026" or "week 47 of 2026"."""
    if period.kind is PeriodKind.WEEK:
        return words.gettext(
            "week %(number)s of %(year)s", number=period.number, year=period.year
        )
    if period.kind is PeriodKind.MONTH:
        # How a month and its year are dated, in the letters of CLDR.
        return words.pattern(period.first, words.gettext("MMMM y"))
    if period.kind is PeriodKind.YEAR:
        return words.gettext("%(year)s", year=period.year)
    return (
        words.gettext("Q1 %(year)s", year=period.year),
        words.gettext("Q2 %(year)s", year=period.year),
        words.gettext("Q3 %(year)s", year=period.year),
        words.gettext("Q4 %(year)s", year=period.year),
    )[period.number - 1]
