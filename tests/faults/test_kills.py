"""Gunicorn is killed while tablets send; what it acknowledged is there, once and whole."""

from tests.faults import kills
from tests.faults.stage import Stage
from tests.servers import Gunicorn


def test_no_kill_loses_doubles_or_halves_what_citizens_gave(
    stage: Stage, server: Gunicorn
) -> None:
    outcome = kills.run(stage, server, kills=13, items=1000, seed=1)

    assert outcome.kills.total() == 13
    assert outcome.verdict.clean, outcome
    assert outcome.verdict.acknowledged == outcome.verdict.items >= 1000
    assert outcome.heard.keys() <= {"200", "503 storage_busy", "offline"}, outcome.heard
