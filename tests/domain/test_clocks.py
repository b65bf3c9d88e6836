"""On which day a tap is counted, when clocks are right, wrong, or jump."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.domain.clocks import DISAGREE, OUT_OF_RANGE, UNPROVEN, Dated, date_tap

NOW = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)  # 12:00 in Hà Nội
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
NOW_MS = round(NOW.timestamp() * 1000)


def tap(ago: int, *, wrong_by: int = 0, skew: int | None = 0, jump: int = 0) -> Dated:
    """A tap so long ago on a tablet whose clock is wrong, and jumped before sending."""
    tapped_at = NOW_MS - ago + wrong_by
    return date_tap(
        tapped_at=tapped_at, sent_at=NOW_MS + wrong_by + jump, skew=skew, now=NOW
    )


def test_a_right_clock_dates_by_the_tap() -> None:
    assert tap(2 * DAY) == Dated(date(2026, 6, 8), 12, None)


def test_a_tap_before_seven_belongs_to_its_own_day_not_to_yesterday() -> None:
    assert tap(6 * HOUR) == Dated(date(2026, 6, 10), 6, None)


@pytest.mark.parametrize("wrong_by", [-DAY, DAY, 5 * MINUTE, 3650 * DAY])
def test_a_steady_wrong_clock_is_not_marked(wrong_by: int) -> None:
    assert tap(HOUR, wrong_by=wrong_by, skew=wrong_by) == Dated(
        date(2026, 6, 10), 11, None
    )


def test_a_clock_at_1970_that_is_steady_is_not_marked() -> None:
    dated = date_tap(
        tapped_at=10 * MINUTE, sent_at=20 * MINUTE, skew=20 * MINUTE - NOW_MS, now=NOW
    )

    assert dated == Dated(date(2026, 6, 10), 11, None)


def test_a_clock_that_jumped_a_day_while_waiting_is_dated_by_arrival_and_marked() -> (
    None
):
    assert tap(HOUR, jump=DAY) == Dated(date(2026, 6, 10), 12, DISAGREE)


def test_a_small_jump_within_the_day_is_nothing() -> None:
    assert tap(HOUR, jump=5 * MINUTE).mark is None


def test_without_a_first_contact_the_age_alone_decides_and_is_marked() -> None:
    assert tap(DAY, skew=None) == Dated(date(2026, 6, 9), 12, UNPROVEN)


def test_older_than_90_days_or_from_the_future_counts_on_arrival() -> None:
    arrival = Dated(date(2026, 6, 10), 12, OUT_OF_RANGE)

    assert tap(91 * DAY) == arrival
    assert tap(-MINUTE) == arrival
    assert tap(90 * DAY).mark is None


def test_numbers_no_calendar_has_are_marked_not_refused() -> None:
    huge = 2**53 - 1

    far = date_tap(tapped_at=huge, sent_at=huge, skew=0, now=NOW)
    below = date_tap(tapped_at=0, sent_at=0, skew=huge, now=NOW)

    assert far.mark == below.mark == DISAGREE
    assert far.day == below.day == NOW.date()


def test_the_last_second_of_a_local_day_is_that_day() -> None:
    midnight = datetime(2026, 6, 9, 17, 0, tzinfo=UTC)
    ago = round((NOW - midnight) / timedelta(milliseconds=1))

    assert tap(ago).day == date(2026, 6, 10)
    assert tap(ago + 1).day == date(2026, 6, 9)
