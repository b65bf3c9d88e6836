"""Where a fault is played: a store with the small city in it, tablets of its wards, a session."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kiosk.db import prepare
from tests import cast, servers, stores
from tests.cast import World
from tests.faults.tablet import Tablet
from tests.seals import Sealer

RING = stores.RING


@dataclass
class Stage:
    """An initialised store, described by its environment, and the city that lives in it."""

    environment: Mapping[str, str]
    folder: Path
    world: World

    @property
    def log(self) -> Path:
        return self.folder / "gunicorn.log"

    def officers(self, unit_id: int) -> tuple[int | None, ...]:
        """Whom a citizen of the unit may mean; None is "not sure who"."""
        if unit_id == self.world.quan_thanh:
            return (self.world.dung, None)
        return (self.world.hanh, self.world.bao, None)


@contextmanager
def session(environment: Mapping[str, str]) -> Iterator[Session]:
    """A session of our own on the store, whoever else uses it; it needs no application."""
    url = environment["KIOSK_DATABASE_URL"]
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    prepare(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def build(environment: Mapping[str, str], folder: Path) -> Stage:
    """Let the small city move into an empty store."""
    with session(environment) as opened:
        world = cast.build_world(opened)
    return Stage(environment, folder, world)


def pair_tablets(stage: Stage, count: int, *, seed: int) -> list[Tablet]:
    """So many new places in the two wards, each with a paired tablet."""
    units = (stage.world.truc_bach, stage.world.quan_thanh)
    made = []
    with session(stage.environment) as opened:
        for number in range(count):
            unit = units[number % len(units)]
            place = cast.tablet(opened, unit, f"Máy {number + 1}", [])
            device = cast.pair(opened, place)
            random = Random(f"{seed}-{number}")
            # Every fourth is an older client, whose items are plain.
            seal = str if number % 4 == 3 else Sealer(RING.seals.current)
            made.append(Tablet(device.install, device.secret, unit, random, seal))
    return made


@contextmanager
def sqlite_stage(folder: Path) -> Iterator[Stage]:
    """A store in a file of its own."""
    place = folder / secrets.token_hex(4)
    place.mkdir()
    url = f"sqlite:///{place / 'kiosk.sqlite3'}"
    environment = stores.variables(place, url, url)
    stores.initialise(environment)
    yield build(environment, place)


@contextmanager
def postgresql_stage(folder: Path, cluster: servers.Cluster) -> Iterator[Stage]:
    """A store in a database of its own."""
    name = f"faults_{secrets.token_hex(4)}"
    place = folder / name
    place.mkdir()
    cluster.create(name)
    urls = cluster.url(name), cluster.url(name, servers.REPORTS_ROLE)
    environment = stores.variables(place, *urls)
    stores.initialise(environment)
    yield build(environment, place)
    cluster.drop(name)
