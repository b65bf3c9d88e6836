"""The disk fills while tablets send, and is given room again; nobody restarts anything.

The room is a limit on the size of files (RLIMIT_FSIZE) of the running worker: writes beyond it fail
in the middle of a transaction, as on a full disk, and go through again once it is raised.
"""

import asyncio
import resource
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from tests.bench.processes import family
from tests.faults import network
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen
from tests.faults.stage import RING, Stage, pair_tablets, session
from tests.faults.tablet import Tablet
from tests.servers import Gunicorn

TABLETS = 8
SPARE = 64 * 1024
MOST_WAIT = 60.0


@dataclass(frozen=True)
class Outcome:
    """What was said while the disk was full, and what the store held then and in the end."""

    refusals: Counter[str]
    while_full: Verdict
    in_the_end: Verdict


def run(stage: Stage, server: Gunicorn, *, items: int, times: int) -> Outcome:
    """So often full, in the middle of so many items; SQLite only."""
    tablets = pair_tablets(stage, TABLETS, seed=6)
    heard: list[Verdict] = []
    asyncio.run(_play(stage, server, tablets, items // times, times, heard))
    with session(stage.environment) as opened:
        verdict = check(opened, RING, tablets)
    refusals = sum((tablet.heard for tablet in tablets), Counter[str]())
    return Outcome(refusals, heard[-1], verdict)


async def _play(
    stage: Stage,
    server: Gunicorn,
    tablets: Sequence[Tablet],
    items: int,
    times: int,
    heard: list[Verdict],
) -> None:
    for _ in range(times):
        limit(server, _size(stage) + SPARE)
        for tablet in tablets:
            for _ in range(items // len(tablets)):
                tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
        sending = [
            asyncio.create_task(network.drain(tablet, server.port))
            for tablet in tablets
        ]
        await _all_refused(tablets, sending)
        heard.append(await asyncio.to_thread(_check, stage, tablets))
        limit(server, resource.RLIM_INFINITY)
        await asyncio.gather(*sending)


async def _all_refused(
    tablets: Sequence[Tablet], sending: Sequence["asyncio.Task[None]"]
) -> None:
    """Until every tablet has been refused twice more since now, or has sent everything."""
    before = [tablet.heard["503 storage_full"] for tablet in tablets]
    async with asyncio.timeout(MOST_WAIT):
        while not all(
            task.done() or tablet.heard["503 storage_full"] >= earlier + 2
            for tablet, task, earlier in zip(tablets, sending, before, strict=True)
        ):
            await asyncio.sleep(0.05)


def _check(stage: Stage, tablets: Sequence[Tablet]) -> Verdict:
    with session(stage.environment) as opened:
        return check(opened, RING, tablets)


def limit(server: Gunicorn, size: int) -> None:
    """How large a file the server's processes may write from now on."""
    assert server.process is not None
    for pid in family(server.process.pid):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _size(stage: Stage) -> int:
    url = make_url(stage.environment["KIOSK_DATABASE_URL"])
    return Path(str(url.database)).stat().st_size
