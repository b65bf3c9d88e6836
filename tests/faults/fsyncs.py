"""Whether a reply is ever sent before the disk was asked to keep what it acknowledges.

The real server, or the real PostgreSQL, runs under strace. In the thread that answers a request,
between the bytes that ask and the bytes that answer, a file of the store must have been synced.
"""

import asyncio
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import servers
from tests.faults import network
from tests.faults.citizens import citizen
from tests.faults.stage import Stage, pair_tablets, postgresql_stage
from tests.faults.tablet import Tablet

CALLS = "fsync,fdatasync,recvfrom,read,sendto,sendmsg,write"
# -D: the command stays our child. Each line: the thread, then the call with its files' paths.
OPTIONS = f"-D -f -y -q -s 64 --seccomp-bpf -e signal=none -e trace={CALLS}".split()
LINE = re.compile(r"^(\d+) +(.*)$")
UNFINISHED = " <unfinished ...>"
RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
SYNC = re.compile(r"^f(?:data)?sync\(\d+<([^>]*)>.*\) += 0$")


@dataclass(frozen=True)
class Wire:
    """How the traced process is asked and answers, and which files it must sync in between."""

    asked: re.Pattern[str]
    answered: re.Pattern[str]
    synced: re.Pattern[str]


SYNC_OVER_SQLITE = Wire(
    asked=re.compile(r'^(?:recvfrom|read)\(.*"POST /tablet/sync '),
    answered=re.compile(r'^(?:sendto|sendmsg|write)\(.*"HTTP/1\.1 200 '),
    synced=re.compile(r"kiosk\.sqlite3$"),
)
COMMIT_OVER_POSTGRESQL = Wire(
    asked=re.compile(r'^(?:recvfrom|read)\(.*"Q\\0\\0\\0\\vCOMMIT'),
    answered=re.compile(r'^(?:sendto|sendmsg|write)\(.*"C\\0\\0\\0\\vCOMMIT'),
    synced=re.compile(r"/pg_wal/"),
)


@dataclass(frozen=True)
class Gate:
    """How many answers there were, and before how many nothing of the store had been synced."""

    answers: int
    syncs: int
    unsafe: int


def over_sqlite(stage: Stage, *, requests: int) -> Gate:
    """Four tablets at once against gunicorn under strace."""
    trace = stage.folder / "trace"
    server = servers.Gunicorn(stage.environment, stage.log, before=strace(trace))
    server.start()
    try:
        asked = network.play(_send(stage, server.port, requests, tablets=4))
    finally:
        server.stop()
    return _read(trace, SYNC_OVER_SQLITE, asked)


def over_postgresql(folder: Path, *, requests: int) -> Gate:
    """One tablet: of several at once, one backend may sync for all of them."""
    with tempfile.TemporaryDirectory() as shared:
        Path(shared).chmod(0o777)  # PostgreSQL, and who traces it, are another user
        trace = Path(shared) / "trace"
        with (
            servers.postgresql(servers.DURABLE, before=strace(trace)) as cluster,
            postgresql_stage(folder, cluster) as stage,
            servers.gunicorn(stage.environment, stage.log) as server,
        ):
            before = judge(_lines(trace), COMMIT_OVER_POSTGRESQL).answers
            asked = network.play(_send(stage, server.port, requests, tablets=1))
            return _read(trace, COMMIT_OVER_POSTGRESQL, before + asked)


async def _send(stage: Stage, port: int, requests: int, *, tablets: int) -> int:
    """Taps of one to three citizens a request; how many requests were acknowledged."""
    paired = pair_tablets(stage, tablets, seed=2)

    async def work(tablet: Tablet) -> None:
        for _ in range(requests // tablets):
            for _ in range(tablet.random.randint(1, 3)):
                tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
            await network.drain(tablet, port)

    await asyncio.gather(*(work(tablet) for tablet in paired))
    return sum(tablet.heard["200"] for tablet in paired)


def _read(trace: Path, wire: Wire, answers: int) -> Gate:
    """The judgement once strace has written all; it may be a little behind."""
    deadline = time.monotonic() + 10
    gate = judge(_lines(trace), wire)
    while gate.answers < answers and time.monotonic() < deadline:
        time.sleep(0.1)
        gate = judge(_lines(trace), wire)
    assert gate.answers >= answers, (gate, answers)
    return gate


def _lines(trace: Path) -> Sequence[str]:
    return trace.read_text(errors="replace").splitlines()


def strace(output: Path) -> list[str]:
    """What to put before a command to trace it and all it starts into the file."""
    program = shutil.which("strace")
    if program is None:
        pytest.fail("strace is not installed: apt-get install strace")
    return [program, *OPTIONS, "-o", str(output)]


def judge(lines: Iterable[str], wire: Wire) -> Gate:
    """Read a trace: every answer against what its thread has synced since it was asked."""
    open_calls: dict[str, str] = {}
    syncs: dict[str, int] = {}  # by thread, since its last question
    counted: list[int] = []
    for thread, call in _whole(lines, open_calls):
        if wire.asked.search(call):
            syncs[thread] = 0
        elif thread in syncs and wire.answered.search(call):
            counted.append(syncs.pop(thread))
        elif thread in syncs and (match := SYNC.match(call)):
            syncs[thread] += bool(wire.synced.search(match[1]))
    return Gate(len(counted), sum(counted), counted.count(0))


def _whole(
    lines: Iterable[str], open_calls: dict[str, str]
) -> Iterable[tuple[str, str]]:
    """Calls in the order of their ends, those that strace cut in two made whole."""
    for line in lines:
        match = LINE.match(line.rstrip())
        if match is None:
            continue
        thread, call = match.groups()
        if call.endswith(UNFINISHED):
            open_calls[thread] = call.removesuffix(UNFINISHED)
        elif resumed := RESUMED.match(call):
            yield thread, open_calls.pop(thread, "") + resumed[1]
        else:
            yield thread, call
