"""Tablets with wrong clocks: at 1970, ten years ahead, a day or minutes off, jumping while open.

Played inside this process, for the server's clock must move too. Every item is a remark with words
of its own, so that the day it was given can be found again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from random import Random
from typing import NamedTuple

import time_machine

from kiosk.domain.calendar import local_day
from tests import cast, stores
from tests.faults.checker import opened_rows
from tests.faults.inside import deliver, send_once
from tests.faults.stage import RING, Stage, session
from tests.faults.tablet import Tablet, wall_clock

CONTACT = datetime(2026, 6, 9, 16, 50, tzinfo=UTC)  # 23:50 in Hà Nội
MINUTE, DAY = 60_000, 86_400_000
OFFSETS = {
    "right": 0,
    "five minutes fast": 5 * MINUTE,
    "five minutes slow": -5 * MINUTE,
    "a day fast": DAY,
    "a day slow": -DAY,
    "ten years fast": 3653 * DAY,
    "at 1970": MINUTE - round(CONTACT.timestamp() * 1000),
}
TAPPED = (timedelta(minutes=1), timedelta(minutes=20), timedelta(hours=12))
SENT = (timedelta(seconds=1), timedelta(minutes=40), timedelta(days=21))


class Case(NamedTuple):
    """How wrong the clock is at the last contact (None: there was none), the tap and the send."""

    contact: str | None
    tap: str
    send: str

    @property
    def steady(self) -> bool:
        return self.contact in {None, self.tap} and self.tap == self.send


@dataclass(frozen=True)
class Outcome:
    """Items, those not stored, those on a wrong day without a mark, and those marked in vain."""

    items: int
    refused: int
    misdated: list[str]
    doubted: list[str]  # a steady clock is wrong, and known to be: no reason for a mark


class _Dial:
    """A tablet's clock: the true time, and how far off it shows it."""

    def __init__(self) -> None:
        self.offset = 0

    def __call__(self) -> int:
        return wall_clock() + self.offset


def cases() -> Iterator[Case]:
    """Every clock at every one of the three moments."""
    for contact, tap, send in product((None, *OFFSETS), OFFSETS, OFFSETS):
        yield Case(contact, tap, send)


def run(stage: Stage, *, every: int = 1) -> Outcome:
    """Every so-many-th of all cases with every wait before the tap and before the send."""
    app = stores.application(dict(stage.environment))
    client, given = app.test_client(), {}
    refused = 0
    with time_machine.travel(CONTACT, tick=False) as traveller:
        with session(stage.environment) as opened:
            device = cast.pair(opened, stage.world.tablet, now=CONTACT)
        played = islice(product(cases(), SENT), 0, None, every)
        for number, (case, wait) in enumerate(played):
            traveller.move_to(CONTACT)
            tablet = _tablet(stage, device, number)
            if case.contact is not None:
                _set(tablet, case.contact)
                send_once(tablet, client)
            _set(tablet, case.tap)
            for later in TAPPED:
                traveller.move_to(CONTACT + later)
                words = f"{case} {later} {wait}"
                given[words] = (case, local_day(CONTACT + later))
                content = {"kind": "remark", "officer": None, "comment": words}
                tablet.tap(content)
            traveller.shift(wait)
            _set(tablet, case.send)
            deliver(tablet, client)
            refused += sum(kept.outcome != "stored" for kept in tablet.tapped)
    stores.dispose(app)
    return _judge(stage, given, refused)


def _tablet(stage: Stage, device: cast.Device, number: int) -> Tablet:
    return Tablet(
        device.install,
        device.secret,
        stage.world.truc_bach,
        Random(number),
        clock=_Dial(),
        steady=wall_clock,
    )


def _set(tablet: Tablet, name: str) -> None:
    assert isinstance(tablet.clock, _Dial)
    tablet.clock.offset = OFFSETS[name]


def _judge(stage: Stage, given: dict[str, tuple[Case, date]], refused: int) -> Outcome:
    misdated, doubted = [], []
    with session(stage.environment) as opened:
        rows = {row.content[0]: waiting for row, waiting in opened_rows(opened, RING)}
    for words, (case, day) in given.items():
        row = rows.get(words)
        if row is None:
            refused += 1
        elif row.mark is None and row.day != day:
            misdated.append(words)
        elif row.mark is not None and case.steady and case.contact is not None:
            doubted.append(words)
        elif case.steady and row.day != day:
            misdated.append(words)
    return Outcome(len(given), refused, misdated, doubted)
