"""What the release wrote of tablets, in SQL: taps, silences, hours of the day, partial ratings.

A week counts in the period in which its Monday lies; nothing released after `as_of` is seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from kiosk.domain.opening import USUAL, Hours
from kiosk.models.blocks import CoverageHours, CoverageMonth, CoverageWeek
from kiosk.models.organisation import OpeningHours
from reports.coverage import TabletWeek

AREA_COUNTS = (  # what sums of areas hold of a week, in the order of a UnitWeek
    *("tablet_weeks", "untouched"),
    *("taps", "opening_hours", "silent_stretches", "silent_hours"),
)


@dataclass(frozen=True)
class Days:
    """Whose rows: of these units, of periods that begin between two days, released by a day."""

    units: Sequence[int]
    first: date
    last: date
    as_of: date


@dataclass(frozen=True)
class TabletMonth:
    """A tablet's month: partial ratings (0 where fewer than k) and the cells of its hours."""

    tablet_id: int
    month: date
    partials: int
    hours: Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class UnitWeek:
    """A unit's week: how many tablets were reported, how many nobody touched, and their sum."""

    tablets: int
    untouched: int
    total: TabletWeek

    def __add__(self, other: "UnitWeek") -> "UnitWeek":
        return UnitWeek(
            self.tablets + other.tablets,
            self.untouched + other.untouched,
            self.total + other.total,
        )


@dataclass(frozen=True)
class Untouched:
    """A week in which nobody tapped a tablet, with its opening hours."""

    unit_id: int
    tablet_id: int
    week: date
    opening: int


def tablet_weeks(session: Session, days: Days) -> dict[int, dict[date, TabletWeek]]:
    """Each tablet's weeks, by Monday."""
    table = CoverageWeek
    rows = session.execute(
        select(table.tablet_id, table.week, *_COUNTS)
        .where(*_weeks(days))
        .order_by(table.tablet_id, table.week)
    )
    found: dict[int, dict[date, TabletWeek]] = {}
    for tablet_id, week, *counts in rows:
        weeks = found.setdefault(tablet_id, {})
        weeks[week] = weeks.get(week, TabletWeek()) + TabletWeek(*counts)
    return found


def unit_weeks(session: Session, days: Days) -> dict[int, dict[date, UnitWeek]]:
    """Per unit and week the sums over its tablets."""
    table = CoverageWeek
    none = case((and_(table.taps == 0, table.opening_hours > 0), 1), else_=0)
    sums = (func.count(), func.sum(none), *map(func.sum, _COUNTS))
    rows = session.execute(
        select(table.unit_id, table.week, *sums)
        .where(*_weeks(days))
        .group_by(table.unit_id, table.week)
    )
    found: dict[int, dict[date, UnitWeek]] = {}
    for unit_id, week, *counts in rows:
        found.setdefault(unit_id, {})[week] = unit_week(counts)
    return found


def unit_week(counts: Sequence[int]) -> UnitWeek:
    """Of a row of sums in the order of `AREA_COUNTS`."""
    tablets, untouched, *sums = map(int, counts)
    return UnitWeek(tablets, untouched, TabletWeek(*sums))


def untouched_weeks(session: Session, days: Days) -> list[Untouched]:
    """The weeks without a tap though the desk was open, by unit, tablet and week."""
    table = CoverageWeek
    keys = (table.unit_id, table.tablet_id, table.week)
    rows = session.execute(
        select(*keys, table.opening_hours)
        .where(*_weeks(days), table.taps == 0, table.opening_hours > 0)
        .order_by(*keys)
    )
    return [Untouched(*row) for row in rows]


def partials(session: Session, days: Days) -> dict[int, int]:
    """Per unit the ratings left half-way, over the tablets' months that have k or more."""
    table = CoverageMonth
    rows = session.execute(
        select(table.unit_id, func.sum(table.partials))
        .where(*_months(days))
        .group_by(table.unit_id)
    )
    return {unit_id: int(total) for unit_id, total in rows}


def tablet_months(session: Session, days: Days) -> list[TabletMonth]:
    """Each tablet's months with the hours of their days, by tablet and month."""
    cells: dict[tuple[int, date], list[tuple[int, int, int]]] = {}
    table = CoverageHours
    for tablet_id, month, *cell in session.execute(
        select(table.tablet_id, table.month)
        .add_columns(table.first_hour, table.last_hour, table.taps)
        .where(
            table.unit_id.in_(days.units),
            table.month.between(days.first, days.last),
            table.released_on <= days.as_of,
        )
        .order_by(table.tablet_id, table.month, table.first_hour)
    ):
        first, last, taps = cell
        cells.setdefault((tablet_id, month), []).append((first, last, taps))
    rows = session.execute(
        select(CoverageMonth.tablet_id, CoverageMonth.month, CoverageMonth.partials)
        .where(*_months(days))
        .order_by(CoverageMonth.tablet_id, CoverageMonth.month)
    )
    return [TabletMonth(*row, cells.get((row[0], row[1]), [])) for row in rows]


def opening_hours(
    session: Session, unit_id: int, *, first: date, last: date
) -> tuple[Sequence[Hours], bool]:
    """The unit's opening hours in force between two days, and whether any are registered.

    Where none ever were, those that the release takes instead.
    """
    rows = session.scalars(
        select(OpeningHours)
        .where(OpeningHours.unit_id == unit_id)
        .order_by(OpeningHours.first_day, OpeningHours.weekday, OpeningHours.opens)
    )
    every = [
        Hours(row.weekday, row.opens, row.closes, row.first_day, row.last_day)
        for row in rows
    ]
    if not every:
        return USUAL, False
    held = [
        each
        for each in every
        if each.first_day <= last and (each.last_day or date.max) >= first
    ]
    return held, True


_COUNTS = (
    CoverageWeek.taps,
    CoverageWeek.opening_hours,
    CoverageWeek.silent_stretches,
    CoverageWeek.silent_hours,
)


def _weeks(days: Days) -> list[ColumnElement[bool]]:
    return [
        CoverageWeek.unit_id.in_(days.units),
        CoverageWeek.week.between(days.first, days.last),
        CoverageWeek.released_on <= days.as_of,
    ]


def _months(days: Days) -> list[ColumnElement[bool]]:
    return [
        CoverageMonth.unit_id.in_(days.units),
        CoverageMonth.month.between(days.first, days.last),
        CoverageMonth.released_on <= days.as_of,
    ]
