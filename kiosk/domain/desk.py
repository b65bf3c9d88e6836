"""What a tablet needs to know of its place: unit, counters, officers, questions."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import local_day
from kiosk.domain.errors import NotFound
from kiosk.domain.questionnaire import CURRENT
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


def desk_of(session: Session, *, tablet_id: int, now: datetime) -> Desk:
    """The desk of a tablet as plain values, its ``etag`` over all the others.

    Officers are all who are posted at the unit today; ``seated`` ones sit at the tablet's
    counters now. Raises NotFound for a tablet that is not there.
    """
    tablet = session.get(Tablet, tablet_id)
    if tablet is None:
        raise NotFound
    today = local_day(now)
    counters = _counters(session, tablet_id)
    desk: Desk = {
        "unit": _unit(session, tablet.unit_id, today),
        "tablet": {"id": tablet.id, "label": tablet.label},
        "counters": [
            {"id": counter.id, "label": counter.label} for counter in counters
        ],
        "officers": _officers(session, tablet.unit_id, {c.id for c in counters}, now),
        "questionnaire": asdict(CURRENT),
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


def _officers(
    session: Session, unit_id: int, counter_ids: set[int], now: datetime
) -> list[dict[str, Any]]:
    today = local_day(now)
    seats = _seats(session, unit_id, now)
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
        at = seats.get(posting.id, [])
        here = [label for counter_id, label in at if counter_id in counter_ids]
        officers[posting.officer_id] = {
            "id": posting.officer_id,
            "name": name,
            "title": posting.title,
            "photo": etag and f"/tablet/photo/{posting.officer_id}?v={etag[:12]}",
            "counter": next(iter(here or [label for _, label in at]), None),
            "seated": bool(here),
            "until": posting.last_day and posting.last_day.isoformat(),
        }
    return list(officers.values())


def _seats(
    session: Session, unit_id: int, now: datetime
) -> dict[int, list[tuple[int, str]]]:
    """By posting: the counters at which it sits now, with their labels."""
    query = (
        select(Seat.posting_id, Counter.id, Counter.label)
        .join(Counter, Counter.id == Seat.counter_id)
        .where(Counter.unit_id == unit_id, Seat.began_at <= now)
        .where(Seat.ended_at.is_(None) | (Seat.ended_at > now))
        .order_by(Counter.code, Seat.id)
    )
    seats: dict[int, list[tuple[int, str]]] = {}
    for posting_id, counter_id, label in session.execute(query):
        seats.setdefault(posting_id, []).append((counter_id, label))
    return seats
