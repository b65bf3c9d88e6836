"""The sentences that say what the findings mean: never "better" or "worse", and of a difference
only what its interval bears. Knows neither web nor language: `Words` brings both.
"""

from collections.abc import Mapping

from reports.courtesy_words import weak_point_sentences
from reports.findings import (
    Above,
    Measure,
    OfficerSummary,
    OverviewSummary,
    UnitSummary,
)
from reports.periods import Period
from reports.signal_words import signal_sentences
from reports.statistics import Comparison, Verdict
from reports.terms import Words, courtesy_name, nothing_yet, period_name


def unit_sentences(found: UnitSummary, words: Words) -> list[str]:
    """A ward's period: the share with all three, its change, the weak point, who stands out."""
    if found.nothing:
        return [nothing_yet(found.nothing, found.period, words)]
    return [
        *_all_three(found.all_three, found.period, found.ratings, words),
        *_above(found.above, words),
        *signal_sentences(found.signals, words),
        *weak_point_sentences(found.courtesies, words),
        *_officers(found, words),
    ]


def overview_sentences(found: OverviewSummary, words: Words) -> list[str]:
    """A scope's period: the common share, its change, and which units clearly differ."""
    if found.nothing:
        return [nothing_yet(found.nothing, found.period, words)]
    return [
        *_all_three(found.all_three, found.period, found.ratings, words),
        *_units(found, words),
    ]


def officer_sentences(found: OfficerSummary, words: Words) -> list[str]:
    """An officer's period: how many spoke, the weak point, against the others, the change."""
    if found.nothing:
        return [nothing_yet(found.nothing, found.period, words)]
    ratings = words.ngettext(
        "In %(period)s, %(number)s rating of %(officer)s was published.",
        "In %(period)s, %(number)s ratings of %(officer)s were published.",
        found.ratings,
        period=period_name(found.period, words),
        number=words.strong(words.number(found.ratings)),
        officer=found.officer,
    )
    return [
        ratings,
        *weak_point_sentences(found.courtesies, words),
        _against_others(found.others, words),
        _changes(found.changes, found.period, words),
    ]


def _all_three(found: Measure, period: Period, ratings: int, words: Words) -> list[str]:
    if found.now is None:
        return [
            words.ngettext(
                "In %(period)s, %(number)s rating was published; the share of citizens with all"
                " three courtesies needs at least 20.",
                "In %(period)s, %(number)s ratings were published; the share of citizens with all"
                " three courtesies needs at least 20.",
                ratings,
                period=period_name(period, words),
                number=words.strong(words.number(ratings)),
            )
        ]
    headline = words.gettext(
        "In %(period)s, %(share)s of citizens were greeted, asked and thanked.",
        period=period_name(period, words),
        share=words.strong(words.percent(found.now.value)),
    )
    return [headline, _change(found, period.before, words)]


def _change(found: Measure, before: Period, words: Words) -> str:
    name = period_name(before, words)
    verdict = found.change.verdict
    if verdict is Verdict.TOO_FEW or found.before is None:
        return words.gettext(
            "There are too few ratings of %(period)s to compare with.", period=name
        )
    share = words.percent(found.before.value)
    if verdict is Verdict.HIGHER:
        return words.gettext(
            "That is clearly higher than in %(period)s (%(share)s).",
            period=name,
            share=share,
        )
    if verdict is Verdict.LOWER:
        return words.gettext(
            "That is clearly lower than in %(period)s (%(share)s).",
            period=name,
            share=share,
        )
    return words.gettext(
        "That is not clearly different from %(period)s (%(share)s).",
        period=name,
        share=share,
    )


def _above(found: Above | None, words: Words) -> list[str]:
    if found is None or found.verdict is Verdict.TOO_FEW:
        return []
    values = {"area": found.name, "share": words.percent(found.share.value)}
    if found.verdict is Verdict.HIGHER:
        return [
            words.gettext(
                "Against the common level of %(share)s in %(area)s it is clearly higher.",
                **values,
            )
        ]
    if found.verdict is Verdict.LOWER:
        return [
            words.gettext(
                "Against the common level of %(share)s in %(area)s it is clearly lower.",
                **values,
            )
        ]
    return [
        words.gettext(
            "Against the common level of %(share)s in %(area)s there is no clear difference.",
            **values,
        )
    ]


def _officers(found: UnitSummary, words: Words) -> list[str]:
    if found.officers_compared < 2:
        return []
    if not found.outside:
        return [words.gettext("No officer differs clearly from the others.")]
    said: dict[tuple[str, Verdict], list[str]] = {}
    for each in found.outside:
        name = courtesy_name(each.courtesy, words)
        said.setdefault((each.name, each.verdict), []).append(name)
    return [_outside(*key, words.listing(names), words) for key, names in said.items()]


def _outside(name: str, verdict: Verdict, courtesies: str, words: Words) -> str:
    values = {"officer": words.strong(name), "courtesy": courtesies}
    if verdict is Verdict.HIGHER:
        return words.gettext(
            "%(officer)s is clearly above the other officers in %(courtesy)s.", **values
        )
    return words.gettext(
        "%(officer)s is clearly below the other officers in %(courtesy)s.", **values
    )


def _units(found: OverviewSummary, words: Words) -> list[str]:
    compared = len(found.higher) + len(found.lower) + found.unclear
    if compared < 2:
        return []
    if not found.higher and not found.lower:
        return [words.gettext("No unit differs clearly from the common level.")]
    sentences = []
    if found.higher:
        sentences.append(
            words.ngettext(
                "%(units)s is clearly above the common level.",
                "%(units)s are clearly above the common level.",
                len(found.higher),
                units=words.listing(map(words.strong, found.higher)),
            )
        )
    if found.lower:
        sentences.append(
            words.ngettext(
                "%(units)s is clearly below the common level.",
                "%(units)s are clearly below the common level.",
                len(found.lower),
                units=words.listing(map(words.strong, found.lower)),
            )
        )
    if found.unclear > 1:
        sentences.append(
            words.gettext(
                "The remaining %(number)s units do not differ clearly from it.",
                number=found.unclear,
            )
        )
    return sentences


def _against_others(found: Mapping[str, Comparison], words: Words) -> str:
    if all(each.verdict is Verdict.TOO_FEW for each in found.values()):
        return words.gettext(
            "There are too few ratings to compare with the other officers."
        )
    higher, lower = (
        _clear(found, Verdict.HIGHER, words),
        _clear(found, Verdict.LOWER, words),
    )
    if higher and lower:
        return words.gettext(
            "Clearly above the other officers in %(higher)s, clearly below them in %(lower)s.",
            higher=higher,
            lower=lower,
        )
    if higher:
        return words.gettext(
            "Clearly above the other officers in %(courtesies)s.", courtesies=higher
        )
    if lower:
        return words.gettext(
            "Clearly below the other officers in %(courtesies)s.", courtesies=lower
        )
    return words.gettext("No clear difference from the other officers.")


def _changes(found: Mapping[str, Comparison], period: Period, words: Words) -> str:
    before = period_name(period.before, words)
    if all(each.verdict is Verdict.TOO_FEW for each in found.values()):
        return words.gettext(
            "There are too few ratings of %(period)s to compare with.", period=before
        )
    higher, lower = (
        _clear(found, Verdict.HIGHER, words),
        _clear(found, Verdict.LOWER, words),
    )
    if higher and lower:
        return words.gettext(
            "Since %(period)s clearly up in %(higher)s, clearly down in %(lower)s.",
            period=before,
            higher=higher,
            lower=lower,
        )
    if higher:
        return words.gettext(
            "Since %(period)s clearly up in %(courtesies)s.",
            period=before,
            courtesies=higher,
        )
    if lower:
        return words.gettext(
            "Since %(period)s clearly down in %(courtesies)s.",
            period=before,
            courtesies=lower,
        )
    return words.gettext("No clear change since %(period)s.", period=before)


def _clear(found: Mapping[str, Comparison], verdict: Verdict, words: Words) -> str:
    names = [
        courtesy_name(key, words)
        for key, each in found.items()
        if each.verdict is verdict
    ]
    return words.listing(names) if names else ""
