"""Reasons per officer, and comments of a unit that nobody can place."""

from datetime import date, timedelta

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from kiosk.models.blocks import Comment, CommentBlock, ReasonBlock
from kiosk.models.waiting import Waiting
from tests.domain.waiting_room import HOA, LAN, MINH, WARD, add_ward, release, wait

MONDAY = date(2026, 6, 8)
LATER = MONDAY + timedelta(days=8)
GOOD_REASONS = frozenset({"fast", "caring"})
BAD_REASON = frozenset({"waited"})


def reason_blocks(session: Session) -> list[Row[*tuple[object, ...]]]:
    return list(session.execute(select(*ReasonBlock.__table__.c)).all())


def comment_blocks(session: Session) -> list[Row[*tuple[object, ...]]]:
    return list(session.execute(select(*CommentBlock.__table__.c)).all())


def texts(count: int, word: str = "Ý kiến") -> list[str]:
    return [f"{word} thứ {number}" for number in range(count)]


def test_reasons_are_counted_per_officer(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD_REASONS] * 7, *[BAD_REASON] * 3)
    wait(room, LAN, MONDAY, *[BAD_REASON] * 9)

    release(room, MONDAY + timedelta(days=1))

    (block,) = reason_blocks(room)
    assert (block.officer_id, block.n, block.counted_on) == (HOA, 10, MONDAY)
    assert (block.fast, block.caring, block.waited) == (7, 7, 3)
    assert (block.clear, block.punctual, block.attitude) == (0, 0, 0)
    assert (block.unclear, block.returned) == (0, 0)


def test_reasons_without_a_sure_officer_are_never_shown(room: Session) -> None:
    add_ward(room)
    wait(room, None, MONDAY, *[BAD_REASON] * 20)

    release(room, LATER)

    assert reason_blocks(room) == []


def test_comments_come_out_whole_and_undated_but_for_the_month(room: Session) -> None:
    add_ward(room)
    written = texts(12)
    wait(room, HOA, MONDAY, *written[:8])
    wait(room, LAN, MONDAY + timedelta(days=1), *written[8:])

    release(room, MONDAY + timedelta(days=2))

    (block,) = comment_blocks(room)
    shown = room.execute(select(Comment.text, Comment.block_key)).all()
    assert (block.n, block.month) == (12, date(2026, 6, 1))
    assert sorted(row.text for row in shown) == sorted(written)
    assert {row.block_key for row in shown} == {block.key}
    columns = {column.name for column in Comment.__table__.columns}
    assert columns == {"unit_id", "key", "block_key", "text", "folded"}


def test_comments_leave_in_another_order_than_they_came(room: Session) -> None:
    add_ward(room)
    written = texts(60)
    wait(room, HOA, MONDAY, *written[:30])
    wait(room, LAN, MONDAY, *written[30:])

    release(room, MONDAY + timedelta(days=1))

    shown = room.execute(select(Comment.text).order_by(Comment.key)).scalars().all()
    assert shown != written


def test_at_least_two_comments_are_surely_not_about_any_one_officer(
    room: Session,
) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *texts(9))
    wait(room, LAN, MONDAY, *texts(1))
    release(room, LATER)
    one_other = comment_blocks(room)

    wait(room, MINH, MONDAY, *texts(1))
    release(room, LATER + timedelta(days=1))

    assert (one_other, [block.n for block in comment_blocks(room)]) == ([], [11])


def test_comments_about_nobody_sure_may_all_be_about_the_same(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *texts(5))
    wait(room, None, MONDAY, *texts(5))
    wait(room, LAN, MONDAY, *texts(1))
    release(room, LATER)
    unsure = comment_blocks(room)

    wait(room, LAN, MONDAY, *texts(1))
    release(room, LATER + timedelta(days=1))

    assert (unsure, [block.n for block in comment_blocks(room)]) == ([], [12])


def test_a_comment_of_full_length_survives(room: Session) -> None:
    add_ward(room)
    longest = "\N{PARTY POPPER}" * 500
    wait(room, HOA, MONDAY, longest, *texts(4))
    wait(room, LAN, MONDAY, *texts(2))

    release(room, LATER)

    assert longest in room.execute(select(Comment.text)).scalars().all()


def test_what_was_said_is_gone_from_the_waiting_room(room: Session) -> None:
    add_ward(room)
    for officer in (HOA, LAN):
        wait(room, officer, MONDAY, *texts(6), *[BAD_REASON] * 6)

    run = release(room, LATER)

    left = room.execute(select(func.count()).select_from(Waiting)).scalar_one()
    assert (left, run.unit_id) == (0, WARD)
    assert run.counted == {"comment": 12, "reasons": 12}
    assert run.written == {"comment_block": 1, "comment": 12, "reason_block": 2}
