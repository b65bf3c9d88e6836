"""Five hundred tablets with two hundred items each come back at the same moment.

Meanwhile citizens go on tapping at other tablets, and each of those taps must be sent soon. Waits
are real where ``pace`` is 1.
"""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.processes import cpu_seconds, family
from tests.faults import network
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen
from tests.faults.stage import RING, Stage, pair_tablets, session
from tests.faults.tablet import Tablet
from tests.servers import Gunicorn

LIVE = 20
BETWEEN_TAPS = 1.0  # seconds, on average, at each live tablet


@dataclass(frozen=True)
class Outcome:
    """How long it took, what it cost, what was said, and how long live taps were under way."""

    tablets: int
    items: int
    seconds: float
    server_cpu: float
    live_taps: int
    median: float
    p99: float
    slowest: float
    heard: Counter[str]
    verdict: Verdict


def run(
    stage: Stage, server: Gunicorn, *, tablets: int, items: int, pace: float = 1.0
) -> Outcome:
    """All at once; then the checker."""
    assert server.process is not None
    crowd = pair_tablets(stage, tablets, seed=8)
    live = pair_tablets(stage, LIVE, seed=9)
    for tablet in (*crowd, *live):
        tablet.caution.pace = pace
    for tablet in crowd:
        for _ in range(items):
            _tap(stage, tablet)
    before = cpu_seconds(family(server.process.pid))
    seconds, waits = network.play(_play(stage, server, crowd, live))
    used = cpu_seconds(family(server.process.pid)) - before
    with session(stage.environment) as opened:
        verdict = check(opened, RING, [*crowd, *live])
    return Outcome(
        tablets=tablets,
        items=tablets * items,
        seconds=seconds,
        server_cpu=used,
        live_taps=len(waits),
        median=statistics.median(waits),
        p99=statistics.quantiles(waits, n=100)[98],
        slowest=max(waits),
        heard=sum((tablet.heard for tablet in (*crowd, *live)), Counter[str]()),
        verdict=verdict,
    )


async def _play(
    stage: Stage, server: Gunicorn, crowd: Sequence[Tablet], live: Sequence[Tablet]
) -> tuple[float, list[float]]:
    over, waits = asyncio.Event(), list[float]()
    citizens = [
        asyncio.create_task(_tap_and_send(stage, server.port, tablet, over, waits))
        for tablet in live
    ]
    await asyncio.sleep(2 * crowd[0].caution.pace)
    waits.clear()  # only those during the rush count
    began = time.monotonic()
    await asyncio.gather(*(network.drain(tablet, server.port) for tablet in crowd))
    seconds = time.monotonic() - began
    over.set()
    await asyncio.gather(*citizens)
    return seconds, waits


async def _tap_and_send(
    stage: Stage, port: int, tablet: Tablet, over: asyncio.Event, waits: list[float]
) -> None:
    """One tap after the other; how long from the tap to its acknowledgement."""
    while not over.is_set():
        await asyncio.sleep(tablet.random.expovariate(1 / BETWEEN_TAPS))
        began = time.monotonic()
        _tap(stage, tablet)
        await network.drain(tablet, port)
        waits.append(time.monotonic() - began)


def _tap(stage: Stage, tablet: Tablet) -> None:
    tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
