"""A unit's three courtesies together: shown over 20 ratings or more, held until then."""

from datetime import date, timedelta

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from kiosk.domain.answers import Rating
from kiosk.domain.sealing import KeyRing
from kiosk.models.blocks import Block, UnitTally
from kiosk.models.waiting import Held
from tests.domain.waiting_room import (
    GOOD,
    HOA,
    LAN,
    POOR,
    RING,
    WARD,
    add_ward,
    release,
    wait,
)

MONDAY = date(2026, 6, 8)
UNSURE = Rating("yes", "unsure", "yes", 3)


def tallies(session: Session) -> list[Row[*tuple[object, ...]]]:
    query = select(*UnitTally.__table__.c).order_by(UnitTally.released_on)
    return list(session.execute(query).all())


def held(session: Session) -> list[bytes]:
    return list(session.execute(select(Held.sealed)).scalars())


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def test_twenty_ratings_of_one_run_make_a_tally(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 9, UNSURE)
    wait(room, LAN, MONDAY, *[GOOD] * 6, *[UNSURE] * 2, POOR, POOR)

    release(room, day(1))

    (tally,) = tallies(room)
    assert (tally.n, tally.all_three, tally.unsure) == (20, 15, 3)
    assert (tally.counted_on, tally.released_on) == (MONDAY, day(1))
    assert held(room) == []


def test_fewer_are_held_until_later_blocks_join_them(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 10)
    release(room, day(1))
    wait(room, LAN, day(1), *[POOR] * 9, *[UNSURE] * 2)
    early = (tallies(room), len(held(room)))

    release(room, day(2))

    (tally,) = tallies(room)
    assert early == ([], 1)
    assert (tally.n, tally.all_three, tally.unsure) == (21, 10, 2)
    assert tally.counted_on == day(1)  # the lower median of 10 and 11 ratings
    assert held(room) == []


def test_a_held_count_has_one_length_and_opens_only_with_the_ring(
    room: Session,
) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 5)
    release(room, day(8))
    (one,) = held(room)
    wait(room, HOA, day(8), *[GOOD] * 5)
    wait(room, LAN, day(8), *[GOOD] * 6)
    release(room, day(17))
    (three,) = held(room)

    assert len(one) == len(three)
    assert GOOD.encode() not in one


def test_a_run_without_blocks_leaves_the_held_counts_alone(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 10)
    release(room, day(1))
    before = held(room)

    release(room, day(2))

    assert held(room) == before


def test_channels_are_tallied_apart(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 12)
    wait(room, HOA, MONDAY, *[GOOD] * 12, channel="form")

    release(room, day(1))
    apart = (tallies(room), len(held(room)))
    wait(room, LAN, day(1), *[GOOD] * 10, channel="form")
    release(room, day(2))

    assert apart == ([], 2)
    assert [(t.channel, t.n) for t in tallies(room)] == [("form", 22)]
    assert len(held(room)) == 1


def test_a_held_count_that_does_not_open_is_left_and_the_rest_goes_on(
    room: Session,
) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 10)
    release(room, day(1))
    held_row = room.scalars(select(Held)).one()
    held_row.sealed = KeyRing({9: bytes(32)}).seal(bytes(21), b"")
    room.flush()
    wait(room, HOA, day(1), *[GOOD] * 20)

    run = release(room, day(2))

    assert (run.unreadable, [tally.n for tally in tallies(room)]) == (1, [20])
    assert len(held(room)) == 1


def test_blocks_of_all_pools_count_once_in_the_tallies(room: Session) -> None:
    add_ward(room)
    for offset in range(40):
        wait(room, HOA, day(offset), *[GOOD] * 3)
        wait(room, LAN, day(offset), *[POOR] * 2)
        wait(room, None, day(offset), UNSURE)
        release(room, day(offset + 1))

    in_blocks = room.execute(select(func.sum(Block.n))).scalar_one()
    in_tallies = room.execute(select(func.sum(UnitTally.n))).scalar_one()
    sealed = room.scalars(select(Held)).all()
    bound = [f"{WARD}|held|1|tablet|".encode() + row.key for row in sealed]
    opened = [RING.open(r.sealed, b) for r, b in zip(sealed, bound, strict=True)]
    still_held = sum(plain[start + 4] for plain in opened for start in (0, 7, 14))
    assert in_blocks == in_tallies + still_held
    assert all(tally.n >= 20 for tally in tallies(room))
