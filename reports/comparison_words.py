"""The sentences of a comparison: what each side's share is, and whether they clearly differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.comparison import Contrast
from reports.findings import Nothing
from reports.periods import Period
from reports.statistics import Difference, Verdict
from reports.terms import Words, courtesy_name, nothing_yet, period_name

Empty = tuple[Nothing, Period]
MINUS = "\u2212"


@dataclass(frozen=True)
class ComparisonSummary:
    """All that the sentences may say of two sides: units by name, or periods.

    `common` is what both share, the period of units or the unit of periods. `nothing` says, for
    each side, why it has no figures, if it has none, and of which period.
    """

    first: str | Period
    second: str | Period
    common: str | Period
    contrasts: Sequence[Contrast]
    nothing: tuple[Empty | None, Empty | None] = (None, None)


def comparison_sentences(found: ComparisonSummary, words: Words) -> list[str]:
    """The main figure of both sides, its difference, then the other figures."""
    if any(found.nothing):
        return _nothing(found, words)
    main, *others = found.contrasts
    return [
        *_shares(found, main, words),
        _main(found, main, words),
        *_others(found, others, words),
    ]


def side_name(side: str | Period, words: Words) -> str:
    """A side within a sentence."""
    return period_name(side, words) if isinstance(side, Period) else side


def signed(points: float, words: Words, decimals: int = 1) -> str:
    """A difference in points with its sign, e.g. +4,2 or −1,0."""
    text = words.number(abs(points), decimals)
    if not round(points, decimals):
        return text
    return f"{'+' if points > 0 else MINUS}{text}"


def _nothing(found: ComparisonSummary, words: Words) -> list[str]:
    names = side_name(found.first, words), side_name(found.second, words)
    return [
        words.gettext(
            "%(name)s: %(why)s",
            name=words.strong(name[:1].upper() + name[1:]),
            why=nothing_yet(*each, words),
        )
        for name, each in zip(names, found.nothing, strict=True)
        if each
    ]


def _shares(found: ComparisonSummary, main: Contrast, words: Words) -> list[str]:
    if main.first is None or main.second is None or not main.found.difference:
        return []
    values = {
        "first": side_name(found.first, words),
        "second": side_name(found.second, words),
        "one": words.strong(words.percent(main.first.value)),
        "two": words.strong(words.percent(main.second.value)),
    }
    if isinstance(found.common, Period):
        return [
            words.gettext(
                "In %(period)s, %(one)s of citizens were greeted, asked and thanked in %(first)s,"
                " %(two)s in %(second)s.",
                period=period_name(found.common, words),
                **values,
            )
        ]
    return [
        words.gettext(
            "%(place)s: %(one)s of citizens were greeted, asked and thanked in %(first)s, %(two)s"
            " in %(second)s.",
            place=found.common,
            **values,
        )
    ]


def _main(found: ComparisonSummary, main: Contrast, words: Words) -> str:
    difference = main.found.difference
    if difference is None:
        return words.gettext(
            "There are too few ratings to compare all three courtesies: each side needs at least"
            " 20."
        )
    values = {
        "name": words.strong(side_name(found.first, words)),
        "points": words.number(abs(difference.value) * 100, 1),
        **_ends(difference, words),
    }
    if main.found.verdict is Verdict.HIGHER:
        return words.gettext(
            "The share of %(name)s is clearly higher, by %(points)s points (interval from %(low)s"
            " to %(high)s).",
            **values,
        )
    if main.found.verdict is Verdict.LOWER:
        return words.gettext(
            "The share of %(name)s is clearly lower, by %(points)s points (interval from %(low)s"
            " to %(high)s).",
            **values,
        )
    return words.gettext(
        "That is no clear difference: the interval, from %(low)s to %(high)s points, holds zero.",
        **_ends(difference, words),
    )


def _ends(difference: Difference, words: Words) -> dict[str, str]:
    return {
        "low": signed(difference.low * 100, words),
        "high": signed(difference.high * 100, words),
    }


def _others(
    found: ComparisonSummary, others: Sequence[Contrast], words: Words
) -> list[str]:
    said = _clear(
        words.strong(side_name(found.first, words)),
        _named(others, Verdict.HIGHER, words),
        _named(others, Verdict.LOWER, words),
        words,
    )
    if names := _named(others, Verdict.UNCLEAR, words):
        said.append(words.gettext("No clear difference in: %(names)s.", names=names))
    if names := _named(others, Verdict.TOO_FEW, words):
        said.append(
            words.gettext("Too few ratings to compare in: %(names)s.", names=names)
        )
    return said


def _clear(name: str, higher: str, lower: str, words: Words) -> list[str]:
    if higher and lower:
        return [
            words.gettext(
                "Of the other figures, those of %(name)s are clearly higher in: %(higher)s; clearly"
                " lower in: %(lower)s.",
                name=name,
                higher=higher,
                lower=lower,
            )
        ]
    if higher:
        return [
            words.gettext(
                "Of the other figures, those of %(name)s are clearly higher in: %(names)s.",
                name=name,
                names=higher,
            )
        ]
    if lower:
        return [
            words.gettext(
                "Of the other figures, those of %(name)s are clearly lower in: %(names)s.",
                name=name,
                names=lower,
            )
        ]
    return []


def _named(others: Sequence[Contrast], verdict: Verdict, words: Words) -> str:
    names = [
        words.gettext("satisfaction")
        if each.key == "satisfied"
        else courtesy_name(each.key, words)
        for each in others
        if each.found.verdict is verdict
    ]
    return words.listing(names) if names else ""
