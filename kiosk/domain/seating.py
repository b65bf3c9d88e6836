"""Takes what a tablet says of who sits at its counters: each change judged, once, and kept in view.

A change counts from the minute in which it was made, however late it comes: it then lasts until the
next one at that counter. Seats are shown to citizens; they never cut a pool.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import HANOI, local_day
from kiosk.domain.clocks import date_change
from kiosk.domain.counting import insert_on
from kiosk.domain.items import Key, Milliseconds, Skew
from kiosk.domain.organisation import NotPosted, posting_on
from kiosk.domain.pairing import Enrolled
from kiosk.models.organisation import Counter, Posting, Seat, SeatChange
from kiosk.models.tablets import Enrolment, TabletCounter


class Said(Struct, forbid_unknown_fields=True, frozen=True):
    """A change as sent: who sits at the counter from then on, or nobody. Times in ms since 1970."""

    id: UUID
    counter: Key
    officer: Key | None
    made_at: Milliseconds
    skew: Skew | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a change: taken, or refused and why; said again it is judged as before."""

    id: str | None
    refusal: str | None


_DECODER = msgspec.json.Decoder(Said)


def take_changes(
    session: Session,
    *,
    enrolled: Enrolled,
    changes: Iterable[bytes],
    sent_at: int,
    now: datetime,
) -> Sequence[Judged]:
    """Judge the JSON texts in their order; those taken change the seats. Never raises for one."""
    return [_take(session, enrolled, raw, sent_at=sent_at, now=now) for raw in changes]


def _take(
    session: Session, enrolled: Enrolled, raw: bytes, *, sent_at: int, now: datetime
) -> Judged:
    try:
        said = _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Judged(_id_of(raw), "unreadable")
    query = select(SeatChange).where(SeatChange.change == said.id.bytes)
    known = session.scalars(query).one_or_none()
    if known is not None:
        return Judged(str(said.id), known.refusal)
    at, mark = date_change(
        made_at=said.made_at, sent_at=sent_at, skew=said.skew, now=now
    )
    counter = _counter(session, enrolled, said.counter)
    posting = _posting(session, counter, said.officer, at)
    refusal = _refusal(said, counter, posting)
    row = {
        "change": said.id.bytes,
        "unit_id": enrolled.unit_id if counter is None else counter.unit_id,
        "tablet_id": enrolled.tablet_id,
        "counter_id": counter and counter.id,
        "officer_id": posting and posting.officer_id,
        "at": at,
        "arrived_at": now,
        "mark": mark,
        "refusal": refusal,
    }
    # Two requests at once with the same change: the second changes nothing.
    statement = insert_on(session, SeatChange).on_conflict_do_nothing()
    new = session.scalars(statement.returning(SeatChange.id), row).one_or_none()
    if new is not None and counter is not None and refusal is None:
        _sit(session, counter, posting, at)
    return Judged(str(said.id), refusal)


def _counter(session: Session, enrolled: Enrolled, counter_id: int) -> Counter | None:
    """The counter, if the install stands or ever stood at it; no two change it at once."""
    query = (
        select(Counter)
        .where(
            Counter.id == counter_id,
            Counter.id.in_(
                select(TabletCounter.counter_id)
                .join(Enrolment, Enrolment.tablet_id == TabletCounter.tablet_id)
                .where(Enrolment.install == enrolled.install)
            ),
        )
        .with_for_update()
    )
    return session.scalars(query).one_or_none()


def _posting(
    session: Session, counter: Counter | None, officer_id: int | None, at: datetime
) -> Posting | None:
    """The officer's posting in the counter's unit on that day."""
    if counter is None or officer_id is None:
        return None
    try:
        return posting_on(
            session,
            officer_id=officer_id,
            unit_id=counter.unit_id,
            day=local_day(at),
        )
    except NotPosted:
        return None


def _refusal(
    said: Said, counter: Counter | None, posting: Posting | None
) -> str | None:
    """Why a change is refused, as a stable word."""
    if counter is None:
        return "counter_not_here"
    if said.officer is not None and posting is None:
        return "officer_not_posted"
    return None


def _sit(
    session: Session, counter: Counter, posting: Posting | None, at: datetime
) -> None:
    """Whoever sat there leaves at that minute; the officer stays until the next change."""
    until = _next(session, counter, at)
    seats = select(Seat).where(
        Seat.counter_id == counter.id,
        Seat.began_at <= at,
        Seat.ended_at.is_(None) | (Seat.ended_at > at),
    )
    for seat in session.scalars(seats):
        seat.ended_at = at
    if posting is not None:
        ends = [each for each in (until, _end(posting)) if each is not None]
        session.add(
            Seat(
                posting_id=posting.id,
                counter_id=counter.id,
                began_at=at,
                ended_at=min(ends, default=None),
            )
        )
    session.flush()


def _next(session: Session, counter: Counter, at: datetime) -> datetime | None:
    """When somebody else sat down there, or the counter was left, after that minute."""
    begun = select(func.min(Seat.began_at)).where(
        Seat.counter_id == counter.id, Seat.began_at > at
    )
    left = select(func.min(SeatChange.at)).where(
        SeatChange.counter_id == counter.id,
        SeatChange.at > at,
        SeatChange.refusal.is_(None),
    )
    found = [session.scalar(begun), session.scalar(left)]
    return min((each for each in found if each is not None), default=None)


def _end(posting: Posting) -> datetime | None:
    """The midnight after the posting's last day."""
    if posting.last_day is None:
        return None
    return datetime.combine(
        posting.last_day + timedelta(days=1), time.min, tzinfo=HANOI
    )


class _Head(Struct):
    id: UUID


def _id_of(raw: bytes) -> str | None:
    try:
        return str(msgspec.json.decode(raw, type=_Head).id)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
