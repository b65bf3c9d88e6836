"""Fixtures that need a beginning and an end; everything else is a plain function.

A test that asks for `environment`, `app`, `client` or `session` runs on SQLite and on PostgreSQL,
each time on a new database, copied from one that `flask kiosk init` made. Its place is kept from
test to test, with the application on it; who asks for a folder, server or `own_place` has his own.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from kiosk.build import compile_catalogues
from tests import browsing, counting, servers, stores

pytest_collection_modifyitems = counting.pytest_collection_modifyitems
OWN = {"tmp_path", "server", "own_place"}

for name, most in {"kiosk": 100, "long": 2000}.items():
    settings.register_profile(name, deadline=None, derandomize=True, max_examples=most)
settings.load_profile("kiosk")


def pytest_configure() -> None:
    compile_catalogues()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[servers.Cluster]:
    with servers.postgresql() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def blank_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("blank") / "kiosk.sqlite3"
    stores.initialise(stores.variables(file.parent, *[f"sqlite:///{file}"] * 2))
    return file


@pytest.fixture(scope="session")
def blank_postgresql(
    postgresql: servers.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> str:
    postgresql.create("blank")
    urls = postgresql.url("blank"), postgresql.url("blank", servers.REPORTS_ROLE)
    stores.initialise(stores.variables(tmp_path_factory.mktemp("blank"), *urls))
    return "blank"


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stores.Kept]:
    kept = stores.Kept(tmp_path_factory.mktemp("kept"))
    yield kept
    kept.dispose()


@pytest.fixture
def own_place() -> None:
    """For a test that changes the application or its engine: both are made for it alone."""


@pytest.fixture(params=("sqlite", "postgresql"))
def environment(
    request: pytest.FixtureRequest, kept: stores.Kept
) -> Iterator[dict[str, str]]:
    """The KIOSK_* variables of an initialised, empty store."""
    alone = not OWN.isdisjoint(request.fixturenames)
    folder = request.getfixturevalue("tmp_path") if alone else kept.empty_folder()
    if request.param == "sqlite":
        url = (
            f"sqlite:///{shutil.copy(request.getfixturevalue('blank_sqlite'), folder)}"
        )
        yield stores.variables(folder, url, url)
        return
    cluster: servers.Cluster = request.getfixturevalue("postgresql")
    blank = request.getfixturevalue("blank_postgresql")
    with cluster.copy(blank) if alone else kept.database(cluster, blank) as name:
        urls = cluster.url(name), cluster.url(name, servers.REPORTS_ROLE)
        yield stores.variables(folder, *urls)


@pytest.fixture
def app(environment: dict[str, str], kept: stores.Kept) -> Iterator[Flask]:
    app = kept.application(environment)
    yield app
    kept.give_back(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def session(
    request: pytest.FixtureRequest, environment: dict[str, str]
) -> Iterator[Session]:
    """A session of the test's own: commit or roll back before a request is to write."""
    app = request.getfixturevalue("app") if "app" in request.fixturenames else None
    with stores.engine_for(app, environment) as engine, Session(engine) as session:
        yield session


@pytest.fixture
def server(environment: dict[str, str], tmp_path: Path) -> Iterator[servers.Gunicorn]:
    """The application in gunicorn on the same store as `app`."""
    with servers.gunicorn(environment, tmp_path / "gunicorn.log") as gunicorn:
        yield gunicorn


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with servers.chromium() as browser:
        yield browser


@pytest.fixture
def complaints() -> Iterator[browsing.Complaints]:
    """What pages complained of; the test fails on any that it does not forgive."""
    complaints = browsing.Complaints()
    yield complaints
    assert not complaints, [*complaints]


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest, chromium: Browser, complaints: browsing.Complaints
) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a context of its own with Playwright's options."""
    if "server" in request.fixturenames:
        request.getfixturevalue("server")  # first, so that it outlives the pages
    with browsing.pages(chromium, complaints) as new_page:
        yield new_page


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()
