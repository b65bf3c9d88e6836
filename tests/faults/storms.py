"""Tablets behind the faulty proxy: whatever the network does, every item arrives once."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.faults import network, proxy
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen
from tests.faults.stage import RING, Stage, pair_tablets, session
from tests.faults.tablet import Tablet
from tests.servers import Gunicorn

TABLETS = 20


@dataclass(frozen=True)
class Outcome:
    """What the network did, what the tablets heard, what became of the items."""

    faults: Counter[str]
    heard: Counter[str]
    outcomes: Counter[str]
    verdict: Verdict


def run(stage: Stage, server: Gunicorn, *, items: int, seed: int) -> Outcome:
    """So many items in bursts, from tablets that each send in two tabs at times."""
    tablets = pair_tablets(stage, TABLETS, seed=seed)
    faults = network.play(_play(stage, server, tablets, items, seed))
    with session(stage.environment) as opened:
        verdict = check(opened, RING, tablets)
    heard = sum((tablet.heard for tablet in tablets), Counter[str]())
    outcomes = sum((tablet.outcomes for tablet in tablets), Counter[str]())
    return Outcome(faults, heard, outcomes, verdict)


async def _play(
    stage: Stage, server: Gunicorn, tablets: Sequence[Tablet], items: int, seed: int
) -> Counter[str]:
    random, share = Random(seed), items // len(tablets)
    between = proxy.Proxy(server.port, random, proxy.evenly(random))
    async with proxy.listening(between):
        await asyncio.gather(*(_work(stage, t, between.port, share) for t in tablets))
    return between.done


async def _work(stage: Stage, tablet: Tablet, port: int, share: int) -> None:
    while len(tablet.tapped) < share:
        burst = tablet.random.randint(1, 12)
        for _ in range(min(burst, share - len(tablet.tapped))):
            tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
        tabs = tablet.random.randint(1, 2)
        await asyncio.gather(*(network.drain(tablet, port) for _ in range(tabs)))
