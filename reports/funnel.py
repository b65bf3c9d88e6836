"""Which units, or officers, lie farther from the common share than chance and the ordinary
differences between them explain: the funnel of Spiegelhalter (2005), Statist. Med. 24:1185.

False alarms, simulated (tests/reports/test_funnel.py): of 14 equal units somebody is named in at
most 3 reports of 100; of 14 that ordinarily differ by a standard deviation of 4 points, in 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, erf, exp, lgamma, log, pi, sqrt

from reports import binomial
from reports.statistics import COMPARABLE, Share, Verdict

INNER, OUTER = 0.95, 0.998  # of all equal units so many lie within
DRAWN_IN = 0.1  # the part of the units on each side whose distance is drawn in
TELLING = (
    10  # of fewer units none can tell ordinary differences from one that stands out
)


@dataclass(frozen=True, slots=True)
class Band:
    """Shares within which a unit may lie, as fractions."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """A common share, and how units differ around it.

    `phi` is the winsorised mean square of their distances in standard errors, `tau` the standard
    deviation of their true shares as a fraction; 0 where chance alone explains what is seen.
    """

    centre: Share
    phi: float
    tau: float

    def band(self, total: int, confidence: float = OUTER) -> Band:
        """Where a unit with `total` (> 0) answers may lie.

        The exact binomial limits, drawn out by as much as the differences between units add to
        the standard error (the additive model, section A.3.2). So they stay right where shares
        are near 100 %, and are never narrower than chance alone makes them.
        """
        centre = self.centre.value
        low, high = binomial.limits(centre, total, (1 - confidence) / 2)
        chance = centre * (1 - centre) / total
        drawn = sqrt(1 + self.tau**2 / chance) if chance else 1.0
        below, above = (centre - low) * drawn, (high - centre) * drawn
        return Band(max(0.0, centre - below), min(1.0, centre + above))

    def verdict(self, share: Share | None) -> Verdict:
        """On which side a unit lies outside the outer band, if it does."""
        if share is None or share.total < COMPARABLE:
            return Verdict.TOO_FEW
        band = self.band(share.total)
        if share.value > band.high:
            return Verdict.HIGHER
        return Verdict.LOWER if share.value < band.low else Verdict.UNCLEAR


def funnel(centre: Share | None, shares: Sequence[Share | None]) -> Funnel | None:
    """The funnel of units around the share of all together; None of fewer than two comparable ones.

    A unit is a part of the whole it is held against, which makes its distance a little smaller.
    """
    found = [each for each in shares if each and each.total >= COMPARABLE]
    if centre is None or len(found) < 2:
        return None
    errors = [centre.value * (1 - centre.value) / each.total for each in found]
    if not errors[0]:
        return Funnel(centre, 1.0, 0.0)
    distances = [
        (each.value - centre.value) / sqrt(error)
        for each, error in zip(found, errors, strict=True)
    ]
    phi = _mean_square(distances)
    return Funnel(centre, phi, sqrt(_between(phi, errors)))


def _mean_square(distances: Sequence[float]) -> float:
    """Phi over the distances, those beyond a tenth on each side set to the nearest within."""
    ordered = sorted(distances)
    cut = _cut(len(ordered))
    low, high = ordered[cut], ordered[-1 - cut]
    return sum(min(max(each, low), high) ** 2 for each in ordered) / len(ordered)


def _between(phi: float, errors: Sequence[float]) -> float:
    """The variance of the true shares (DerSimonian and Laird 1986, as Spiegelhalter, A.3.2).

    He takes the winsorised phi as it is. Yet drawn-in distances of 14 equal units have a mean
    square of 0.58 rather than 1, and of 14 that ordinarily differ by 4 points somebody would be
    named in 28 of 100 reports; so phi is divided by what equal units would give.
    """
    count = len(errors)
    if count < TELLING:
        return 0.0
    excess = count * phi / _expected(min(count, 200)) - (count - 1)
    weights = [1 / error for error in errors]
    together = sum(weights)
    return max(0.0, excess / (together - sum(w * w for w in weights) / together))


def _cut(count: int) -> int:
    return min(ceil(DRAWN_IN * count), (count - 1) // 2)


@lru_cache(maxsize=256)
def _expected(count: int) -> float:
    """The mean square of `count` standard normal values, drawn in as above.

    Exact, over the densities of order statistics (David and Nagaraja 2003, 2.1.3).
    """
    cut, step = _cut(count), 0.05
    return 2 * step * sum(_square(at * step, count, cut) for at in range(1, 160))


def _square(z: float, count: int, cut: int) -> float:
    """What the value z adds: its square, times the density of every rank that is kept."""
    below = log((1 + erf(z / sqrt(2))) / 2)
    above = log((1 - erf(z / sqrt(2))) / 2) if z < 8 else -40.0
    density = exp(-z * z / 2) / sqrt(2 * pi)
    found = 0.0
    for rank in range(cut, count - cut):
        ways = lgamma(count) - lgamma(rank + 1) - lgamma(count - rank)
        times = 1 + cut * ((rank == cut) + (rank == count - 1 - cut))
        found += times * exp(ways + rank * below + (count - 1 - rank) * above)
    return z * z * density * found
