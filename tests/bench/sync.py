"""The intake against the easy version: CPU per rating, interleaved in one run.

    python -m tests.bench.sync [--rounds 5] [--seconds 3]

Both run in the same gunicorn on the same kind of database, one after the other in every round;
what is compared is the CPU that server and database spent, which a busy machine disturbs least.
"""

import argparse
import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import urlencode

import click
from sqlalchemy.orm import Session

from kiosk.config import parse_room_keys
from kiosk.db import db
from kiosk.domain.sealing import KeyRing
from kiosk.domain.seals import Seal
from tests import cast, servers, stores
from tests.bench.processes import cpu_seconds, family
from tests.cast import Device, World
from tests.seals import Sealer, pad

SEAL = KeyRing(parse_room_keys(stores.ROOM_KEYS)).seals.current
CONNECTIONS = 4
PAUSE = 0.05  # seconds until a refused request comes again
Sender = Callable[[HTTPConnection], int]


@dataclass
class Contestant:
    """A server under load, what is sent to it, and the CPU per rating of each round."""

    name: str
    server: servers.Gunicorn
    sender: Sender
    database_pids: Callable[[], list[int]]
    cpu: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    def run(self, seconds: float) -> None:
        assert self.server.process is not None
        server = self.server.process.pid
        before, started = self._cpu(server), time.monotonic()
        ratings = drive(self.server.port, self.sender, seconds)
        used, took = self._cpu(server) - before, time.monotonic() - started
        self.cpu.append(used / ratings * 1000)
        self.rates.append(ratings / took)

    def _cpu(self, server: int) -> float:
        """What server and database have used; a connection that ended would be missing."""
        return cpu_seconds(family(server) + self.database_pids())


def drive(port: int, sender: Sender, seconds: float) -> int:
    """Send on four kept connections for so long; the number of ratings stored."""
    deadline, counts = time.monotonic() + seconds, [0] * CONNECTIONS

    def work(lane: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < deadline:
            counts[lane] += sender(connection)
        connection.close()

    threads = [
        threading.Thread(target=work, args=(lane,)) for lane in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def easy_sender() -> Sender:
    """One form POST."""
    answers = {"greeted": "yes", "asked": "no", "thanked": "unsure", "satisfaction": 4}
    body = urlencode({"unit_id": 1, "officer_id": 2} | answers)
    head = {"Content-Type": "application/x-www-form-urlencoded"}

    def send(connection: HTTPConnection) -> int:
        connection.request("POST", "/rating", body, head)
        response = connection.getresponse()
        response.read()
        assert response.status == 204, response.status
        return 1

    return send


class SyncSender:
    """One sync request after the other, each connection a tablet of its own.

    As a tablet does, each seals its items, and a request refused for the moment comes again as it
    was, a moment later; what the refusal cost is part of the figure.
    """

    def __init__(
        self, world: World, devices: Sequence[Device], items: int, seal: Seal
    ) -> None:
        self._world, self._items = world, items
        self._free = SimpleQueue[tuple[Device, Sealer]]()
        for device in devices:
            self._free.put((device, Sealer(seal)))

    def __call__(self, connection: HTTPConnection) -> int:
        """Send the next ratings of a tablet until they are stored."""
        device, sealer = self._free.get()
        body = self._body(device, sealer)
        head = {
            "Content-Type": "application/json",
            "Cookie": f"kiosk_tablet={device.secret}",
        }
        while True:
            connection.request("POST", "/tablet/sync", body, head)
            response = connection.getresponse()
            text = response.read()
            if response.status != 503:
                break
            time.sleep(PAUSE)
        assert response.status == 200, (response.status, text)
        assert text.count(b'"stored"') == self._items, text[:300]
        self._free.put((device, sealer))
        return self._items

    def _body(self, device: Device, sealer: Sealer) -> str:
        now = round(time.time() * 1000)
        about = (device, self._world.truc_bach, self._world.hanh)
        texts = [
            sealer(cast.rating(*about, tapped_at=now - 60_000))
            for _ in range(self._items)
        ]
        nonce = secrets.token_hex(16)
        return pad(cast.envelope(device, *texts, sent_at=now, nonce=nonce))


@contextmanager
def contestants(
    folder: Path, urls: tuple[str, str, str], cluster: servers.Cluster
) -> Iterator[list[Contestant]]:
    """Both servers, started; the intake twice, with 50 items and with one."""
    main, reports, easy = urls
    environment = stores.variables(folder, main, reports)
    stores.initialise(environment)
    world, devices = populate(environment)
    with ExitStack() as stack:
        ours = stack.enter_context(
            servers.gunicorn(environment, folder / "ours.log", forked=False)
        )
        theirs = servers.Gunicorn(
            {"EASY_DATABASE_URL": easy},
            folder / "easy.log",
            application="tests.bench.easy:app",
        )
        theirs.start()
        stack.callback(theirs.stop)
        pids = partial(postgresql_pids, cluster) if "postgresql" in main else list
        yield [
            Contestant("easy, one POST each", theirs, easy_sender(), pids),
            Contestant(
                "sync, 50 items", ours, SyncSender(world, devices, 50, SEAL), pids
            ),
            Contestant("sync, 1 item", ours, SyncSender(world, devices, 1, SEAL), pids),
        ]


def populate(environment: dict[str, str]) -> tuple[World, list[Device]]:
    """The cast and as many paired devices as connections in the store of that environment."""
    app = stores.application(environment)
    with app.app_context(), Session(db.engine) as session:
        world = cast.build_world(session)
        places = [
            cast.tablet(session, world.truc_bach, f"Quầy số {number}", [])
            for number in range(1, CONNECTIONS + 1)
        ]
        devices = [cast.pair(session, tablet_id) for tablet_id in places]
    stores.dispose(app)
    return world, devices


def postgresql_pids(cluster: servers.Cluster) -> list[int]:
    """Every process of the cluster, found by the port on its command line."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_bytes().split(b"\0")
            if b"-p" in words and str(cluster.port).encode() in words:
                return family(int(path.parent.name))
    raise LookupError("the cluster does not run")


def report(database: str, rounds: list[Contestant]) -> None:
    """Print the medians and the ratios to the easy version."""
    easy = statistics.median(rounds[0].cpu)
    click.echo(f"\n{database}: CPU per rating (server and database), medians of rounds")
    for contestant in rounds:
        cpu = statistics.median(contestant.cpu)
        rate = statistics.median(contestant.rates)
        line = f"  {contestant.name:22} {cpu:7.3f} ms   {rate:8.0f} ratings/s"
        click.echo(f"{line}   {cpu / easy:6.3f} of easy (1/{easy / cpu:.1f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, servers.postgresql() as cluster:
        for name in ("main", "easy"):
            cluster.create(name)
        sqlite, postgresql = Path(scratch) / "sqlite", Path(scratch) / "postgresql"
        sqlite.mkdir()
        postgresql.mkdir()
        file = f"sqlite:///{sqlite}/kiosk.sqlite3"
        measured = {
            "SQLite": (sqlite, (file, file, f"sqlite:///{sqlite}/easy.sqlite3")),
            "PostgreSQL": (
                postgresql,
                (
                    cluster.url("main"),
                    cluster.url("main", servers.REPORTS_ROLE),
                    cluster.url("easy").replace("postgresql:", "postgresql+psycopg:"),
                ),
            ),
        }
        for database, (folder, urls) in measured.items():
            with contestants(folder, urls, cluster) as rounds:
                for _ in range(options.rounds):
                    for contestant in rounds:
                        contestant.run(options.seconds)
                report(database, rounds)


if __name__ == "__main__":
    main()
