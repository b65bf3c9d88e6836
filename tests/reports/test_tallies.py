"""Counts of answers: what is a share of what, and that unsure is never a no."""

import pytest

from reports.tallies import (
    AllThree,
    Courtesy,
    Satisfaction,
    Tally,
    all_three_of,
    total_of,
)


def test_unsure_is_left_out_of_a_courtesys_share() -> None:
    found = Courtesy(yes=80, no=20, unsure=900).share

    assert found is not None
    assert (found.count, found.total) == (80, 100)


def test_a_courtesy_nobody_noticed_has_no_share() -> None:
    assert Courtesy(unsure=12).share is None


def test_all_three_leaves_out_those_of_whom_nobody_knows() -> None:
    found = AllThree(n=120, all_three=80, unsure=20).share

    assert found is not None
    assert (found.count, found.total) == (80, 100)


def test_satisfied_are_the_two_upper_levels_of_five() -> None:
    found = Satisfaction((1, 2, 7, 40, 50)).share

    assert found is not None
    assert (found.count, found.total) == (90, 100)


def test_the_parts_of_satisfaction_make_a_whole() -> None:
    assert sum(Satisfaction((1, 2, 7, 40, 50)).parts) == pytest.approx(1)
    assert Satisfaction().parts == (0, 0, 0, 0, 0)


def test_tallies_add_up_answer_by_answer() -> None:
    one = Tally(
        10,
        Courtesy(8, 1, 1),
        Courtesy(7, 2, 1),
        Courtesy(6, 3, 1),
        Satisfaction((1, 1, 1, 3, 4)),
    )

    found = total_of([one, one])

    assert found == Tally(
        20,
        Courtesy(16, 2, 2),
        Courtesy(14, 4, 2),
        Courtesy(12, 6, 2),
        Satisfaction((2, 2, 2, 6, 8)),
    )
    assert total_of([]) == Tally()


def test_the_rest_of_a_whole_is_what_others_answered() -> None:
    assert Courtesy(9, 4, 2) - Courtesy(4, 3, 1) == Courtesy(5, 1, 1)
    assert AllThree(40, 30, 4) - AllThree(20, 16, 1) == AllThree(20, 14, 3)
    assert all_three_of([AllThree(40, 30, 4), AllThree(20, 16, 1)]) == AllThree(
        60, 46, 5
    )
