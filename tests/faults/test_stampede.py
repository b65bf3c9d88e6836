"""Many queues that come back at once are all taken in, and refused only with a time to return."""

from tests.faults import stampede
from tests.faults.stage import Stage
from tests.servers import Gunicorn


def test_a_rush_is_taken_in_whole(stage: Stage, server: Gunicorn) -> None:
    outcome = stampede.run(stage, server, tablets=12, items=60, pace=0.005)

    assert outcome.verdict.clean, outcome
    assert outcome.heard.keys() <= {"200", "503 storage_busy"}, outcome.heard
