"""What the counts bear: changes, comparisons, who stands out, what is missing. No words.

Officers are compared with all others together, units with the common level (reports.funnel), nobody
by a rank; many comparisons on a page share one chance of a false alarm (family_confidence).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import TypeVar

from reports.control import RUN, ControlChart
from reports.periods import Period
from reports.statistics import (
    COMPARABLE,
    Comparison,
    Share,
    Verdict,
    compare,
    family_confidence,
)
from reports.tallies import Tally

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Measure:
    """A share in the period, in the one before, and whether it changed."""

    now: Share | None
    before: Share | None

    @property
    def change(self) -> Comparison:
        """Now against before."""
        return compare(self.now, self.before)


@dataclass(frozen=True)
class Above:
    """The total of the unit above or of the whole scope, and how a unit stands to it."""

    name: str
    share: Share
    verdict: Verdict


@dataclass(frozen=True)
class Outside:
    """Someone who clearly differs from all others in a courtesy."""

    name: str
    courtesy: str
    verdict: Verdict


@dataclass(frozen=True)
class Signals:
    """What the weeks tell of a change within the period.

    `outside` are its weeks beyond ordinary variation, `runs` the lengths and sides of those
    stretches on one side of the common level that reach into it; `stable` where none of all the
    weeks shown gives a signal, and they are enough to say so.
    """

    outside: tuple[tuple[Period, Verdict], ...] = ()
    runs: tuple[tuple[int, Verdict], ...] = ()
    stable: bool = False


@dataclass(frozen=True)
class Nothing:
    """Why a page is empty: `k` citizens are needed, and when the next figures may come."""

    k: int
    expected: date | None
    final: bool


@dataclass(frozen=True)
class UnitSummary:
    """All that the sentences of a unit's page may say."""

    period: Period
    ratings: int
    all_three: Measure
    above: Above | None
    courtesies: Mapping[str, Share | None]
    signals: Signals
    officers_compared: int
    outside: tuple[Outside, ...]
    nothing: Nothing | None


@dataclass(frozen=True)
class OverviewSummary:
    """All that the sentences of a scope's page may say; names of units, sorted by code."""

    period: Period
    ratings: int
    all_three: Measure
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    unclear: int
    too_few: int
    nothing: Nothing | None


@dataclass(frozen=True)
class OfficerSummary:
    """All that the sentences of an officer's page may say."""

    period: Period
    officer: str
    ratings: int
    courtesies: Mapping[str, Share | None]
    others: Mapping[str, Comparison]
    changes: Mapping[str, Comparison]
    nothing: Nothing | None


def shares(tally: Tally) -> dict[str, Share | None]:
    """The share of each courtesy."""
    return {key: courtesy.share for key, courtesy in tally.courtesies.items()}


def measures(tally: Tally) -> dict[str, Share | None]:
    """The share of each courtesy, and of the satisfied."""
    return {**shares(tally), "satisfied": tally.satisfaction.share}


def changes(now: Tally, before: Tally) -> dict[str, Comparison]:
    """How each of the measures changed; together wrong in one case of twenty."""
    past = measures(before)
    return together({key: (share, past[key]) for key, share in measures(now).items()})


def together(
    pairs: Mapping[Key, tuple[Share | None, Share | None]],
) -> dict[Key, Comparison]:
    """The first of each pair against the second; together wrong in one case of twenty."""
    confidence = shared_confidence(pairs.values())
    return {key: compare(*pair, confidence=confidence) for key, pair in pairs.items()}


def shared_confidence(pairs: Iterable[tuple[Share | None, Share | None]]) -> float:
    """What each comparison needs so that all that can be made hold together."""
    comparable = sum(
        own is not None
        and rest is not None
        and min(own.total, rest.total) >= COMPARABLE
        for own, rest in pairs
    )
    return family_confidence(comparable)


def signals_of(
    chart: ControlChart | None, weeks: Sequence[Period], period: Period
) -> Signals:
    """The signals of a chart over `weeks` that concern the period."""
    if chart is None:
        return Signals()
    inside = [at for at, week in enumerate(weeks) if week.last >= period.first]
    found = [(weeks[at], chart.points[at]) for at in inside]
    outside = [(week, point.signal) for week, point in found if point]
    runs = [run for run in chart.runs if inside and run.last >= inside[0]]
    enough = sum(point is not None for point in chart.points) >= RUN
    return Signals(
        tuple(each for each in outside if each[1] is not Verdict.UNCLEAR),
        tuple((run.length, run.side) for run in runs),
        chart.silent and enough,
    )


def weak_points(courtesies: Mapping[str, Share | None]) -> tuple[str, ...] | None:
    """The courtesies clearly lower than each of the rest: one, two or none, the lowest first.

    None where there is not enough of each to compare.
    """
    known = {key: share for key, share in courtesies.items() if share is not None}
    if len(known) < len(courtesies):
        return None
    ordered = sorted(known, key=lambda key: known[key].value)
    pairs = {
        (low, high): (known[low], known[high]) for low, high in combinations(ordered, 2)
    }
    found = {pair: each.verdict for pair, each in together(pairs).items()}
    if Verdict.TOO_FEW in found.values():
        return None
    for count in range(1, len(ordered)):
        weak, rest = ordered[:count], ordered[count:]
        if all(found[pair] is Verdict.LOWER for pair in product(weak, rest)):
            return tuple(weak)
    return ()
