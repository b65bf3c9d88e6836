"""A full disk is said to be full, leaves nothing half-written, and is soon forgotten."""

import pytest

from tests.faults import disks
from tests.faults.disks import Limit
from tests.faults.stage import Stage
from tests.servers import Gunicorn


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_a_disk_that_fills_during_ingestion_costs_nothing(
    stage: Stage, server: Gunicorn
) -> None:
    outcome = disks.run(stage, server, Limit(stage, server), items=800)

    assert outcome.heard["503 storage_full"] > 0
    said = {"200", "503 storage_full", "503 storage_busy"}  # busy: the lanes for queues
    assert outcome.heard.keys() <= said, outcome.heard
    assert outcome.in_the_end.clean, outcome
    assert outcome.in_the_end.acknowledged == 800
    assert len(outcome.while_full) == len(disks.SPARES)
    for verdict in outcome.while_full:
        assert verdict.outstanding > 0
        assert not any((verdict.lost, verdict.doubled, verdict.half_written))
        assert verdict.unbalanced == 0
