"""A share against its target: reached or missed only where its whole interval says so."""

import random

import pytest
from statsmodels.stats.proportion import proportion_confint

from reports.statistics import share
from reports.targets import Standing, results


@pytest.mark.parametrize(
    ("target", "counts", "standing"),
    [
        (0.8, (560, 612), Standing.REACHED),
        (0.8, (440, 612), Standing.MISSED),
        (0.8, (495, 612), Standing.OPEN),
        (0.8, (480, 612), Standing.OPEN),
        (1.0, (612, 612), Standing.OPEN),
        (0.0, (0, 612), Standing.REACHED),
        (0.5, (19, 19), Standing.TOO_FEW),
        (0.5, (0, 0), Standing.TOO_FEW),
    ],
)
def test_one_target_alone(
    target: float, counts: tuple[int, int], standing: Standing
) -> None:
    (found,) = results([(target, share(*counts))])

    assert (found.standing, found.target) == (standing, target)


def test_many_targets_share_one_chance_of_error() -> None:
    pair = (0.8, share(514, 612))

    (alone,), together = results([pair]), results([pair] * 70)

    low, _ = proportion_confint(514, 612, alpha=0.05, method="wilson")
    low_of_70, _ = proportion_confint(514, 612, alpha=0.05 / 70, method="wilson")
    assert low_of_70 < 0.8 < low
    assert alone.standing is Standing.REACHED
    assert {each.standing for each in together} == {Standing.OPEN}


def test_where_every_target_is_just_met_hardly_a_page_says_otherwise() -> None:
    dice = random.Random(7)

    def page() -> bool:
        shares = [
            share(sum(dice.random() < 0.8 for _ in range(200)), 200) for _ in range(14)
        ]
        return any(
            each.standing is not Standing.OPEN
            for each in results((0.8, each) for each in shares)
        )

    # Wilson's interval is a little narrow on one side: 5 % in theory, up to 8 % allowed here.
    assert sum(page() for _ in range(300)) <= 24
