"""The sentences of coverage: how long tablets were silent, and which one nobody tapped.

They name what was seen, never why: put away, switched off and out of order look alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.coverage import Absence, TabletWeek
from reports.periods import Period
from reports.terms import Words, period_name

MOST_NAMED = 3


@dataclass(frozen=True)
class Absent:
    """A tablet (its name and, among several, its unit's) that nobody tapped for weeks."""

    name: str
    absence: Absence


@dataclass(frozen=True)
class QuietWeek:
    """A tablet's week with fewer taps than is ordinary for it."""

    name: str
    week: Period
    taps: int


@dataclass(frozen=True)
class CoverageSummary:
    """All that the sentences of a coverage page may say; `weeks` are those reported.

    `unnamed` are the weeks without a tap in areas, whose own pages name the tablets.
    """

    period: Period
    tablets: int
    weeks: int
    total: TabletWeek
    absent: Sequence[Absent] = ()
    unnamed: int = 0
    quiet: Sequence[QuietWeek] = ()
    final: bool = False


def coverage_sentences(found: CoverageSummary, words: Words) -> list[str]:
    """Taps and silence in a sentence; then who was absent, and which weeks were quiet."""
    name = period_name(found.period, words)
    if not found.weeks:
        return [_nothing(found, name, words)]
    taps = words.ngettext(
        "In %(period)s the tablets were tapped for %(number)s rating.",
        "In %(period)s the tablets were tapped for %(number)s ratings.",
        found.total.taps,
        period=name,
        number=words.strong(words.number(found.total.taps)),
    )
    return [
        taps,
        _silence(found.total, words),
        *_absent(found, words),
        *_quiet(found, words),
    ]


def _nothing(found: CoverageSummary, name: str, words: Words) -> str:
    if found.final:
        return words.gettext("No tablet was in use in %(period)s.", period=name)
    return words.gettext(
        "Nothing of %(period)s has been reported yet. A week is reported from the Monday after it,"
        " once the tablet has sent everything, and at the latest after 15 days.",
        period=name,
    )


def _silence(total: TabletWeek, words: Words) -> str:
    if not total.opening:
        return words.gettext("The desk was never open.")
    share = words.percent(total.silent / total.opening)
    return words.gettext(
        "Of %(opening)s opening hours at the tablets, %(silent)s (%(share)s) lay in silent"
        " stretches of two hours or more.",
        opening=words.number(total.opening),
        silent=words.number(total.silent),
        share=words.strong(share),
    )


def _absent(found: CoverageSummary, words: Words) -> list[str]:
    if not found.absent and not found.unnamed:
        return [words.gettext("No tablet went a whole week without a tap.")]
    said = [_one_absent(each, words) for each in found.absent[:MOST_NAMED]]
    more = len(found.absent) - MOST_NAMED
    if more > 0:
        said.append(
            words.ngettext(
                "The table names %(number)s more.",
                "The table names %(number)s more.",
                more,
                number=words.number(more),
            )
        )
    if found.unnamed:
        said.append(
            words.ngettext(
                "In the areas listed, a tablet was not tapped in %(number)s week, though the desk"
                " was open; the area's own page names it.",
                "In the areas listed, tablets were not tapped in %(number)s weeks, though the desk"
                " was open; the areas' own pages name them.",
                found.unnamed,
                number=words.number(found.unnamed),
            )
        )
    return said


def _one_absent(found: Absent, words: Words) -> str:
    return words.gettext(
        "%(tablet)s was not tapped once from %(first)s to %(last)s, though the desk was open for"
        " %(hours)s hours.",
        tablet=words.strong(found.name),
        first=words.day(found.absence.first.first),
        last=words.day(found.absence.last.last),
        hours=words.number(found.absence.hours),
    )


def _quiet(found: CoverageSummary, words: Words) -> list[str]:
    if not found.quiet:
        return []
    named = [
        words.gettext(
            "%(tablet)s (week from %(day)s, ratings: %(number)s)",
            tablet=words.strong(each.name),
            day=words.day(each.week.first),
            number=words.number(each.taps),
        )
        for each in found.quiet[:MOST_NAMED]
    ]
    return [
        words.gettext("Unusually few taps: %(tablets)s.", tablets=words.listing(named))
    ]
