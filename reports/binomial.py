"""How far a share may lie from its true value by chance alone, by the exact binomial distribution.

What a funnel and a control chart have in common; knows nothing of either.
"""

from functools import lru_cache
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

SUMMED = 900.0  # up to this variance the terms are summed, beyond it they are expanded


@lru_cache(maxsize=4096)
def limits(chance: float, total: int, tail: float) -> tuple[float, float]:
    """The shares of `total` (> 0) answers below and above which `tail` of all samples lie.

    `chance` is the true share. The exact binomial limits with the interpolation between counts of
    Spiegelhalter (2005), Statist. Med. 24:1185, A.1.1: r counts lie below the lower limit just
    where P(R <= r) < tail. The upper limit is the lower one of the noes, so that both sides are as
    strict; his own lies a count lower and lets through what P(R >= r) does not.
    """
    low = _lowest(chance, total, tail) / total
    high = 1 - _lowest(1 - chance, total, tail) / total
    return max(0.0, low), min(1.0, high)


def _lowest(chance: float, total: int, tail: float) -> float:
    """The interpolated count r with P(R <= r) = tail."""
    if chance in (0.0, 1.0):
        return chance * total
    if total * chance * (1 - chance) > SUMMED:
        return _expanded(chance, total, tail)
    return _summed(chance, total, tail)


def _summed(chance: float, total: int, tail: float) -> float:
    middle, spread = total * chance, sqrt(total * chance * (1 - chance))
    count = max(
        0, int(middle - 7 * spread - 10)
    )  # what lies below is under 1e-9 of the tail
    term, odds = _term(chance, total, count), chance / (1 - chance)
    below = term
    while below < tail:
        term *= (total - count) / (count + 1) * odds
        count += 1
        below += term
    return count - (below - tail) / term


def _term(chance: float, total: int, count: int) -> float:
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return exp(ways + count * log(chance) + (total - count) * log(1 - chance))


def _expanded(chance: float, total: int, tail: float) -> float:
    """Cornish and Fisher (1938) with the correction for continuity; within 0.01 of the sum."""
    z, other = NormalDist().inv_cdf(tail), 1 - chance
    spread, lean = sqrt(total * chance * other), other - chance
    skewed = lean * (z * z - 1) / 6
    curved = (1 - 6 * chance * other) * (z**3 - 3 * z) / 24
    bent = lean * lean * (2 * z**3 - 5 * z) / 36
    return total * chance + z * spread + skewed + (curved - bent) / spread - 0.5
