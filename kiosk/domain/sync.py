"""The end of a sync: what the server has of an install, what it needs again, when it was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from kiosk.domain.counting import insert_on
from kiosk.domain.epochs import EPOCH
from kiosk.domain.pairing import Enrolled
from kiosk.domain.protocol import SyncRequest
from kiosk.models.base import Base
from kiosk.models.tablets import Contact, Enrolment, Receipt

QUARTER = timedelta(minutes=15)
MOST_RANGES = 100
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the server's memory of an install reaches."""

    have_through: int
    durable_through: int
    need: list[Range]
    epoch: int


# Built once: they run at every sync, and building them took as long as running them.
_contact = Base.metadata.tables[Contact.__tablename__]
_OWN = (_contact.c.unit_id == bindparam("of_unit")) & (
    _contact.c.enrolment_id == bindparam("of_enrolment")
)
_SAID = ("seen_at", "queued", "persisted", "client", "skew")
_FOLLOWS = (_contact.c.have_through >= bindparam("first") - 1) & (
    _contact.c.have_through < bindparam("last")
)
# What the tablet said, and how far what it sent just now reaches if it follows on what was there.
_NOTE = (
    update(_contact)
    .where(_OWN)
    .values(
        {name: bindparam(name) for name in _SAID}
        | {
            # Whether a queue grows is seen from one quarter hour to the next.
            "queued_before": case(
                (_contact.c.seen_at < bindparam("seen_at"), _contact.c.queued),
                else_=_contact.c.queued_before,
            ),
            "have_through": case(
                (_FOLLOWS, bindparam("last")), else_=_contact.c.have_through
            ),
        }
    )
    .returning(
        _contact.c.have_through,
        _contact.c.durable_through,
        EPOCH.scalar_subquery().label("epoch"),
    )
)
_ADVANCE = (
    update(_contact)
    .where(_OWN)
    .values(
        have_through=bindparam("reached"),
        gone=_contact.c.gone + bindparam("given_up"),
        lost=_contact.c.lost + bindparam("wiped_off"),
        wiped_at=func.coalesce(
            bindparam("wiped_now", type_=_contact.c.wiped_at.type), _contact.c.wiped_at
        ),
    )
)
_RECEIVED = select(Receipt.seq).where(
    Receipt.unit_id == bindparam("unit"),
    Receipt.install == bindparam("install"),
    Receipt.seq > bindparam("above"),
)


def note_contact(
    session: Session,
    *,
    enrolled: Enrolled,
    request: SyncRequest,
    received: Iterable[int],
    now: datetime,
) -> Standing:
    """Write down the contact, to the quarter hour, and say what the server has and needs.

    ``received`` are the seqs of this request that have receipts; where they follow on what was
    there, as they nearly always do, the receipts need not be read.
    """
    own = {"of_unit": enrolled.unit_id, "of_enrolment": enrolled.id}
    known = _merge((seq, seq) for seq in received)
    first, last = known[0] if known else (1, 0)
    said = {
        "seen_at": quarter_hour(now),
        "queued": request.queued,
        "persisted": request.persisted,
        "client": request.client,
        "skew": request.sent_at - round(now.timestamp() * 1000),
        "first": first,
        "last": last,
    }
    contact = session.connection().execute(_NOTE, own | said).one_or_none()
    if contact is None:
        _make_first(session, enrolled, now)
        contact = session.connection().execute(_NOTE, own | said).one()
    have_through, need = contact.have_through, []
    if (
        request.gone
        or request.wiped
        or max(request.acked_through, *(b for _, b in known), 0) > have_through
    ):
        stored = set(_received(session, enrolled, have_through))
        wiped_off = [(1, request.wiped)] if request.wiped else []
        covered = _merge([*((seq, seq) for seq in stored), *request.gone, *wiped_off])
        have_through = _reach(have_through, covered)
        need = _missing(have_through, request.acked_through, covered)
        # Up to where all is covered, what was not received was wiped off or given up.
        before = contact.have_through
        wiped = _not_in(stored, before, min(request.wiped, have_through))
        advance = {
            "reached": have_through,
            "given_up": _not_in(stored, before, have_through) - wiped,
            "wiped_off": wiped,
            "wiped_now": quarter_hour(now) if request.wiped else None,
        }
        session.connection().execute(_ADVANCE, own | advance)
    return Standing(have_through, contact.durable_through, need, contact.epoch)


def reached(session: Session, *, enrolled: Enrolled) -> int:
    """The highest seq known of an install; a browser that was wiped goes on after it."""
    have = (
        select(func.max(Contact.have_through))
        .join(Enrolment, Enrolment.id == Contact.enrolment_id)
        .where(
            Enrolment.install == enrolled.install, Contact.unit_id.in_(enrolled.units)
        )
    )
    known = session.scalar(have) or 0
    return max(known, *_received(session, enrolled, known), 0)


def quarter_hour(instant: datetime) -> datetime:
    """The instant cut down to the quarter hour."""
    return instant.replace(minute=instant.minute // 15 * 15, second=0, microsecond=0)


def _make_first(session: Session, enrolled: Enrolled, now: datetime) -> None:
    """A row for a new enrolment, going on where the install's last one stood."""
    query = (
        select(func.max(Contact.have_through), func.max(Contact.durable_through))
        .join(Enrolment, Enrolment.id == Contact.enrolment_id)
        .where(
            Enrolment.install == enrolled.install, Contact.unit_id.in_(enrolled.units)
        )
    )
    have, durable = session.execute(query).one()
    row = {
        "unit_id": enrolled.unit_id,
        "enrolment_id": enrolled.id,
        "seen_at": quarter_hour(now),
        "queued": 0,
        "persisted": False,
        "client": "",
        "skew": None,
        "have_through": have or 0,
        "gone": 0,
        "lost": 0,
        "durable_through": durable or 0,
    }
    session.execute(insert_on(session, Contact).on_conflict_do_nothing(), row)


def _received(session: Session, enrolled: Enrolled, above: int) -> list[int]:
    """The seqs received above a number, in whichever units the install was enrolled for."""
    where = {"install": enrolled.install, "above": above}
    return [
        seq
        for unit_id in sorted(enrolled.units)
        for seq in session.execute(_RECEIVED, where | {"unit": unit_id}).scalars()
        if seq is not None
    ]


def _merge(ranges: Iterable[Range]) -> list[Range]:
    """The same numbers as few ascending ranges."""
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _not_in(stored: Iterable[int], above: int, through: int) -> int:
    """How many numbers of a span are not among those stored."""
    return max(0, through - above) - sum(above < seq <= through for seq in stored)


def _reach(have_through: int, covered: Iterable[Range]) -> int:
    """The highest number up to which everything is covered."""
    for first, last in covered:
        if first > have_through + 1:
            break
        have_through = max(have_through, last)
    return have_through


def _missing(
    have_through: int, acked_through: int, covered: Iterable[Range]
) -> list[Range]:
    """What was acknowledged once and is not here now, at most 100 ranges."""
    missing, at = [], have_through + 1
    for first, last in covered:
        if at < first and at <= acked_through:
            missing.append((at, min(first - 1, acked_through)))
        at = max(at, last + 1)
    if at <= acked_through:
        missing.append((at, acked_through))
    return missing[:MOST_RANGES]
