"""Two sides held against each other: two units in one period, or one unit in two periods."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.findings import Measure, changes, measures, shared_confidence
from reports.statistics import CONFIDENCE, Comparison, Share
from reports.tallies import AllThree, Tally


@dataclass(frozen=True)
class Side:
    """What was counted on one side."""

    tally: Tally
    three: AllThree


@dataclass(frozen=True)
class Contrast:
    """A figure on both sides, how they differ, and the confidence of the difference's interval."""

    key: str
    first: Share | None
    second: Share | None
    found: Comparison
    confidence: float


def contrasts(first: Side, second: Side) -> Sequence[Contrast]:
    """All three courtesies, then each courtesy and satisfaction: the first against the second.

    As on the page of a unit, so that no two pages disagree: all three is the figure that is looked
    at first and is compared by itself; the four others share one chance of error (Dunn 1961). Of
    equal sides something is called different in at most one comparison of ten.
    """
    main = Measure(first.three.share, second.three.share)
    found = changes(first.tally, second.tally)
    ours, theirs = measures(first.tally), measures(second.tally)
    shared = shared_confidence((ours[key], theirs[key]) for key in found)
    return [
        Contrast("all_three", main.now, main.before, main.change, CONFIDENCE),
        *(
            Contrast(key, ours[key], theirs[key], each, shared)
            for key, each in found.items()
        ),
    ]
