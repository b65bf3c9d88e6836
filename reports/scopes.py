"""The units an account may see, as a tree by the map of a day, and the officers posted there."""

from collections.abc import Iterable, Mapping, Sequence
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
from reports.successions import heirs, merged

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

    Read as it is asked for: of a whole country a page needs a few provinces, or one ward. What
    was merged whole into a unit by that day is a part of it. With `since`, by the map of a time:
    every unit that stood on that day or on the last one is one of its own; and what may be seen
    `now`, by today's map, may be seen as it was.
    """

    def __init__(
        self,
        session: Session,
        granted: Iterable[int],
        *,
        day: date,
        since: date | None = None,
        now: "Scope | None" = None,
    ) -> None:
        self.granted = frozenset(granted)
        self._now = now
        self._session = session
        self._day = day
        self._days = [day] if since is None else [since, day]
        self._seen: dict[int, UnitFacts | None] = {}
        self._above: dict[int, set[int]] = {}
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
        units = self.granted | self._all_below(self.granted)
        return tuple(sorted(units | self._merged(units).keys()))

    def under(self, unit_id: int) -> tuple[int, ...]:
        """The unit and all below it."""
        below = self._all_below({unit_id})
        more = self._merged({unit_id, *below}).keys()
        return (unit_id, *sorted((below | more) - {unit_id}))

    def members(self, unit_id: int | None = None) -> list[UnitFacts]:
        """What an overview lists, by code: the units right below one, or all that were granted.

        Of granted units that stand below each other only the highest; of a single area, what
        is below it.
        """
        if unit_id is not None:
            by_day = [children(self._session, unit_id, day=d) for d in self._days]
            found = list(set().union(*by_day))
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
        above = self._all_above(self.granted)
        tops = [
            each
            for each in sorted(self.granted)
            if self.granted.isdisjoint(above[each] - {each})
        ]
        if self._now is None:
            gone = heirs(self._session, tops, day=self._day)
            return [each for each in tops if gone.get(each) not in self.granted]
        there: set[int] = set()
        for day in self._days:
            there |= set(self._session.scalars(_there(), {"units": tops, "day": day}))
        return [each for each in tops if each in there] or tops

    def _grouped(self, area: UnitFacts | None) -> list[Group]:
        members = self.members(area.id if area else None)
        found = [
            units_below_each(
                self._session, unit_ids=[unit.id for unit in members], day=day
            )
            for day in self._days
        ]
        groups = [
            Group(
                unit, (unit.id, *sorted({i for below in found for i in below[unit.id]}))
            )
            for unit in members
        ]
        listed = {each for group in groups for each in group.units}
        own = [Group(area, (area.id,))] if area and area.id not in listed else []
        return self._with_merged(groups + own)

    def _with_merged(self, groups: Sequence[Group]) -> list[Group]:
        of = {each: group.unit.id for group in groups for each in group.units}
        more: dict[int, list[int]] = {}
        for each, heir in sorted(self._merged(of).items()):
            more.setdefault(of[heir], []).append(each)
        return [
            Group(each.unit, (*each.units, *more.get(each.unit.id, ())))
            for each in groups
        ]

    def _merged(self, units: Iterable[int]) -> dict[int, int]:
        if self._now is not None:
            return {}
        return merged(self._session, units, day=self._day)

    def _look(self, units: set[int]) -> None:
        seen = self._below(units)
        if self._now is not None:
            seen |= self._now.those(units - seen).keys()
        elif gone := heirs(self._session, units - seen, day=self._day):
            there = self._below(set(gone.values()))
            seen |= {unit for unit, heir in gone.items() if heir in there}
        facts = unit_facts(self._session, seen, day=self._day) if seen else {}
        self._seen |= {each: facts.get(each) for each in units}

    def _below(self, units: set[int]) -> set[int]:
        """Those granted, or below what was."""
        above = self._all_above(units)
        return {
            each
            for each in units
            if each in self.granted or not self.granted.isdisjoint(above[each])
        }

    def _all_below(self, units: Iterable[int]) -> frozenset[int]:
        asked = frozenset(units)
        found = [
            units_below(self._session, unit_ids=asked, day=day) for day in self._days
        ]
        return frozenset().union(*found)

    def _all_above(self, units: Iterable[int]) -> dict[int, set[int]]:
        asked = set(units)
        if unknown := sorted(asked - self._above.keys()):
            by_day = [
                units_above_each(self._session, unit_ids=unknown, day=day)
                for day in self._days
            ]
            for each in unknown:
                self._above[each] = set().union(*(above[each] for above in by_day))
        return {each: self._above[each] for each in asked}


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


def scope_of(
    session: Session,
    account: CurrentAccount,
    *,
    today: date,
    then: tuple[date, date] | None = None,
) -> Scope:
    """What the account may see today, by today's map, or by the map between two days.

    By that one also what stood below the units granted then, and whatever has been merged whole
    into them since.
    """
    granted = account.unit_ids if account.role in READERS else frozenset[int]()
    now = Scope(session, granted, day=today)
    if then is None:
        return now
    first, last = then
    more = merged(session, granted, day=today).keys()
    return Scope(session, granted | more, since=first, day=last, now=now)


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
def _there() -> Select[Any]:
    day: BindParameter[date] = bindparam("day")
    units: BindParameter[Any] = bindparam("units", expanding=True)
    return select(UnitVersion.unit_id).where(
        UnitVersion.unit_id.in_(units), in_force(day)
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
