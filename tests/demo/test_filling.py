"""Days go in through the intake and come out by the release, once, whatever happens on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.db import writing_session
from kiosk.demo import cast
from kiosk.demo.filling import Filling, OpenSession
from kiosk.demo.plan import Plan
from kiosk.domain.balance import balance, receipts_balance
from kiosk.domain.calendar import HANOI
from kiosk.domain.release import run_release
from kiosk.models.blocks import ReleaseRun
from kiosk.models.organisation import Officer, Posting, Seat, Unit, UnitVersion
from kiosk.models.tablets import Contact, Enrolment, Receipt, Tablet
from kiosk.models.waiting import Quarantined, Waiting
from kiosk.web import current
from tests.cast import pair

UNTIL = date(2026, 11, 6)  # a Friday
PLAN = Plan.ending(UNTIL, days=3, seed=5)


def play(app: Flask, *days: date, plan: Plan = PLAN) -> None:
    with app.app_context():
        filling = Filling(
            open_session=writing_session, ring=current.key_ring(), k=5, plan=plan
        )
        assert list(filling.play(days)) == list(days)


def whole(plan: Plan = PLAN, until: date = UNTIL) -> list[date]:
    count = (until - plan.first_day).days + 1
    return [plan.first_day + timedelta(days=n) for n in range(count)]


def count(session: Session, model: type) -> int:
    session.rollback()
    found = session.execute(select(func.count()).select_from(model)).scalar_one()
    session.rollback()
    return found


def test_days_are_filled_and_released_and_the_balance_closes(
    app: Flask, session: Session
) -> None:
    play(app, *whole())

    assert count(session, Quarantined) == 0
    lines = balance(session)
    assert {line.kind for line in lines} == {"rating", "partial", "reasons", "comment"}
    assert [line for line in lines if line.difference] == []
    assert [line for line in receipts_balance(session) if line.difference] == []
    received = sum(line.received for line in lines if line.kind == "rating")
    released = sum(line.released for line in lines if line.kind == "rating")
    assert 750 < received < 1250
    assert received * 0.6 < released < received
    assert set(session.scalars(select(Waiting.mark))) == {None}


def test_a_release_follows_each_day_of_work_and_comes_before_it(
    app: Flask, session: Session
) -> None:
    play(app, *(UNTIL + timedelta(days=n) for n in range(3)))

    runs = select(ReleaseRun.day, func.count().label("wards")).group_by(ReleaseRun.day)
    found = {run.day: run.wards for run in session.execute(runs)}
    assert found == {date(2026, 11, 7): 14, date(2026, 11, 9): 14}


def test_a_day_that_was_interrupted_is_played_again_without_a_trace(
    app: Flask, session: Session
) -> None:
    first, second, third = whole()
    play(app, first)
    with app.app_context():
        cut_off = Filling(
            open_session=failing_at(10), ring=current.key_ring(), k=5, plan=PLAN
        )
        with pytest.raises(OSError, match="power cut"):
            list(cut_off.play([second]))
    receipts = count(session, Receipt)

    play(app, second, third)

    assert count(session, Quarantined) == 0
    assert count(session, Receipt) > receipts
    seqs = select(func.max(Receipt.seq), func.count()).group_by(Receipt.install)
    assert all(most == number for most, number in session.execute(seqs))
    assert [line for line in balance(session) if line.difference] == []


def test_a_ward_released_on_a_later_day_waits_for_the_next_one(
    app: Flask, session: Session
) -> None:
    first, second, third = whole()
    play(app, first)
    noon = datetime.combine(third, time(12), tzinfo=HANOI)
    with app.app_context():
        outcome = run_release(writing_session, ring=current.key_ring(), k=5, now=noon)
    assert len(outcome.runs) == 14

    play(app, second, third)

    days = set(session.scalars(select(ReleaseRun.day)))
    assert days == {second, third, third + timedelta(days=1)}
    assert [line for line in balance(session) if line.difference] == []


def failing_at(number: int) -> OpenSession:
    """Sessions of which one, by number, cannot be opened."""
    calls = iter(range(10_000))

    @contextmanager
    def open_session() -> Iterator[Session]:
        if next(calls) == number:
            raise OSError("power cut")
        with writing_session() as session:
            yield session

    return open_session


def test_a_tablet_that_somebody_paired_is_paired_again(
    app: Flask, session: Session
) -> None:
    first, second, _ = whole()
    play(app, first)
    tablet_id = session.scalars(select(Tablet.id)).first()
    assert tablet_id is not None
    visitor = pair(session, tablet_id)

    play(app, second)

    session.rollback()
    query = select(Enrolment).where(
        Enrolment.tablet_id == tablet_id, Enrolment.ended_at.is_(None)
    )
    device = session.scalars(query).one()
    assert device.install != visitor.enrolled.install
    contacts = session.scalars(
        select(Contact.have_through)
        .join(Enrolment, Enrolment.id == Contact.enrolment_id)
        .where(Enrolment.install == device.install)
        .order_by(Contact.have_through)
    ).all()
    assert 0 < contacts[0] < contacts[1]
    assert count(session, Quarantined) == 0


def test_the_mover_is_posted_to_the_other_ward_from_the_day_on(
    app: Flask, session: Session
) -> None:
    day = PLAN.day_at(cast.MOVES_AT)

    play(app, day)

    query = (
        select(Posting.first_day, Posting.last_day, Unit.id, UnitVersion.code)
        .join(Officer, Officer.id == Posting.officer_id)
        .join(Unit, Unit.id == Posting.unit_id)
        .join(UnitVersion, UnitVersion.unit_id == Unit.id)
        .where(Officer.code == cast.MOVER)
        .order_by(Posting.id)
    )
    before, after = session.execute(query).all()
    assert (before.code, before.last_day) == ("00013", day - timedelta(days=1))
    assert (after.code, after.first_day, after.last_day) == ("00004", day, None)


def test_the_seats_of_the_last_day_go_on(app: Flask, session: Session) -> None:
    play(app, *whole()[:2])

    going_on = select(func.count()).where(Seat.ended_at.is_(None))
    assert 65 <= session.execute(going_on).scalar_one() <= 75


def test_no_days_are_no_work(app: Flask, session: Session) -> None:
    play(app)

    assert count(session, Officer) == 0
