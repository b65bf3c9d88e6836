"""What became of units, by the register: which was merged whole into which, and which were split.

Whoever may see a unit may see what was merged whole into it: it is a part of the unit's sums. Of a
unit that was split nothing is allotted to anybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from kiosk.models.organisation import Succession

MOST_STEPS = (
    8  # of mergers one after another; a register that goes in circles ends there
)

_ANY = "any succession"
_ROW = Succession.__table__
_UNITS: BindParameter[Any] = bindparam("units", expanding=True)
_DAY: BindParameter[date] = bindparam("day")


@dataclass(frozen=True)
class Change:
    """On a day a unit became another; `whole` where that one alone took all of it."""

    unit_id: int
    heir_id: int
    day: date
    whole: bool


def heirs(session: Session, units: Iterable[int], *, day: date) -> dict[int, int]:
    """Of the units merged whole by that day, in which unit they are now, mergers since followed."""
    found: dict[int, int] = {}
    if not _known(session):
        return found
    at = {unit: {unit} for unit in units}  # whose ways have come so far
    for _ in range(MOST_STEPS):
        rows = session.execute(_heirs(), {"units": list(at), "day": day}).all()
        if not rows:
            break
        further: dict[int, set[int]] = {}
        for unit, heir in rows:
            further.setdefault(heir, set()).update(at[unit])
            found |= dict.fromkeys(at[unit], heir)
        at = further
    return found


def merged(session: Session, units: Iterable[int], *, day: date) -> dict[int, int]:
    """What was merged whole into one of the units by that day, each with that unit."""
    asked = set(units)
    found: dict[int, int] = {}
    if not _known(session):
        return found
    at = {unit: unit for unit in asked}
    for _ in range(MOST_STEPS):
        rows = session.execute(_merged(), {"units": list(at), "day": day}).all()
        at = {
            unit: at[heir]
            for unit, heir in rows
            if unit not in found and unit not in asked
        }
        if not at:
            break
        found |= at
    return found


def changes(session: Session, units: Sequence[int], *, after: date) -> list[Change]:
    """What became of the units, or became them, later than that day; by day."""
    if not units or not _known(session):
        return []
    rows = session.execute(_changes(), {"units": list(units), "day": after})
    return [Change(*row) for row in rows]


def _known(session: Session) -> bool:
    """Whether anything ever became of a unit; a page asks often, and the register once."""
    if _ANY not in session.info:
        session.info[_ANY] = session.scalar(_any()) is not None
    return bool(session.info[_ANY])


# Put together once, for every page asks them.
@cache
def _any() -> Select[Any]:
    return select(_ROW.c.day).limit(1)


def _whole() -> Any:
    """Whether one unit alone took all of the other."""
    other = _ROW.alias("other")
    shared = exists().where(
        other.c.predecessor_id == _ROW.c.predecessor_id,
        other.c.successor_id != _ROW.c.successor_id,
    )
    return ~_ROW.c.in_part & ~shared


@cache
def _heirs() -> Select[Any]:
    return select(_ROW.c.predecessor_id, _ROW.c.successor_id).where(
        _ROW.c.predecessor_id.in_(_UNITS), _ROW.c.day <= _DAY, _whole()
    )


@cache
def _merged() -> Select[Any]:
    return select(_ROW.c.predecessor_id, _ROW.c.successor_id).where(
        _ROW.c.successor_id.in_(_UNITS), _ROW.c.day <= _DAY, _whole()
    )


@cache
def _changes() -> Select[Any]:
    columns = (_ROW.c.predecessor_id, _ROW.c.successor_id, _ROW.c.day)
    return (
        select(*columns, _whole().label("whole"))
        .where(
            or_(_ROW.c.predecessor_id.in_(_UNITS), _ROW.c.successor_id.in_(_UNITS)),
            _ROW.c.day > _DAY,
        )
        .order_by(_ROW.c.day, _ROW.c.predecessor_id, _ROW.c.successor_id)
    )
