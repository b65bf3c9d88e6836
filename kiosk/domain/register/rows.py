"""The rows of each file of a register, and by which reader each of their cells is read."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Annotated, get_args, get_type_hints

from kiosk.domain.register import cells
from kiosk.domain.register.cells import Reader, UnitRef

Code = Annotated[str, cells.code]
Name = Annotated[str, cells.name]
UnitCode = Annotated[UnitRef, cells.unit_ref]
Day = Annotated[date, cells.day]
Clock = Annotated[time, cells.clock]
Instant = Annotated[datetime, cells.instant]
# Headers that are no Python names.
HEADERS = {"began_at": "from", "ended_at": "to"}


@dataclass(frozen=True)
class Column:
    """A column of a file: its header, the field it fills, its reader, whether it may be empty."""

    header: str
    field: str
    read: Reader
    optional: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a file; each further field is a column, its annotation says how it is read."""

    line: int


@dataclass(frozen=True, kw_only=True)
class UnitRow(Row):
    """A unit from a day to a day; ``continues`` names the version before it of the same unit."""

    code: Code
    kind: Annotated[str, cells.kind]
    name: Name
    parent_code: UnitCode | None = None
    first_day: Day
    last_day: Day | None = None
    continues: UnitCode | None = None


@dataclass(frozen=True, kw_only=True)
class SuccessionRow(Row):
    """Which unit became which, on what day."""

    predecessor_code: UnitCode
    successor_code: UnitCode
    day: Day
    in_part: Annotated[bool, cells.yes_no]


@dataclass(frozen=True, kw_only=True)
class OfficerRow(Row):
    """An officer; ``photo`` is a file in the folder ``photos``."""

    code: Code
    name: Name
    photo: Annotated[str, cells.photo] | None = None


@dataclass(frozen=True, kw_only=True)
class PostingRow(Row):
    """An officer at a unit from a day to a day."""

    officer_code: Code
    unit_code: UnitCode
    title: Name
    first_day: Day
    last_day: Day | None = None


@dataclass(frozen=True, kw_only=True)
class CounterRow(Row):
    """A counter of a unit."""

    unit_code: UnitCode
    code: Code
    label: Name


@dataclass(frozen=True, kw_only=True)
class SeatRow(Row):
    """An officer at a counter from an instant to an instant."""

    officer_code: Code
    unit_code: UnitCode
    counter_code: Code
    began_at: Instant
    ended_at: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class TabletRow(Row):
    """A place for a tablet, and the counters it stands at."""

    unit_code: UnitCode
    label: Name
    counter_codes: Annotated[tuple[str, ...], cells.codes]


@dataclass(frozen=True, kw_only=True)
class ProcedureRow(Row):
    """An administrative procedure."""

    code: Code
    name: Name
    field: Name


@dataclass(frozen=True, kw_only=True)
class HoursRow(Row):
    """When a unit's desk is open on a weekday."""

    unit_code: UnitCode
    weekday: Annotated[int, cells.weekday]
    opens: Clock
    closes: Clock
    first_day: Day
    last_day: Day | None = None


@dataclass(frozen=True, kw_only=True)
class TargetRow(Row):
    """What a unit promised for an indicator in a year."""

    unit_code: UnitCode
    indicator: Annotated[str, cells.indicator]
    year: Annotated[int, cells.year]
    value: Annotated[float, cells.share]


# The order in which a register is loaded: nothing comes before what it names.
ROWS: dict[str, type[Row]] = {
    "units.csv": UnitRow,
    "successions.csv": SuccessionRow,
    "officers.csv": OfficerRow,
    "counters.csv": CounterRow,
    "postings.csv": PostingRow,
    "seats.csv": SeatRow,
    "tablets.csv": TabletRow,
    "procedures.csv": ProcedureRow,
    "opening_hours.csv": HoursRow,
    "targets.csv": TargetRow,
}


def columns_of(row: type[Row]) -> tuple[Column, ...]:
    """The columns that a file of such rows has, in order."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(
        Column(
            header=HEADERS.get(each.name, each.name),
            field=each.name,
            read=_reader(hints[each.name]),
            optional=each.default is None,
        )
        for each in fields(row)
        if each.name != "line"
    )


def _reader(hint: object) -> Reader:
    """The reader that stands in ``Annotated[type, reader]`` or in that ``| None``."""
    kept: Reader | None = next(iter(getattr(hint, "__metadata__", ())), None)
    return kept or _reader(get_args(hint)[0])
