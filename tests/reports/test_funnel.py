"""The funnel: its limits and phi against scipy, and by seeded simulation how often it is wrong."""

from collections.abc import Iterator, Sequence
from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import binom, norm
from statsmodels.stats.meta_analysis import combine_effects

from reports.funnel import INNER, OUTER, Funnel, funnel
from reports.statistics import Share, Verdict, share
from tests.reports.shares import some_share

WARDS = [(64, 96), (98, 121), (150, 188), (203, 240), (171, 212), (248, 305)]
WARDS += [(500, 610), (900, 1100), (1540, 1830), (645, 860), (620, 720), (420, 470)]


def funnel_of(counts: Sequence[tuple[int, int]]) -> Funnel:
    centre = some_share(sum(c for c, _ in counts), sum(n for _, n in counts))
    found = funnel(centre, [share(*each) for each in counts])
    assert found is not None
    return found


def equal(units: int, total: int, chance: float = 0.8) -> list[tuple[int, int]]:
    return [(round(total * chance), total)] * units


def distances() -> NDArray[np.float64]:
    counts, totals = np.array(WARDS, dtype=float).T
    centre = counts.sum() / totals.sum()
    found: NDArray[np.float64] = (counts / totals - centre) / errors()
    return found


def errors() -> NDArray[np.float64]:
    counts, totals = np.array(WARDS, dtype=float).T
    centre = counts.sum() / totals.sum()
    found: NDArray[np.float64] = np.sqrt(centre * (1 - centre) / totals)
    return found


def test_phi_is_the_mean_square_of_the_winsorised_distances() -> None:
    far = distances()

    found = funnel_of(WARDS)

    expected = np.mean(np.clip(far, *np.quantile(far, [0.1, 0.9])) ** 2)
    assert found.phi == pytest.approx(float(expected))
    assert found.phi < np.mean(far**2)


def test_tau_is_the_one_of_dersimonian_and_laird() -> None:
    weights = 1 / errors() ** 2
    found = funnel_of(WARDS)

    excess = len(WARDS) * found.phi - (len(WARDS) - 1)
    square = excess / (weights.sum() - (weights**2).sum() / weights.sum())
    assert found.tau > 0.02
    assert found.tau == pytest.approx(sqrt(square))


def test_tau_is_statsmodels_where_nothing_is_drawn_in() -> None:
    """Six wards on each side at the same distance: winsorising then changes nothing."""
    counts = [(round(600 * (0.8 + 0.05 * (-1) ** at)), 600) for at in range(12)]
    shares = np.array([count / 600 for count, _ in counts])
    chance = 0.8 * 0.2 / 600

    found = funnel_of(counts)

    expected = combine_effects(shares, np.full(12, chance), method_re="chi2").tau2
    assert found.tau**2 == pytest.approx(float(expected))


@pytest.mark.parametrize("total", [20, 96, 612, 20_000])
@pytest.mark.parametrize("confidence", [INNER, OUTER])
def test_without_ordinary_differences_the_band_is_the_exact_binomial_one(
    total: int, confidence: float
) -> None:
    found = funnel_of(equal(14, 90))

    band = found.band(total, confidence)

    tail = (1 - confidence) / 2
    count = binom.ppf(tail, total, 0.8)
    assert found.tau == 0
    assert count - 1 <= band.low * total <= count
    count = binom.isf(tail, total, 0.8)
    assert count <= band.high * total <= count + 1


def test_with_them_a_large_unit_may_lie_as_far_as_the_additive_model_says() -> None:
    found = Funnel(some_share(8_000, 10_000), phi=4, tau=0.03)

    band = found.band(5_000)

    reach = norm.ppf(0.999) * sqrt(0.16 / 5_000 + 0.03**2)
    assert band.low == pytest.approx(0.8 - reach, abs=0.002)
    assert band.high == pytest.approx(0.8 + reach, abs=0.002)


def test_the_band_of_a_very_large_unit_does_not_close() -> None:
    found = Funnel(some_share(8_000, 10_000), phi=4, tau=0.03)

    assert found.band(10_000_000).high - 0.8 > 3 * 0.03


def test_nobody_but_who_lies_outside_the_outer_band_is_named() -> None:
    found = funnel_of(equal(14, 90))

    verdicts = [found.verdict(share(count, 100)) for count in (66, 67, 74, 90, 91, 92)]

    assert verdicts == [
        Verdict.LOWER,
        Verdict.UNCLEAR,
        Verdict.UNCLEAR,
        Verdict.UNCLEAR,
        Verdict.UNCLEAR,
        Verdict.HIGHER,
    ]


def test_of_too_few_answers_nothing_is_said() -> None:
    found = funnel_of(equal(14, 90))

    assert found.verdict(share(0, 19)) is Verdict.TOO_FEW
    assert found.verdict(None) is Verdict.TOO_FEW


def test_one_that_stands_out_does_not_widen_the_funnel_for_itself() -> None:
    counts = [*equal(13, 600), (420, 600)]

    found = funnel_of(counts)

    assert found.tau == 0
    assert found.verdict(share(420, 600)) is Verdict.LOWER


@pytest.mark.parametrize("units", [2, 5, 9])
def test_fewer_than_ten_units_tell_nothing_of_ordinary_differences(units: int) -> None:
    counts = [(70 + 29 * (at % 2), 100) for at in range(units)]

    assert funnel_of(counts).tau == 0


def test_where_everybody_says_yes_nobody_stands_out() -> None:
    found = funnel_of([(90, 90)] * 12)

    assert (found.phi, found.tau) == (1, 0)
    assert found.verdict(share(90, 90)) is Verdict.UNCLEAR


def test_a_funnel_needs_two_units_that_can_be_compared() -> None:
    whole = some_share(80, 100)

    assert funnel(whole, [share(70, 85), share(10, 15), None]) is None
    assert funnel(None, [share(70, 85), share(80, 95)]) is None


def drawn(seed: int, units: int, total: int, spread: float) -> Iterator[list[Share]]:
    """2,000 scopes of units whose true shares differ around 80 % by a standard deviation."""
    dice = np.random.default_rng(seed)
    shares = np.clip(0.8 + spread * dice.standard_normal((2000, units)), 0.01, 0.99)
    for row in dice.binomial(total, shares):
        yield [some_share(int(count), total) for count in row]


def named(scope: list[Share]) -> bool:
    found = funnel_of([(each.count, each.total) for each in scope])
    return any(found.verdict(each) in (Verdict.HIGHER, Verdict.LOWER) for each in scope)


def test_among_14_equal_wards_somebody_is_named_in_at_most_3_of_100_reports() -> None:
    rate = sum(map(named, drawn(1185, 14, 90, 0.0))) / 2000

    assert 0 < rate <= 0.03


def test_among_8_equal_officers_somebody_is_named_in_one_of_three_courtesies_in_5_of_100() -> (
    None
):
    dice = np.random.default_rng(84)
    wrong = 0
    for courtesies in dice.binomial(60, 0.84, size=(1000, 3, 8)):
        wrong += any(named([some_share(int(c), 60) for c in row]) for row in courtesies)

    assert wrong / 1000 <= 0.05


@pytest.mark.parametrize("spread", [0.02, 0.04])
def test_among_14_wards_that_ordinarily_differ_few_reports_name_somebody(
    spread: float,
) -> None:
    rate = sum(map(named, drawn(347, 14, 400, spread))) / 2000

    assert 0.03 <= rate <= 0.17


def test_limits_that_knew_only_of_chance_would_name_somebody_nearly_always() -> None:
    scopes = list(drawn(347, 14, 400, 0.04))[:200]

    low, high = binom.ppf([0.001, 0.999], 400, 0.8) / 400
    wrong = [any(not low <= s.value <= high for s in scope) for scope in scopes]

    assert sum(wrong) / 200 > 0.6


def test_a_ward_12_points_below_13_equal_ones_is_found() -> None:
    dice = np.random.default_rng(12)
    found = 0
    for row in dice.binomial(600, [0.68] + [0.8] * 13, size=(500, 14)):
        counts = [(int(count), 600) for count in row]
        found += funnel_of(counts).verdict(share(*counts[0])) is Verdict.LOWER

    assert found / 500 > 0.95
