"""All faults at once: `python -m tests.faults [--long [--part 0.05]] [--only WORD ...]`.

Prints a line for each row of the table of what must hold, with what was reached; ends with status
1 where something fell short. --long plays the full lengths (hours), --part a share of them.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser

from kiosk.build import compile_catalogues
from tests import servers
from tests.faults import (
    absences,
    clocks,
    crashes,
    disks,
    fsyncs,
    kills,
    poison,
    proxy,
    queues,
    stampede,
    storms,
)
from tests.faults.checker import check
from tests.faults.proxy import Proxy
from tests.faults.stage import RING, Stage, postgresql_stage, session, sqlite_stage

logger = logging.getLogger(__name__)
Row = tuple[bool, str]  # whether it holds, and what was reached


class House:
    """Where the rows are played: a scratch folder, a PostgreSQL, a browser, and the lengths."""

    def __init__(
        self, folder: Path, cluster: servers.Cluster, browser: Browser, part: float
    ) -> None:
        self.folder, self.cluster, self.browser = folder, cluster, browser
        self.part = part  # 0: the short lengths

    def length(self, short: int, long: int) -> int:
        return max(short, round(long * self.part))

    @contextmanager
    def served(
        self, database: str = "sqlite"
    ) -> Iterator[tuple[Stage, servers.Gunicorn]]:
        with (
            self.stage(database) as stage,
            servers.gunicorn(stage.environment, stage.log) as server,
        ):
            yield stage, server

    @contextmanager
    def stage(self, database: str = "sqlite") -> Iterator[Stage]:
        opened = (
            sqlite_stage(self.folder)
            if database == "sqlite"
            else postgresql_stage(self.folder, self.cluster)
        )
        with opened as stage:
            yield stage


def kill_server(house: House, database: str) -> Row:
    count, items = house.length(6, 500), house.length(500, 50_000)
    with house.served(database) as (stage, server):
        outcome = kills.run(stage, server, kills=count, items=items, seed=1)
    said = f"{count} kills, {outcome.unheard} items committed and unheard"
    return outcome.verdict.clean, f"{said}; {outcome.verdict}"


def sync_sqlite(house: House) -> Row:
    with house.stage() as stage:
        gate = fsyncs.over_sqlite(stage, requests=house.length(40, 1000))
    return gate.unsafe == 0, _gate(gate)


def sync_postgresql(house: House) -> Row:
    gate = fsyncs.over_postgresql(house.folder, requests=house.length(20, 500))
    return gate.unsafe == 0, _gate(gate)


def break_network(house: House, database: str) -> Row:
    with house.served(database) as (stage, server):
        outcome = storms.run(stage, server, items=house.length(500, 10_000), seed=7)
    broken = outcome.faults.total() - outcome.faults["through"]
    again = outcome.outcomes["duplicate"]
    said = f"{broken} faults, {again} sent again, {outcome.verdict}"
    return outcome.verdict.clean, said


def break_network_of_browser(house: House) -> Row:
    with house.served() as (stage, server), house.browser.new_context() as context:
        count = house.length(300, 20_000)
        queue = queues.longer(queues.load("1.json"), stage, count)
        every = iter([*proxy.ALL[1:]] * max(2, count // 250))
        context.add_init_script("Math.random = () => 0.001;")
        page = context.new_page()
        between = Proxy(server.port, Random(5), lambda: next(every, "through"))
        with proxy.beside(between):
            url = f"http://127.0.0.1:{between.port}"
            queues.plant(page, url, stage, queue)
            page.goto(f"{url}/tablet/")
            queues.delivered(page, seconds=60 + count / 10)
        return _queue(stage, queue, f"{between.done.total()} requests, ")


def kill_browser(house: House) -> Row:
    count = house.length(3, 500)
    with house.served() as (stage, server):
        kind = house.browser.browser_type
        outcome = crashes.run(stage, server, kind, kills=count, seed=4)
    assert outcome.verdict is not None
    held = not outcome.lost and not outcome.gaps and outcome.verdict.clean
    return held, (
        f"{count} kills, {outcome.thanked} thanked, {len(outcome.lost)} of them lost, "
        f"{outcome.stored_unthanked} kept without thanks; {outcome.verdict}"
    )


def poison_queue(house: House) -> Row:
    where: dict[str, int] = {}
    for name in poison.POISONS:
        with house.stage() as stage:
            outcome = poison.run(stage, name)
        good = replace(outcome.verdict, refused=0).clean and outcome.rest == 0
        place = outcome.poison if good else f"FELL SHORT ({name}: {outcome.verdict})"
        where[place] = where.get(place, 0) + 1
    kept = ", ".join(f"{count} kept on the {place}" for place, count in where.items())
    holds = where.keys() <= {"server", "tablet"}
    return holds, f"{len(poison.POISONS)} poisons, each before {poison.GOOD}: {kept}"


def stay_away(house: House, database: str) -> Row:
    with house.stage(database) as stage:
        outcome = absences.run(stage)
    holds = outcome.verdict.clean and not outcome.misplaced and not outcome.unbalanced
    holds = holds and outcome.of_nobody == outcome.after_the_end
    said = f"{outcome.verdict}; {outcome.misplaced} on a wrong officer, unit or day"
    return holds, said


def set_clocks(house: House) -> Row:
    with house.stage() as stage:
        outcome = clocks.run(stage, every=1 if house.part else 11)
    holds = not (outcome.refused or outcome.misdated or outcome.doubted)
    return holds, (
        f"{outcome.items} items, {outcome.refused} refused, "
        f"{len(outcome.misdated)} on a wrong day unmarked"
    )


def fill_disk(house: House) -> Row:
    with house.served() as (stage, server):
        outcome = disks.run(stage, server, items=house.length(800, 20_000))
    half = sum(v.half_written + v.lost + v.doubled for v in outcome.while_full)
    full = outcome.heard["503 storage_full"]
    holds = outcome.in_the_end.clean and half == 0 and full > 0
    return holds, f"{full} times 503 storage_full; {outcome.in_the_end}"


def come_back(house: House, database: str) -> Row:
    tablets, items = house.length(30, 500), 200 if house.part else 60
    with house.served(database) as (stage, server):
        outcome = stampede.run(stage, server, tablets=tablets, items=items)
    fair = outcome.heard.keys() <= {"200", "503 storage_busy"}
    holds = outcome.verdict.clean and outcome.seconds < 600 and outcome.p99 < 2 and fair
    return holds, (
        f"{tablets} tablets, {outcome.items} items in {outcome.seconds:.0f} s "
        f"({outcome.server_cpu:.0f} s of CPU); {outcome.live_taps} live taps: median "
        f"{outcome.median * 1000:.0f} ms, p99 {outcome.p99:.2f} s; "
        f"{outcome.heard['503 storage_busy']} told to come again; {outcome.verdict}"
    )


def open_queues(house: House) -> Row:
    said = []
    for path in sorted(queues.FOLDER.iterdir()):
        with house.served() as (stage, server), house.browser.new_context() as context:
            queue, page = queues.load(path.name), context.new_page()
            queues.plant(page, server.url, stage, queue)
            page.goto(f"{server.url}/tablet/")
            queues.delivered(page, seconds=30)
            said.append(_queue(stage, queue, f"{path.name}: "))
    return all(holds for holds, _ in said), "; ".join(text for _, text in said)


def _queue(stage: Stage, queue: queues.Queue, said: str) -> Row:
    """All but the torn item, which no server can read, must have arrived."""
    with session(stage.environment) as opened:
        verdict = check(opened, RING, [queues.tablet_of(queue, stage)])
    holds = replace(verdict, refused=0).clean and verdict.refused == 1
    return holds, f"{said}{replace(verdict, refused=0)}, the torn one kept"


def _gate(gate: fsyncs.Gate) -> str:
    return f"{gate.answers} replies, {gate.syncs} syncs, {gate.unsafe} without"


ROWS: dict[str, Callable[[House], Row]] = {
    "gunicorn killed, SQLite": lambda house: kill_server(house, "sqlite"),
    "gunicorn killed, PostgreSQL": lambda house: kill_server(house, "postgresql"),
    "sync before reply, SQLite": sync_sqlite,
    "sync before reply, PostgreSQL": sync_postgresql,
    "bad network, SQLite": lambda house: break_network(house, "sqlite"),
    "bad network, PostgreSQL": lambda house: break_network(house, "postgresql"),
    "bad network, browser": break_network_of_browser,
    "browser killed": kill_browser,
    "poison first": poison_queue,
    "21 days offline, SQLite": lambda house: stay_away(house, "sqlite"),
    "21 days offline, PostgreSQL": lambda house: stay_away(house, "postgresql"),
    "wrong clocks": set_clocks,
    "disk full": fill_disk,
    "older queues": open_queues,
    "all back at once, SQLite": lambda house: come_back(house, "sqlite"),
    "all back at once, PostgreSQL": lambda house: come_back(house, "postgresql"),
}


def play(name: str, house: House) -> bool:
    """One row, printed as soon as it is known."""
    began = time.monotonic()
    try:
        holds, said = ROWS[name](house)
    except (Exception, pytest.fail.Exception):  # must not cost the other rows
        logger.exception("%s broke off", name)
        holds, said = False, "broke off"
    took = time.monotonic() - began
    sys.stdout.write(
        f"{'ok' if holds else 'SHORT':5}  {name:29} {took:6.0f} s  {said}\n"
    )
    sys.stdout.flush()
    return holds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="the full lengths")
    parser.add_argument("--part", type=float, default=1.0, help="a share of them")
    parser.add_argument("--only", nargs="*", default=[""], help="rows with such words")
    options = parser.parse_args()
    compile_catalogues()
    with (
        tempfile.TemporaryDirectory() as scratch,
        servers.postgresql() as cluster,
        servers.chromium() as browser,
    ):
        part = options.part if options.long else 0.0
        house = House(Path(scratch), cluster, browser, part)
        held = [
            play(name, house)
            for name in ROWS
            if any(word in name for word in options.only)
        ]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
