"""The chain tells whether a released row, or a run, was changed, added or taken away."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from kiosk.domain.chain import FIRST, Break, Head, link, verify
from kiosk.models.blocks import ReleaseRun
from tests.domain.waiting_room import (
    GOOD,
    HOA,
    LAN,
    LEFT_EARLY,
    OTHER_WARD,
    POOR,
    WARD,
    add_ward,
    drop_triggers,
    release,
    wait,
)

MONDAY = date(2026, 6, 8)
FIRST_RUN, LAST_RUN = MONDAY + timedelta(days=8), MONDAY + timedelta(days=9)
HEAD = Head(unit_id=WARD, day=MONDAY, k=5, epoch=1)


def two_runs(session: Session) -> None:
    """A ward whose first run wrote a row of every kind, its second one block, its third none."""
    add_ward(session)
    for officer in (HOA, LAN):
        wait(session, officer, MONDAY, *[GOOD] * 12, *[LEFT_EARLY] * 5)
        wait(session, officer, MONDAY, *[frozenset({"fast"})] * 5, *["Cảm ơn."] * 5)
    release(session, FIRST_RUN)
    wait(session, HOA, MONDAY, *[POOR] * 10)
    release(session, LAST_RUN)
    release(session, LAST_RUN + timedelta(days=1))


def tamper(session: Session, statement: str) -> None:
    """What somebody with the database's own password might do."""
    drop_triggers(session)
    session.execute(text(statement))


def test_an_honest_chain_holds(room: Session) -> None:
    two_runs(room)
    add_ward(room, OTHER_WARD, officers=[])
    release(room, FIRST_RUN, unit_id=OTHER_WARD)

    assert verify(room, WARD) is None
    assert verify(room, OTHER_WARD) is None


def test_a_unit_without_runs_has_nothing_to_break(room: Session) -> None:
    add_ward(room)

    assert verify(room, WARD) is None


@pytest.mark.parametrize(
    ("statement", "day"),
    [
        ("UPDATE block SET greeted_yes = 9, greeted_no = 3 WHERE n = 12", FIRST_RUN),
        ("UPDATE block SET counted_on = '2026-06-09' WHERE n = 10", LAST_RUN),
        ("UPDATE unit_tally SET all_three = 0 WHERE n = 24", FIRST_RUN),
        ("UPDATE unit_month SET all_three = 0", FIRST_RUN),
        ("UPDATE partial_block SET asked_yes = 0", FIRST_RUN),
        ("UPDATE reason_block SET fast = 4, waited = 1", FIRST_RUN),
        ("UPDATE comment SET text = 'Rất tốt.'", FIRST_RUN),
        ("DELETE FROM comment", FIRST_RUN),
        ("DELETE FROM block WHERE n = 10", LAST_RUN),
        ("UPDATE release_run SET k = 6 WHERE day = '2026-06-17'", LAST_RUN),
        ("UPDATE release_run SET epoch = 2 WHERE day = '2026-06-16'", FIRST_RUN),
    ],
)
def test_a_change_breaks_the_chain_on_the_day_of_its_run(
    room: Session, statement: str, day: date
) -> None:
    two_runs(room)

    tamper(room, statement)

    assert verify(room, WARD) == Break(day, "rows")


def test_a_run_taken_out_breaks_the_link(room: Session) -> None:
    two_runs(room)

    tamper(room, "DELETE FROM release_run WHERE day = '2026-06-17'")

    assert verify(room, WARD) == Break(LAST_RUN + timedelta(days=1), "link")


def test_rows_of_a_day_without_a_run_are_found(room: Session) -> None:
    two_runs(room)

    tamper(room, "DELETE FROM release_run WHERE day >= '2026-06-17'")

    assert verify(room, WARD) == Break(LAST_RUN, "no_run")


def test_a_lowered_k_is_found_though_its_hash_is_right(room: Session) -> None:
    add_ward(room)
    release(room, FIRST_RUN, k=6)
    previous = room.execute(select(ReleaseRun.chain)).scalar_one()
    forged = Head(WARD, LAST_RUN, k=5, epoch=1)
    chain = link(previous, forged, {})
    room.add(ReleaseRun(**asdict(forged), previous=previous, chain=chain))
    room.flush()

    assert verify(room, WARD) == Break(LAST_RUN, "k")


def test_the_hash_does_not_depend_on_the_order_of_rows() -> None:
    one: Mapping[str, Any] = {"unit_id": WARD, "key": b"1" * 16, "n": 5}
    other: Mapping[str, Any] = {"n": 6, "unit_id": WARD, "key": b"2" * 16}

    hashes = {
        link(FIRST, HEAD, {"block": [one, other]}),
        link(FIRST, HEAD, {"block": [other, one]}),
        link(FIRST, HEAD, {"comment": [], "block": [dict(sorted(one.items())), other]}),
    }

    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("previous", "head", "released"),
    [
        (b"\1" * 32, HEAD, {}),
        (FIRST, Head(OTHER_WARD, MONDAY, 5, 1), {}),
        (FIRST, Head(WARD, FIRST_RUN, 5, 1), {}),
        (FIRST, Head(WARD, MONDAY, 6, 1), {}),
        (FIRST, Head(WARD, MONDAY, 5, 2), {}),
        (FIRST, HEAD, {"block": [{"n": 5}]}),
        (FIRST, HEAD, {"block": [{}]}),
    ],
)
def test_everything_a_run_says_is_in_the_hash(
    previous: bytes, head: Head, released: dict[str, list[dict[str, int]]]
) -> None:
    assert link(previous, head, released) != link(FIRST, HEAD, {})


def test_a_column_that_is_null_is_not_in_the_hash() -> None:
    without = link(FIRST, HEAD, {"block": [{"n": 5}]})

    assert link(FIRST, HEAD, {"block": [{"n": 5, "added_later": None}]}) == without
