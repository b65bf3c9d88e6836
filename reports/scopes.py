"""The units an account may see, as a tree by the map of a day, and the officers posted there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from kiosk.domain.access import CurrentAccount, units_visible_to
from kiosk.domain.errors import NotFound
from kiosk.models.organisation import Officer, Posting, Unit, UnitVersion
from reports.periods import Period

AREAS = frozenset({"province", "district"})  # kinds of units that stand above wards


@dataclass(frozen=True)
class UnitFacts:
    """A unit as it was called on a day, and the unit it belonged to."""

    id: int
    kind: str
    code: str
    name: str
    parent_id: int | None

    @property
    def is_area(self) -> bool:
        """Whether its report is an overview of the units below it."""
        return self.kind in AREAS


@dataclass(frozen=True)
class Scope:
    """Units granted, and all that may be seen: those and what stands below them."""

    granted: frozenset[int]
    units: Mapping[int, UnitFacts]

    def unit(self, unit_id: int) -> UnitFacts:
        """One of the units; NotFound for any other, whether it exists or not."""
        if unit_id not in self.units:
            raise NotFound(unit_id)
        return self.units[unit_id]

    def under(self, unit_id: int) -> tuple[int, ...]:
        """The unit and all below it."""
        found = [unit_id]
        for each in found:
            found += [
                child for child in self._children.get(each, ()) if child not in found
            ]
        return tuple(found)

    def members(self, unit_id: int | None = None) -> list[UnitFacts]:
        """What an overview lists, by code: the units right below one, or all that were granted.

        Of granted units that stand below each other only the highest; of a single area, what
        is below it.
        """
        if unit_id is not None:
            found = self._children.get(unit_id, ())
        else:
            tops = [
                each
                for each in self.granted
                if self.units[each].parent_id not in self.units
            ]
            found = tuple(tops)
            if len(tops) == 1 and self.units[tops[0]].is_area:
                return self.members(tops[0])
        return sorted((self.units[each] for each in found), key=lambda unit: unit.code)

    @cached_property
    def _children(self) -> Mapping[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for unit in self.units.values():
            if unit.parent_id is not None:
                found[unit.parent_id] = (*found.get(unit.parent_id, ()), unit.id)
        return found


@dataclass(frozen=True)
class PostedOfficer:
    """An officer's posting: at which unit, as what, from when to when (None: still)."""

    officer_id: int
    name: str
    unit_id: int
    title: str
    first_day: date
    last_day: date | None

    def during(self, period: Period) -> bool:
        """Whether the posting touches the period."""
        ended = self.last_day is not None and self.last_day < period.first
        return self.first_day <= period.last and not ended


def scope_of(session: Session, account: CurrentAccount, *, today: date) -> Scope:
    """What the account may see today, by today's map."""
    visible = units_visible_to(session, account, day=today)
    units = unit_facts(session, visible, day=today)
    return Scope(account.unit_ids & units.keys(), units)


def unit_facts(
    session: Session, units: Iterable[int], *, day: date
) -> dict[int, UnitFacts]:
    """What the units were called on the day: as last before it, or else as first after it."""
    rows = session.execute(_facts(), {"units": list(units)})
    found: dict[int, UnitFacts] = {}
    for *facts, first_day in rows:
        if facts[0] not in found or first_day <= day:
            found[facts[0]] = UnitFacts(*facts)
    return found


def posted_officers(
    session: Session, units: Iterable[int], *, officer_id: int | None = None
) -> list[PostedOfficer]:
    """Whoever was ever posted at the units (or that officer), by posting, the oldest first."""
    values: dict[str, Any] = {"units": list(units)}
    if officer_id is not None:
        values["officer"] = officer_id
    rows = session.execute(_posted(one=officer_id is not None), values)
    return [PostedOfficer(*row) for row in rows]


# Put together once, for every page asks them.
@cache
def _facts() -> Select[Any]:
    unit, version = Unit.__table__, UnitVersion.__table__
    facts = (unit.c.id, unit.c.kind, version.c.code, version.c.name)
    return (
        select(*facts, version.c.parent_id, version.c.first_day)
        .join_from(unit, version, version.c.unit_id == unit.c.id)
        .where(unit.c.id.in_(bindparam("units", expanding=True)))
        .order_by(version.c.first_day)
    )


@cache
def _posted(*, one: bool) -> Select[Any]:
    officer, posting = Officer.__table__, Posting.__table__
    columns = (officer.c.id, officer.c.name, posting.c.unit_id, posting.c.title)
    found = (
        select(*columns, posting.c.first_day, posting.c.last_day)
        .join_from(officer, posting, posting.c.officer_id == officer.c.id)
        .where(posting.c.unit_id.in_(bindparam("units", expanding=True)))
        .order_by(posting.c.first_day)
    )
    return found.where(officer.c.id == bindparam("officer")) if one else found
