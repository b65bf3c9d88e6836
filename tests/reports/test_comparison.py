"""Two sides against each other: as the page of a unit says it, and seldom a false alarm."""

import random

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from reports.comparison import Side, contrasts
from reports.findings import Measure, changes
from reports.statistics import Verdict
from reports.tallies import AllThree, Courtesy, Satisfaction, Tally

KEYS = ["all_three", "greeted", "asked", "thanked", "satisfied"]


def side(*yes: int, n: int = 400) -> Side:
    """Of n citizens so many got all three, greeted, asked, thanked, and were satisfied."""
    three, greeted, asked, thanked, satisfied = yes
    return Side(
        Tally(
            n,
            Courtesy(greeted, n - greeted),
            Courtesy(asked, n - asked),
            Courtesy(thanked, n - thanked),
            Satisfaction((0, 0, n - satisfied, 0, satisfied)),
        ),
        AllThree(n, three),
    )


HIGH, LOW = side(340, 380, 360, 370, 330), side(300, 378, 300, 372, 300)


def test_all_figures_are_compared_in_the_order_of_the_questions() -> None:
    found = contrasts(HIGH, LOW)

    assert [each.key for each in found] == KEYS
    verdicts = [each.found.verdict for each in found]
    clear, none = Verdict.HIGHER, Verdict.UNCLEAR
    assert verdicts == [clear, none, clear, none, clear]
    assert [each.confidence for each in found] == [0.95, *[0.9875] * 4]


def test_turned_round_everything_is_the_other_way_round() -> None:
    there, back = contrasts(HIGH, LOW), contrasts(LOW, HIGH)

    for one, other in zip(there, back, strict=True):
        assert one.found.difference and other.found.difference
        assert one.found.difference.low == pytest.approx(-other.found.difference.high)
        assert one.found.clear == other.found.clear


def test_the_page_of_a_unit_says_the_same_of_a_change() -> None:
    main, *others = contrasts(HIGH, LOW)

    assert main.found == Measure(HIGH.three.share, LOW.three.share).change
    assert {each.key: each.found for each in others} == changes(HIGH.tally, LOW.tally)


def test_each_interval_is_newcombes_at_its_confidence() -> None:
    for each in contrasts(HIGH, LOW):
        assert each.first and each.second and each.found.difference
        low, high = confint_proportions_2indep(
            each.first.count,
            each.first.total,
            each.second.count,
            each.second.total,
            method="newcomb",
            alpha=1 - each.confidence,
        )
        assert each.found.difference.low == pytest.approx(low)
        assert each.found.difference.high == pytest.approx(high)


def test_too_few_on_a_side_are_not_compared() -> None:
    few = side(15, 15, 15, 15, 15, n=19)

    assert {e.found.verdict for e in contrasts(HIGH, few)} == {Verdict.TOO_FEW}
    assert {e.first is None for e in contrasts(Side(Tally(), AllThree()), LOW)} == {
        True
    }


def test_of_equal_sides_something_is_called_clear_in_at_most_one_of_ten() -> None:
    dice = random.Random(11)

    def some() -> Side:
        chances = (0.8, 0.93, 0.9, 0.92, 0.85)
        return side(
            *(sum(dice.random() < p for _ in range(150)) for p in chances), n=150
        )

    runs = 400
    alarms = sum(
        any(each.found.clear for each in contrasts(some(), some())) for _ in range(runs)
    )

    # At most 40 in theory; three standard deviations of 400 throws more are allowed.
    assert 0 < alarms <= 58
