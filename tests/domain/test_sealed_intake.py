"""Sealed items come in as plain ones do: once, judged alike, and kept where they do not open."""

import json
from collections.abc import Sequence

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.config import parse_room_keys
from kiosk.db import writing
from kiosk.domain.answers import Rating
from kiosk.domain.balance import receipts_balance
from kiosk.domain.cutting import open_row
from kiosk.domain.protocol import parse_request
from kiosk.domain.quarantine import Replayed, replay_unit
from kiosk.domain.sealing import KeyRing, unpad_text
from kiosk.domain.storing import Result
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Quarantined, Waiting
from kiosk.web.intake import receive
from tests import cast
from tests.cast import NOON, Device, World
from tests.seals import Sealer, pad
from tests.stores import ROOM_KEYS

RING = KeyRing(parse_room_keys(ROOM_KEYS))
ROTATED = KeyRing({**parse_room_keys(ROOM_KEYS), 2: b"n" * 32})


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def device(session: Session, world: World) -> Device:
    return cast.pair(session, world.tablet)


def send(
    session: Session, device: Device, *items: str, ring: KeyRing = RING
) -> Sequence[Result]:
    asked = parse_request(pad(cast.envelope(device, *items)).encode())
    return receive(session, ring=ring, enrolled=device.enrolled, asked=asked, now=NOON)[
        0
    ]


def replay(session: Session, unit_id: int, ring: KeyRing) -> Replayed:
    writing(session)
    told = replay_unit(session, ring=ring, unit_id=unit_id, now=NOON)
    session.commit()
    return told


def told(results: Sequence[Result]) -> list[str]:
    return [f"{r.outcome}:{r.reason}" if r.reason else r.outcome for r in results]


def test_a_sealed_rating_and_remark_wait_as_if_they_had_come_plain(
    session: Session, world: World, device: Device
) -> None:
    seal = Sealer(RING.seals.current)
    about = (device, world.truc_bach, world.hanh)

    results = send(
        session, device, seal(cast.rating(*about)), seal(cast.remark(*about))
    )

    assert told(results) == ["stored", "stored"]
    comment, rating, _ = session.scalars(select(Waiting).order_by(Waiting.kind)).all()
    assert (rating.officer_id, rating.mark) == (world.hanh, None)
    plain = open_row(RING, world.truc_bach, rating)
    assert Rating.decode(plain) == Rating("yes", "no", "unsure", 4)
    assert unpad_text(open_row(RING, world.truc_bach, comment)) == "Cán bộ tận tình."


def test_the_same_bytes_are_a_duplicate_and_the_same_answers_sealed_anew_a_conflict(
    session: Session, world: World, device: Device
) -> None:
    seal = Sealer(RING.seals.current)
    plain = cast.rating(device, world.truc_bach, world.hanh)
    sealed = seal(plain)

    first = send(session, device, sealed)
    again = send(session, device, sealed)
    anew = send(session, device, seal(plain))

    assert [*told(first), *told(again), *told(anew)] == [
        "stored",
        "duplicate",
        "conflict:conflict",
    ]
    assert session.scalar(select(func.count()).select_from(Waiting)) == 1


def test_plain_items_of_an_older_tablet_come_in_beside_sealed_ones(
    session: Session, world: World, device: Device
) -> None:
    about = (device, world.truc_bach, world.hanh)
    seal = Sealer(RING.seals.current)

    results = send(session, device, cast.rating(*about), seal(cast.rating(*about)))

    assert told(results) == ["stored", "stored"]


def test_what_an_old_desks_key_sealed_opens_after_the_key_was_changed(
    session: Session, world: World, device: Device
) -> None:
    sealed = Sealer(RING.seals.current)(
        cast.rating(device, world.truc_bach, world.hanh)
    )

    assert told(send(session, device, sealed, ring=ROTATED)) == ["stored"]


def test_what_does_not_open_is_kept_with_its_receipt_and_taken_in_once_the_key_is_back(
    session: Session, world: World, device: Device
) -> None:
    seal = Sealer(ROTATED.seals.current)
    rating = seal(cast.rating(device, world.truc_bach, world.hanh))
    torn = json.loads(seal(cast.rating(device, world.truc_bach, world.hanh)))
    torn["text"] = torn["text"][:-4]

    results = send(session, device, rating, json.dumps(torn))
    without = replay(session, world.truc_bach, RING)
    found = replay(session, world.truc_bach, ROTATED)
    (again, _) = send(session, device, rating, json.dumps(torn), ring=ROTATED)

    assert told(results) == [
        "quarantined:seal_key_missing",
        "quarantined:seal_key_missing",
    ]
    assert (without, found) == (Replayed(0, 2, 0), Replayed(1, 1, 0))
    assert again.outcome == "duplicate"
    assert session.scalar(select(func.count()).select_from(Receipt)) == 2
    assert [line.difference for line in receipts_balance(session)] == [0]


def test_what_stays_shut_lies_with_the_unit_in_which_it_was_tapped(
    session: Session, world: World, device: Device
) -> None:
    moved = cast.pair(
        session, world.quan_thanh_tablet, install=device.install, now=NOON
    )
    seal = Sealer(ROTATED.seals.current)

    send(session, moved, seal(cast.rating(moved, world.quan_thanh, world.dung)))
    lies = session.scalars(select(Quarantined.unit_id)).all()
    found = replay(session, world.quan_thanh, ROTATED)

    assert lies == [world.quan_thanh]
    assert found == Replayed(1, 0, 0)
