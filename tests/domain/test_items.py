"""Every bad item gets its reason; good ones keep what was answered."""

import json
from typing import Any
from uuid import UUID

import pytest

from kiosk.domain.answers import Rating
from kiosk.domain.items import RatingItem, RemarkItem, Unreadable, parse_item

ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
HEAD = {
    "id": ID,
    "seq": 7,
    "salt": "0123456789abcdef" * 2,
    "unit": 1,
    "officer": 2,
    "tapped_at": 1_780_000_000_000,
    "skew": None,
    "questionnaire": 1,
}
ANSWERS = {"greeted": "yes", "asked": "no", "thanked": "unsure", "satisfaction": 5}


def raw(kind: str, **values: Any) -> bytes:
    return json.dumps({"kind": kind} | HEAD | values).encode()


def reason(data: bytes) -> str:
    parsed = parse_item(data)
    assert isinstance(parsed, Unreadable)
    return parsed.reason


def test_a_complete_rating_is_read() -> None:
    item = parse_item(raw("rating", **ANSWERS))

    assert isinstance(item, RatingItem)
    assert item.rating == Rating("yes", "no", "unsure", 5)
    assert item.rating.complete
    assert item.id == UUID(ID)


def test_absent_answers_make_a_rating_partial() -> None:
    item = parse_item(raw("rating", greeted="no"))

    assert isinstance(item, RatingItem)
    assert not item.rating.complete


@pytest.mark.parametrize("level", [6, 0, -1, "5", 4.5, True, [5]])
def test_a_level_outside_one_to_five_or_of_another_type_is_named(level: object) -> None:
    assert (
        reason(raw("rating", **ANSWERS | {"satisfaction": level}))
        == "invalid_satisfaction"
    )


def test_a_question_nobody_knows_is_named() -> None:
    assert reason(raw("rating", **ANSWERS, apologised="yes")) == "unknown_field"


def test_an_answer_nobody_knows_is_named() -> None:
    assert reason(raw("rating", **ANSWERS | {"asked": "maybe"})) == "invalid_asked"


def test_an_unknown_reason_is_named() -> None:
    assert reason(raw("remark", reasons=["fast", "handsome"])) == "invalid_reasons"


def test_a_rating_without_any_answer_and_an_empty_remark_say_nothing() -> None:
    assert reason(raw("rating")) == "no_answer"
    assert reason(raw("remark", comment="  ", reasons=[])) == "no_answer"


def test_a_comment_of_500_code_points_after_nfc_is_good() -> None:
    decomposed = "e\u0302\u0301" * 500  # one code point each when composed

    item = parse_item(raw("remark", comment=decomposed))

    assert isinstance(item, RemarkItem)


def test_a_comment_of_501_code_points_is_named() -> None:
    assert reason(raw("remark", comment="ế" * 501)) == "comment_too_long"


def test_emoji_are_counted_as_code_points_not_as_halves() -> None:
    assert isinstance(parse_item(raw("remark", comment="🙂" * 500)), RemarkItem)


def test_a_nul_and_a_lone_surrogate_keep_id_seq_and_unit() -> None:
    nul = parse_item(raw("remark", comment="a\0b"))
    lone = parse_item(raw("remark", comment="a\ud800b"))

    assert nul == Unreadable("comment_has_nul", UUID(ID), 7, 1)
    assert lone == Unreadable("unreadable", UUID(ID), 7, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seq", 0),
        ("seq", 2**53),
        ("unit", -1),
        ("officer", 2**31),
        ("tapped_at", -5),
        ("skew", 2**60),
        ("salt", "short"),
        ("questionnaire", 0),
    ],
)
def test_integers_are_bounded_and_the_salt_has_its_length(
    field: str, value: object
) -> None:
    assert reason(raw("rating", **ANSWERS | {field: value})) == f"invalid_{field}"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"3", "not_an_item"),
        (b"{}", "missing_field"),
        (b'{"kind": "vote"}', "invalid_kind"),
        (b"{", "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b'{"kind": ' + b"[" * 100_000, "unreadable"),
    ],
)
def test_what_is_no_item_at_all_is_named_and_never_raises(
    data: bytes, expected: str
) -> None:
    assert parse_item(data) == Unreadable(expected)
