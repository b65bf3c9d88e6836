"""A network that breaks, delays, doubles and invents costs no item and doubles none."""

from tests.faults import proxy, storms
from tests.faults.stage import Stage
from tests.servers import Gunicorn


def test_no_fault_of_the_network_loses_doubles_or_condemns_an_item(
    stage: Stage, server: Gunicorn
) -> None:
    outcome = storms.run(stage, server, items=500, seed=7)

    assert outcome.verdict.clean, outcome
    assert outcome.verdict.items == 500
    assert outcome.faults.keys() >= set(proxy.ALL)
    assert outcome.outcomes["duplicate"] > 0
    assert outcome.outcomes["conflict"] == outcome.outcomes["quarantined"] == 0
    assert not any(said.startswith("500") for said in outcome.heard)
