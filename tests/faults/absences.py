"""Tablets that are offline for 21 days, across the end of a posting, a seat change and a move.

Played inside this process, for three weeks must pass. What was tapped of an officer after his last
day is his word against the register: the release counts it with nobody's.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kiosk.config import LEAST_K
from kiosk.db import writing_session
from kiosk.domain.balance import balance
from kiosk.domain.calendar import local_day
from kiosk.domain.release import run_release
from kiosk.models.blocks import Block
from kiosk.models.organisation import Posting, Seat
from kiosk.models.waiting import Waiting
from tests import cast, stores
from tests.cast import Device
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen, rows_of
from tests.faults.inside import deliver, send_once
from tests.faults.stage import RING, Stage, session
from tests.faults.tablet import Tablet

LAST_CONTACT = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)
DAYS = 21
LAST_DAY = date(2026, 6, 20)  # of Hạnh's posting
SEAT_CHANGE = timedelta(days=5)
MOVE = timedelta(days=15)
A_DAY = 12  # items

Place = tuple[int, int | None, str, date]  # unit, officer, kind, day


@dataclass(frozen=True)
class Outcome:
    """What came back, and what stood on another officer, unit or day than it was tapped on."""

    verdict: Verdict
    misplaced: int
    after_the_end: int
    of_nobody: int
    unbalanced: int


def run(stage: Stage) -> Outcome:
    """Three weeks of a tablet of Trúc Bạch that stands in Quán Thánh for the last one."""
    app = stores.application(dict(stage.environment))
    with (
        time_machine.travel(LAST_CONTACT, tick=False) as clock,
        session(stage.environment) as opened,
    ):
        tablet, expected = _go_away(stage, app, opened, clock)
        deliver(tablet, app.test_client())
        verdict = check(opened, RING, [tablet])
        found = _places(opened)
        opened.rollback()
        clock.shift(timedelta(days=1))
        of_nobody, unbalanced = _release(app, opened)
    stores.dispose(app)
    misplaced = (expected - found).total() + (found - expected).total()
    late = sum(
        count
        for (_, officer, kind, day), count in expected.items()
        if (officer == stage.world.hanh and day > LAST_DAY) or officer is None
        if kind == "rating"
    )
    return Outcome(verdict, misplaced, late, of_nobody, unbalanced)


def _go_away(
    stage: Stage, app: Flask, opened: Session, clock: time_machine.Traveller
) -> tuple[Tablet, Counter[Place]]:
    """The last contact, then days without any; only the pairing at the new place gets through."""
    world, expected = stage.world, Counter[Place]()
    device = cast.pair(opened, world.tablet, now=LAST_CONTACT)
    tablet = _tablet(device, world.truc_bach)
    send_once(tablet, app.test_client())
    for number in range(DAYS):
        away = timedelta(days=number)
        if away == SEAT_CHANGE:
            _change_seats(opened, stage, LAST_CONTACT + away)
        if away == MOVE:
            now = LAST_CONTACT + away
            place = world.quan_thanh_tablet
            device = cast.pair(opened, place, install=tablet.install, now=now)
            tablet.secret, tablet.unit = device.secret, world.quan_thanh
        clock.move_to(LAST_CONTACT + away)
        for _ in range(A_DAY):
            clock.shift(timedelta(minutes=5))
            kept = tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
            day = local_day(datetime.now(UTC))
            rows = rows_of(kept.text)
            expected.update((row.unit, row.officer, row.kind, day) for row in rows)
    clock.move_to(LAST_CONTACT + timedelta(days=DAYS))
    return tablet, expected


def _tablet(device: Device, unit: int) -> Tablet:
    return Tablet(device.install, device.secret, unit, Random(21))


def _change_seats(opened: Session, stage: Stage, now: datetime) -> None:
    """Hạnh is given an end, Bảo takes her seat; nobody tells the tablet."""
    hanh, bao = stage.world.hanh, stage.world.bao
    opened.execute(
        update(Posting).where(Posting.officer_id == hanh).values(last_day=LAST_DAY)
    )
    postings = select(Posting.id).where(Posting.officer_id.in_((hanh, bao)))
    opened.execute(
        update(Seat).where(Seat.posting_id.in_(postings)).values(ended_at=now)
    )
    bao_posting = select(Posting.id).where(Posting.officer_id == bao)
    cast.seat(opened, opened.scalars(bao_posting).one(), stage.world.counter)
    opened.commit()


def _places(opened: Session) -> Counter[Place]:
    columns = (Waiting.unit_id, Waiting.officer_id, Waiting.kind, Waiting.day)
    rows: Iterable[tuple[int, int | None, str, date]] = (
        (row[0], row[1], row[2], row[3]) for row in opened.execute(select(*columns))
    )
    return Counter(rows)


def _release(app: Flask, opened: Session) -> tuple[int, int]:
    """How many complete ratings were counted for no officer, and by how much the books differ."""
    with app.app_context():
        now = datetime.now(UTC)
        run_release(writing_session, ring=RING, k=LEAST_K, now=now)
    of_nobody = select(func.coalesce(func.sum(Block.n), 0)).where(Block.pool == "none")
    counted = opened.execute(of_nobody).scalar_one()
    lines = balance(opened, ring=RING)
    return counted, sum(abs(line.difference) + line.unreadable for line in lines)
