"""The binomial limits, against scipy's distribution."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from reports import binomial

TAILS = (0.001, 0.00135, 0.025)


def interpolated(chance: float, total: int, tail: float) -> float:
    """Spiegelhalter (2005), A.1.1, by scipy."""
    count = binom.ppf(tail, total, chance)
    over = binom.cdf(count, total, chance) - tail
    return float(count - over / binom.pmf(count, total, chance))


@pytest.mark.parametrize(
    ("chance", "total", "tail"),
    list(product([0.02, 0.3, 0.5, 0.8, 0.97], [5, 20, 91, 612, 3_500], TAILS)),
)
def test_limits_are_spiegelhalters_interpolated_binomial_ones(
    chance: float, total: int, tail: float
) -> None:
    low, high = binomial.limits(chance, total, tail)

    assert low == pytest.approx(
        max(0, interpolated(chance, total, tail) / total), abs=1e-9
    )
    assert high == pytest.approx(
        min(1, 1 - interpolated(1 - chance, total, tail) / total), abs=1e-9
    )


@pytest.mark.parametrize(
    ("chance", "total", "tail"),
    list(product([0.02, 0.5, 0.8, 0.97], [50_000, 1_000_000, 100_000_000], TAILS)),
)
def test_large_numbers_are_expanded_to_within_a_hundredth_of_a_count(
    chance: float, total: int, tail: float
) -> None:
    low, high = binomial.limits(chance, total, tail)

    assert low * total == pytest.approx(interpolated(chance, total, tail), abs=0.02)
    assert (1 - high) * total == pytest.approx(
        interpolated(1 - chance, total, tail), abs=0.02
    )


@given(st.integers(1, 2000), st.floats(0.01, 0.99), st.data())
@settings(max_examples=300)
def test_a_count_lies_outside_just_where_so_many_or_fewer_are_that_rare(
    total: int, chance: float, data: st.DataObject
) -> None:
    count, tail = data.draw(st.integers(0, total)), data.draw(st.sampled_from(TAILS))
    fewer = binom.cdf(count, total, chance)
    more = binom.sf(count - 1, total, chance)

    low, high = binomial.limits(chance, total, tail)

    if abs(fewer - tail) > 1e-9:  # on the limit itself rounding decides
        assert (count / total < low) is bool(fewer < tail)
    if abs(more - tail) > 1e-9:
        assert (count / total > high) is bool(more < tail)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_what_is_certain_has_no_room(chance: float) -> None:
    assert binomial.limits(chance, 50, 0.001) == (chance, chance)
