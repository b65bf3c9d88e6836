"""Periods of a report: ISO weeks, months, quarters and years, as they stand in the address."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.domain.calendar import FINAL_AFTER, month_end

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)

_CODE = re.compile(r"([0-9]{4})(?:-(?:W([0-9]{2})|([0-9]{2})|Q([1-4])))?")


class Unreadable(ValueError):
    """A text that names no period."""


class PeriodKind(StrEnum):
    """The lengths of time a report may cover."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One week, month, quarter or year, from its first day to its last, both within."""

    kind: PeriodKind
    first: date
    last: date

    @classmethod
    def holding(cls, kind: PeriodKind, day: date) -> "Period":
        """The period of that kind in which the day lies."""
        if kind is PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(kind, monday, monday + timedelta(days=6))
        months = _MONTHS[kind]
        index = day.year * 12 + (day.month - 1) // months * months
        return cls(kind, _month(index), _month(index + months) - timedelta(days=1))

    @classmethod
    def parse(cls, code: str) -> "Period":
        """Read 2026-W47, 2026-06, 2026-Q2 or 2026; raise Unreadable for anything else."""
        match = _CODE.fullmatch(code)
        if match is None:
            raise Unreadable(code)
        year, week, month, quarter = (
            int(part) if part else None for part in match.groups()
        )
        try:
            found = _named(year or 0, week, month, quarter)
        except ValueError:
            raise Unreadable(code) from None
        if found.first < FIRST_DAY or found.last > LAST_DAY:
            raise Unreadable(code)
        return found

    @property
    def year(self) -> int:
        """The year it is named after; an ISO week may begin in the year before."""
        return (
            self.first.isocalendar().year
            if self.kind is PeriodKind.WEEK
            else self.first.year
        )

    @property
    def number(self) -> int:
        """Which week, month or quarter of its year; 1 for a year."""
        if self.kind is PeriodKind.WEEK:
            return self.first.isocalendar().week
        return (self.first.month - 1) // _MONTHS[self.kind] + 1

    @property
    def code(self) -> str:
        """What stands in the address."""
        form = {
            PeriodKind.WEEK: "{:04}-W{:02}",
            PeriodKind.MONTH: "{:04}-{:02}",
            PeriodKind.QUARTER: "{:04}-Q{}",
            PeriodKind.YEAR: "{:04}",
        }[self.kind]
        return form.format(self.year, self.number)

    @property
    def before(self) -> "Period":
        """The period that ends where this one begins."""
        return Period.holding(self.kind, self.first - timedelta(days=1))

    @property
    def after(self) -> "Period":
        """The period that begins where this one ends."""
        return Period.holding(self.kind, self.last + timedelta(days=1))

    def moved(self, number: int) -> "Period":
        """The period so many of its kind later; earlier where the number is negative."""
        if self.kind is PeriodKind.WEEK:
            return Period.holding(self.kind, self.first + timedelta(weeks=number))
        return Period.holding(
            self.kind, _month(self._index + number * _MONTHS[self.kind])
        )

    def away(self, other: "Period") -> int:
        """How many periods later the other one of the same kind is; negative where earlier."""
        if self.kind is PeriodKind.WEEK:
            return (other.first - self.first).days // 7
        return (other._index - self._index) // _MONTHS[self.kind]

    @property
    def _index(self) -> int:
        return self.first.year * 12 + self.first.month - 1

    @property
    def open_until(self) -> date:
        """The last day on which a release may still count something in it (DESIGN 4.3)."""
        return self.last + FINAL_AFTER


def row(kind: PeriodKind, until: date, count: int) -> tuple[Period, ...]:
    """The `count` periods of a kind up to the one that holds `until`, in order."""
    found = [Period.holding(kind, until)]
    while len(found) < count:
        found.append(found[-1].before)
    return tuple(reversed(found))


def months_final(first: date, last: date, as_of: date) -> int:
    """How many months from one day to another no release after `as_of` can change."""
    until = min(last, as_of - FINAL_AFTER)
    months = (until.year - first.year) * 12 + until.month - first.month
    return max(0, months + (until == month_end(until)))


def _named(
    year: int, week: int | None, month: int | None, quarter: int | None
) -> Period:
    if week is not None:
        return Period.holding(PeriodKind.WEEK, date.fromisocalendar(year, week, 1))
    if month is not None:
        return Period.holding(PeriodKind.MONTH, date(year, month, 1))
    if quarter is not None:
        return Period.holding(PeriodKind.QUARTER, date(year, quarter * 3, 1))
    return Period.holding(PeriodKind.YEAR, date(year, 1, 1))


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)
