"""What a tablet says of seats: from which minute it counts, what is refused, what comes twice."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.domain.clocks import DISAGREE, OUT_OF_RANGE, UNPROVEN
from kiosk.domain.seating import Judged, take_changes
from kiosk.models.organisation import Posting, Seat, SeatChange
from tests import cast
from tests.cast import NOON, NOON_MS, Device, World

MINUTE, DAY = 60_000, 86_400_000
Sitting = tuple[int, datetime, datetime | None]


@pytest.fixture
def world(room: Session) -> World:
    return cast.build_world(room)


@pytest.fixture
def device(room: Session, world: World) -> Device:
    return cast.pair(room, world.tablet)


def change(counter: int, officer: int | None, ago: int = 0, **more: Any) -> str:
    values = {"id": str(uuid4()), "counter": counter, "officer": officer}
    times = {"made_at": NOON_MS - ago * MINUTE, "skew": 0}
    return json.dumps(values | times | more)


def take(session: Session, device: Device, *changes: str) -> list[str | None]:
    judged = take_changes(
        session,
        enrolled=device.enrolled,
        changes=[each.encode() for each in changes],
        sent_at=NOON_MS,
        now=NOON,
    )
    return [each.refusal for each in judged]


def sittings(session: Session, counter: int) -> list[Sitting]:
    """Who sat at the counter from when to when; those who left at once are left out."""
    query = (
        select(Posting.officer_id, Seat.began_at, Seat.ended_at)
        .join(Posting, Posting.id == Seat.posting_id)
        .where(Seat.counter_id == counter)
        .where(Seat.ended_at.is_(None) | (Seat.ended_at > Seat.began_at))
        .order_by(Seat.began_at)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def before(minutes: int) -> datetime:
    return NOON - timedelta(minutes=minutes)


def test_a_change_counts_from_the_minute_it_was_made(
    room: Session, world: World, device: Device
) -> None:
    (first,) = sittings(room, world.counter)

    refused = take(room, device, change(world.counter, world.bao, ago=90))

    assert refused == [None]
    assert sittings(room, world.counter) == [
        (world.hanh, first[1], before(90)),
        (world.bao, before(90), None),
    ]


def test_a_counter_can_be_left(room: Session, world: World, device: Device) -> None:
    take(room, device, change(world.counter, None, ago=5))

    assert sittings(room, world.counter)[-1][2] == before(5)


def test_the_last_word_within_a_minute_holds(
    room: Session, world: World, device: Device
) -> None:
    take(
        room,
        device,
        change(world.counter, None),
        change(world.counter, world.bao),
        change(world.counter, world.hanh),
    )

    assert sittings(room, world.counter)[-1] == (world.hanh, NOON, None)


@pytest.mark.parametrize("later", ["bao", None])
def test_what_comes_late_does_not_undo_what_was_said_of_a_later_minute(
    room: Session, world: World, device: Device, later: str | None
) -> None:
    hall = cast.pair(room, world.hall_tablet)
    officer = world.bao if later else None
    take(room, hall, change(world.counter, officer, ago=10))

    take(room, device, change(world.counter, world.bao, ago=60))

    assert (world.bao, before(60), before(10)) in sittings(room, world.counter)


def test_a_seat_ends_with_its_posting(
    room: Session, world: World, device: Device
) -> None:
    room.execute(
        update(Posting)
        .where(Posting.officer_id == world.bao)
        .values(last_day=date(2026, 6, 10))
    )

    take(room, device, change(world.counter, world.bao))

    midnight = NOON + timedelta(hours=12)
    assert sittings(room, world.counter)[-1] == (world.bao, NOON, midnight)


def test_what_is_said_twice_counts_once_and_is_answered_the_same(
    room: Session, world: World, device: Device
) -> None:
    good, bad = change(world.counter, world.bao), change(world.counter, world.dung)
    first = take(room, device, good, bad)
    seats = sittings(room, world.counter)

    again = take(room, device, good, bad, good)

    assert again == [*first, None] == [None, "officer_not_posted", None]
    assert sittings(room, world.counter) == seats
    assert len(room.scalars(select(SeatChange)).all()) == 2


@pytest.mark.parametrize(
    ("counter", "officer", "reason"),
    [
        ("elsewhere", "bao", "counter_not_here"),
        ("nowhere", "bao", "counter_not_here"),
        ("counter", "dung", "officer_not_posted"),
        ("counter", "nobody", "officer_not_posted"),
    ],
)
def test_a_refused_change_is_kept_with_its_reason_and_changes_nothing(
    room: Session,
    world: World,
    device: Device,
    counter: str,
    officer: str,
    reason: str,
) -> None:
    counters = {"counter": world.counter, "nowhere": 999}
    counters["elsewhere"] = cast.counter(room, world.quan_thanh, 7)
    officers = {"bao": world.bao, "dung": world.dung, "nobody": 999}
    seats = sittings(room, world.counter)

    refused = take(room, device, change(counters[counter], officers[officer]))

    kept = room.scalars(select(SeatChange)).one()
    assert refused == [reason] == [kept.refusal]
    assert (kept.unit_id, kept.tablet_id) == (world.truc_bach, world.tablet)
    assert sittings(room, world.counter) == seats


def test_a_change_made_before_the_tablet_was_moved_is_taken(
    room: Session, world: World, device: Device
) -> None:
    moved = cast.pair(room, world.quan_thanh_tablet, install=device.install)

    assert take(room, moved, change(world.counter, world.bao, ago=30)) == [None]
    kept = room.scalars(select(SeatChange)).one()
    assert kept.unit_id == world.truc_bach


@pytest.mark.parametrize(
    ("made_at", "skew", "at", "mark"),
    [
        (NOON_MS - 30 * MINUTE, None, before(30), UNPROVEN),
        (NOON_MS - 30 * MINUTE, 6 * MINUTE, NOON, DISAGREE),
        (NOON_MS - 30 * MINUTE, 4 * MINUTE, before(30), None),
        (NOON_MS - 91 * DAY, 0, NOON, OUT_OF_RANGE),
        (NOON_MS + MINUTE, 0, NOON, OUT_OF_RANGE),
        (NOON_MS - 90_000, 0, before(2), None),
    ],
)
def test_a_clock_in_doubt_lets_it_count_from_its_arrival_marked(
    room: Session,
    world: World,
    device: Device,
    made_at: int,
    skew: int | None,
    at: datetime,
    mark: str | None,
) -> None:
    take(room, device, change(world.counter, world.bao, made_at=made_at, skew=skew))

    kept = room.scalars(select(SeatChange)).one()
    assert (kept.at, kept.mark) == (at, mark)


def test_what_cannot_be_read_is_refused_and_holds_up_nothing(
    room: Session, world: World, device: Device
) -> None:
    odd = change(world.counter, world.bao, colour="red")
    good = change(world.counter, world.bao)

    judged = take_changes(
        room,
        enrolled=device.enrolled,
        changes=[odd.encode(), b"[]", b"\xff", good.encode()],
        sent_at=NOON_MS,
        now=NOON,
    )

    assert judged == [
        Judged(json.loads(odd)["id"], "unreadable"),
        Judged(None, "unreadable"),
        Judged(None, "unreadable"),
        Judged(json.loads(good)["id"], None),
    ]
