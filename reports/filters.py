"""What a page was asked for: period, as_of and map, read from the address into a frozen filter.

Anything unreadable is refused by name; where the address leaves something out, `completed`
says what it should have said, so that every address a reader sees says everything.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from kiosk.domain.errors import DomainError
from reports.periods import FIRST_DAY, Period, PeriodKind, Unreadable


class Map(StrEnum):
    """By which map of units a report is read."""

    TODAY = "today"  # what was merged whole counts in the unit that it is in today
    THEN = "then"  # the units that stood at the beginning or at the end of the period


_UNIT = re.compile(r"unit-([0-9]{1,9})")


class UnreadableFilter(DomainError):
    """The address asks for something that is no period, or no day to look back from."""

    kind = "unreadable_filter"

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name, value)
        self.name = name
        self.value = value


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """A period, and the day as of which it is looked at: releases after it are not seen.

    `against` is what a comparison holds against it: another unit, or another period as long.
    """

    period: Period
    as_of: date
    against: int | Period | None = None
    map: Map = Map.TODAY

    @property
    def query(self) -> dict[str, Any]:
        """The part of the address that says it."""
        found = {"period": self.period.code, "as_of": self.as_of.isoformat()}
        if self.against is not None:
            found["with"] = against_code(self.against)
        if self.map is Map.THEN:
            found["map"] = self.map.value
        return found

    @property
    def alone(self) -> "ReportFilter":
        """The same view, compared with nothing."""
        return replace(self, against=None)

    def map_day(self, today: date) -> date:
        """The last day whose units are shown."""
        return today if self.map is Map.TODAY else min(self.period.last, today)

    @property
    def other_map(self) -> "ReportFilter":
        """The same view by the other map."""
        return replace(self, map=Map.TODAY if self.map is Map.THEN else Map.THEN)

    @property
    def final(self) -> bool:
        """Whether no later release can change the period."""
        return self.as_of >= self.period.open_until

    @property
    def before(self) -> "ReportFilter":
        """The same view of the period before."""
        return self.at(self.period.before)

    @property
    def after(self) -> "ReportFilter | None":
        """The same view of the period after; None if that has not begun."""
        return self.at(self.period.after) if self.period.last < self.as_of else None

    @property
    def with_before(self) -> "ReportFilter":
        """The same view, compared with the period before."""
        return replace(self, against=self.period.before)

    def at(self, period: Period) -> "ReportFilter":
        """The same view of another period; one it is held against stays as far away."""
        return replace(self, period=period, against=self._moved(period))

    def until(self, day: date) -> "ReportFilter":
        """The same period as of another day."""
        return replace(self, as_of=day)

    def _moved(self, period: Period) -> int | Period | None:
        if not isinstance(self.against, Period):
            return self.against
        if period.kind is self.period.kind:
            return period.moved(self.period.away(self.against))
        found = Period.holding(period.kind, self.against.last)
        return period.before if found == period else found

    def lengths(self) -> dict[PeriodKind, "ReportFilter"]:
        """The same view by week, month, quarter and year.

        The longer periods lie around this one, the shorter at its end, or at as_of if that
        comes first.
        """
        day = max(self.period.first, min(self.period.last, self.as_of))
        return {kind: self.at(Period.holding(kind, day)) for kind in PeriodKind}


def parsed(args: Mapping[str, str], *, today: date) -> ReportFilter | None:
    """Read period and as_of from an address; None if it leaves one out.

    Raises UnreadableFilter for a value that means nothing, or an as_of that has not come yet.
    """
    as_of, period, by = _as_of(args, today), _period(args), _map(args)
    return ReportFilter(period, as_of, map=by) if period and as_of else None


def completed(
    args: Mapping[str, str], *, today: date, latest: Callable[[date, date], date | None]
) -> ReportFilter:
    """What an address that leaves something out means.

    As of today; the last month that has ended and holds something, or else this month, which a
    new office waits for. `latest(until, as_of)` is the last day up to `until` on which anything
    released by `as_of` counts.
    """
    as_of = _as_of(args, today) or today
    period = _period(args)
    if period is None:
        ended = Period.holding(PeriodKind.MONTH, as_of).before
        day = latest(ended.last, as_of) or as_of
        period = Period.holding(PeriodKind.MONTH, day)
    return ReportFilter(period, as_of, map=_map(args))


def against_code(against: int | Period) -> str:
    """What stands in the address for what is held against a view: unit-12, or 2026-05."""
    return against.code if isinstance(against, Period) else f"unit-{against}"


def read_against(text: str, period: Period) -> int | Period:
    """Another unit, or another period of the same length; UnreadableFilter for anything else."""
    if match := _UNIT.fullmatch(text):
        return int(match[1])
    try:
        found = Period.parse(text)
    except Unreadable:
        raise UnreadableFilter("with", text) from None
    if found.kind is not period.kind or found == period:
        raise UnreadableFilter("with", text)
    return found


def _period(args: Mapping[str, str]) -> Period | None:
    if "period" not in args:
        return None
    try:
        return Period.parse(args["period"])
    except Unreadable:
        raise UnreadableFilter("period", args["period"]) from None


def _map(args: Mapping[str, str]) -> Map:
    """Today's, where the address does not say it."""
    text = args.get("map", Map.TODAY.value)
    if text not in set(Map):
        raise UnreadableFilter("map", text)
    return Map(text)


def _as_of(args: Mapping[str, str], today: date) -> date | None:
    if "as_of" not in args:
        return None
    text = args["as_of"]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnreadableFilter("as_of", text) from None
    if not FIRST_DAY <= day <= today or day.isoformat() != text:
        raise UnreadableFilter("as_of", text)
    return day
