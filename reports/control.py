"""A share through time: which weeks or months lie outside ordinary variation, and which runs of
them on one side of the common share tell of a change that lasts.

False alarms, simulated (tests/reports/test_control.py): of stable series of 26 points with 20 to
400 ratings each, 5 to 8 in 100 give any signal, about half of them by a run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import NormalDist, fmean

from reports import binomial
from reports.statistics import Share, Verdict, share

SIGMAS = 3.0  # Shewhart (1931)
RUN = 8  # so many in a row on one side (Western Electric 1956, rule 4)
TAIL = NormalDist().cdf(-SIGMAS)
OF_TWO = 1.128  # the mean range of two standard normal values (Shewhart's d2)
UNUSUAL = 3.267  # times the mean range: a range beyond it is no ordinary variation


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One week or month; limits are fractions."""

    share: Share
    low: float
    high: float

    @property
    def signal(self) -> Verdict:
        """On which side of the limits the point lies, if outside."""
        if self.share.value > self.high:
            return Verdict.HIGHER
        return Verdict.LOWER if self.share.value < self.low else Verdict.UNCLEAR


@dataclass(frozen=True, slots=True)
class Run:
    """Eight points or more in a row on one side: the places of the first and the last."""

    first: int
    last: int
    length: int
    side: Verdict


@dataclass(frozen=True, slots=True)
class ControlChart:
    """The common share of a series, its points (None: nothing there), and its runs.

    `spread` is how many times wider than chance alone its ordinary variation is, at least 1.
    """

    centre: float
    spread: float
    points: tuple[ControlPoint | None, ...]
    runs: tuple[Run, ...]

    @property
    def silent(self) -> bool:
        """Whether nothing tells of a change."""
        outside = (each for each in self.points if each)
        return not self.runs and all(each.signal is Verdict.UNCLEAR for each in outside)


def control_chart(counts: Sequence[tuple[int, int]]) -> ControlChart | None:
    """A p-chart over (count, total) pairs in time; None when there is nothing at all.

    Limits at three sigmas about the common share (for unequal totals Montgomery 2013, 7.3.2),
    widened where the series varies more than chance explains (Laney 2002, Qual. Eng. 14:531).
    They are nowhere narrower than the binomial limits of the same rarity: at 30 ratings and 90 %
    three sigmas alone would alarm in every tenth stable series. A total of 0 is a gap.
    """
    total = sum(n for _, n in counts)
    if total == 0:
        return None
    centre = sum(count for count, _ in counts) / total
    spread = _spread(centre, counts)
    shares = [share(*pair) for pair in counts]
    points = tuple(_point(centre, spread, each) if each else None for each in shares)
    return ControlChart(centre, spread, points, tuple(_runs(centre, shares)))


def _spread(centre: float, counts: Sequence[tuple[int, int]]) -> float:
    """Laney's sigma of z, from ranges between neighbours; never below 1.

    Ranges beyond their own limit are left out (Nelson 1982, J. Qual. Techn. 14:172), so that the
    one week that stands out does not hide itself.
    """
    error = sqrt(centre * (1 - centre))
    if not error:
        return 1.0
    distances = [(count / n - centre) / error * sqrt(n) for count, n in counts if n]
    ranges = [abs(later - earlier) for earlier, later in pairwise(distances)]
    if not ranges:
        return 1.0
    usual = [each for each in ranges if each <= UNUSUAL * fmean(ranges)]
    return max(1.0, fmean(usual) / OF_TWO)


def _point(centre: float, spread: float, found: Share) -> ControlPoint:
    sigmas = SIGMAS * sqrt(centre * (1 - centre) / found.total)
    low, high = binomial.limits(centre, found.total, TAIL)
    below, above = max(sigmas, centre - low), max(sigmas, high - centre)
    return ControlPoint(
        found, max(0.0, centre - below * spread), min(1.0, centre + above * spread)
    )


def _runs(centre: float, shares: Sequence[Share | None]) -> list[Run]:
    """A gap does not break a run; a point on the centre itself does."""
    found: list[Run] = []
    for at, each in enumerate(shares):
        if each is None:
            continue
        side = _side(centre, each)
        last = found[-1] if found else None
        if last and last.side is side:
            found[-1] = Run(last.first, at, last.length + 1, side)
        else:
            found.append(Run(at, at, 1, side))
    return [
        run for run in found if run.length >= RUN and run.side is not Verdict.UNCLEAR
    ]


def _side(centre: float, found: Share) -> Verdict:
    if found.value == centre:
        return Verdict.UNCLEAR
    return Verdict.HIGHER if found.value > centre else Verdict.LOWER
