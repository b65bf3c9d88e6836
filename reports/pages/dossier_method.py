"""How the figures of a dossier are made and what they do not tell, as a printed page must say."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.pages.frame import LEAST_K
from reports.statistics import COMPARABLE
from reports.terms import Words


@dataclass(frozen=True)
class Paragraphs:
    """A heading and what stands below it."""

    title: str
    texts: Sequence[str]


def method_paragraphs(words: Words) -> list[Paragraphs]:
    """In the words of the methodology page, but for its examples."""
    return [
        Paragraphs(words.gettext("What is counted"), _counted(words)),
        Paragraphs(words.gettext("Intervals and comparisons"), _compared(words)),
        Paragraphs(
            words.gettext("What this does not hide, and does not show"), _limits(words)
        ),
    ]


def _counted(words: Words) -> list[str]:
    return [
        words.gettext(
            "A citizen who has just been served answers four questions: whether the officer"
            " greeted, asked and thanked, and how satisfied he or she is. Only complete ratings"
            " are in the shares. Ratings left half-way are counted apart. A rating belongs to the"
            " officer and the unit at the time of the service, for ever."
        ),
        words.gettext(
            "Answers lie sealed until at least %(k)s complete ratings of one officer in one unit"
            " are together. Once a day they are counted as one group, and the single answers are"
            " destroyed. Every number on every page is a sum over whole groups, so no view and no"
            " comparison of two views tells what fewer than %(k)s citizens answered.",
            k=LEAST_K,
        ),
        words.gettext(
            "A group counts on the middle one of its days. Some of its ratings may lie in the"
            " neighbouring week or month. A period is closed %(days)s days after its end and never"
            " changes afterwards.",
            days=15,
        ),
        words.gettext(
            "Citizens with three times yes, of all for whom it is known: one no means not all"
            " three; otherwise “I did not notice” leaves it open. This is a figure of units, from"
            " 20 citizens on, never of one officer."
        ),
    ]


def _compared(words: Words) -> list[str]:
    return [
        words.gettext(
            "Another week would have brought other citizens and a slightly different share. The"
            " interval says how far chance alone reaches: 95 of 100 such intervals hold the true"
            " share (Wilson 1927). The difference of two shares has an interval of its own"
            " (Newcombe 1998, method 10)."
        ),
        words.gettext(
            "Only when the interval of the difference does not hold zero, and both sides have at"
            " least %(n)s answers. An officer is compared with all other officers of the unit"
            " together. Many comparisons on one page share one chance of error (Dunn 1961): among"
            " equal officers somebody is called different in at most one report of twenty.",
            n=COMPARABLE,
        ),
        words.gettext(
            "A unit with few ratings strays farther from the common level by chance than one with"
            " many. The funnel says how far: 95 of 100 equal units lie within the band, 998 of"
            " 1,000 within the outer lines (exact binomial limits, Spiegelhalter 2005). Only a"
            " unit outside the outer lines is named. Of 14 equal units, somebody is named in at"
            " most 3 reports of 100."
        ),
    ]


def _limits(words: Words) -> list[str]:
    return [
        words.gettext(
            "If all citizens of a group answer alike, the group tells what each of them answered."
        ),
        words.gettext(
            "Whoever taps four ratings himself can tell what a fifth person answered."
        ),
        words.gettext("A finger can be seen from across the counter."),
        words.gettext(
            "Not everybody rates. The figures speak of those who did, not of all who were served."
        ),
    ]
