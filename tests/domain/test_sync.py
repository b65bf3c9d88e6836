"""The end of a sync: how far the server's memory of a tablet reaches, what it asks for again."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.config import parse_room_keys
from kiosk.domain.protocol import parse_request
from kiosk.domain.sealing import KeyRing
from kiosk.domain.sync import Standing
from kiosk.models.tablets import Contact, Receipt
from kiosk.web.intake import receive
from tests import cast
from tests.cast import NOON, Device, World
from tests.stores import ROOM_KEYS

RING = KeyRing(parse_room_keys(ROOM_KEYS))


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def device(session: Session, world: World) -> Device:
    return cast.pair(session, world.tablet)


def send(
    session: Session,
    device: Device,
    *items: str,
    now: datetime = NOON,
    **changes: object,
) -> Standing:
    asked = parse_request(cast.envelope(device, *items, **changes).encode())
    _, standing = receive(
        session, ring=RING, enrolled=device.enrolled, asked=asked, now=now
    )
    return standing


def test_a_server_that_lost_what_it_acknowledged_asks_for_it_again(
    session: Session, world: World, device: Device
) -> None:
    items = [cast.rating(device, world.truc_bach, world.hanh) for _ in range(6)]
    send(session, device, *items)
    lost = [seq for seq in range(1, 7) if seq not in {2, 5}]
    session.execute(delete(Receipt).where(Receipt.seq.in_(lost)))
    session.execute(delete(Contact))
    session.commit()

    standing = send(session, device, acked_through=6)

    assert standing.have_through == 0
    assert standing.need == [(1, 1), (3, 4), (6, 6)]


def test_what_was_lost_is_asked_for_even_when_something_newer_comes_first(
    session: Session, world: World, device: Device
) -> None:
    newer = cast.rating(device, world.truc_bach, world.hanh, seq=4)

    standing = send(session, device, newer, acked_through=3)

    assert standing.need == [(1, 3)]


def test_the_contact_is_known_to_the_quarter_hour_only(
    session: Session, world: World, device: Device
) -> None:
    send(session, device, queued=3, gone=[[1, 2], [2, 4]])

    contact = session.scalars(select(Contact)).one()
    assert contact.seen_at == NOON
    assert (contact.queued, contact.gone, contact.client) == (3, 4, "1.0")
    assert contact.skew == 0


def test_what_a_tablet_gave_up_stays_counted(
    session: Session, world: World, device: Device
) -> None:
    items = [cast.rating(device, world.truc_bach, world.hanh) for _ in range(5)]
    send(session, device, items[0], items[3], gone=[[2, 3], [4, 4]])
    send(session, device, items[4])
    send(session, device)

    contact = session.scalars(select(Contact)).one()
    assert (contact.have_through, contact.gone) == (5, 2)


def test_whether_a_queue_grows_is_seen_from_one_quarter_hour_to_the_next(
    session: Session, world: World, device: Device
) -> None:
    seen = []
    for minutes, queued in ((0, 60), (5, 70), (16, 90), (20, 80), (31, 40)):
        send(session, device, queued=queued, now=NOON + timedelta(minutes=minutes))
        contact = session.scalars(select(Contact)).one()
        seen.append((contact.queued_before, contact.queued))

    assert seen == [(None, 60), (None, 70), (70, 90), (70, 80), (80, 40)]
