"""Units as they were on a day, and the changes an office makes: postings that begin and end, seats.

A whole register is loaded by ``kiosk.domain.register``.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kiosk.domain.access import in_force
from kiosk.domain.calendar import HANOI, local_day
from kiosk.domain.errors import DomainError, NotFound
from kiosk.models.organisation import Counter, Posting, Seat, Unit, UnitVersion


class UnknownUnit(DomainError):
    """No unit has this code on that day."""

    kind = "unknown_unit"

    def __init__(self, code: str, day: date) -> None:
        super().__init__(code)
        self.code = code
        self.day = day


class NotPosted(DomainError):
    """The officer has no posting in the unit on that day."""

    kind = "not_posted"


class AlreadyPosted(DomainError):
    """The officer has a posting in the unit in these days already."""

    kind = "already_posted"


@dataclass(frozen=True)
class UnitFacts:
    """A unit as it was on a day."""

    id: int
    kind: str
    code: str
    name: str
    parent_id: int | None


def units_on(session: Session, *, day: date) -> list[UnitFacts]:
    """All units in force on that day, by code."""
    rows = session.execute(_facts(day).order_by(UnitVersion.code))
    return [UnitFacts(*row) for row in rows]


def unit_with_code(session: Session, *, code: str, day: date) -> UnitFacts:
    """The unit that had the code on that day. Raises UnknownUnit."""
    row = session.execute(_facts(day).where(UnitVersion.code == code)).one_or_none()
    if row is None:
        raise UnknownUnit(code, day)
    return UnitFacts(*row)


def posting_on(
    session: Session, *, officer_id: int, unit_id: int, day: date
) -> Posting:
    """The officer's posting in the unit on that day. Raises NotPosted."""
    query = select(Posting).where(
        Posting.officer_id == officer_id,
        Posting.unit_id == unit_id,
        Posting.first_day <= day,
        Posting.last_day.is_(None) | (Posting.last_day >= day),
    )
    posting = session.scalars(query).first()
    if posting is None:
        raise NotPosted
    return posting


def post(
    session: Session, *, officer_id: int, unit_id: int, title: str, first_day: date
) -> Posting:
    """Post an officer to a unit from a day on. Raises AlreadyPosted."""
    query = select(Posting.id).where(
        Posting.officer_id == officer_id,
        Posting.unit_id == unit_id,
        Posting.last_day.is_(None) | (Posting.last_day >= first_day),
    )
    if session.scalars(query).first() is not None:
        raise AlreadyPosted
    posting = Posting(
        officer_id=officer_id, unit_id=unit_id, title=title, first_day=first_day
    )
    session.add(posting)
    session.flush()
    return posting


def end_posting(
    session: Session, *, officer_id: int, unit_id: int, last_day: date
) -> Posting:
    """End a posting with that day, and the seats that would go on after it. Raises NotPosted."""
    posting = posting_on(session, officer_id=officer_id, unit_id=unit_id, day=last_day)
    posting.last_day = last_day
    midnight = datetime.combine(
        last_day + timedelta(days=1), datetime.min.time(), tzinfo=HANOI
    )
    for seat in session.scalars(select(Seat).where(Seat.posting_id == posting.id)):
        if seat.ended_at is None or seat.ended_at > midnight:
            seat.ended_at = max(midnight, seat.began_at)
    session.flush()
    return posting


def take_seat(
    session: Session,
    *,
    officer_id: int,
    counter_id: int,
    now: datetime,
    until: datetime | None = None,
) -> Seat:
    """Seat an officer posted in the counter's unit, besides whoever sits there.

    A seat at the same counter that goes on now is ended first. Raises NotFound or NotPosted.
    """
    counter = session.get(Counter, counter_id)
    if counter is None:
        raise NotFound
    posting = posting_on(
        session, officer_id=officer_id, unit_id=counter.unit_id, day=local_day(now)
    )
    leave_seat(session, officer_id=officer_id, counter_id=counter_id, now=now)
    seat = Seat(
        posting_id=posting.id, counter_id=counter_id, began_at=now, ended_at=until
    )
    session.add(seat)
    session.flush()
    return seat


def leave_seat(
    session: Session, *, officer_id: int, counter_id: int, now: datetime
) -> None:
    """End the officer's seats at the counter that go on now; harmless where there is none."""
    query = (
        select(Seat)
        .join(Posting, Posting.id == Seat.posting_id)
        .where(Posting.officer_id == officer_id, Seat.counter_id == counter_id)
        .where(Seat.began_at <= now)
        .where(Seat.ended_at.is_(None) | (Seat.ended_at > now))
    )
    for seat in session.scalars(query):
        seat.ended_at = now
    session.flush()


def _facts(day: date) -> Select[int, str, str, str, int | None]:
    return (
        select(
            Unit.id,
            Unit.kind,
            UnitVersion.code,
            UnitVersion.name,
            UnitVersion.parent_id,
        )
        .join(UnitVersion, UnitVersion.unit_id == Unit.id)
        .where(in_force(day))
    )
