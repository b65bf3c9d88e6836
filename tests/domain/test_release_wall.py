"""Who holds the database but not the room's key learns no answer, nor whose receipt is which row's.

Through the real intake and the real release, on both databases; the file itself on SQLite.
"""

import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, column, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kiosk.domain.calendar import local_day
from kiosk.domain.protocol import parse_request
from kiosk.models.base import Base
from kiosk.models.tablets import Contact, Receipt
from kiosk.models.waiting import Activity, Held, Ledger, Waiting
from kiosk.web.intake import receive
from tests import cast
from tests.cast import NOON, Device, World
from tests.domain.waiting_room import RING, release, writer

SECRET = "Chị Hạnh giúp tôi làm giấy khai sinh rất nhanh"
SAID = {"greeted": "yes", "asked": "no", "thanked": "unsure", "satisfaction": 4}
ROOM = (Waiting, Held, Ledger, Activity, Receipt, Contact)
COURTESIES = ("yes", "no", "unsure")


@pytest.fixture
def world(room: Session) -> World:
    return cast.build_world(room)


@pytest.fixture
def device(room: Session, world: World) -> Device:
    return cast.pair(room, world.tablet)


def send(session: Session, device: Device, items: Sequence[str]) -> None:
    asked = parse_request(cast.envelope(device, *items).encode())
    receive(session, ring=RING, enrolled=device.enrolled, asked=asked, now=NOON)
    session.commit()


def every_kind(world: World, device: Device) -> list[str]:
    """Six of each kind about each of two officers, no two answering alike in all."""
    items = []
    for number, officer in itertools.product(range(6), (world.hanh, world.bao)):
        head = (device, world.truc_bach, officer)
        comment = f"{SECRET}, lần thứ {number}" + " và" * number
        items += [
            cast.rating(*head, satisfaction=1 + number % 5),
            cast.rating(*head, satisfaction=..., thanked=...),
            cast.remark(*head, comment=comment, reasons=["fast"] * (1 + number % 2)),
        ]
    return items


def rows(session: Session, model: type[Base]) -> list[dict[str, Any]]:
    table = Base.metadata.tables[model.__tablename__]
    return [dict(row) for row in session.execute(select(table)).mappings()]


def secrets_of(row: dict[str, Any]) -> Iterator[bytes]:
    """The values of a row that could tell it from others."""
    for value in row.values():
        if isinstance(value, bytes):
            yield value


def test_every_row_of_a_kind_has_one_length_whatever_was_said(
    room: Session, world: World, device: Device
) -> None:
    send(room, device, every_kind(world, device))

    waiting = rows(room, Waiting)
    lengths = {(row["kind"], len(row["sealed"])) for row in waiting}
    assert sorted(kind for kind, _ in lengths) == [
        "comment",
        "partial",
        "rating",
        "reasons",
    ]
    assert dict(lengths)["rating"] == dict(lengths)["partial"]


def test_equal_answers_are_sealed_into_different_bytes(
    room: Session, world: World, device: Device
) -> None:
    same = [cast.rating(device, world.truc_bach, world.hanh) for _ in range(40)]

    send(room, device, same)

    sealed = [row["sealed"] for row in rows(room, Waiting)]
    bodies = {body[13:] for body in sealed}  # after key number and nonce
    assert len(bodies) == len({body[1:13] for body in sealed}) == 40


def test_a_receipt_and_a_waiting_row_share_no_value(
    room: Session, world: World, device: Device
) -> None:
    send(room, device, every_kind(world, device)[:30])

    receipts = {v for row in rows(room, Receipt) for v in secrets_of(row)}
    waiting = {v for row in rows(room, Waiting) for v in secrets_of(row)}
    derived = {
        hashlib.new(name, value, usedforsecurity=False).digest()[:16]
        for value in receipts
        for name in ("sha256", "md5", "blake2b")
    }
    assert not receipts & waiting
    assert not derived & {value[:16] for value in waiting}
    for receipt, row in itertools.product(receipts, waiting):
        assert receipt not in row and receipt[:8] not in row
    shared = {"unit_id"}
    assert {*rows(room, Receipt)[0]} & {*rows(room, Waiting)[0]} == shared


def test_no_receipt_tells_by_its_digest_what_was_said(
    room: Session, world: World, device: Device
) -> None:
    item = cast.rating(device, world.truc_bach, world.hanh)
    send(room, device, [item])
    (receipt,) = rows(room, Receipt)
    known = json.loads(item)

    def tried(salt: str) -> set[bytes]:
        """The digests of all that could have been said, everything else being known."""
        answers = itertools.product(*[COURTESIES] * 3, range(1, 6))
        texts = (
            json.dumps(known | {"salt": salt} | dict(zip(SAID, said, strict=True)))
            for said in answers
        )
        return {hashlib.sha256(text.encode()).digest() for text in texts}

    assert receipt["digest"] in tried(known["salt"])  # so the trial itself works
    assert receipt["digest"] not in tried("")
    stored = [v for model in ROOM for row in rows(room, model) for v in secrets_of(row)]
    assert not any(bytes.fromhex(known["salt"]) in value for value in stored)
    assert not any(known["salt"].encode() in value for value in stored)


def test_no_table_says_in_the_open_what_was_said(
    room: Session, world: World, device: Device
) -> None:
    send(room, device, every_kind(world, device)[:30])

    stored = [row for model in ROOM for row in rows(room, model)]
    names = {name for row in stored for name in row}
    words = {str(value) for row in stored for value in row.values()}
    assert not names & {*SAID, "reasons", "comment", "text"}
    assert not words & {"yes", "no", "unsure", "fast", SECRET}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_sqlite_numbers_no_row_of_the_room_in_order_of_arrival(engine: Engine) -> None:
    for model in (Waiting, Receipt, Held):
        with writer(engine) as session, pytest.raises(DBAPIError, match="rowid"):
            session.execute(select(column("rowid")).select_from(model))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_file_never_holds_a_comment_before_its_release_nor_its_seal_after(
    room: Session, world: World, device: Device, tmp_path: Path
) -> None:
    file = tmp_path / "kiosk.sqlite3"
    send(room, device, every_kind(world, device))
    before = file.read_bytes()
    sealed = [row["sealed"] for row in rows(room, Waiting)]
    today = local_day(NOON) + timedelta(days=1)

    run = release(room, today, unit_id=world.truc_bach)
    room.commit()

    after = file.read_bytes()
    left = {row["sealed"] for row in rows(room, Waiting)}
    counted = [body for body in sealed if body not in left]
    assert run.counted["comment"] == 12 and len(counted) >= 12
    assert SECRET.encode() not in before and SECRET.encode() in after
    # A short seal lies in one page; SQLite overwrites what it deletes.
    assert all(body[13:] in before for body in sealed if len(body) < 100)
    assert not any(body[13:45] in after for body in counted)
