"""The attacker knows his trade: he finds what can be found, and only that."""

import random
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attack.attacker import Members, by_algebra, by_subtraction, null_space, rank

K = 5


def people(*ranges: tuple[int, int]) -> Members:
    return frozenset(n for first, last in ranges for n in range(first, last))


def test_he_subtracts_yesterday_from_today() -> None:
    yesterday, today = people((0, 9)), people((0, 11))

    assert by_subtraction([yesterday, today], k=K) == people((9, 11))
    assert by_algebra([yesterday, today], k=K) == people((9, 11))


def test_he_subtracts_what_he_found_by_subtracting() -> None:
    figures = [people((0, 30)), people((0, 10)), people((10, 20)), people((20, 28))]

    assert by_subtraction(figures, k=K) == people((28, 30))
    assert by_algebra(figures, k=K) == people((28, 30))


def test_he_combines_overlapping_figures_that_no_pencil_can_subtract() -> None:
    one, two, three = people((0, 6)), people((6, 12)), people((12, 18))
    single = people((99, 100))
    figures = [one | two | single, two | three | single, one | three | single]
    figures += [one | two | three]

    assert by_subtraction(figures, k=K) is None
    assert by_algebra(figures, k=K) == single


def test_he_finds_the_difference_of_two_small_groups() -> None:
    shared, left, right = people((0, 10)), people((10, 12)), people((20, 22))

    assert by_algebra([shared | left, shared | right], k=K) == left | right
    assert by_algebra([shared | left, shared | people((20, 23))], k=K) is None


def test_he_finds_nothing_in_figures_that_share_nobody_or_everybody() -> None:
    blocks = [people((0, 5)), people((5, 11)), people((11, 40))]
    figures = [*blocks, blocks[0] | blocks[1], people((0, 40))]

    assert by_subtraction(figures, k=K) is None
    assert by_algebra(figures, k=K) is None


def test_a_figure_of_under_k_is_found_as_it_stands() -> None:
    assert by_algebra([people((0, 4)), people((9, 20))], k=K) == people((0, 4))


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(2, 5), st.integers(3, 7))
def test_algebra_finds_exactly_what_trying_every_support_finds(
    seed: int, figures: int, columns: int
) -> None:
    chance = random.Random(seed)
    matrix = [[chance.random() < 0.5 for _ in range(columns)] for _ in range(figures)]
    sets = [frozenset(c for c in range(columns) if row[c]) for row in matrix]

    found = by_algebra(sets, k=3)

    full = np.linalg.matrix_rank(np.array(matrix, dtype=float))
    possible = any(
        np.linalg.matrix_rank(np.delete(np.array(matrix, dtype=float), chosen, 1))
        < full
        for size in (1, 2)
        for chosen in combinations(range(columns), min(size, columns - 1))
    )
    assert (found is not None) == possible


@pytest.mark.parametrize(
    ("rows", "nullity"),
    [([[1, 0], [0, 1]], 0), ([[1, 1]], 1), ([[2, 4, 6], [1, 2, 3]], 2)],
)
def test_the_null_space_is_orthogonal_to_every_row(
    rows: list[list[int]], nullity: int
) -> None:
    matrix = [[Fraction(value) for value in row] for row in rows]

    null = null_space(matrix)

    assert len(null) == nullity == len(rows[0]) - rank(matrix)
    for row in matrix:
        for vector in null:
            assert sum(a * b for a, b in zip(row, vector, strict=True)) == 0
