"""Nothing is lost: both books close, and show it when they do not."""

from datetime import date, timedelta

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from kiosk.domain.balance import Line, ReceiptLine, balance, receipts_balance
from kiosk.domain.sealing import KeyRing
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Ledger, Quarantined, Waiting
from tests.domain.waiting_room import (
    GOOD,
    HOA,
    LAN,
    LEFT_EARLY,
    OTHER_WARD,
    RING,
    WARD,
    add_ward,
    release,
    wait,
)

MONDAY = date(2026, 6, 8)
REASON = frozenset({"clear"})


def lines(session: Session, unit_id: int | None = WARD) -> dict[str, Line]:
    return {line.kind: line for line in balance(session, unit_id)}


def give_receipts(session: Session, count: int) -> None:
    rows = [
        {"unit_id": WARD, "item_id": bytes([n]) * 16, "digest": bytes(32)}
        for n in range(count)
    ]
    session.execute(insert(Receipt), rows)


def book(session: Session, **received: int) -> None:
    rows = [
        {"unit_id": WARD, "kind": kind, "received": count, "never_published": 0}
        for kind, count in received.items()
    ]
    session.execute(insert(Ledger), rows)


def quarantine(
    session: Session, number: int, *, receipted: bool = True, replayed: bool = False
) -> None:
    session.add(
        Quarantined(
            unit_id=WARD,
            key=bytes([number]) * 16,
            tablet_id=None,
            day=MONDAY,
            reason="unknown_field",
            receipted=receipted,
            replayed_on=MONDAY if replayed else None,
            sealed=b"",
        )
    )
    session.flush()


def test_the_account_closes_over_what_was_released_waits_and_was_dropped(
    room: Session,
) -> None:
    add_ward(room)
    for officer in (HOA, LAN):
        wait(room, officer, MONDAY, *[GOOD] * 6, *[LEFT_EARLY] * 3, *["Tốt."] * 3)
        wait(room, officer, MONDAY, *[REASON] * 4)
    release(room, MONDAY + timedelta(days=8))
    wait(room, HOA, MONDAY, *[GOOD] * 2)
    release(room, date(2027, 7, 1))

    books = lines(room)
    assert books["rating"] == Line(WARD, "rating", 14, 12, 2, 0, 0, 0)
    assert books["partial"] == Line(WARD, "partial", 6, 6, 0, 0, 0, 0)
    assert books["comment"] == Line(WARD, "comment", 6, 6, 0, 0, 0, 0)
    assert books["reasons"] == Line(WARD, "reasons", 8, 0, 0, 0, 8, 0)
    assert {line.difference for line in books.values()} == {0}


def test_a_row_that_vanished_shows_as_a_difference(room: Session) -> None:
    add_ward(room)
    keys = wait(room, HOA, MONDAY, *[GOOD] * 3)

    room.execute(delete(Waiting).where(Waiting.unit_id == WARD, Waiting.key == keys[0]))

    assert lines(room)["rating"].difference == 1


def test_a_row_that_was_never_booked_shows_as_a_difference(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 3)

    room.execute(update(Ledger).values(received=2))

    assert lines(room)["rating"].difference == -1


def test_rows_that_the_ring_does_not_open_are_named(room: Session) -> None:
    add_ward(room)
    lost = KeyRing({7: bytes(32)})
    wait(room, HOA, MONDAY, GOOD, GOOD)
    wait(room, HOA, MONDAY, GOOD, "Tốt.", ring=lost)

    named = {line.kind: line.unreadable for line in balance(room, WARD, ring=RING)}

    assert named == {"rating": 1, "comment": 1}
    assert {line.unreadable for line in lines(room).values()} == {0}


def test_every_unit_has_its_own_account(room: Session) -> None:
    add_ward(room)
    add_ward(room, OTHER_WARD, officers=[21])
    wait(room, HOA, MONDAY, GOOD)
    wait(room, 21, MONDAY, *[GOOD] * 12, unit_id=OTHER_WARD)
    release(room, MONDAY + timedelta(days=1), unit_id=OTHER_WARD)

    assert balance(room) == [
        Line(WARD, "rating", 1, 0, 1, 0, 0, 0),
        Line(OTHER_WARD, "rating", 12, 12, 0, 0, 0, 0),
    ]
    assert [line.unit_id for line in balance(room, OTHER_WARD)] == [OTHER_WARD]


def test_what_lies_apart_is_accounted_for_replayed_or_not(room: Session) -> None:
    add_ward(room)
    book(room, quarantined=3)
    quarantine(room, 1)
    quarantine(room, 2, replayed=True)
    quarantine(room, 3, receipted=False)

    assert lines(room) == {"quarantined": Line(WARD, "quarantined", 3, 0, 0, 3, 0, 0)}
    assert lines(room)["quarantined"].difference == 0


def test_receipts_are_for_items_and_for_what_lies_apart(room: Session) -> None:
    add_ward(room)
    # A remark is one item however many rows; a replayed item has become a rating.
    book(room, rating=3, partial=1, remark=2, reasons=2, comment=1, quarantined=3)
    quarantine(room, 1)
    quarantine(room, 2, replayed=True)
    quarantine(room, 3, receipted=False)
    give_receipts(room, 7)

    (line,) = receipts_balance(room, WARD)

    assert line == ReceiptLine(WARD, receipts=7, items=6, quarantined=1)
    assert line.difference == 0


def test_a_receipt_without_an_item_shows_as_a_difference(room: Session) -> None:
    add_ward(room)
    book(room, rating=1)
    give_receipts(room, 2)

    assert [line.difference for line in receipts_balance(room)] == [1]


def test_a_store_without_anything_has_no_accounts(room: Session) -> None:
    assert (balance(room), receipts_balance(room)) == ([], [])
