"""What the signals of the weeks are called, at a chart and in the sentences on top."""

from reports.findings import Signals
from reports.statistics import Verdict
from reports.terms import Words, period_name


def signal_sentences(found: Signals, words: Words) -> list[str]:
    """What the weeks tell of a change in the period; that they tell of none, if they are enough."""
    if found.stable:
        return [
            words.gettext("From week to week there is no more than ordinary variation.")
        ]
    outside = [_outside(found, side, words) for side in (Verdict.HIGHER, Verdict.LOWER)]
    said = [*filter(None, outside), *(_run(*each, words) for each in found.runs)]
    if said:
        said.append(words.gettext("Chance alone seldom does that."))
    return said


def run_words(length: int, side: Verdict, words: Words) -> str:
    """A stretch on one side of the common level, at a chart, e.g. "9 weeks above the level"."""
    if side is Verdict.HIGHER:
        return words.gettext("%(number)s weeks in a row above the level", number=length)
    return words.gettext("%(number)s weeks in a row below the level", number=length)


def _outside(found: Signals, side: Verdict, words: Words) -> str:
    names = [period_name(week, words) for week, at in found.outside if at is side]
    if not names:
        return ""
    weeks = words.listing(map(words.strong, names))
    if side is Verdict.HIGHER:
        return words.gettext(
            "In %(weeks)s the share lies above ordinary variation.",
            weeks=weeks,
        )
    return words.gettext(
        "In %(weeks)s the share lies below ordinary variation.",
        weeks=weeks,
    )


def _run(length: int, side: Verdict, words: Words) -> str:
    number = words.strong(words.number(length))
    if side is Verdict.HIGHER:
        return words.gettext(
            "%(number)s weeks in a row lie above the level of all weeks shown.",
            number=number,
        )
    return words.gettext(
        "%(number)s weeks in a row lie below the level of all weeks shown.",
        number=number,
    )
