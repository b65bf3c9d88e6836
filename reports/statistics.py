"""The arithmetic of the reports: shares, differences and comparisons.

Pure functions over counts. Every share comes with its interval, every formula with its
source; what the figures do not bear is answered with a verdict, never with a number alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from statistics import NormalDist, median

CONFIDENCE = 0.95
COMPARABLE = (
    20  # fewer answers than this on either side: nothing is said about a difference
)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total` (> 0), with the interval that holds the true share, as fractions."""

    count: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself, between 0 and 1."""
        return self.count / self.total


@dataclass(frozen=True, slots=True)
class Difference:
    """First share minus second, with its interval, as fractions between -1 and 1."""

    value: float
    low: float
    high: float


class Verdict(StrEnum):
    """What a comparison bears."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict and, unless there was too little, the difference behind it."""

    verdict: Verdict
    difference: Difference | None

    @property
    def clear(self) -> bool:
        """Whether chance alone is no good explanation."""
        return self.verdict in (Verdict.HIGHER, Verdict.LOWER)


def share(count: int, total: int, *, confidence: float = CONFIDENCE) -> Share | None:
    """The share `count / total` with the score interval of Wilson (1927); None of nothing.

    It keeps its promise from five answers on and at 0 % and 100 %, where the textbook
    interval fails (Newcombe 1998, Statist. Med. 17:857, method 3).
    """
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no share")
    if total == 0:
        return None
    z = _deviate(confidence)
    middle = 2 * count + z * z
    spread = z * sqrt(z * z + 4 * count * (1 - count / total))
    scale = 2 * (total + z * z)
    low = 0.0 if count == 0 else (middle - spread) / scale
    high = 1.0 if count == total else (middle + spread) / scale
    return Share(count, total, low, high)


def difference(
    first: Share, second: Share, *, confidence: float = CONFIDENCE
) -> Difference:
    """`first - second` of independent samples: Newcombe (1998), Statist. Med. 17:873, method 10.

    For two shares of the same citizens, who tend to agree with themselves, it is too wide
    rather than too narrow: it may miss a difference, it does not invent one.
    """
    one, two = _at(first, confidence), _at(second, confidence)
    value = one.value - two.value
    below = sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Difference(value, max(-1.0, value - below), min(1.0, value + above))


def compare(
    first: Share | None, second: Share | None, *, confidence: float = CONFIDENCE
) -> Comparison:
    """Whether `first` is clearly higher or lower than `second`."""
    if first is None or second is None or min(first.total, second.total) < COMPARABLE:
        return Comparison(Verdict.TOO_FEW, None)
    found = difference(first, second, confidence=confidence)
    if found.low > 0:
        return Comparison(Verdict.HIGHER, found)
    return Comparison(Verdict.LOWER if found.high < 0 else Verdict.UNCLEAR, found)


def family_confidence(comparisons: int, *, confidence: float = CONFIDENCE) -> float:
    """The confidence each of several comparisons needs, so that all hold together (Dunn 1961).

    Among equal officers, somebody is then called different in at most one report of twenty.
    """
    return 1 - (1 - confidence) / max(1, comparisons)


def expected_next(days: Sequence[date]) -> date | None:
    """When the next release is to be expected: the last day plus the usual (median) gap.

    It looks at days of past releases only, so it tells nothing about what is waiting.
    None before three releases are known.
    """
    ordered = sorted(set(days))
    if len(ordered) < 3:
        return None
    gaps = [(later - earlier).days for earlier, later in pairwise(ordered)]
    return ordered[-1] + timedelta(days=round(median(gaps)))


def _at(given: Share, confidence: float) -> Share:
    if confidence == CONFIDENCE:
        return given
    return share(given.count, given.total, confidence=confidence) or given


@lru_cache(maxsize=64)
def _deviate(confidence: float) -> float:
    return NormalDist().inv_cdf(0.5 + confidence / 2)
