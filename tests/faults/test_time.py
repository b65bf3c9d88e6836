"""Wrong clocks, weeks without a network and bad items: nothing is refused, all is where it belongs.

Inside this process, for weeks pass.
"""

from dataclasses import replace

import pytest

from tests.faults import absences, clocks, poison
from tests.faults.stage import Stage

sqlite_only = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def test_three_weeks_offline_across_a_move_and_a_postings_end_misplace_nothing(
    stage: Stage,
) -> None:
    outcome = absences.run(stage)

    assert outcome.verdict.clean, outcome
    assert outcome.verdict.items == absences.DAYS * absences.A_DAY
    assert outcome.misplaced == 0
    assert outcome.of_nobody == outcome.after_the_end > 0
    assert outcome.unbalanced == 0


@sqlite_only
def test_no_clock_costs_an_item_or_puts_it_on_a_wrong_day_unmarked(
    stage: Stage,
) -> None:
    outcome = clocks.run(stage, every=11)

    assert outcome.items > 300
    assert outcome.refused == 0
    assert outcome.misdated == []
    assert outcome.doubted == []


@sqlite_only
@pytest.mark.parametrize("name", poison.POISONS)
def test_a_bad_item_holds_up_nobody_and_is_kept(stage: Stage, name: str) -> None:
    good = poison.GOOD if name in poison.UNREADABLE else 60

    outcome = poison.run(stage, name, good=good)

    assert replace(outcome.verdict, refused=0).clean, outcome
    assert outcome.verdict.refused == 1
    assert outcome.verdict.items == good + 1
    assert outcome.rest == 0
    assert outcome.poison == ("tablet" if name in poison.UNREADABLE else "server")
