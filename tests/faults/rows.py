"""The rows of the table: what is played in each, how long the short and the long form are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from tests import servers
from tests.attack.city import City
from tests.attack.watching import isolated, watch
from tests.attack.witness import Witness
from tests.domain.waiting_room import memory_store
from tests.faults import (
    absences,
    clocks,
    cramped,
    crashes,
    disks,
    fsyncs,
    kills,
    poison,
    proxy,
    queues,
    restores,
    stampede,
    storms,
    touch,
)
from tests.faults.checker import Verdict, check
from tests.faults.house import House
from tests.faults.ledger import Shown, counts_of, together
from tests.faults.proxy import Proxy
from tests.faults.stage import RING, Stage, session

RATES = (0.2, 0.5, 1, 2, 3, 5, 10)
RESTORES: tuple[dict[int, int], ...] = (
    {120: 116},
    {60: 57, 64: 55, 80: 77},
    {30: 15, 33: 31, 200: 199},
)
CITIES = [(rate, restores) for restores in RESTORES for rate in RATES]


def kill_server(house: House, *, database: str, count: int, seed: int) -> Shown:
    with house.served(database) as (stage, server):
        outcome = kills.run(stage, server, kills=count, items=100 * count, seed=seed)
    said = {f"kills of the {v}": number for v, number in outcome.kills.items()}
    said |= {"committed and unheard": outcome.unheard}
    return Shown(outcome.verdict.clean, said | counts_of(outcome.verdict))


def sync_sqlite(house: House, *, count: int, seed: int) -> Shown:
    with house.stage() as stage:
        return _gate(fsyncs.over_sqlite(stage, requests=count))


def sync_postgresql(house: House, *, count: int, seed: int) -> Shown:
    return _gate(fsyncs.over_postgresql(house.folder, requests=count))


def break_network(house: House, *, database: str, count: int, seed: int) -> Shown:
    with house.served(database) as (stage, server):
        outcome = storms.run(stage, server, items=count, seed=seed)
    said = {
        "faults": outcome.faults.total() - outcome.faults["through"],
        "sent again": outcome.outcomes["duplicate"],
    }
    return Shown(outcome.verdict.clean, said | counts_of(outcome.verdict))


def break_network_of_browser(house: House, *, count: int, seed: int) -> Shown:
    with house.served() as (stage, server), house.browser.new_context() as context:
        queue = queues.longer(queues.load("2.json"), stage, count)
        every = iter([*proxy.ALL[1:]] * max(2, count // 250))
        context.add_init_script("Math.random = () => 0.001;")
        page = context.new_page()
        between = Proxy(server.port, Random(seed), lambda: next(every, "through"))
        with proxy.beside(between):
            url = f"http://127.0.0.1:{between.port}"
            queues.plant(page, url, stage, queue)
            page.goto(f"{url}/tablet/")
            queues.delivered(page, seconds=60 + count / 5)
        broken = between.done.total() - between.done["through"]
        return _queue(stage, queue, {"faults": broken})


def kill_browser(house: House, *, count: int, seed: int) -> Shown:
    with house.served() as (stage, server):
        kind = house.browser.browser_type
        outcome = crashes.run(stage, server, kind, kills=count, seed=seed)
    assert outcome.verdict is not None
    said = {
        "kills": outcome.kills,
        "thanked": outcome.thanked,
        "thanked and lost": len(outcome.lost),
        "kept without thanks": outcome.stored_unthanked,
        "kept in part": outcome.stored_in_part,
    }
    holds = not outcome.lost and not outcome.gaps and outcome.verdict.clean
    return Shown(holds, said | counts_of(outcome.verdict))


def restore(house: House, *, database: str, count: int, seed: int) -> Shown:
    with house.stage(database) as stage:
        outcome = restores.run(stage, items=count)
    holds = outcome.verdict.clean and not (
        outcome.late or outcome.waits or outcome.unbalanced
    )
    said = {
        "ratings shown before": outcome.shown,
        "sent again in one cycle": outcome.again,
        "late": outcome.late,
    }
    return Shown(holds and outcome.again > 0, said | counts_of(outcome.verdict))


def attack(house: House, *, count: int, seed: int) -> Shown:
    """Each a city of another rate, with other restores, over 250 days."""
    every = []
    for number in range(count):
        rate, restored = CITIES[(seed - 1 + number) % len(CITIES)]
        with memory_store() as store:
            witness = Witness(store)
            watch(City(witness, rate, seed=seed, restores=restored))
            found = isolated(witness)
            witness.store.close()
        said = {"cities": 1, "figures": len(witness.shown), "isolated": len(found)}
        every.append(Shown(not found, said))
    return together(every)


def poison_queue(house: House, *, count: int, seed: int) -> Shown:
    """The poison itself is what the verdict finds refused."""
    every = []
    for name in list(poison.POISONS)[seed - 1 : seed - 1 + count]:
        with house.stage() as stage:
            outcome = poison.run(stage, name)
        good = replace(outcome.verdict, refused=0).clean and outcome.rest == 0
        place = f"kept on the {outcome.poison}"
        said = {"poisons": 1, "good items behind": poison.GOOD, place: 1}
        every.append(Shown(good and outcome.poison != "lost", said))
    return together(every)


def stay_away(house: House, *, database: str, count: int, seed: int) -> Shown:
    with house.stage(database) as stage:
        outcome = absences.run(stage)
    holds = outcome.verdict.clean and not outcome.misplaced and not outcome.unbalanced
    said = {"on a wrong officer, unit or day": outcome.misplaced}
    told = outcome.of_nobody == outcome.after_the_end
    return Shown(holds and told, counts_of(outcome.verdict) | said)


def set_clocks(house: House, *, count: int, seed: int) -> Shown:
    with house.stage() as stage:
        outcome = clocks.run(stage, every=1 if count > 1000 else 11)
    holds = not (outcome.refused or outcome.misdated or outcome.doubted)
    said = {
        "items": outcome.items,
        "refused": outcome.refused,
        "on a wrong day unmarked": len(outcome.misdated),
    }
    return Shown(holds, said)


def fill_limited_file(house: House, *, count: int, seed: int) -> Shown:
    with house.served() as (stage, server):
        limit = disks.Limit(stage, server)
        return _full(disks.run(stage, server, limit, items=count))


def fill_file_system(house: House, *, count: int, seed: int) -> Shown:
    with (
        cramped.cramped_stage(house.folder, house.cluster) as (stage, room),
        servers.gunicorn(stage.environment, stage.log) as server,
    ):
        return _full(disks.run(stage, server, room, items=count))


def open_queues(house: House, *, count: int, seed: int) -> Shown:
    every = []
    for path in sorted(queues.FOLDER.iterdir()):
        with house.served() as (stage, server), house.browser.new_context() as context:
            queue, page = queues.load(path.name), context.new_page()
            queues.plant(page, server.url, stage, queue)
            page.goto(f"{server.url}/tablet/")
            queues.delivered(page, seconds=30)
            every.append(_queue(stage, queue, {"queues": 1}))
    return together(every)


def come_back(house: House, *, database: str, count: int, seed: int) -> Shown:
    """In the short form with fewer items each."""
    items = 60 if count <= 30 else 200
    with house.served(database) as (stage, server):
        outcome = stampede.run(stage, server, tablets=count, items=items)
    fair = outcome.heard.keys() <= {"200", "503 storage_busy"}
    holds = outcome.verdict.clean and outcome.seconds < 600 and outcome.p99 < 2 and fair
    said = {
        "tablets": count,
        "told to come again": outcome.heard["503 storage_busy"],
        "live taps": outcome.live_taps,
    }
    worst = {"seconds": outcome.seconds, "of CPU": outcome.server_cpu}
    worst |= {"live tap median": outcome.median, "p99": outcome.p99}
    return Shown(holds, said | counts_of(outcome.verdict), worst)


def _queue(stage: Stage, queue: queues.Queue, said: dict[str, int]) -> Shown:
    """All but the torn item, which no server can read, must have arrived."""
    with session(stage.environment) as opened:
        verdict = check(opened, RING, [queues.tablet_of(queue, stage)])
    whole = replace(verdict, refused=verdict.refused - 1)
    return Shown(whole.clean, said | {"torn and kept": 1} | counts_of(whole))


def _full(outcome: disks.Outcome) -> Shown:
    full = outcome.heard["503 storage_full"]
    half = sum(_damage(verdict) for verdict in outcome.while_full)
    said = {"times 503 storage_full": full, "wrong while full": half}
    holds = outcome.in_the_end.clean and half == 0 and full > 0
    return Shown(holds, said | counts_of(outcome.in_the_end))


def _damage(verdict: Verdict) -> int:
    return verdict.half_written + verdict.lost + verdict.doubled


def _gate(gate: fsyncs.Gate) -> Shown:
    said = {"replies": gate.answers, "syncs": gate.syncs, "without": gate.unsafe}
    return Shown(gate.unsafe == 0, said)


@dataclass(frozen=True)
class Row:
    """How a row is played: so much of its thing with a seed, and how much of it in which form."""

    play: Callable[..., Shown]  # (house, count=, seed=)
    short: int
    long: int
    part: int  # how much of the long form is played at once


SQLITE, POSTGRESQL = "sqlite", "postgresql"
ROWS: dict[str, Row] = {
    "gunicorn killed, SQLite": Row(partial(kill_server, database=SQLITE), 25, 500, 50),
    "gunicorn killed, PostgreSQL": Row(
        partial(kill_server, database=POSTGRESQL), 25, 500, 50
    ),
    "sync before reply, SQLite": Row(sync_sqlite, 40, 1000, 1000),
    "sync before reply, PostgreSQL": Row(sync_postgresql, 20, 500, 500),
    "browser killed": Row(kill_browser, 10, 500, 10),
    "bad network, SQLite": Row(
        partial(break_network, database=SQLITE), 500, 10_000, 2000
    ),
    "bad network, PostgreSQL": Row(
        partial(break_network, database=POSTGRESQL), 500, 10_000, 2000
    ),
    "bad network, browser": Row(break_network_of_browser, 300, 20_000, 2000),
    "restored, SQLite": Row(partial(restore, database=SQLITE), 360, 6000, 6000),
    "restored, PostgreSQL": Row(partial(restore, database=POSTGRESQL), 360, 6000, 6000),
    "restored, and attacked": Row(attack, 1, len(CITIES), 1),
    "21 days offline, SQLite": Row(partial(stay_away, database=SQLITE), 1, 1, 1),
    "21 days offline, PostgreSQL": Row(
        partial(stay_away, database=POSTGRESQL), 1, 1, 1
    ),
    "wrong clocks": Row(set_clocks, 300, 3528, 3528),
    "poison first": Row(poison_queue, 2, len(poison.POISONS), 1),
    "older queues": Row(open_queues, 1, 1, 1),
    "all back at once, SQLite": Row(partial(come_back, database=SQLITE), 30, 500, 500),
    "all back at once, PostgreSQL": Row(
        partial(come_back, database=POSTGRESQL), 30, 500, 500
    ),
    "disk full, SQLite": Row(fill_limited_file, 800, 20_000, 20_000),
    "disk full, PostgreSQL": Row(fill_file_system, 800, 20_000, 20_000),
    "axe": Row(touch.look_for_barriers, 1, 3, 3),
    "keyboard and screen reader": Row(touch.go_by_keyboard, 1, 1, 1),
    "first load": Row(touch.load_first, 3, 20, 20),
    "tap": Row(touch.tap, 20, 200, 200),
}
