"""Brings postings and seats of the store to what the demonstration has planned for a day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.demo import cast
from kiosk.demo.plan import Plan
from kiosk.demo.seating import Place
from kiosk.domain import organisation
from kiosk.models.organisation import Posting, Seat

# The keys of the store by the codes of the register: counters by ward and code.
Keys = Mapping[str, int]
CounterKeys = Mapping[tuple[str, str], int]


def move_when_due(
    session: Session, *, plan: Plan, officers: Keys, wards: Keys, day: date
) -> None:
    """On the day of the move end the one posting and begin the other; once."""
    if day < plan.day_at(cast.MOVES_AT):
        return
    officer_id = officers[cast.MOVER]
    ward, _, title = cast.MOVES_TO
    current = select(Posting).where(
        Posting.officer_id == officer_id, Posting.last_day.is_(None)
    )
    posting = session.scalars(current).one()
    if posting.unit_id == wards[ward]:
        return
    eve = day - timedelta(days=1)
    organisation.end_posting(
        session, officer_id=officer_id, unit_id=posting.unit_id, last_day=eve
    )
    organisation.post(
        session, officer_id=officer_id, unit_id=wards[ward], title=title, first_day=day
    )


def reseat(
    session: Session,
    *,
    places: Iterable[Place],
    officers: Keys,
    counters: CounterKeys,
    now: datetime,
) -> None:
    """Let everybody leave a counter who is not planned there, and the others sit down."""
    wanted = {
        (officers[place.officer], counters[place.ward, place.counter])
        for place in places
    }
    going_on = (
        select(Posting.officer_id, Seat.counter_id)
        .join(Posting, Posting.id == Seat.posting_id)
        .where(Seat.began_at <= now, Seat.ended_at.is_(None) | (Seat.ended_at > now))
    )
    seated = {(row.officer_id, row.counter_id) for row in session.execute(going_on)}
    for officer_id, counter_id in sorted(seated - wanted):
        organisation.leave_seat(
            session, officer_id=officer_id, counter_id=counter_id, now=now
        )
    for officer_id, counter_id in sorted(wanted - seated):
        organisation.take_seat(
            session, officer_id=officer_id, counter_id=counter_id, now=now
        )
