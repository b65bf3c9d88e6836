"""Passwords: how they are kept, which are refused, and that nobody's costs as much as anybody's."""

import pytest

from kiosk.domain.errors import DomainError
from kiosk.domain.passwords import (
    LONGEST,
    NOBODYS_HASH,
    PasswordEasy,
    PasswordTooLong,
    PasswordTooShort,
    check_strength,
    hash_password,
    matches,
    outdated,
)


def test_a_password_matches_its_own_hash_only() -> None:
    stored = hash_password("xin chào và cảm ơn")

    assert matches("xin chào và cảm ơn", stored)
    assert not matches("xin chào và cám ơn", stored)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("xin chào và cảm ơn") != hash_password("xin chào và cảm ơn")


def test_hashes_are_argon2id_with_19_mebibytes_two_passes_one_lane() -> None:
    assert hash_password("xin chào và cảm ơn").startswith(
        "$argon2id$v=19$m=19456,t=2,p=1$"
    )


def test_a_stranger_costs_the_same_work_as_an_account() -> None:
    assert not outdated(NOBODYS_HASH)
    assert not matches("xin chào và cảm ơn", None)


def test_what_is_no_hash_matches_nothing() -> None:
    assert not matches("xin chào và cảm ơn", "!")


def test_a_longer_password_does_not_match_by_its_beginning() -> None:
    longest = "ab1 d" * (LONGEST // 5) + "xyz"
    stored = hash_password(longest)

    assert len(longest) == LONGEST
    assert matches(longest, stored)
    assert not matches(longest + "!", stored)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("elevenchars", PasswordTooShort),
        ("x1y2z3" * 22, PasswordTooLong),
        ("chutich chutich", PasswordEasy),
        ("CHUTICH-2026-06", PasswordEasy),
        ("aaaaaaaaaaaab", PasswordEasy),
    ],
)
def test_a_weak_password_is_refused_by_the_name_of_its_weakness(
    password: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        check_strength(password, username="chutich")


def test_a_sentence_is_strong_enough() -> None:
    check_strength("chào hỏi và cảm ơn", username="chutich")
