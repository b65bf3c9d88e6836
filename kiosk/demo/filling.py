"""Fills a store day by day: who sits where, what the tablets send, and the release next morning.

Safe to interrupt and to repeat: a day begun is played again with the same ids, and the intake
knows what it has. All goes through the functions that serve a real office.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.demo.cast import WARDS
from kiosk.demo.keys import Keys, enrol, keys_of
from kiosk.demo.plan import Plan
from kiosk.demo.seating import Roster
from kiosk.demo.staffing import move_when_due, reseat
from kiosk.demo.tablets import Device, Tap, collect, requests
from kiosk.domain.calendar import HANOI, is_working_day
from kiosk.domain.pairing import Enrolled
from kiosk.domain.protocol import parse_request
from kiosk.domain.register import load_register, read_register
from kiosk.domain.register.rows import SeatRow
from kiosk.domain.release import ClockSetBack, release_unit
from kiosk.domain.sealing import KeyRing
from kiosk.models.organisation import Officer
from kiosk.models.tablets import Contact, Enrolment, Receipt
from kiosk.web.intake import receive

REGISTER = Path(__file__).parent / "register"
MORNING = time(7, 30)
RELEASE_AT = time(6, 0)
OpenSession = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Filling:
    """A store to be filled: ``open_session`` yields a session that has begun as a writer.

    Only the tablets of ``wards`` send, and only these wards are released.
    """

    open_session: OpenSession
    ring: KeyRing
    k: int
    plan: Plan
    wards: frozenset[str] = frozenset(WARDS)

    def prepare(self, day: date) -> Keys:
        """The register in the store, and each tablet paired, by the morning of that day."""
        now = datetime.combine(day, MORNING, tzinfo=HANOI)
        with self.open_session() as session:
            if session.scalars(select(Officer.id)).first() is None:
                load_register(session, register=read_register(REGISTER), now=now)
            keys = keys_of(session, plan=self.plan, now=now)
            enrol(session, devices=keys.devices, now=now)
            session.commit()
        return keys

    def play(self, days: Sequence[date]) -> Iterator[date]:
        """Play each calendar day in its turn, and say that it is done."""
        if not days:
            return
        keys = self.prepare(days[0])
        for day in days:
            morning = day + timedelta(days=1)
            if is_working_day(day):
                self._open_desks(day, keys)
                self._collect(day, keys, again=day == days[0])
            # After a day off, before another, there is nothing to release.
            if is_working_day(day) or is_working_day(morning) or day == days[-1]:
                self._release(morning, keys)
            yield day

    @cached_property
    def roster(self) -> Roster:
        """The places at the counters as the register has them."""
        seats = read_register(REGISTER).of(SeatRow)
        return Roster.of(
            self.plan,
            [
                (seat.officer_code, str(seat.unit_code), seat.counter_code)
                for seat in seats
            ],
        )

    def _open_desks(self, day: date, keys: Keys) -> None:
        now = datetime.combine(day, MORNING, tzinfo=HANOI)
        with self.open_session() as session:
            move_when_due(
                session,
                plan=self.plan,
                officers=keys.officers,
                wards=keys.wards,
                day=day,
            )
            reseat(
                session,
                places=self.roster.on(self.plan, day),
                officers=keys.officers,
                counters=keys.counters,
                now=now,
            )
            session.commit()

    def _collect(self, day: date, keys: Keys, *, again: bool) -> None:
        """Every tablet's ratings of the day, sent in the evening; ``again`` if some may be in."""
        places = self.roster.on(self.plan, day)
        with self.open_session() as session:
            standing = _standing(session)
            session.rollback()
            for device in keys.devices:
                if device.ward not in self.wards:
                    continue
                taps = collect(self.plan, device, places, keys.officers, day)
                enrolled, after = standing[device.install]
                if again:
                    after = _seq_before(session, device, taps) or after
                sent = requests(self.plan, device, taps, after_seq=after, day=day)
                self._send(session, enrolled, sent)

    def _send(
        self,
        session: Session,
        enrolled: Enrolled,
        sent: Iterator[tuple[bytes, datetime]],
    ) -> None:
        for body, now in sent:
            asked = parse_request(body)
            receive(session, ring=self.ring, enrolled=enrolled, asked=asked, now=now)

    def _release(self, day: date, keys: Keys) -> None:
        """Release each ward; one that was released on a later day already has to wait."""
        now = datetime.combine(day, RELEASE_AT, tzinfo=HANOI)
        for ward in sorted(self.wards):
            with self.open_session() as session, suppress(ClockSetBack):
                release_unit(
                    session,
                    unit_id=keys.wards[ward],
                    ring=self.ring,
                    k=self.k,
                    now=now,
                )
                session.commit()


def _standing(session: Session) -> dict[bytes, tuple[Enrolled, int]]:
    """By install: its present enrolment, and the seq up to which all is here."""
    reached = (
        select(Enrolment.install, func.max(Contact.have_through).label("seq"))
        .join(Contact, Contact.enrolment_id == Enrolment.id)
        .group_by(Enrolment.install)
    )
    through = {row.install: row.seq for row in session.execute(reached)}
    present = select(Enrolment).where(Enrolment.ended_at.is_(None))
    return {
        each.install: (
            Enrolled(
                id=each.id,
                install=each.install,
                tablet_id=each.tablet_id,
                unit_id=each.unit_id,
                units=frozenset({each.unit_id}),
            ),
            through.get(each.install, 0),
        )
        for each in session.scalars(present)
    }


def _seq_before(session: Session, device: Device, taps: Sequence[Tap]) -> int | None:
    """The seq before the day's first, if that came in before; an item keeps its seq."""
    query = select(Receipt.seq).where(
        Receipt.unit_id == device.unit_id,
        Receipt.item_id.in_([UUID(tap["id"]).bytes for tap in taps[:1]]),
    )
    first = session.scalar(query)
    session.rollback()
    return first and first - 1
