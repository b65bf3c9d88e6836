"""What units are called, for registers that name units of any time, and which are areas."""

import hashlib
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.access import in_force
from kiosk.models.organisation import Unit, UnitVersion

# The kinds of unit that serve citizens at a desk of their own.
WITH_DESK = ("ward", "commune", "office")


def unit_names(session: Session, *, day: date) -> dict[int, str]:
    """Every unit's name on that day, or the last it had before; by code."""
    query = (
        select(UnitVersion.unit_id, UnitVersion.code, UnitVersion.name)
        .where(UnitVersion.first_day <= day)
        .order_by(UnitVersion.first_day)
    )
    latest = {row.unit_id: (row.code, row.name) for row in session.execute(query)}
    by_code = sorted(latest.items(), key=lambda item: item[1])
    return {unit_id: name for unit_id, (_, name) in by_code}


def desk_names(session: Session, *, day: date) -> dict[int, str]:
    """The units that have a desk on that day, by code, with their names."""
    query = (
        select(UnitVersion.unit_id, UnitVersion.name)
        .join(Unit, Unit.id == UnitVersion.unit_id)
        .where(Unit.kind.in_(WITH_DESK), in_force(day))
        .order_by(UnitVersion.code)
    )
    return {row.unit_id: row.name for row in session.execute(query)}


def areas(session: Session, *, day: date) -> list[int]:
    """The units that other units stood below on that day."""
    query = select(UnitVersion.parent_id).where(in_force(day)).distinct()
    return sorted(each for each in session.scalars(query) if each is not None)


def digest_of(units: Iterable[int]) -> bytes:
    """SHA-256 over the numbers of units: whether an area is still made of the same."""
    listed = ",".join(map(str, sorted(units)))
    return hashlib.sha256(listed.encode()).digest()


def heads_digest(chains: Iterable[bytes]) -> bytes:
    """SHA-256 over the ends of chains, given by unit number."""
    return hashlib.sha256(b"".join(chains)).digest()
