"""Sealed values open with their key and their row only, and their length tells nothing."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import parse_room_keys
from kiosk.domain.answers import Rating, decode_reasons, encode_reasons
from kiosk.domain.errors import RoomKeyMissing
from kiosk.domain.questionnaire import REASONS
from kiosk.domain.sealing import (
    COMMENT_SIZE,
    RATING_SIZE,
    KeyRing,
    new_key_ring,
    pad_raw,
    pad_text,
    unpad_raw,
    unpad_text,
)

OLD, NEW = b"o" * 32, b"n" * 32
COURTESIES = st.sampled_from([None, "yes", "no", "unsure"])


def test_what_is_sealed_opens_with_the_same_binding_only() -> None:
    ring = KeyRing({1: OLD})
    sealed = ring.seal(b"1234", b"row 1")

    assert ring.open(sealed, b"row 1") == b"1234"
    with pytest.raises(InvalidTag):
        ring.open(sealed, b"row 2")


def test_the_highest_key_seals_and_older_ones_still_open() -> None:
    before = KeyRing({1: OLD}).seal(b"1234", b"")
    ring = KeyRing({1: OLD, 2: NEW})

    assert ring.open(before, b"") == b"1234"
    assert ring.seal(b"1234", b"")[0] == 2


def test_a_destroyed_key_is_named_by_its_number() -> None:
    sealed = KeyRing({1: OLD}).seal(b"1234", b"")

    with pytest.raises(RoomKeyMissing, match="1"):
        KeyRing({2: NEW}).open(sealed, b"")


def test_the_same_answer_never_seals_to_the_same_bytes() -> None:
    ring = KeyRing({1: OLD})

    assert len({ring.seal(b"1234", b"") for _ in range(100)}) == 100


def test_a_fingerprint_tells_equal_data_and_survives_a_new_key() -> None:
    ring, rotated = KeyRing({1: OLD}), KeyRing({1: OLD, 2: NEW})

    assert ring.fingerprint(b"a") == rotated.fingerprint(b"a")
    assert ring.fingerprint(b"a") != ring.fingerprint(b"b")
    assert ring.fingerprint(b"a") != KeyRing({1: NEW}).fingerprint(b"a")


def test_a_new_ring_is_readable_and_never_the_same() -> None:
    first, second = parse_room_keys(new_key_ring()), parse_room_keys(new_key_ring())

    assert first.keys() == {1}
    assert first != second


@given(
    st.builds(
        Rating,
        COURTESIES,
        COURTESIES,
        COURTESIES,
        st.sampled_from([None, 1, 2, 3, 4, 5]),
    )
)
def test_every_rating_survives_its_encoding_at_one_length(rating: Rating) -> None:
    assert Rating.decode(rating.encode()) == rating
    assert len(rating.encode()) == RATING_SIZE


@given(st.frozensets(st.sampled_from(REASONS)))
def test_every_set_of_reasons_survives_its_encoding(reasons: frozenset[str]) -> None:
    assert decode_reasons(encode_reasons(reasons)) == reasons


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=500))
def test_every_comment_survives_its_padding_at_one_length(comment: str) -> None:
    assert unpad_text(pad_text(comment)) == comment
    assert len(pad_text(comment)) == COMMENT_SIZE


@given(st.binary(max_size=3000))
def test_whatever_is_quarantined_survives_at_whole_kibibytes(data: bytes) -> None:
    assert unpad_raw(pad_raw(data)) == data
    assert len(pad_raw(data)) % 1024 == 0
