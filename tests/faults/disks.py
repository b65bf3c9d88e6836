"""The disk fills while tablets send, and is given room again; nobody restarts anything.

On SQLite the room is a limit on the size of files (RLIMIT_FSIZE) of the running worker: writes
beyond it fail in the middle of a transaction, as on a full disk, and go through again once it is
raised. On PostgreSQL it is a small file system (see ``cramped``).
"""

import asyncio
import resource
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from tests.bench.processes import family
from tests.faults import network
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen
from tests.faults.stage import RING, Stage, pair_tablets, session
from tests.faults.tablet import Tablet
from tests.servers import Gunicorn

TABLETS = 8
# Bytes that the store may still grow by: for a few transactions, for part of one, and, as when
# somebody else's log took the last block, less than nothing: not even a journal can be begun.
SPARES = (64 * 1024, 8 * 1024, -(2**40))
MOST_WAIT = 60.0


@dataclass(frozen=True)
class Outcome:
    """What the tablets heard, and what the store held each time it was full, and in the end."""

    heard: Counter[str]
    while_full: list[Verdict]
    in_the_end: Verdict


class Room(Protocol):
    """The room that a store has to grow in."""

    def leave(self, size: int) -> None:
        """No more than so many bytes from now on."""

    def free(self) -> None:
        """As much as it likes."""


@dataclass(frozen=True)
class Limit:
    """How large a file the server's processes may write, which is SQLite's."""

    stage: Stage
    server: Gunicorn

    def leave(self, size: int) -> None:
        url = make_url(self.stage.environment["KIOSK_DATABASE_URL"])
        self._set(max(0, Path(str(url.database)).stat().st_size + size))

    def free(self) -> None:
        self._set(resource.RLIM_INFINITY)

    def _set(self, size: int) -> None:
        assert self.server.process is not None
        for pid in family(self.server.process.pid):
            limits = (size, resource.RLIM_INFINITY)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def run(stage: Stage, server: Gunicorn, room: Room, *, items: int) -> Outcome:
    """Full in each way once, in the middle of so many items in all."""
    tablets = pair_tablets(stage, TABLETS, seed=6)
    verdicts = network.play(_play(stage, server, room, tablets, items))
    with session(stage.environment) as opened:
        verdict = check(opened, RING, tablets)
    heard = sum((tablet.heard for tablet in tablets), Counter[str]())
    return Outcome(heard, verdicts, verdict)


async def _play(
    stage: Stage, server: Gunicorn, room: Room, tablets: Sequence[Tablet], items: int
) -> list[Verdict]:
    verdicts = []
    for number, spare in enumerate(SPARES, 1):
        room.leave(spare)
        share = items * number // len(SPARES) // len(tablets)
        for tablet in tablets:
            while len(tablet.tapped) < share:
                tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
        sending = [
            asyncio.create_task(network.drain(tablet, server.port))
            for tablet in tablets
        ]
        await _all_refused(tablets, sending)
        verdicts.append(await asyncio.to_thread(_check, stage, tablets))
        room.free()
        await asyncio.gather(*sending)
    return verdicts


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
