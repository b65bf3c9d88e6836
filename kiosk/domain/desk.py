"""What a tablet needs to know of its place: unit, counters, officers, questions, PIN."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import local_day
from kiosk.domain.errors import NotFound
from kiosk.domain.questionnaire import CURRENT
from kiosk.domain.seals import Seal
from kiosk.domain.staff_pins import told_to_tablets
from kiosk.models.organisation import (
    Counter,
    Officer,
    OfficerPhoto,
    Posting,
    Seat,
    Unit,
    UnitVersion,
)
from kiosk.models.tablets import Tablet, TabletCounter

Desk = dict[str, Any]


def desk_of(
    session: Session, *, tablet_id: int, now: datetime, seal: Seal | None = None
) -> Desk:
    """The desk of a tablet as plain values, its ``etag`` over all the others.

    Officers are all who are posted at the unit today; ``seated`` ones sit at the tablet's
    counters now, and ``seats`` say at which. Raises NotFound for a tablet that is not there.
    """
    tablet = session.get(Tablet, tablet_id)
    if tablet is None:
        raise NotFound
    today = local_day(now)
    counters = _counters(session, tablet_id)
    seats = _seats(session, tablet.unit_id, now)
    desk: Desk = {
        "unit": _unit(session, tablet.unit_id, today),
        "tablet": {"id": tablet.id, "label": tablet.label},
        "counters": [
            {"id": counter.id, "label": counter.label} for counter in counters
        ],
        "seats": [
            {"counter": seat.counter_id, "officer": seat.officer_id}
            for seat in seats
            if seat.counter_id in {counter.id for counter in counters}
        ],
        "officers": _officers(
            session, tablet.unit_id, {c.id for c in counters}, seats, today
        ),
        "staff": told_to_tablets(session, unit_id=tablet.unit_id),
        "questionnaire": asdict(CURRENT),
        "seal": seal,
    }
    desk["etag"] = hashlib.sha256(msgspec.json.encode(desk)).hexdigest()[:32]
    return desk


def photo_of(session: Session, *, unit_id: int, officer_id: int) -> OfficerPhoto:
    """The photo of an officer who was ever posted in the unit. Raises NotFound."""
    query = (
        select(OfficerPhoto)
        .join(Posting, Posting.officer_id == OfficerPhoto.officer_id)
        .where(Posting.unit_id == unit_id, OfficerPhoto.officer_id == officer_id)
        .limit(1)
    )
    photo = session.scalars(query).one_or_none()
    if photo is None:
        raise NotFound
    return photo


def _unit(session: Session, unit_id: int, today: date) -> dict[str, Any]:
    query = (
        select(Unit.id, Unit.kind, UnitVersion.name)
        .join(UnitVersion, UnitVersion.unit_id == Unit.id)
        .where(Unit.id == unit_id, UnitVersion.first_day <= today)
        .order_by(UnitVersion.first_day.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return {"id": row.id, "kind": row.kind, "name": row.name}


def _counters(session: Session, tablet_id: int) -> list[Counter]:
    query = (
        select(Counter)
        .join(TabletCounter, TabletCounter.counter_id == Counter.id)
        .where(TabletCounter.tablet_id == tablet_id)
        .order_by(Counter.code, Counter.id)
    )
    return list(session.scalars(query))


class _Seat(NamedTuple):
    """Who sits where now."""

    posting_id: int
    officer_id: int
    counter_id: int
    label: str


def _officers(
    session: Session,
    unit_id: int,
    counter_ids: set[int],
    seats: Sequence[_Seat],
    today: date,
) -> list[dict[str, Any]]:
    query = (
        select(Posting, Officer.name, OfficerPhoto.etag)
        .join(Officer, Officer.id == Posting.officer_id)
        .outerjoin(OfficerPhoto, OfficerPhoto.officer_id == Officer.id)
        .where(Posting.unit_id == unit_id, Posting.first_day <= today)
        .where(Posting.last_day.is_(None) | (Posting.last_day >= today))
        .order_by(Officer.code, Posting.id)
    )
    officers: dict[int, dict[str, Any]] = {}
    for posting, name, etag in session.execute(query):
        at = [seat for seat in seats if seat.posting_id == posting.id]
        here = [seat.label for seat in at if seat.counter_id in counter_ids]
        officers[posting.officer_id] = {
            "id": posting.officer_id,
            "name": name,
            "title": posting.title,
            "photo": etag and f"/tablet/photo/{posting.officer_id}?v={etag[:12]}",
            "counter": next(iter(here or [seat.label for seat in at]), None),
            "seated": bool(here),
            "until": posting.last_day and posting.last_day.isoformat(),
        }
    return list(officers.values())


def _seats(session: Session, unit_id: int, now: datetime) -> list[_Seat]:
    query = (
        select(Seat.posting_id, Posting.officer_id, Counter.id, Counter.label)
        .join(Counter, Counter.id == Seat.counter_id)
        .join(Posting, Posting.id == Seat.posting_id)
        .where(Counter.unit_id == unit_id, Seat.began_at <= now)
        .where(Seat.ended_at.is_(None) | (Seat.ended_at > now))
        .order_by(Counter.code, Seat.id)
    )
    return [_Seat(*row) for row in session.execute(query)]
