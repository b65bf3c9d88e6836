"""The formulas, against a second implementation (statsmodels) and the papers' own numbers."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from reports.statistics import (
    Share,
    Verdict,
    compare,
    difference,
    expected_next,
    family_confidence,
    share,
)
from tests.reports.shares import some_share

CASES = list(product([5, 20, 91, 612, 60_000], [0.0, 0.03, 0.5, 0.84, 1.0]))


@pytest.mark.parametrize(("total", "part"), CASES)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_the_interval_of_a_share_is_wilsons(
    total: int, part: float, confidence: float
) -> None:
    count = round(total * part)

    found = share(count, total, confidence=confidence)

    assert found is not None
    expected = proportion_confint(count, total, alpha=1 - confidence, method="wilson")
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_the_interval_printed_in_newcombe_1998a(
    count: int, total: int, low: float, high: float
) -> None:
    found = some_share(count, total)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_has_the_interval_printed_in_newcombe_1998b(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = difference(some_share(*first), some_share(*second))

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize("confidence", [0.95, 0.998])
@pytest.mark.parametrize(
    ("first", "second"), [((514, 612), (480, 600)), ((5, 5), (60, 91))]
)
def test_the_interval_of_a_difference_is_newcombes(
    first: tuple[int, int], second: tuple[int, int], confidence: float
) -> None:
    found = difference(some_share(*first), some_share(*second), confidence=confidence)

    expected = confint_proportions_2indep(
        *first, *second, method="newcomb", compare="diff", alpha=1 - confidence
    )
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)


@given(st.integers(1, 5000), st.data())
def test_a_share_lies_within_its_interval(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))

    found = some_share(count, total)

    assert 0 <= found.low <= found.value <= found.high <= 1


def test_nothing_has_no_share() -> None:
    assert share(0, 0) is None


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5)])
def test_more_than_all_and_less_than_none_is_no_share(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(count, total)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (share(560, 612), share(480, 600), Verdict.HIGHER),
        (share(480, 600), share(560, 612), Verdict.LOWER),
        (share(500, 600), share(495, 600), Verdict.UNCLEAR),
        (share(19, 19), share(0, 600), Verdict.TOO_FEW),
        (share(600, 600), share(0, 19), Verdict.TOO_FEW),
        (None, share(495, 600), Verdict.TOO_FEW),
        (share(495, 600), None, Verdict.TOO_FEW),
    ],
)
def test_a_difference_is_told_only_where_its_interval_leaves_zero(
    first: Share | None, second: Share | None, verdict: Verdict
) -> None:
    found = compare(first, second)

    assert found.verdict is verdict
    assert found.clear is (verdict in (Verdict.HIGHER, Verdict.LOWER))
    assert (found.difference is None) is (verdict is Verdict.TOO_FEW)


def test_what_is_clear_alone_may_be_unclear_among_many_comparisons() -> None:
    officer, others = share(70, 80), share(300, 400)

    alone = compare(officer, others)
    among_thirty = compare(officer, others, confidence=family_confidence(30))

    assert alone.verdict is Verdict.HIGHER
    assert among_thirty.verdict is Verdict.UNCLEAR


def test_several_comparisons_share_one_chance_of_a_false_alarm() -> None:
    assert family_confidence(1) == 0.95
    assert family_confidence(10) == pytest.approx(0.995)
    assert family_confidence(0) == 0.95


def test_the_next_release_is_expected_after_the_usual_gap() -> None:
    days = [date(2026, 11, day) for day in (2, 4, 6, 13, 15)]

    assert expected_next(days) == date(2026, 11, 17)


def test_nothing_is_expected_before_three_releases() -> None:
    assert (
        expected_next([date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 4)]) is None
    )
