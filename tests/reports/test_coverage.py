"""Tablets as the figures see them: who was away, what is ordinary, and how seldom that errs."""

import random
from itertools import pairwise

import pytest
from scipy.stats import poisson

from reports.coverage import (
    TAIL,
    Habit,
    TabletWeek,
    absences,
    habit,
    poisson_range,
)
from reports.periods import Period, PeriodKind, row
from tests.reports.city import TODAY

WEEKS = row(PeriodKind.WEEK, TODAY.date(), 26)
USUAL = TabletWeek(taps=60, opening=35)
AWAY = TabletWeek(opening=35, stretches=5, silent=35)
CLOSED = TabletWeek()


def weeks(*found: TabletWeek | None) -> list[tuple[Period, TabletWeek | None]]:
    return list(zip(WEEKS, found, strict=False))


def test_two_weeks_away_are_one_absence_with_their_hours() -> None:
    (found,) = absences(weeks(USUAL, AWAY, AWAY, USUAL))

    assert (found.first, found.last, found.hours) == (WEEKS[1], WEEKS[2], 70)


def test_a_closed_desk_neither_makes_nor_ends_an_absence() -> None:
    assert absences(weeks(USUAL, CLOSED, CLOSED, USUAL)) == []
    (found,) = absences(weeks(AWAY, CLOSED, AWAY))
    assert (found.first, found.last, found.hours) == (WEEKS[0], WEEKS[2], 70)


def test_what_was_not_reported_ends_an_absence() -> None:
    found = absences(weeks(AWAY, None, AWAY, USUAL, AWAY))

    assert [each.first for each in found] == [WEEKS[0], WEEKS[2], WEEKS[4]]


@pytest.mark.parametrize("mean", [0.3, 1, 4.5, 12, 60, 350, 2_000])
def test_the_ordinary_range_is_that_of_poisson(mean: float) -> None:
    low, high = poisson_range(mean)

    assert (low, high) == (poisson.ppf(TAIL, mean), poisson.ppf(1 - TAIL, mean))


def test_nothing_is_expected_of_a_closed_desk() -> None:
    assert Habit(2.0).ordinary(0) == (0, 0)


def test_ordinary_is_from_half_to_double_where_taps_are_many() -> None:
    assert Habit(10.0).ordinary(35) == (175, 700)


def test_a_habit_needs_four_weeks_with_taps() -> None:
    assert habit([USUAL, USUAL, USUAL, AWAY, CLOSED, None]) is None
    found = habit([USUAL] * 4 + [AWAY] * 20)
    assert found is not None
    assert found.rate == 60 / 35


def test_a_half_hidden_week_is_quiet_and_an_untouched_one_is_absence() -> None:
    usual = Habit(60 / 35)

    assert usual.quiet(TabletWeek(taps=20, opening=35))
    assert not usual.quiet(TabletWeek(taps=45, opening=35))
    assert not usual.quiet(AWAY)
    assert AWAY.untouched and not CLOSED.untouched


@pytest.mark.parametrize("mean", [4, 15, 60, 200])
def test_equal_weeks_are_called_quiet_in_at_most_one_half_year_of_twenty(
    mean: int,
) -> None:
    """Traffic that varies by a fifth from week to week besides chance."""
    dice = random.Random(mean)
    false = 0
    for _ in range(400):
        counts = [_poisson(dice, mean * dice.uniform(0.8, 1.2)) for _ in WEEKS]
        found = [TabletWeek(taps=n, opening=35) for n in counts]
        usual = habit(found)
        false += usual is not None and any(map(usual.quiet, found))

    assert false <= 20


def test_weeks_add_up() -> None:
    assert TabletWeek(taps=60, opening=70, stretches=5, silent=35) == USUAL + AWAY
    assert all(one.after == two for one, two in pairwise(WEEKS))


def _poisson(dice: random.Random, mean: float) -> int:
    count, left = 0, dice.expovariate(1)
    while left < mean:
        count += 1
        left += dice.expovariate(1)
    return count
