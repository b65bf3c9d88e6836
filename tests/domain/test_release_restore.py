"""After a restore: what was shown in the lost days must not be subtracted from what comes again."""

from datetime import date, timedelta

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from kiosk.domain.answers import Rating
from kiosk.domain.epochs import Lives, begin_epoch, current_epoch, lives_of
from kiosk.models.base import Base
from kiosk.models.blocks import Block, ReleaseRun
from kiosk.models.store import Epoch
from tests.domain.waiting_room import (
    GOOD,
    HOA,
    LAN,
    LEFT_EARLY,
    MINH,
    POOR,
    add_ward,
    at,
    end_posting,
    release,
    restore_on,
    wait,
)

RESTORED = date(2026, 6, 8)  # a Monday
BEFORE = RESTORED - timedelta(days=3)
LATER = RESTORED + timedelta(days=20)


def sizes(session: Session, table: str = "block") -> list[int]:
    columns = Base.metadata.tables[table].c
    query = select(columns.n).order_by(columns.released_on, columns.n)
    return list(session.execute(query).scalars())


def partial_blocks(session: Session) -> list[Row[*tuple[object, ...]]]:
    columns = Base.metadata.tables["partial_block"].c
    return list(session.execute(select(*columns)).all())


def test_ratings_sent_again_wait_for_five_new_ones(room: Session) -> None:
    add_ward(room)
    restore_on(room, RESTORED)
    wait(room, HOA, BEFORE, *[GOOD] * 30)
    wait(room, HOA, RESTORED, *[POOR] * 4)
    release(room, LATER)
    waited = sizes(room)

    wait(room, HOA, LATER, POOR)
    release(room, LATER + timedelta(days=1))

    assert (waited, sizes(room)) == ([], [35])


def test_a_pool_of_new_ratings_only_is_cut_as_ever(room: Session) -> None:
    add_ward(room)
    restore_on(room, RESTORED)
    wait(room, HOA, RESTORED, *[GOOD] * 5)

    release(room, LATER)

    assert sizes(room) == [5]


def test_the_last_of_several_restores_decides(room: Session) -> None:
    add_ward(room)
    second = RESTORED + timedelta(days=5)
    restore_on(room, RESTORED)
    restore_on(room, second, number=3)
    wait(room, HOA, BEFORE, *[GOOD] * 9)
    wait(room, HOA, RESTORED, *[GOOD] * 9)
    wait(room, LAN, RESTORED, *[GOOD] * 9)
    wait(room, MINH, second, *[GOOD] * 9)
    release(room, LATER)
    waited = sizes(room)

    wait(room, HOA, second, *[POOR] * 5)
    release(room, LATER + timedelta(days=1))

    assert (waited, sizes(room)) == ([9], [9, 23])


def test_a_day_that_may_be_that_of_a_second_sending_proves_nothing(
    room: Session,
) -> None:
    add_ward(room)
    restore_on(room, RESTORED)
    wait(room, HOA, BEFORE, *[GOOD] * 9)
    wait(room, HOA, RESTORED, *[POOR] * 9, mark="clock_disagrees")
    wait(room, LAN, RESTORED, *[POOR] * 9, mark="clock_disagrees")

    release(room, LATER)

    assert sizes(room) == []


def test_a_form_is_never_sent_again_whatever_its_mark(room: Session) -> None:
    add_ward(room)
    restore_on(room, RESTORED)
    wait(room, HOA, BEFORE, *[GOOD] * 9, channel="form")
    wait(room, HOA, RESTORED, *[POOR] * 5, channel="form", mark="clock_unproven")

    release(room, LATER)

    assert sizes(room) == [14]


def test_the_pools_of_a_unit_wait_for_new_ones_too(room: Session) -> None:
    add_ward(room)
    restore_on(room, RESTORED)
    wait(room, None, BEFORE, *[GOOD] * 9)
    for officer in (HOA, LAN, MINH):
        words = [f"Ý kiến {number}" for number in range(4)]
        wait(room, officer, BEFORE, *[LEFT_EARLY] * 4, *words)
        wait(room, HOA, BEFORE, *[frozenset({"fast"})] * 4)
    wait(room, None, RESTORED, *[GOOD] * 4)
    wait(room, HOA, RESTORED, *[frozenset({"fast"})] * 4)
    # Five and more, but all of one officer: by themselves they could not be shown.
    wait(room, HOA, RESTORED, *[LEFT_EARLY] * 6, *["Thêm."] * 6)

    release(room, LATER)

    tables = ("block", "partial_block", "reason_block", "comment_block")
    assert [sizes(room, table) for table in tables] == [[], [], [], []]


def test_an_ended_pool_needs_new_ones_of_two_officers(room: Session) -> None:
    add_ward(room)
    restore_on(room, RESTORED)
    for officer in (HOA, LAN):
        wait(room, officer, BEFORE, *[GOOD] * 3)
        end_posting(room, officer, RESTORED + timedelta(days=2))
    wait(room, HOA, RESTORED, *[GOOD] * 5)
    ended = RESTORED + timedelta(days=33)
    release(room, ended)
    waited = sizes(room)

    wait(room, LAN, RESTORED, POOR)
    release(room, ended + timedelta(days=1))

    assert (waited, sizes(room)) == ([], [12])


def test_of_a_partial_block_each_question_needs_new_answers(room: Session) -> None:
    add_ward(room)
    further = Rating("no", "unsure", None, None)
    restore_on(room, RESTORED)
    wait(room, HOA, BEFORE, *[further] * 6)
    wait(room, LAN, RESTORED, *[LEFT_EARLY] * 4, further)
    wait(room, MINH, RESTORED, further)

    release(room, LATER)

    # Seven and eight told of asking before and after would tell of the one or two new ones.
    (block,) = partial_blocks(room)
    assert (block.n, block.greeted_yes, block.greeted_no) == (12, 4, 8)
    assert (block.asked_yes, block.asked_no, block.asked_unsure) == (None,) * 3


def test_a_restore_is_written_into_the_chain(room: Session) -> None:
    add_ward(room)
    room.add(Epoch(number=1, began_at=at(BEFORE)))
    release(room, RESTORED)

    number = begin_epoch(room, now=at(RESTORED, 10))
    release(room, RESTORED + timedelta(days=1))

    epochs = room.execute(select(ReleaseRun.epoch).order_by(ReleaseRun.day)).scalars()
    assert (number, list(epochs)) == (2, [1, 2])


def test_epochs_are_numbered_from_one_and_only_later_ones_are_restores(
    room: Session,
) -> None:
    none = (current_epoch(room), lives_of(room))
    room.add(Epoch(number=1, began_at=at(BEFORE)))
    room.flush()
    first = lives_of(room)

    begin_epoch(room, now=at(RESTORED, 23))

    assert none == (1, Lives(number=1, restored_on=None))
    assert first == Lives(number=1, restored_on=None)
    assert lives_of(room) == Lives(number=2, restored_on=RESTORED)


def test_a_store_that_never_wrote_its_first_epoch_begins_its_second(
    room: Session,
) -> None:
    assert begin_epoch(room, now=at(RESTORED)) == 2
    assert begin_epoch(room, now=at(LATER)) == 3
    assert lives_of(room) == Lives(number=3, restored_on=LATER)


def test_blocks_shown_since_the_restore_are_not_touched_by_it(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, BEFORE, *[GOOD] * 10)
    release(room, RESTORED - timedelta(days=2))

    begin_epoch(room, now=at(RESTORED))
    release(room, LATER)

    assert room.execute(select(Block.n)).scalars().all() == [10]
