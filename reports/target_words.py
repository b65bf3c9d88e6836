"""The sentences that say which targets are reached, and how a target stands in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.findings import Nothing
from reports.periods import Period
from reports.targets import Standing
from reports.terms import Words, nothing_yet, period_name


@dataclass(frozen=True)
class TargetSummary:
    """All that the sentences may say: how many targets, how many stand how, and which are missed.

    `nothing` says why there are no figures.
    """

    period: Period
    year: int
    promised: int
    reached: int
    missed: Sequence[str]
    open: int
    too_few: int
    nothing: Nothing | None


def target_sentences(found: TargetSummary, words: Words) -> list[str]:
    """How the figures of a period stand to what was promised for its year."""
    if not found.promised:
        return [
            words.gettext(
                "For %(year)s no targets are entered.",
                year=words.strong(f"{found.year}"),
            )
        ]
    if found.nothing:
        return [nothing_yet(found.nothing, found.period, words)]
    sentences = [_how_many(found, words)]
    if found.missed:
        sentences.append(
            words.gettext(
                "Clearly below the target: %(names)s.",
                names=words.listing(map(words.strong, found.missed)),
            )
        )
    if found.open:
        sentences.append(
            words.gettext(
                "Within what chance explains: %(number)s.",
                number=words.number(found.open),
            )
        )
    if found.too_few:
        sentences.append(
            words.gettext(
                "With too few ratings: %(number)s.",
                number=words.number(found.too_few),
            )
        )
    return sentences


def standing_words(standing: Standing, words: Words) -> str:
    """How a share stands to its target, in a table."""
    return {
        Standing.REACHED: words.gettext("clearly reached"),
        Standing.MISSED: words.gettext("clearly below"),
        Standing.OPEN: words.gettext("chance explains the difference"),
        Standing.TOO_FEW: words.gettext("too few to say"),
    }[standing]


def _how_many(found: TargetSummary, words: Words) -> str:
    return words.gettext(
        "Targets for %(year)s clearly reached in %(period)s: %(reached)s of %(number)s.",
        period=period_name(found.period, words),
        reached=words.strong(words.number(found.reached)),
        number=words.number(found.promised),
        year=found.year,
    )
