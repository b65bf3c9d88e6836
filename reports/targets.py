"""A share against what was promised: reached, missed, or within what chance explains."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from reports.statistics import COMPARABLE, Share, family_confidence, share


class Standing(Enum):
    """How a share stands to its target."""

    REACHED = "reached"
    MISSED = "missed"
    OPEN = "open"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Result:
    """A target, the share it is held against, and how they stand."""

    target: float
    share: Share | None
    standing: Standing


def results(pairs: Iterable[tuple[float, Share | None]]) -> list[Result]:
    """Each target against its share; together wrong in one case of twenty.

    Reached where the whole Wilson interval lies at or above the target, missed where all of it
    lies below; the intervals of all pairs hold together (Dunn 1961).
    """
    given = list(pairs)
    enough = sum(each is not None and each.total >= COMPARABLE for _, each in given)
    confidence = family_confidence(enough)
    return [
        Result(target, each, _standing(target, each, confidence))
        for target, each in given
    ]


def _standing(target: float, found: Share | None, confidence: float) -> Standing:
    if found is None or found.total < COMPARABLE:
        return Standing.TOO_FEW
    wide = share(found.count, found.total, confidence=confidence) or found
    if wide.low >= target:
        return Standing.REACHED
    return Standing.MISSED if wide.high < target else Standing.OPEN
