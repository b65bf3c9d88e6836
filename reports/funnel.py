"""Which units, or officers, lie farther from the common share than chance and the ordinary
differences between them explain: the funnel of Spiegelhalter (2005), Statist. Med. 24:1185.

Simulated (tests/reports/test_funnel.py): of 14 equal units somebody is named in at most 3 reports
of 100; of 14 that ordinarily differ, by a standard deviation of up to 4 points, in at most 16.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from reports import binomial
from reports.statistics import COMPARABLE, Share, Verdict

INNER, OUTER = 0.95, 0.998  # of all equal units so many lie within
DRAWN_IN = 0.1  # of the distances on each side so many are drawn in
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
    """Phi over the distances, those beyond the tenth percentile on each side drawn in to it."""
    ordered = sorted(distances)
    low, high = _percentile(ordered, DRAWN_IN), _percentile(ordered, 1 - DRAWN_IN)
    return sum(min(max(each, low), high) ** 2 for each in ordered) / len(ordered)


def _percentile(ordered: Sequence[float], part: float) -> float:
    """Between neighbours in proportion (Hyndman and Fan 1996, definition 7)."""
    at = part * (len(ordered) - 1)
    below = min(int(at), len(ordered) - 2)
    return ordered[below] + (at - below) * (ordered[below + 1] - ordered[below])


def _between(phi: float, errors: Sequence[float]) -> float:
    """The variance of the true shares (DerSimonian and Laird 1986, with the winsorised phi)."""
    count, weights = len(errors), [1 / error for error in errors]
    if count < TELLING:
        return 0.0
    together = sum(weights)
    spare = together - sum(weight * weight for weight in weights) / together
    return max(0.0, (count * phi - (count - 1)) / spare)
