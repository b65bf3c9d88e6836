"""What the console says of a wrong clock, and of why something is kept apart."""

import pytest
from flask import Flask

from kiosk.admin import words

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


@one_store
@pytest.mark.parametrize(
    ("skew", "said", "in_english"),
    [
        (12 * MINUTE, "nhanh 12 phút", "12 minutes ahead"),
        (-119 * MINUTE, "chậm 119 phút", "119 minutes behind"),
        (2 * HOUR, "nhanh 2 giờ", "2 hours ahead"),
        (-26 * HOUR, "chậm 26 giờ", "26 hours behind"),
        (-3 * DAY, "chậm 3 ngày", "3 days behind"),
        (3653 * DAY, "nhanh 10 năm", "10 years ahead"),
        (-20614 * DAY, "chậm 56 năm", "56 years behind"),
    ],
)
def test_a_wrong_clock_is_told_in_the_largest_unit_that_says_it(
    app: Flask, skew: int, said: str, in_english: str
) -> None:
    with app.test_request_context("/?lang=vi"):
        assert words.off_by(skew) == said
    with app.test_request_context("/?lang=en"):
        assert words.off_by(skew) == in_english


@one_store
def test_every_reason_has_words(app: Flask) -> None:
    with app.test_request_context("/?lang=vi"):
        assert str(words.reason("conflict")).startswith("gửi hai lần")
        assert str(words.reason("invalid_greeted")).startswith("không đúng dạng")
