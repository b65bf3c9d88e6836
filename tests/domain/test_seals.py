"""What a tablet sealed opens with the room's keys only, as long as they are kept."""

import json
from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest

from kiosk.domain.answers import Rating
from kiosk.domain.items import RatingItem, RemarkItem, Unreadable, parse_item
from kiosk.domain.sealing import KeyRing
from tests.seals import SESSION, Sealer

OLD, NEW = b"o" * 32, b"n" * 32
RING = KeyRing({1: OLD})
ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def plain(kind: str = "rating", **values: Any) -> str:
    head = {
        "kind": kind,
        "id": ID,
        "seq": 7,
        "salt": "0" * 32,
        "unit": 3,
        "officer": 2,
        "tapped_at": 1_780_000_020_000,
        "skew": -12,
        "questionnaire": 1,
    }
    answers = {"greeted": "yes", "asked": "no", "thanked": "unsure", "satisfaction": 5}
    return json.dumps(head | (values or answers))


def read(text: str, ring: KeyRing = RING) -> RatingItem | RemarkItem | Unreadable:
    return parse_item(text.encode(), ring.seals)


def test_a_sealed_rating_says_to_the_room_what_it_said_at_the_tap() -> None:
    sealed = Sealer(RING.seals.current)(plain())

    item = read(sealed)

    assert isinstance(item, RatingItem)
    assert item.rating == Rating("yes", "no", "unsure", 5)
    assert (item.id, item.seq, item.unit, item.officer) == (UUID(ID), 7, 3, 2)
    assert (item.tapped_at, item.skew) == (1_780_000_020_000, -12)


def test_outside_the_seal_stand_no_answer_no_officer_and_no_time() -> None:
    sealed = json.loads(Sealer(RING.seals.current)(plain()))

    outside = {"kind", "id", "seq", "unit", "key", "point", "step", "text"}
    assert sealed.keys() == outside
    assert sealed["kind"] == "sealed"


def test_the_longest_answers_are_as_long_as_none_and_a_remark_is_of_4_kib() -> None:
    sealer = Sealer(RING.seals.current)
    long = dict.fromkeys(("greeted", "asked", "thanked"), "unsure")
    far: dict[str, Any] = {"officer": 2**31 - 1, "skew": -(2**52), "tapped_at": 2**52}

    ratings = {
        len(sealer(plain(greeted="no"))),
        len(sealer(plain(**long, **far, satisfaction=5))),
    }
    remarks = {
        len(sealer(plain("remark", reasons=["fast"]))),
        len(sealer(plain("remark", comment="🙂" * 500))),
        len(sealer(plain("remark", comment='"\\' * 250))),
    }

    assert len(ratings) == len(remarks) == 1
    assert remarks.pop() in range(3968, 4097)


def test_items_of_several_agreements_open_in_any_order() -> None:
    sealer = Sealer(RING.seals.current)
    sealed = [sealer(plain()) for _ in range(SESSION + 3)]

    items = [parse_item(text.encode(), RING.seals) for text in reversed(sealed)]

    assert all(isinstance(item, RatingItem) for item in items)
    assert len({json.loads(text)["point"] for text in sealed}) == 2
    assert len({json.loads(text)["text"] for text in sealed}) == len(sealed)


def test_a_new_key_is_sealed_to_and_an_old_desks_key_still_opens() -> None:
    before, rotated = Sealer(RING.seals.current), KeyRing({1: OLD, 2: NEW})

    assert rotated.seals.current["key"] == 2
    assert rotated.seals.current["point"] != RING.seals.current["point"]
    for sealer in (before, Sealer(rotated.seals.current)):
        assert isinstance(read(sealer(plain()), rotated), RatingItem)


def test_a_key_that_the_ring_lacks_is_named_and_the_item_keeps_its_head() -> None:
    sealed = Sealer(RING.seals.current)(plain())

    without = read(sealed, KeyRing({2: NEW}))

    assert without == Unreadable("seal_key_missing", UUID(ID), 7, 3)


def test_the_same_number_with_another_key_opens_nothing() -> None:
    sealed = Sealer(RING.seals.current)(plain())

    assert read(sealed, KeyRing({1: NEW})) == Unreadable("unsealable", UUID(ID), 7, 3)


def spoil(**changes: Any) -> str:
    return json.dumps(json.loads(Sealer(RING.seals.current)(plain())) | changes)


STRANGE = b64encode(b"\4" + bytes(64)).decode()  # not on the curve


@pytest.mark.parametrize(
    "change",
    [
        {"text": ""},
        {"text": b64encode(bytes(240)).decode()},
        {"unit": 4},
        {"id": "7c9e6679-7425-40de-944b-e07fc1f90ae8"},
        {"step": 1},
        {"point": ""},
        {"point": STRANGE},
        {"point": KeyRing({1: NEW}).seals.current["point"]},
    ],
    ids=str,
)
def test_what_was_changed_under_way_does_not_open(change: dict[str, Any]) -> None:
    parsed = read(spoil(**change))

    assert isinstance(parsed, Unreadable)
    assert parsed.reason == "unsealable"
    assert parsed.id is not None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"step": 256}, "invalid_step"),
        ({"step": -1}, "invalid_step"),
        ({"key": "1"}, "invalid_key"),
        ({"point": "@"}, "invalid_point"),
        ({"greeted": "yes"}, "unknown_field"),
    ],
    ids=str,
)
def test_a_malformed_seal_is_named(change: dict[str, Any], reason: str) -> None:
    assert read(spoil(**change)) == Unreadable(reason, UUID(ID), 7, 3)


def test_what_is_wrong_inside_of_a_seal_is_named_as_of_a_plain_item() -> None:
    sealer = Sealer(RING.seals.current)

    reasons = [
        read(sealer(plain(greeted="maybe"))),
        read(sealer(plain(greeted="yes", apologised="yes"))),
        read(sealer(plain("remark", comment="x" * 501))),
        read(sealer(plain("remark", comment=" "))),
    ]

    assert [r.reason if isinstance(r, Unreadable) else None for r in reasons] == [
        "invalid_greeted",
        "unknown_field",
        "comment_too_long",
        "no_answer",
    ]


def test_without_the_room_a_seal_stays_shut() -> None:
    sealed = Sealer(RING.seals.current)(plain())

    assert parse_item(sealed.encode()) == Unreadable("unsealable", UUID(ID), 7, 3)
