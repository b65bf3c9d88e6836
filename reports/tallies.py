"""What citizens answered, as counts: the values every query returns and every page shows.

A *không để ý* (unsure) is carried along and shown, and never counted as a no.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from reports.statistics import Share, share


@dataclass(frozen=True)
class Courtesy:
    """The answers to one of the three courtesies."""

    yes: int = 0
    no: int = 0
    unsure: int = 0

    @cached_property
    def share(self) -> Share | None:
        """Yes among those who noticed: yes / (yes + no)."""
        return share(self.yes, self.yes + self.no)

    def __add__(self, other: "Courtesy") -> "Courtesy":
        return Courtesy(
            self.yes + other.yes, self.no + other.no, self.unsure + other.unsure
        )

    def __sub__(self, other: "Courtesy") -> "Courtesy":
        return Courtesy(
            self.yes - other.yes, self.no - other.no, self.unsure - other.unsure
        )


@dataclass(frozen=True)
class Satisfaction:
    """How many citizens chose each level, from very dissatisfied (1) to very satisfied (5)."""

    levels: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def total(self) -> int:
        """All who answered."""
        return sum(self.levels)

    @cached_property
    def share(self) -> Share | None:
        """The two upper levels of five, as SIPAS counts the satisfied."""
        return share(self.levels[3] + self.levels[4], self.total)

    @property
    def parts(self) -> tuple[float, ...]:
        """Each level's part of the whole; zeros of nothing."""
        return tuple(level / (self.total or 1) for level in self.levels)

    def __add__(self, other: "Satisfaction") -> "Satisfaction":
        one, two, three, four, five = (
            mine + theirs
            for mine, theirs in zip(self.levels, other.levels, strict=True)
        )
        return Satisfaction((one, two, three, four, five))


@dataclass(frozen=True)
class Tally:
    """Sums over whole blocks: how many complete ratings, and what they answered."""

    n: int = 0
    greeted: Courtesy = Courtesy()
    asked: Courtesy = Courtesy()
    thanked: Courtesy = Courtesy()
    satisfaction: Satisfaction = Satisfaction()

    @property
    def courtesies(self) -> dict[str, Courtesy]:
        """The three, in the order of the questions."""
        return {"greeted": self.greeted, "asked": self.asked, "thanked": self.thanked}

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.n + other.n,
            self.greeted + other.greeted,
            self.asked + other.asked,
            self.thanked + other.thanked,
            self.satisfaction + other.satisfaction,
        )


@dataclass(frozen=True)
class AllThree:
    """Of `n` citizens of a unit, how many got all three courtesies; of `unsure` nobody knows."""

    n: int = 0
    all_three: int = 0
    unsure: int = 0

    @cached_property
    def share(self) -> Share | None:
        """All three among those for whom it is known."""
        return share(self.all_three, self.n - self.unsure)

    def __add__(self, other: "AllThree") -> "AllThree":
        return AllThree(
            self.n + other.n,
            self.all_three + other.all_three,
            self.unsure + other.unsure,
        )

    def __sub__(self, other: "AllThree") -> "AllThree":
        return AllThree(
            self.n - other.n,
            self.all_three - other.all_three,
            self.unsure - other.unsure,
        )


COURTESIES = ("greeted", "asked", "thanked")


def total_of(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies; an empty one of none."""
    return sum(tallies, start=Tally())


def all_three_of(tallies: Iterable[AllThree]) -> AllThree:
    """The sum of all-three counts; an empty one of none."""
    return sum(tallies, start=AllThree())
