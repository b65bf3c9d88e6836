"""To which pool a waiting row belongs, and what becomes of a pool that ends."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.answers import Rating
from kiosk.domain.pools import PoolKey, Postings, Row, expired, pool_of
from kiosk.models.blocks import Block, PartialBlock
from kiosk.models.waiting import Ledger, Waiting
from tests.domain.waiting_room import (
    GOOD,
    HOA,
    LAN,
    LEFT_EARLY,
    LONG_AGO,
    MINH,
    OTHER_WARD,
    POOR,
    WARD,
    add_ward,
    end_posting,
    post,
    release,
    wait,
)

MONDAY = date(2026, 6, 8)
LATER = MONDAY + timedelta(days=8)  # whatever has enough may be cut


def released(session: Session) -> list[tuple[str, int | None, int]]:
    columns = (Block.pool, Block.officer_id, Block.n)
    rows = session.execute(select(*columns).order_by(Block.released_on, Block.n))
    return [(row.pool, row.officer_id, row.n) for row in rows]


def waiting(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Waiting)).scalar_one()


def never_published(session: Session) -> dict[str, int]:
    rows = session.execute(select(Ledger.kind, Ledger.never_published)).all()
    return {row.kind: row.never_published for row in rows if row.never_published}


def row(kind: str, sure: int | None, *, ended: bool = False) -> Row:
    return Row(b"", kind, HOA, 1, "tablet", MONDAY, None, b"", sure, ended)


def test_ratings_and_reasons_pool_by_officer_the_rest_by_unit() -> None:
    keys = {kind: pool_of(row(kind, HOA)) for kind in ("rating", "reasons", "partial")}

    assert keys["rating"] == PoolKey("rating", "officer", HOA, 1, "tablet")
    assert keys["reasons"] == PoolKey("reasons", "officer", HOA, 1, "tablet")
    assert keys["partial"] == PoolKey("partial", "unit", None, 1, "tablet")
    assert pool_of(row("comment", HOA)) == PoolKey("comment", "unit", None, 0, "tablet")


def test_a_rating_without_a_sure_officer_pools_as_none_an_ended_one_as_several() -> (
    None
):
    assert pool_of(row("rating", None)).pool == "none"
    assert pool_of(row("rating", HOA, ended=True))[1:3] == ("several", None)


def test_a_pool_ends_thirty_days_after_the_last_of_several_postings() -> None:
    last = date(2026, 5, 31)
    postings = Postings([(HOA, LONG_AGO, date(2025, 1, 1)), (HOA, MONDAY, None)])
    ended = Postings([(HOA, LONG_AGO, last), (HOA, LONG_AGO, date(2025, 1, 1))])

    assert not postings.ended(HOA, today=date(2030, 1, 1))
    assert not ended.ended(HOA, today=last + timedelta(days=30))
    assert ended.ended(HOA, today=last + timedelta(days=31))


def test_a_day_between_two_postings_is_nobodys() -> None:
    postings = Postings([(HOA, LONG_AGO, date(2026, 1, 31)), (HOA, MONDAY, None)])

    days = (date(2026, 1, 31), date(2026, 2, 1), MONDAY - timedelta(days=1), MONDAY)

    assert [postings.sure(HOA, day) for day in days] == [HOA, None, None, HOA]
    assert postings.sure(LAN, MONDAY) is None
    assert postings.sure(None, MONDAY) is None


def test_a_rating_after_the_last_day_of_a_posting_is_nobodys(room: Session) -> None:
    add_ward(room)
    end_posting(room, HOA, MONDAY)
    wait(room, HOA, MONDAY, *[GOOD] * 10)
    wait(room, HOA, MONDAY + timedelta(days=1), *[POOR] * 6)
    wait(room, None, MONDAY + timedelta(days=1), *[POOR] * 4)

    release(room, MONDAY + timedelta(days=2))

    assert sorted(released(room), key=str) == [("none", None, 10), ("officer", HOA, 10)]


def test_an_ended_pool_is_released_with_another_ended_one(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 4)
    wait(room, LAN, MONDAY, GOOD, POOR)
    end_posting(room, HOA, MONDAY)
    end_posting(room, LAN, MONDAY)

    release(room, MONDAY + timedelta(days=30))
    early = released(room)
    release(room, MONDAY + timedelta(days=31))

    assert (early, released(room)) == ([], [("several", None, 6)])


def test_one_ended_pool_alone_is_not_several(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 4)
    end_posting(room, HOA, MONDAY)
    release(room, MONDAY + timedelta(days=31))
    wait(room, HOA, MONDAY, *[GOOD] * 7)  # a tablet that was away for long

    release(room, MONDAY + timedelta(days=40))

    assert (released(room), waiting(room)) == ([], 11)


def test_an_officer_who_moves_takes_no_rating_along(room: Session) -> None:
    add_ward(room)
    add_ward(room, OTHER_WARD, officers=[])
    wait(room, HOA, MONDAY, *[GOOD] * 4)
    end_posting(room, HOA, MONDAY)
    post(room, HOA, unit_id=OTHER_WARD, first=MONDAY + timedelta(days=1))
    wait(room, HOA, MONDAY + timedelta(days=1), *[POOR] * 9, unit_id=OTHER_WARD)

    for days in (2, 31, 60):
        release(room, MONDAY + timedelta(days=days))
        release(room, MONDAY + timedelta(days=days), unit_id=OTHER_WARD)

    units = room.execute(select(Block.unit_id, Block.n)).all()
    assert [tuple(unit) for unit in units] == [(OTHER_WARD, 9)]
    assert waiting(room) == 4


def test_a_posting_that_goes_on_brings_an_ended_pool_back(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 4)
    end_posting(room, HOA, MONDAY)
    release(room, MONDAY + timedelta(days=40))
    post(room, HOA, first=MONDAY + timedelta(days=41))
    wait(room, HOA, MONDAY + timedelta(days=41), *[GOOD] * 3)

    release(room, MONDAY + timedelta(days=50))

    assert released(room) == [("officer", HOA, 7)]


def test_an_end_written_down_afterwards_moves_what_still_waits_only(
    room: Session,
) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[GOOD] * 10)
    release(room, MONDAY + timedelta(days=1))
    wait(room, HOA, MONDAY + timedelta(days=1), *[GOOD] * 9)
    end_posting(room, HOA, MONDAY - timedelta(days=7))

    release(room, LATER)

    assert released(room) == [("officer", HOA, 10), ("none", None, 9)]


def test_after_twelve_months_a_remainder_is_never_published(room: Session) -> None:
    add_ward(room)
    for officer in (HOA, LAN):
        wait(room, officer, MONDAY, GOOD, LEFT_EARLY, frozenset({"fast"}), "Cảm ơn.")
    wait(room, None, MONDAY, POOR)
    end_posting(room, LAN, MONDAY)

    release(room, date(2027, 6, 8))
    kept = waiting(room)
    run = release(room, date(2027, 6, 9))

    # Hoa is still in office: her rating waits on. All the others have had their year.
    dropped = {"rating": 2, "partial": 2, "reasons": 2, "comment": 2}
    assert (kept, waiting(room)) == (9, 1)
    assert (run.never_published, never_published(room)) == (dropped, dropped)


def test_twelve_months_before_a_leap_day_end_with_february() -> None:
    partial, leap_day = pool_of(row("partial", HOA)), date(2028, 2, 29)
    old, young = (
        replace(row("partial", HOA), day=date(2027, 2, day)) for day in (27, 28)
    )

    assert expired(partial, old, today=leap_day)
    assert not expired(partial, young, today=leap_day)


def test_partial_ratings_need_five_from_two_officers(room: Session) -> None:
    add_ward(room)
    wait(room, HOA, MONDAY, *[LEFT_EARLY] * 9)
    wait(room, None, MONDAY, *[LEFT_EARLY] * 9)
    release(room, LATER)
    alone = room.execute(select(func.count()).select_from(PartialBlock)).scalar_one()

    wait(room, MINH, MONDAY, LEFT_EARLY)
    release(room, LATER + timedelta(days=1))

    block = room.execute(select(*PartialBlock.__table__.c)).one()
    assert (alone, block.unit_id, block.n) == (0, WARD, 19)


def test_a_question_with_under_five_answers_is_not_told(room: Session) -> None:
    add_ward(room)
    further = Rating("no", "unsure", None, None)
    furthest = Rating("no", "yes", "yes", None)
    wait(room, HOA, MONDAY, *[LEFT_EARLY] * 4, further)
    wait(room, LAN, MONDAY, *[furthest] * 4)

    release(room, LATER)

    block = room.execute(select(*PartialBlock.__table__.c)).one()
    assert (block.greeted_yes, block.greeted_no, block.greeted_unsure) == (4, 5, 0)
    assert (block.asked_yes, block.asked_no, block.asked_unsure) == (4, 0, 1)
    assert (block.thanked_yes, block.thanked_no, block.thanked_unsure) == (None,) * 3
    assert (block.level_1, block.level_5) == (None, None)
