"""When a pool of ratings is cut, what its block says, and what a run leaves behind."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from kiosk.domain.answers import Rating
from kiosk.domain.release import ClockSetBack, KLowered, release_unit, units_due
from kiosk.domain.sealing import KeyRing, bound_to
from kiosk.models.blocks import Block, ReleaseRun
from kiosk.models.organisation import Unit
from kiosk.models.waiting import Waiting
from tests.domain.waiting_room import (
    GOOD,
    HOA,
    LAN,
    LEFT_EARLY,
    OTHER_WARD,
    POOR,
    RING,
    WARD,
    add_ward,
    at,
    release,
    wait,
)

MONDAY = date(2026, 6, 8)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def blocks(session: Session) -> list[Row[*tuple[object, ...]]]:
    return list(session.execute(select(*Block.__table__.c).order_by(Block.n)).all())


def waiting(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Waiting)).scalar_one()


def test_ten_ratings_of_an_officer_are_released_the_next_morning(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 7, POOR, POOR, Rating("yes", "no", "no", 4))

    run = release(room, TUESDAY)

    (block,) = blocks(room)
    assert run.counted == {"rating": 10}
    assert (block.pool, block.officer_id, block.n, block.k) == ("officer", HOA, 10, 5)
    assert (block.greeted_yes, block.greeted_no, block.greeted_unsure) == (8, 2, 0)
    assert (block.asked_yes, block.asked_no, block.asked_unsure) == (7, 1, 2)
    assert (block.thanked_yes, block.thanked_no, block.thanked_unsure) == (9, 1, 0)
    assert [block.level_1, block.level_2, block.level_3] == [0, 2, 0]
    assert [block.level_4, block.level_5] == [1, 7]
    assert (block.counted_on, block.released_on) == (MONDAY, TUESDAY)
    assert waiting(room) == 0


def test_nine_ratings_wait_until_the_oldest_has_waited_five_working_days(
    room: Session,
) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 9)

    for days in range(1, 7):
        release(room, MONDAY + timedelta(days=days))

    assert blocks(room) == []
    release(room, NEXT_MONDAY)
    assert [block.n for block in blocks(room)] == [9]


def test_four_ratings_wait_for_ever(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 4)

    run = release(room, MONDAY + timedelta(days=2000))

    assert (blocks(room), waiting(room)) == ([], 4)
    assert run.never_published == {}


def test_a_pool_is_cut_whole_however_many_it_holds(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 37)

    release(room, TUESDAY)

    assert [block.n for block in blocks(room)] == [37]


def test_a_run_takes_only_days_before_today(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 10)
    wait(room, HOA, TUESDAY, POOR)

    release(room, TUESDAY)

    assert [block.n for block in blocks(room)] == [10]
    assert waiting(room) == 1


def test_the_local_day_is_cut_in_hanoi(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 10)

    early = release_unit(room, unit_id=WARD, ring=RING, k=5, now=at(MONDAY, 23))
    late = release_unit(room, unit_id=WARD, ring=RING, k=5, now=at(TUESDAY, 0))

    assert early is not None and early.counted == {}
    assert late is not None and late.counted == {"rating": 10}


def test_officers_channels_and_units_are_pools_apart(room: Session) -> None:
    add_ward(room)
    add_ward(room, OTHER_WARD, officers=[])
    wait(room, HOA, MONDAY, *[GOOD] * 9)
    wait(room, LAN, MONDAY, *[GOOD] * 9)
    wait(room, HOA, MONDAY, *[GOOD] * 9, channel="form")
    wait(room, None, MONDAY, *[GOOD] * 9, unit_id=OTHER_WARD)

    release(room, TUESDAY)
    release(room, TUESDAY, unit_id=OTHER_WARD)

    assert blocks(room) == []


def test_a_block_counts_on_its_lower_median_day(room: Session) -> None:
    add_ward(room)
    for offset, number in enumerate((3, 2, 5)):
        wait(room, HOA, MONDAY + timedelta(days=offset), *[GOOD] * number)

    release(room, MONDAY + timedelta(days=3))

    assert blocks(room)[0].counted_on == TUESDAY


def test_a_block_of_a_final_month_counts_on_the_first_open_day(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, date(2026, 3, 30), *[GOOD] * 10)

    release(room, date(2026, 4, 16))

    # March ended on the 31st and is final from 16 April; the week of 1 April ends on the 5th.
    assert blocks(room)[0].counted_on == date(2026, 4, 1)


def test_a_second_run_of_a_day_does_nothing(room: Session) -> None:
    add_ward(room)
    release(room, TUESDAY)
    wait(room, HOA, MONDAY, *[GOOD] * 10)

    again = release_unit(room, unit_id=WARD, ring=RING, k=5, now=at(TUESDAY, 18))

    assert again is None
    assert (blocks(room), waiting(room)) == ([], 10)


def test_a_unit_is_due_until_it_has_its_run(room: Session) -> None:
    add_ward(room)
    add_ward(room, OTHER_WARD, officers=[21])
    room.add(Unit(id=3, kind="province"))
    room.flush()

    release(room, TUESDAY)

    assert units_due(room, now=at(TUESDAY)) == [OTHER_WARD]
    assert units_due(room, now=at(WEDNESDAY)) == [WARD, OTHER_WARD]


def test_a_run_is_written_though_nothing_was_cut(room: Session) -> None:
    add_ward(room)

    run = release(room, TUESDAY)

    written = room.execute(select(ReleaseRun.day, ReleaseRun.k, ReleaseRun.chain)).one()
    assert written == (TUESDAY, 5, run.chain)


def test_k_may_be_raised_but_never_lowered(room: Session) -> None:
    add_ward(room)
    release(room, TUESDAY, k=6)

    with pytest.raises(KLowered) as refusal:
        release(room, WEDNESDAY, k=5)

    assert (refusal.value.k, refusal.value.least) == (5, 6)
    assert release(room, WEDNESDAY, k=8).day == WEDNESDAY


def test_k_is_never_under_five(room: Session) -> None:
    add_ward(room)

    with pytest.raises(KLowered):
        release(room, TUESDAY, k=4)


def test_a_higher_k_asks_for_larger_blocks(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 15)
    wait(room, LAN, MONDAY, *[GOOD] * 16)

    release(room, TUESDAY, k=8)

    assert [(block.officer_id, block.n, block.k) for block in blocks(room)] == [
        (LAN, 16, 8)
    ]


def test_a_clock_set_back_is_refused_rather_than_forking_the_chain(
    room: Session,
) -> None:
    add_ward(room)
    release(room, WEDNESDAY)

    with pytest.raises(ClockSetBack):
        release(room, TUESDAY)


def test_an_older_day_that_was_run_is_done_whatever_the_clock_says(
    room: Session,
) -> None:
    add_ward(room)
    release(room, TUESDAY)
    release(room, WEDNESDAY)

    assert release_unit(room, unit_id=WARD, ring=RING, k=5, now=at(TUESDAY)) is None


def test_a_row_that_cannot_be_opened_waits_and_blocks_nobody(room: Session) -> None:
    add_ward(room)
    lost = KeyRing({7: b"a key that was lost, of 32 bytes"})
    wait(room, HOA, MONDAY, *[GOOD] * 10)
    wait(room, HOA, MONDAY, POOR, ring=lost)

    run = release(room, TUESDAY)

    assert [block.n for block in blocks(room)] == [10]
    assert (run.unreadable, waiting(room)) == (1, 1)


def test_a_pool_too_small_without_its_unreadable_row_waits_on(room: Session) -> None:
    add_ward(room)
    keys = wait(room, HOA, MONDAY, *[GOOD] * 5)
    moved = room.get_one(Waiting, (WARD, keys[0]))
    moved.officer_id = LAN
    wait(room, LAN, MONDAY, *[GOOD] * 4)
    room.flush()

    run = release(room, NEXT_MONDAY)

    # The seal is bound to the officer: a rating moved to another one does not open.
    assert (blocks(room), run.unreadable, waiting(room)) == ([], 1, 9)


def test_bytes_that_mean_no_complete_rating_wait_like_unreadable_ones(
    room: Session,
) -> None:
    add_ward(room)
    keys = wait(room, HOA, MONDAY, *[GOOD] * 10)
    halved = room.get_one(Waiting, (WARD, keys[0]))
    bound = bound_to(
        unit_id=WARD,
        key=keys[0],
        kind="rating",
        officer_id=HOA,
        questionnaire=1,
        channel="tablet",
        day=MONDAY,
        mark=None,
    )
    halved.sealed = RING.seal(LEFT_EARLY.encode(), bound)
    room.flush()

    run = release(room, NEXT_MONDAY)

    assert ([block.n for block in blocks(room)], run.unreadable) == ([9], 1)
