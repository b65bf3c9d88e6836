"""Ranges of ranks instead of ranks: between which places each of several shares may truly stand.

All of a table hold together in 95 of 100 (Mohamad, Goeman and van Zwet 2019, arXiv:1708.02428).
Of 14 equal units anybody's is shorter than 1-14 in about 5 runs of 100, and somebody is called
first or last in practically none (simulated in tests/reports/test_ranks.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, erf, exp, pi, sqrt

from reports.statistics import COMPARABLE, CONFIDENCE, Share


@dataclass(frozen=True, slots=True)
class RankRange:
    """From the best to the worst place, 1 being the highest share, of so many."""

    best: int
    worst: int
    of: int

    @property
    def open(self) -> bool:
        """Whether any place is possible."""
        return (self.best, self.worst) == (1, self.of)


def rank_ranges(
    shares: Sequence[Share | None], *, confidence: float = CONFIDENCE
) -> list[RankRange | None]:
    """The range of each share; None where it has too few answers to be compared, or is alone.

    Shares are compared as arcsines (Anscombe 1948, Biometrika 35:246), whose variance does not
    depend on them, at the studentised range for all pairs together; for unequal numbers of
    answers after Kramer (1956), which is never too short (Hayter 1984, Ann. Statist. 12:61).
    """
    places = [_place(each) for each in shares if each and each.total >= COMPARABLE]
    if len(places) < 2:
        return [None] * len(shares)
    apart = studentised_range(len(places), confidence) / sqrt(2)
    ranges = iter([_range(each, places, apart) for each in places])
    return [
        next(ranges) if each and each.total >= COMPARABLE else None for each in shares
    ]


def _place(found: Share) -> tuple[float, float]:
    """The arcsine of a share, in radians, and its variance."""
    middle = asin(sqrt((found.count + 0.375) / (found.total + 0.75)))
    return middle, 1 / (4 * found.total + 2)


def _range(
    own: tuple[float, float], places: Sequence[tuple[float, float]], apart: float
) -> RankRange:
    middle, variance = own
    square = apart * apart
    above = below = 0
    for other, more in places:
        away = other - middle
        if away * away > square * (variance + more):
            above += away > 0
            below += away < 0
    return RankRange(1 + above, len(places) - below, len(places))


@lru_cache(maxsize=256)
def studentised_range(count: int, confidence: float) -> float:
    """How far apart the ends of `count` standard normal values are, at most, that often.

    Tukey (1953); the quantile is found by halving.
    """
    low, high = 0.0, 20.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        if _within(middle, count) < confidence:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _within(width: float, count: int) -> float:
    """P(range <= width), over where the lowest lies (Pearson and Hartley 1942)."""
    step, found = 0.05, 0.0
    for at in range(-160, 161):
        z = at * step
        others = _below(z + width) - _below(z)
        found += exp(-z * z / 2) / sqrt(2 * pi) * others ** (count - 1)
    return min(1.0, count * step * found)


def _below(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2
