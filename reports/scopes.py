"""The units an account may see, as a tree by the map of a day, and the officers posted there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session

from kiosk.domain.access import (
    READERS,
    CurrentAccount,
    in_force,
    units_above_each,
    units_below,
    units_below_each,
)
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
class Group:
    """A unit that a page lists, and the numbers of all units that count in it."""

    unit: UnitFacts
    units: tuple[int, ...]


class Scope:
    """Units granted, and all that may be seen: those and what stood below them on a day.

    Read as it is asked for: of a whole country a page needs a few provinces, or one ward.
    """

    def __init__(self, session: Session, granted: Iterable[int], *, day: date) -> None:
        self.granted = frozenset(granted)
        self._session = session
        self._day = day
        self._seen: dict[int, UnitFacts | None] = {}
        self._groups: dict[int | None, list[Group]] = {}

    def unit(self, unit_id: int) -> UnitFacts:
        """One of the units; NotFound for any other, whether it exists or not."""
        found = self.find(unit_id)
        if found is None:
            raise NotFound(unit_id)
        return found

    def find(self, unit_id: int | None) -> UnitFacts | None:
        """One of the units; None for any other."""
        return None if unit_id is None else self.those((unit_id,)).get(unit_id)

    def those(self, units: Iterable[int]) -> dict[int, UnitFacts]:
        """The ones among these that may be seen."""
        asked = set(units)
        if unknown := asked - self._seen.keys():
            self._look(unknown)
        return {each: facts for each in asked if (facts := self._seen[each])}

    @cached_property
    def units(self) -> Mapping[int, UnitFacts]:
        """All of them: of a country thousands."""
        return self.those(self.every)

    @cached_property
    def every(self) -> tuple[int, ...]:
        """The numbers of all units."""
        below = units_below(self._session, unit_ids=self.granted, day=self._day)
        return tuple(sorted(self.granted | below))

    def under(self, unit_id: int) -> tuple[int, ...]:
        """The unit and all below it."""
        below = units_below(self._session, unit_ids=frozenset({unit_id}), day=self._day)
        return (unit_id, *sorted(below - {unit_id}))

    def members(self, unit_id: int | None = None) -> list[UnitFacts]:
        """What an overview lists, by code: the units right below one, or all that were granted.

        Of granted units that stand below each other only the highest; of a single area, what
        is below it.
        """
        if unit_id is not None:
            found = children(self._session, unit_id, day=self._day)
        else:
            tops = self.those(self._tops)
            if len(tops) == 1 and (only := min(self._tops)) and tops[only].is_area:
                return self.members(only)
            found = list(tops)
        facts = unit_facts(self._session, found, day=self._day)
        self._seen |= facts
        return sorted(facts.values(), key=lambda unit: unit.code)

    def groups(self, area: UnitFacts | None) -> list[Group]:
        """The units listed, each with all below it; the area itself too, for what is its own."""
        key = area.id if area else None
        if key not in self._groups:
            self._groups[key] = self._grouped(area)
        return self._groups[key]

    @cached_property
    def _tops(self) -> list[int]:
        above = units_above_each(self._session, unit_ids=self.granted, day=self._day)
        return [
            each
            for each in sorted(self.granted)
            if self.granted.isdisjoint(above[each] - {each})
        ]

    def _grouped(self, area: UnitFacts | None) -> list[Group]:
        members = self.members(area.id if area else None)
        below = units_below_each(
            self._session, unit_ids=[unit.id for unit in members], day=self._day
        )
        groups = [Group(unit, (unit.id, *below[unit.id])) for unit in members]
        listed = {each for group in groups for each in group.units}
        own = [Group(area, (area.id,))] if area and area.id not in listed else []
        return groups + own

    def _look(self, units: set[int]) -> None:
        above = units_above_each(self._session, unit_ids=units, day=self._day)
        seen = [
            each
            for each in units
            if each in self.granted or not self.granted.isdisjoint(above[each])
        ]
        facts = unit_facts(self._session, seen, day=self._day) if seen else {}
        self._seen |= {each: facts.get(each) for each in units}


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
    granted = account.unit_ids if account.role in READERS else ()
    return Scope(session, granted, day=today)


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


def children(session: Session, unit_id: int, *, day: date) -> list[int]:
    """The units right below one on that day."""
    return list(session.scalars(_children(), {"unit": unit_id, "day": day}))


def posted_officers(session: Session, units: Iterable[int]) -> list[PostedOfficer]:
    """Whoever was ever posted at the units, by posting, the oldest first."""
    rows = session.execute(_posted(one=False), {"units": list(units)})
    return [PostedOfficer(*row) for row in rows]


def postings_of(session: Session, officer_id: int) -> list[PostedOfficer]:
    """Wherever an officer was ever posted, the oldest first."""
    rows = session.execute(_posted(one=True), {"officer": officer_id})
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
def _children() -> Select[Any]:
    day: BindParameter[date] = bindparam("day")
    return select(UnitVersion.unit_id).where(
        UnitVersion.parent_id == bindparam("unit"), in_force(day)
    )


@cache
def _posted(*, one: bool) -> Select[Any]:
    officer, posting = Officer.__table__, Posting.__table__
    columns = (officer.c.id, officer.c.name, posting.c.unit_id, posting.c.title)
    if one:
        wanted: ColumnElement[bool] = posting.c.officer_id == bindparam("officer")
    else:
        wanted = posting.c.unit_id.in_(bindparam("units", expanding=True))
    return (
        select(*columns, posting.c.first_day, posting.c.last_day)
        .join_from(officer, posting, posting.c.officer_id == officer.c.id)
        .where(wanted)
        .order_by(posting.c.first_day)
    )
