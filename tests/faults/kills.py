"""SIGKILL of gunicorn at random instants while fifty tablets send: master, worker, or both."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from tests.bench.processes import family, is_running
from tests.faults import network
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen
from tests.faults.stage import RING, Stage, pair_tablets, session
from tests.faults.tablet import Tablet
from tests.servers import Gunicorn

TABLETS = 50
Victim = Literal["both", "worker", "master"]
# In turn; mostly workers, for a master takes a second or two to start.
VICTIMS: tuple[Victim, ...] = ("both", "worker", "worker", "master")
VICTIMS += ("worker",) * 16
MOST_ITEMS = 8  # between two requests of a tablet
MOST_DELAY = 0.2
# The application is imported by the master, so that a new worker is there within milliseconds.
FORKED = "--preload"


@dataclass(frozen=True)
class Outcome:
    """How many were killed, of what; what the tablets heard; what the checker says.

    ``unheard`` are the items that had been committed when the answer was lost.
    """

    kills: Counter[Victim]
    heard: Counter[str]
    unheard: int
    verdict: Verdict


def run(
    stage: Stage, server: Gunicorn, *, kills: int, items: int, seed: int
) -> Outcome:
    """Kill so often, and no fewer than so many items must have come in the meantime."""
    tablets = pair_tablets(stage, TABLETS, seed=seed)
    victims = network.play(_play(stage, server, tablets, kills, items, Random(seed)))
    with session(stage.environment) as opened:
        verdict = check(opened, RING, tablets)
    heard = sum((tablet.heard for tablet in tablets), Counter[str]())
    unheard = sum(tablet.outcomes["duplicate"] for tablet in tablets)
    return Outcome(victims, heard, unheard, verdict)


async def _play(
    stage: Stage,
    server: Gunicorn,
    tablets: Sequence[Tablet],
    kills: int,
    items: int,
    random: Random,
) -> Counter[Victim]:
    closed = asyncio.Event()
    desks = [
        asyncio.create_task(_work(stage, server.port, tablet, closed))
        for tablet in tablets
    ]
    victims: Counter[Victim] = Counter()
    for number in range(kills):
        await _received(tablets, 1)
        await asyncio.sleep(random.uniform(0, MOST_DELAY))
        victim = VICTIMS[number % len(VICTIMS)]
        await asyncio.to_thread(strike, server, victim)
        victims[victim] += 1
    await _received(tablets, items - _acknowledged(tablets))
    closed.set()
    await asyncio.gather(*desks)
    return victims


async def _work(stage: Stage, port: int, tablet: Tablet, closed: asyncio.Event) -> None:
    """Citizens come, one or a few at a time, until the office closes."""
    while not closed.is_set():
        for _ in range(tablet.random.randint(1, MOST_ITEMS)):
            tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
        await network.drain(tablet, port)


async def _received(tablets: Sequence[Tablet], more: int) -> None:
    wanted = _acknowledged(tablets) + more
    while _acknowledged(tablets) < wanted:
        await asyncio.sleep(0.01)


def _acknowledged(tablets: Sequence[Tablet]) -> int:
    return sum(len(tablet.tapped) - len(tablet.waiting) for tablet in tablets)


def strike(server: Gunicorn, victim: Victim) -> None:
    """Kill, and see to it that there is a server again: the master makes new workers itself."""
    assert server.process is not None
    master, workers = server.process.pid, _workers(server)
    if victim == "both":
        server.kill()
        server.start(FORKED)
    elif victim == "worker":
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
    else:
        os.kill(master, signal.SIGKILL)
        _bury(server, workers)
        server.start(FORKED)


def _workers(server: Gunicorn) -> list[int]:
    """Those alive; after a kill the next is waited for, so that each kill is one."""
    assert server.process is not None
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if found := [pid for pid in family(server.process.pid)[1:] if is_running(pid)]:
            return found
        time.sleep(0.01)
    raise TimeoutError("the master makes no worker")


def _bury(server: Gunicorn, workers: Sequence[int]) -> None:
    """A worker without a master ends by itself, within seconds; its port is then free."""
    assert server.process is not None
    server.process.wait(timeout=10)
    server.process = None
    deadline = time.monotonic() + 30
    while any(is_running(worker) for worker in workers):
        assert time.monotonic() < deadline, "a worker outlived its master"
        time.sleep(0.02)
