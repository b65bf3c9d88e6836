"""What stands on the pages on a day: sums by week, month, quarter, year and over all time, of an
officer, of a unit and of the city; and what somebody learns who compares page with page.

A page is the set of citizens whose answers it adds up, as the bits of an integer. A comparison
holds two of them side by side, and wards that were merged add up as those of the city do.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

Period = tuple[int, ...]


class Page(NamedTuple):
    """Which figures, of whom, over which period."""

    table: str
    family: str
    scope: tuple[int | None, ...]
    period: Period


class Cell(NamedTuple):
    """A figure that pages add up: a block, or with live figures a single rating."""

    table: str
    family: str
    unit_id: int
    officer_id: int | None
    day: date
    members: Iterable[int]

    def pages(self) -> Iterator[Page]:
        """All pages that count the cell."""
        for scope in ((), (self.unit_id,), (self.unit_id, self.officer_id)):
            for period in periods(self.day):
                yield Page(self.table, self.family, scope, period)


def periods(day: date) -> Iterator[Period]:
    year, week, _ = day.isocalendar()
    yield (4, year, week)
    yield (3, day.year, day.month)
    yield (2, day.year, (day.month - 1) // 3)
    yield (1, day.year)
    yield (0,)


@dataclass
class Visitor:
    """Looks at every page every day and remembers the smallest set that two pages differ by.

    A page that adds up fewer than `least` is not shown.
    """

    least: int = 0
    pages: dict[Page, int] = field(default_factory=lambda: defaultdict(int))
    smallest: int | None = None
    _seen: dict[Page, int] = field(default_factory=dict)
    _changed: set[Page] = field(default_factory=set)
    _relatives: defaultdict[object, set[Page]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, cells: Iterable[Cell]) -> None:
        """More is published."""
        for cell in cells:
            mask = sum(1 << member for member in cell.members)
            for page in cell.pages():
                self.pages[page] |= mask
                self._changed.add(page)

    def forget(self) -> None:
        """The store was restored: pages are made anew, the visitor remembers the old ones."""
        self._changed |= self.pages.keys()
        self.pages.clear()

    def look(self) -> None:
        """Compare every changed page with its last state, and with the pages beside it today."""
        for page in self._changed:
            self._compare(self._seen.get(page, 0), self.pages.get(page, 0))
            for beside in self._beside(page):
                self._compare(self.pages.get(beside, 0), self.pages.get(page, 0))
        for page in self._changed:
            self._seen[page] = self.pages.get(page, 0)
        self._changed.clear()

    def _beside(self, page: Page) -> Iterator[Page]:
        """The same figures of the same people over other periods, and of others over this one."""
        for kin in (page[:3], (*page[:2], page.period)):
            self._relatives[kin].add(page)
            yield from self._relatives[kin]

    def _compare(self, one: int, other: int) -> None:
        if min(one.bit_count(), other.bit_count()) < max(self.least, 1):
            return
        rest = one ^ other
        nested = one | other in (one, other)
        if rest and nested:
            size = rest.bit_count()
            self.smallest = min(size, self.smallest or size)
