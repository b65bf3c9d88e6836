"""What taps tell of tablets: which were not touched while the desk was open, and which weeks were
unusually quiet. Counts of taps only, no sample of anything, so there are no intervals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from statistics import median

from reports.periods import Period

TAIL = 0.001  # how rarely chance alone leaves a tablet's ordinary range, on each side
ENOUGH = 4  # weeks with taps that make a habit


@dataclass(frozen=True, slots=True)
class TabletWeek:
    """Taps of a tablet's week; its opening hours; its silent stretches and their hours."""

    taps: int = 0
    opening: int = 0
    stretches: int = 0
    silent: int = 0

    @property
    def untouched(self) -> bool:
        """Whether nobody tapped it in a whole week in which the desk was open."""
        return self.taps == 0 and self.opening > 0

    def __add__(self, other: "TabletWeek") -> "TabletWeek":
        return TabletWeek(
            self.taps + other.taps,
            self.opening + other.opening,
            self.stretches + other.stretches,
            self.silent + other.silent,
        )


@dataclass(frozen=True, slots=True)
class Habit:
    """What a tablet is usually tapped: `rate` taps an opening hour, the median of its weeks."""

    rate: float

    def ordinary(self, opening: int) -> tuple[int, int]:
        """From how many to how many taps are ordinary in so many opening hours.

        Between half of the usual and twice of it, or what chance explains where taps are few
        (Poisson): real traffic varies more than chance, and a wider band accuses nobody.
        """
        expected = self.rate * opening
        low, high = poisson_range(expected)
        return min(low, int(expected / 2)), max(high, round(expected * 2))

    def quiet(self, week: TabletWeek) -> bool:
        """Whether a week, though touched, had fewer taps than is ordinary."""
        return 0 < week.taps < self.ordinary(week.opening)[0]


@dataclass(frozen=True, slots=True)
class Absence:
    """Adjoining weeks, from one to another, in which nobody tapped; with their opening hours."""

    first: Period
    last: Period
    hours: int


def habit(weeks: Iterable[TabletWeek | None]) -> Habit | None:
    """The tablet's habit in the weeks in which it was touched; None of fewer than four."""
    rates = [w.taps / w.opening for w in weeks if w and w.taps and w.opening]
    return Habit(median(rates)) if len(rates) >= ENOUGH else None


def absences(
    weeks: Sequence[tuple[Period, TabletWeek | None]],
) -> list[Absence]:
    """The runs of untouched weeks; a week in which the desk was closed does not break one."""
    found: list[Absence] = []
    going = False
    for period, week in weeks:
        if week is None or week.taps:
            going = False
        elif week.opening and going:
            before = found[-1]
            found[-1] = Absence(before.first, period, before.hours + week.opening)
        elif week.opening:
            found.append(Absence(period, period, week.opening))
            going = True
    return found


@lru_cache(maxsize=4096)
def poisson_range(expected: float) -> tuple[int, int]:
    """The counts outside of which a Poisson number falls with a chance of TAIL on each side.

    P(N < low) <= TAIL and P(N > high) <= TAIL, summed term by term.
    """
    if expected <= 0:
        return 0, 0
    # From far below, where what is left out is under 1e-9 of the tail.
    count = max(0, int(expected - 9 * expected**0.5 - 9))
    term = exp(count * log(expected) - expected - _log_factorial(count))
    below, low = term, None
    while below < 1 - TAIL:
        if low is None and below > TAIL:
            low = count
        count += 1
        term *= expected / count
        below += term
    return (count if low is None else low), count


def _log_factorial(count: int) -> float:
    return sum(log(each) for each in range(2, count + 1))
