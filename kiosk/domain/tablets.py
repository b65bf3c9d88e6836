"""The places for tablets as the console sees and changes them: add, revoke, retire, take back.

How a browser becomes a tablet is in ``pairing``; nothing here knows an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, select, update
from sqlalchemy.orm import Session

from kiosk.domain import pairing
from kiosk.domain.audit import audit
from kiosk.domain.errors import DomainError, NotFound
from kiosk.models.organisation import Counter, Unit
from kiosk.models.tablets import Contact, Enrolment, PairingCode, Tablet, TabletCounter

_Rows = Select[Tablet, datetime | None, Contact | None]


class LabelTaken(DomainError):
    """Another place of the unit has this label."""

    kind = "label_taken"


class CountersElsewhere(DomainError):
    """A counter chosen belongs to another unit."""

    kind = "counters_elsewhere"


@dataclass(frozen=True)
class Heard:
    """What the tablet last said of itself: see ``Contact``."""

    seen_at: datetime
    queued: int
    persisted: bool
    client: str
    queued_before: int | None = None
    skew: int | None = None
    gone: int = 0
    lost: int = 0
    wiped_at: datetime | None = None


@dataclass(frozen=True)
class Place:
    """A place at a unit's desk, and the device that stands there now, if any."""

    id: int
    unit_id: int
    label: str
    counters: tuple[str, ...]
    retired_at: datetime | None
    paired_at: datetime | None
    heard: Heard | None


def list_places(session: Session, *, unit_id: int | None = None) -> list[Place]:
    """All places, or those of one unit, by unit and in the order in which they were added."""
    query = _places().order_by(Tablet.unit_id, Tablet.id)
    if unit_id is not None:
        query = query.where(Tablet.unit_id == unit_id)
    return _read(session, query)


def place(session: Session, *, tablet_id: int) -> Place:
    """One place. Raises NotFound."""
    found = _read(session, _places().where(Tablet.id == tablet_id))
    if not found:
        raise NotFound
    return found[0]


def counters_of(session: Session, *, unit_id: int) -> list[tuple[int, str]]:
    """The counters of a unit's desk, key and label."""
    query = select(Counter.id, Counter.label).where(Counter.unit_id == unit_id)
    return [(row.id, row.label) for row in session.execute(query.order_by(Counter.id))]


def add_place(
    session: Session,
    *,
    unit_id: int,
    label: str,
    counter_ids: Iterable[int],
    by: int,
    now: datetime,
) -> int:
    """A new place and its key. Raises NotFound, LabelTaken or CountersElsewhere."""
    counters = frozenset(counter_ids)
    if session.get(Unit, unit_id) is None:
        raise NotFound
    same = select(Tablet.id).where(
        Tablet.unit_id == unit_id, Tablet.label == label, Tablet.retired_at.is_(None)
    )
    if session.scalar(same):
        raise LabelTaken
    if not counters <= {key for key, _ in counters_of(session, unit_id=unit_id)}:
        raise CountersElsewhere
    tablet = Tablet(unit_id=unit_id, label=label)
    session.add(tablet)
    session.flush()
    session.add_all(TabletCounter(tablet_id=tablet.id, counter_id=c) for c in counters)
    _note(session, tablet, "tablet_added", by=by, now=now)
    return tablet.id


def make_code(session: Session, *, tablet_id: int, by: int, now: datetime) -> str:
    """A pairing code for a place in service. Raises NotFound."""
    code = pairing.new_code(session, tablet_id=tablet_id, now=now)
    _note(session, _tablet(session, tablet_id), "code_made", by=by, now=now)
    return code


def revoke(session: Session, *, tablet_id: int, by: int, now: datetime) -> None:
    """Refuse the device at the place from now on; the place stays. Raises NotFound."""
    tablet = _tablet(session, tablet_id)
    _cut_off(session, tablet_id=tablet_id, now=now)
    _note(session, tablet, "tablet_revoked", by=by, now=now)


def retire(session: Session, *, tablet_id: int, by: int, now: datetime) -> None:
    """Take the place out of service, its device with it; its history stays. Raises NotFound."""
    tablet = _tablet(session, tablet_id)
    _cut_off(session, tablet_id=tablet_id, now=now)
    if tablet.retired_at is None:
        tablet.retired_at = now
        _note(session, tablet, "tablet_retired", by=by, now=now)


def return_to_service(
    session: Session, *, tablet_id: int, by: int, now: datetime
) -> None:
    """Undo a retirement; the device must be paired anew. Raises NotFound or LabelTaken."""
    tablet = _tablet(session, tablet_id)
    same = select(Tablet.id).where(
        Tablet.unit_id == tablet.unit_id,
        Tablet.label == tablet.label,
        Tablet.retired_at.is_(None),
        Tablet.id != tablet_id,
    )
    if session.scalar(same):
        raise LabelTaken
    tablet.retired_at = None
    _note(session, tablet, "tablet_returned", by=by, now=now)


def _places() -> _Rows:
    current = and_(Enrolment.tablet_id == Tablet.id, Enrolment.ended_at.is_(None))
    contact = and_(
        Contact.unit_id == Enrolment.unit_id, Contact.enrolment_id == Enrolment.id
    )
    joined = select(Tablet, Enrolment.began_at, Contact).outerjoin(Enrolment, current)
    return joined.outerjoin(Contact, contact)


def _read(session: Session, query: _Rows) -> list[Place]:
    rows = session.execute(query).all()
    labels = _counter_labels(session, frozenset(row[0].id for row in rows))
    return [
        Place(
            id=tablet.id,
            unit_id=tablet.unit_id,
            label=tablet.label,
            counters=labels.get(tablet.id, ()),
            retired_at=tablet.retired_at,
            paired_at=began_at,
            heard=_heard(contact) if contact else None,
        )
        for tablet, began_at, contact in rows
    ]


def _heard(contact: Contact) -> Heard:
    return Heard(
        seen_at=contact.seen_at,
        queued=contact.queued,
        persisted=contact.persisted,
        client=contact.client,
        queued_before=contact.queued_before,
        skew=contact.skew,
        gone=contact.gone,
        lost=contact.lost,
        wiped_at=contact.wiped_at,
    )


def _counter_labels(
    session: Session, tablet_ids: frozenset[int]
) -> dict[int, tuple[str, ...]]:
    query = (
        select(TabletCounter.tablet_id, Counter.label)
        .join(Counter, Counter.id == TabletCounter.counter_id)
        .where(TabletCounter.tablet_id.in_(tablet_ids))
        .order_by(Counter.id)
    )
    labels: dict[int, tuple[str, ...]] = {}
    for tablet_id, label in session.execute(query):
        labels[tablet_id] = (*labels.get(tablet_id, ()), label)
    return labels


def _tablet(session: Session, tablet_id: int) -> Tablet:
    tablet = session.get(Tablet, tablet_id)
    if tablet is None:
        raise NotFound
    return tablet


def _cut_off(session: Session, *, tablet_id: int, now: datetime) -> None:
    """End the enrolment, and let codes that wait to be used lapse."""
    pairing.revoke(session, tablet_id=tablet_id, now=now)
    session.execute(
        update(PairingCode)
        .where(PairingCode.tablet_id == tablet_id, PairingCode.used_at.is_(None))
        .where(PairingCode.expires_at > now)
        .values(expires_at=now)
    )


def _note(
    session: Session, tablet: Tablet, action: str, *, by: int, now: datetime
) -> None:
    subject = f"{tablet.id} {tablet.label}"
    audit(session, at=now, account_id=by, action=action, subject=subject)
