"""What lies kept apart is judged again: taken in once when it is good, and left alone when not."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.config import parse_room_keys
from kiosk.db import writing
from kiosk.domain.answers import Rating
from kiosk.domain.balance import balance, receipts_balance
from kiosk.domain.cutting import open_row
from kiosk.domain.protocol import parse_request
from kiosk.domain.quarantine import (
    Group,
    Replayed,
    groups,
    reasons_by_unit,
    replay_unit,
)
from kiosk.domain.sealing import KeyRing, unpad_text
from kiosk.domain.storing import Result
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Activity, Quarantined, Waiting
from kiosk.web.intake import receive, receive_form
from tests import cast
from tests.cast import NOON, NOON_MS, Device, World
from tests.stores import ROOM_KEYS

RING = KeyRing(parse_room_keys(ROOM_KEYS))
HOUR = 3_600_000
LATER = NOON + timedelta(days=2)


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def device(session: Session, world: World) -> Device:
    return cast.pair(session, world.tablet)


@pytest.fixture
def new_officer(session: Session) -> int:
    """An officer who serves already, and whose posting nobody has registered yet."""
    officer_id = cast.officer(session, "CB09", "Lê Thu Trang")
    session.commit()
    return officer_id


def send(
    session: Session, device: Device, *items: str, now: datetime = NOON
) -> Sequence[Result]:
    body = cast.envelope(device, *items, sent_at=round(now.timestamp() * 1000))
    asked = parse_request(body.encode())
    return receive(session, ring=RING, enrolled=device.enrolled, asked=asked, now=now)[
        0
    ]


def post(session: Session, officer_id: int, unit_id: int) -> None:
    cast.posting(session, officer_id, unit_id, first_day=NOON.date())
    session.commit()


def replay(
    session: Session, unit_id: int, reason: str | None = None, ring: KeyRing = RING
) -> Replayed:
    writing(session)
    told = replay_unit(session, ring=ring, unit_id=unit_id, reason=reason, now=LATER)
    session.commit()
    return told


def waiting(session: Session) -> list[Waiting]:
    return list(session.scalars(select(Waiting).order_by(Waiting.kind)))


def missing(session: Session) -> list[int]:
    lines = [line.difference for line in balance(session)]
    return lines + [line.difference for line in receipts_balance(session)]


def test_what_came_before_its_posting_was_registered_is_taken_in_once(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    rating = cast.rating(device, world.truc_bach, new_officer)
    remark = cast.remark(device, world.truc_bach, new_officer, comment="Rõ ràng.")
    send(session, device, rating, remark)
    before = (waiting(session), missing(session))

    post(session, new_officer, world.truc_bach)
    first = replay(session, world.truc_bach)
    second = replay(session, world.truc_bach)
    (again, _) = send(session, device, rating, remark, now=LATER)

    assert before == ([], [0, 0])
    assert (first, second) == (Replayed(2, 0, 0), Replayed(0, 0, 0))
    assert again.outcome == "duplicate"
    comment, counted, reasons = waiting(session)
    assert [row.kind for row in (comment, counted, reasons)] == [
        "comment",
        "rating",
        "reasons",
    ]
    assert {row.officer_id for row in (comment, counted, reasons)} == {new_officer}
    plain = open_row(RING, world.truc_bach, counted)
    assert Rating.decode(plain) == Rating("yes", "no", "unsure", 4)
    assert unpad_text(open_row(RING, world.truc_bach, comment)) == "Rõ ràng."
    kept = session.scalars(select(Quarantined)).all()
    assert {(row.sealed, row.replayed_on) for row in kept} == {(b"", LATER.date())}
    assert session.scalars(select(func.count()).select_from(Receipt)).one() == 2
    assert set(missing(session)) == {0}


def test_a_replayed_tap_falls_on_the_day_that_the_tablets_clock_tells(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    ago, wrong_by = 20 * HOUR, 5 * HOUR
    item = cast.rating(
        device,
        world.truc_bach,
        new_officer,
        tapped_at=NOON_MS - ago + wrong_by,
        skew=wrong_by,
    )
    send(session, device, item)
    post(session, new_officer, world.truc_bach)

    replay(session, world.truc_bach)

    (row,) = waiting(session)
    assert (row.day, row.mark, row.channel) == (date(2026, 6, 9), "replayed", "tablet")
    activity = session.scalars(select(Activity)).one()
    assert (activity.tablet_id, activity.day, activity.hour) == (
        world.tablet,
        date(2026, 6, 9),
        16,
    )


@pytest.mark.parametrize(
    ("tapped_at", "skew"), [(NOON_MS, None), (0, 0), (NOON_MS + 48 * HOUR, 0)]
)
def test_without_a_clock_to_believe_a_replayed_tap_falls_on_its_arrival(
    session: Session,
    world: World,
    device: Device,
    new_officer: int,
    tapped_at: int,
    skew: int | None,
) -> None:
    item = cast.rating(
        device, world.truc_bach, new_officer, tapped_at=tapped_at, skew=skew
    )
    send(session, device, item)
    post(session, new_officer, world.truc_bach)

    replay(session, world.truc_bach)

    (row,) = waiting(session)
    assert (row.day, row.mark) == (NOON.date(), "replayed")
    assert session.scalars(select(Activity)).all() == []


def test_a_form_stays_a_form(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    raw = cast.rating(device, world.truc_bach, new_officer, tapped_at=0, skew=None)
    receive_form(
        session, ring=RING, enrolled=device.enrolled, raw=raw.encode(), now=NOON
    )
    post(session, new_officer, world.truc_bach)

    replay(session, world.truc_bach)

    (row,) = waiting(session)
    assert (row.channel, row.day) == ("form", NOON.date())
    assert set(missing(session)) == {0}


def test_what_is_not_good_today_either_stays(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    good = cast.rating(device, world.truc_bach, world.hanh)
    conflict = good.replace('"satisfaction": 4', '"satisfaction": 1')
    bad = cast.rating(device, world.truc_bach, world.hanh, satisfaction=6)
    stranger = cast.rating(device, world.truc_bach, new_officer)
    elsewhere = cast.rating(device, world.quan_thanh, world.dung)
    send(session, device, good, conflict, bad, stranger, elsewhere, '{"kind": 1}')

    told = replay(session, world.truc_bach)

    assert told == Replayed(0, 5, 0)
    assert len(waiting(session)) == 1
    assert all(row.sealed for row in session.scalars(select(Quarantined)))
    assert set(missing(session)) == {0}


def test_a_conflict_is_never_replayed_even_when_its_item_is_good(
    session: Session, world: World, device: Device
) -> None:
    good = cast.rating(device, world.truc_bach, world.hanh)
    send(session, device, good, good.replace('"satisfaction": 4', '"satisfaction": 1'))

    told = replay(session, world.truc_bach, reason="conflict")

    assert told == Replayed(0, 1, 0)
    (row,) = waiting(session)
    assert Rating.decode(open_row(RING, world.truc_bach, row)).satisfaction == 4


def test_one_reason_can_be_chosen(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    send(session, device, cast.rating(device, world.truc_bach, new_officer))
    post(session, new_officer, world.truc_bach)

    other = replay(session, world.truc_bach, reason="no_answer")
    this = replay(session, world.truc_bach, reason="officer_not_posted")

    assert (other, this) == (Replayed(0, 0, 0), Replayed(1, 0, 0))


def test_what_the_present_keys_do_not_open_stays_shut(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    send(session, device, cast.rating(device, world.truc_bach, new_officer))
    post(session, new_officer, world.truc_bach)

    told = replay(session, world.truc_bach, ring=KeyRing({1: bytes(32)}))

    assert told == Replayed(0, 1, 1)
    assert replay(session, world.truc_bach) == Replayed(1, 0, 0)


def test_an_item_of_a_unit_the_tablet_has_left_lies_there_and_is_replayed_there(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    item = cast.rating(device, world.truc_bach, new_officer)
    moved = cast.pair(session, world.quan_thanh_tablet, install=device.install)
    send(session, moved, item)
    post(session, new_officer, world.truc_bach)

    assert reasons_by_unit(session) == {world.truc_bach: {"officer_not_posted": 1}}
    assert replay(session, world.truc_bach) == Replayed(1, 0, 0)
    assert [row.unit_id for row in waiting(session)] == [world.truc_bach]
    assert set(missing(session)) == {0}


def test_hundreds_are_replayed_in_one_go(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    for _ in range(5):
        items = [cast.rating(device, world.truc_bach, new_officer) for _ in range(50)]
        send(session, device, *items)
    post(session, new_officer, world.truc_bach)

    assert replay(session, world.truc_bach) == Replayed(250, 0, 0)
    assert len(waiting(session)) == 250
    assert set(missing(session)) == {0}


def test_what_lies_apart_is_counted_by_unit_reason_and_day(
    session: Session, world: World, device: Device, new_officer: int
) -> None:
    for _ in range(2):
        send(session, device, cast.rating(device, world.truc_bach, new_officer))
    later = cast.rating(device, world.truc_bach, world.hanh, satisfaction=6)
    send(session, device, later, now=LATER)
    post(session, new_officer, world.truc_bach)
    replay(session, world.truc_bach)

    unit = world.truc_bach
    assert (
        groups(session)
        == groups(session, unit_id=unit)
        == [
            Group(unit, "invalid_satisfaction", LATER.date(), 1, 0),
            Group(unit, "officer_not_posted", NOON.date(), 0, 2),
        ]
    )
    assert reasons_by_unit(session) == {unit: {"invalid_satisfaction": 1}}
    assert groups(session, unit_id=world.quan_thanh) == []
