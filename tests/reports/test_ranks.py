"""Rank ranges: the studentised range against scipy, and by seeded simulation what they promise."""

from math import asin, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import studentized_range

from reports.ranks import RankRange, rank_ranges, studentised_range
from reports.statistics import share

RUNS = 2000
EQUAL = np.random.default_rng(2019).binomial(90, 0.8, size=(RUNS, 14))


def ranges_of(counts: NDArray[np.int64], total: int) -> list[RankRange]:
    found = rank_ranges([share(int(count), total) for count in counts])
    return [each for each in found if each]


@pytest.mark.parametrize("count", [2, 3, 14, 126, 400])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_the_studentised_range_is_scipys(count: int, confidence: float) -> None:
    expected = studentized_range.ppf(confidence, count, np.inf)

    assert studentised_range(count, confidence) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("count", "printed"), [(2, 2.772), (3, 3.314), (10, 4.474), (20, 5.012)]
)
def test_the_studentised_range_is_the_one_of_the_printed_tables(
    count: int, printed: float
) -> None:
    """The last line of the tables (infinite degrees of freedom), e.g. Montgomery (2013)."""
    assert studentised_range(count, 0.95) == pytest.approx(printed, abs=6e-4)


def test_two_places_are_apart_just_where_tukeys_difference_is() -> None:
    counts = [(510, 600), (300, 400), (70, 100), (95, 100), (40, 50)]
    middles = [asin(sqrt((c + 3 / 8) / (n + 3 / 4))) for c, n in counts]
    errors = [1 / (4 * n + 2) for _, n in counts]
    apart = studentized_range.ppf(0.95, len(counts), np.inf)

    found = rank_ranges([share(*each) for each in counts])

    for at, each in enumerate(found):
        pairs = [
            (middles[other] - middles[at])
            / sqrt((errors[other] + errors[at]) / 2)
            / apart
            for other in range(len(counts))
        ]
        above, below = sum(z > 1 for z in pairs), sum(z < -1 for z in pairs)
        assert each == RankRange(1 + above, len(counts) - below, len(counts))


def test_who_has_too_few_answers_has_no_place_and_takes_none() -> None:
    found = rank_ranges([share(500, 600), share(19, 19), None, share(300, 600)])

    assert found == [RankRange(1, 1, 2), None, None, RankRange(2, 2, 2)]


@pytest.mark.parametrize("shares", [[], [None], [share(80, 90)], [share(5, 5)] * 3])
def test_alone_nobody_has_a_place(shares: list[None]) -> None:
    assert rank_ranges(shares) == [None] * len(shares)


def test_a_range_is_open_where_any_place_is_possible() -> None:
    assert RankRange(1, 14, 14).open
    assert not RankRange(2, 14, 14).open


def test_of_14_equal_units_hardly_ever_is_one_called_best_or_worst() -> None:
    called = sum(
        any(each.worst == 1 or each.best == each.of for each in ranges_of(row, 90))
        for row in EQUAL
    )

    assert called / RUNS <= 0.001  # 0.05 is the promise


def test_the_naive_table_calls_one_of_them_best_in_every_run() -> None:
    assert all(max(row) > min(row) for row in EQUAL)


def test_all_ranges_of_a_table_hold_together_in_95_of_100_tables() -> None:
    """Equal units may stand in any place, so any range short of all places is wrong.

    The band is two-sided: limits that are too wide fail as limits that are too narrow do.
    """
    wrong = sum(any(not each.open for each in ranges_of(row, 90)) for row in EQUAL)

    assert 0.03 <= wrong / RUNS <= 0.06


def test_ranges_of_unequal_wards_hold_together_too() -> None:
    dice = np.random.default_rng(1984)
    totals = [20, 30, 45, 60, 90, 90, 120, 150, 200, 300, 400, 600, 900, 1800]
    wrong = 0
    for row in dice.binomial(totals, 0.85, size=(RUNS, 14)):
        pairs = zip(row, totals, strict=True)
        found = rank_ranges([share(int(count), n) for count, n in pairs])
        wrong += any(each is not None and not each.open for each in found)

    assert wrong / RUNS <= 0.06


def test_true_places_lie_within_their_ranges_where_units_do_differ() -> None:
    dice = np.random.default_rng(2020)
    shares = np.linspace(0.9, 0.64, 14)
    held = sum(
        all(
            each.best <= place <= each.worst
            for place, each in enumerate(ranges_of(row, 300), start=1)
        )
        for row in dice.binomial(300, shares, size=(RUNS, 14))
    )

    assert held / RUNS >= 0.95


def test_a_unit_12_points_above_all_others_is_called_best() -> None:
    dice = np.random.default_rng(12)
    rows = dice.binomial(600, [0.92] + [0.8] * 13, size=(RUNS, 14))

    found = [ranges_of(row, 600)[0] for row in rows]

    assert sum(each == RankRange(1, 1, 14) for each in found) / RUNS > 0.96
