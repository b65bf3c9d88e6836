"""Who may reach which endpoint, and which units an account may see; the rest is refused.

Reads organisation tables only, so that it works on the reports' own engine as well. What needs
accounts and grants is in ``kiosk.domain.accounts``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    or_,
    select,
)
from sqlalchemy.orm import Session

from kiosk.models.organisation import UnitVersion

Role = Literal["head", "delegation", "administrator"]
Caller = Literal["public", "tablet", "head", "delegation", "administrator"]

ROLES: tuple[Role, ...] = ("head", "delegation", "administrator")
READERS: frozenset[Role] = frozenset({"head", "delegation"})
HOMES: Mapping[Role, str] = {
    "head": "reports.home",
    "delegation": "reports.home",
    "administrator": "admin.tablets",
}

_PUBLIC: frozenset[Caller] = frozenset({"public"})
_TABLET: frozenset[Caller] = frozenset({"tablet"})
_READERS: frozenset[Caller] = frozenset({"head", "delegation"})
_ADMINISTRATOR: frozenset[Caller] = frozenset({"administrator"})
_SIGNED_IN: frozenset[Caller] = _READERS | _ADMINISTRATOR

# The one table. "public" asks for nothing; "tablet" asks for the secret of a paired tablet, which
# the view looks up in its own transaction; a role asks for a grant in force today.
ACCESS: Mapping[str, frozenset[Caller]] = {
    "static": _PUBLIC,
    "accounts.home": _PUBLIC,
    "accounts.sign_in": _PUBLIC,
    "accounts.sign_out": _PUBLIC,
    "accounts.password": _SIGNED_IN,
    "citizen.shell": _PUBLIC,
    "citizen.worker": _PUBLIC,
    "citizen.manifest": _PUBLIC,
    "citizen.staff": _PUBLIC,
    "citizen.form": _TABLET,
    "citizen.remark": _TABLET,
    "citizen.thanks": _TABLET,
    "citizen.pairing": _PUBLIC,
    "tablets.pair": _PUBLIC,
    "tablets.unpair": _TABLET,
    "tablets.desk": _TABLET,
    "tablets.sync": _TABLET,
    "tablets.photo": _TABLET,
    "reports.home": _READERS,
    "reports.dossier": _READERS,
    "reports.overview": _READERS,
    "reports.targets": _READERS,
    "reports.unit": _READERS,
    "reports.officer": _READERS,
    "reports.comparison": _READERS,
    "reports.coverage": _READERS,
    "reports.seats": _READERS,
    "reports.remarks": _READERS,
    "reports.officer_remarks": _READERS,
    "reports.methodology": _SIGNED_IN,
    "admin.tablets": _ADMINISTRATOR,
    "admin.new_tablet": _ADMINISTRATOR,
    "admin.tablet": _ADMINISTRATOR,
    "admin.new_code": _ADMINISTRATOR,
    "admin.revocation": _ADMINISTRATOR,
    "admin.retirement": _ADMINISTRATOR,
    "admin.return_to_service": _ADMINISTRATOR,
    "admin.staff_pin": _ADMINISTRATOR,
    "admin.accounts": _ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentAccount:
    """Who is signed in, with the one role and the units granted for today.

    ``last_day`` is the last day of the grant, none where it has no end.
    """

    id: int
    username: str
    name: str
    role: Role
    unit_ids: frozenset[int]
    last_day: date | None


def callers_of(endpoint: str) -> frozenset[Caller]:
    """Who may reach the endpoint; nobody where the table does not name it."""
    return ACCESS.get(endpoint, frozenset())


def units_below(
    session: Session, *, unit_ids: frozenset[int], day: date
) -> frozenset[int]:
    """All units that stood below these on that day, at whatever depth."""
    values = {"units": list(unit_ids), "day": day}
    return frozenset(session.scalars(_units_below(), values))


def units_below_each(
    session: Session, *, unit_ids: Iterable[int], day: date
) -> dict[int, list[int]]:
    """Of each unit all that stood below it on that day, by number."""
    found: dict[int, list[int]] = {each: [] for each in unit_ids}
    values = {"units": list(found), "day": day}
    for root, unit_id in session.execute(_below_each(), values).all():
        found[root].append(unit_id)
    return {root: sorted({*below} - {root}) for root, below in found.items()}


def units_above_each(
    session: Session, *, unit_ids: Iterable[int], day: date
) -> dict[int, set[int]]:
    """Of each unit all above it on that day."""
    found: dict[int, set[int]] = {each: set() for each in unit_ids}
    values = {"units": list(found), "day": day}
    for root, unit_id in session.execute(_above_each(), values).all():
        found[root].add(unit_id)
    return found


def unit_above(session: Session, account: CurrentAccount, *, day: date) -> int | None:
    """The unit of whose total a ward head may see one figure, beside his own units.

    Only where all his units stood below the same one; who shows it must first see that at least
    three units contribute, for of two the other is a subtraction away.
    """
    if account.role != "head":
        return None
    values = {"units": list(account.unit_ids), "day": day}
    parents = set(session.scalars(_parents(), values))
    above = parents.pop() if len(parents) == 1 else None
    return None if above in account.unit_ids else above


_VERSION = UnitVersion.__table__
_UNITS: BindParameter[Any] = bindparam("units", expanding=True)
_DAY: BindParameter[date] = bindparam("day")


# Put together once, for every page asks them.
@cache
def _units_below() -> Select[Any]:
    below = (
        select(_VERSION.c.unit_id)
        .where(_VERSION.c.parent_id.in_(_UNITS), in_force(_DAY))
        .cte("below", recursive=True)
    )
    further = select(_VERSION.c.unit_id).where(
        _VERSION.c.parent_id == below.c.unit_id, in_force(_DAY)
    )
    # UNION, not UNION ALL: a register with a circle in it must not hang a page.
    return select(below.union(further).c.unit_id)


@cache
def _below_each() -> Select[Any]:
    return _each(_VERSION.c.parent_id, _VERSION.c.unit_id)


@cache
def _above_each() -> Select[Any]:
    return _each(_VERSION.c.unit_id, _VERSION.c.parent_id)


def _each(start: ColumnElement[Any], end: ColumnElement[Any]) -> Select[Any]:
    """From each unit asked for, step by step from one column to the other."""
    known = and_(end.is_not(None), in_force(_DAY))
    way = (
        select(start.label("root"), end.label("unit_id"))
        .where(start.in_(_UNITS), known)
        .cte("way", recursive=True)
    )
    further = select(way.c.root, end).where(start == way.c.unit_id, known)
    every = way.union(further)
    return select(every.c.root, every.c.unit_id)


@cache
def _parents() -> Select[Any]:
    return select(_VERSION.c.parent_id).where(
        _VERSION.c.unit_id.in_(_UNITS), in_force(_DAY)
    )


def in_force(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition that a unit's version holds on that day."""
    return and_(
        UnitVersion.first_day <= day,
        or_(UnitVersion.last_day.is_(None), UnitVersion.last_day >= day),
    )
