"""A lost store comes back whole from yesterday's backup and from the tablets."""

from tests.faults import restores
from tests.faults.stage import Stage


def test_what_the_backup_lacks_is_back_in_one_cycle_and_is_counted_once(
    stage: Stage,
) -> None:
    outcome = restores.run(stage, items=120)

    assert outcome.verdict.clean, outcome
    assert outcome.again == 80
    assert outcome.late == outcome.waits == outcome.unbalanced == 0
    assert outcome.shown_again > outcome.shown > 0
