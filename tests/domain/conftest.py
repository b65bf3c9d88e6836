"""A store without an application, for rules alone: the tables of the models, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from kiosk.db import prepare
from kiosk.models import Base
from kiosk.models.immutability import create_triggers
from tests import servers
from tests.domain.waiting_room import empty_image, writer
from tests.refilling import Refilled


@pytest.fixture(scope="session")
def modelled_postgresql(postgresql: servers.Cluster) -> str:
    postgresql.create("modelled")
    engine = create_engine(driver(postgresql.url("modelled")))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        create_triggers(connection)
    engine.dispose()
    return "modelled"


@pytest.fixture(scope="session")
def refilled(
    postgresql: servers.Cluster, modelled_postgresql: str
) -> Iterator[Refilled]:
    refilled = Refilled(postgresql, modelled_postgresql)
    yield refilled
    refilled.close()


@pytest.fixture(params=("sqlite", "postgresql"))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty store."""
    if request.param == "sqlite":
        (tmp_path / "kiosk.sqlite3").write_bytes(empty_image())
        engine = create_engine(f"sqlite:///{tmp_path / 'kiosk.sqlite3'}")
        prepare(engine)
        yield engine
        engine.dispose()
        return
    cluster: servers.Cluster = request.getfixturevalue("postgresql")
    name = request.getfixturevalue("refilled").make_blank()
    engine = create_engine(driver(cluster.url(name)))
    yield engine
    engine.dispose()


@pytest.fixture
def room(engine: Engine) -> Iterator[Session]:
    """A session that writes; nothing of it needs to be committed."""
    with writer(engine) as session:
        yield session


def driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
