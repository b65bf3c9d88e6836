"""The application on a store of a test's own, and the environment that describes both."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, create_engine
from werkzeug.utils import import_string

from kiosk.config import Settings, parse_room_keys
from kiosk.db import db, prepare
from kiosk.domain.sealing import KeyRing
from tests.refilling import Refilled
from tests.servers import Cluster

ROOM_KEYS = '{"1": "a2lvc2stdGVzdC1yb29tLWtleS0wMDAwMDAwMDAwMDE="}'
RING = KeyRing(parse_room_keys(ROOM_KEYS))


class _Compiled(BytecodeCache):
    """Templates as compiled by the first application that showed them.

    Each test has an application of its own, and compiling costs more than showing.
    """

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def variables(instance: Path, database: str, reports: str) -> dict[str, str]:
    """The environment of an application whose release runs only when a test runs it."""
    return {
        "KIOSK_INSTANCE": str(instance),
        "KIOSK_DATABASE_URL": database,
        "REPORTS_DATABASE_URL": reports,
        "KIOSK_SECRET_KEY": "a key that signs nothing outside of these tests",
        "KIOSK_ROOM_KEYS": ROOM_KEYS,
        "KIOSK_AUTO_RELEASE": "0",
    }


def application(environment: dict[str, str]) -> Flask:
    # Half of the tests are pure and need not wait for the assembly (0.9 s) to be imported.
    create_app = import_string("kiosk.app:create_app")
    app: Flask = create_app(Settings.from_environment(environment))
    app.testing = True
    app.jinja_env.bytecode_cache = _COMPILED
    return app


def engine(url: str) -> Engine:
    """The application's own sort of engine, for tests that need no application."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    prepare(engine)
    return engine


@contextmanager
def engine_for(app: Flask | None, environment: dict[str, str]) -> Iterator[Engine]:
    """The application's engine, or without an application one for the time being."""
    if app is not None:
        yield engine_of(app)
        return
    own = engine(environment["KIOSK_DATABASE_URL"])
    yield own
    own.dispose()


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def command(app: Flask, *words: str) -> Result:
    """What `flask …` does and says: like the real one, inside the application's context."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=words)


def initialise(environment: dict[str, str]) -> None:
    app = application(environment)
    result = command(app, "kiosk", "init")
    assert result.exit_code == 0, (result.output, result.exception)
    dispose(app)


def dispose(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
    app.extensions["kiosk.reports_engine"].dispose()


class Kept:
    """A folder and the applications on the stores in it, from test to test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._apps: dict[str, tuple[Flask, dict[str, Any], dict[str, Any]]] = {}
        self._refilled: Refilled | None = None

    def empty_folder(self) -> Path:
        shutil.rmtree(self._folder)
        self._folder.mkdir()
        return self._folder

    @contextmanager
    def database(self, cluster: Cluster, template: str) -> Iterator[str]:
        """The name of a database that is as the template."""
        self._refilled = self._refilled or Refilled(cluster, template)
        yield self._refilled.make_blank()

    def application(self, environment: dict[str, str]) -> Flask:
        """The application on that store, remembering nothing of an earlier one.

        Outside of the folder it is a new one.
        """
        url = environment["KIOSK_DATABASE_URL"]
        if environment["KIOSK_INSTANCE"] != str(self._folder):
            return application(environment)
        if url not in self._apps:
            app = application(environment)
            self._apps[url] = app, dict(app.extensions), dict(app.view_functions)
        app, extensions, views = self._apps[url]
        app.extensions, app.view_functions = dict(extensions), dict(views)
        app.testing = True
        return app

    def give_back(self, app: Flask) -> None:
        """Connections outlive the test where their database does; a file is a new one each time."""
        kept = any(app is each for each, _, _ in self._apps.values())
        if not kept or engine_of(app).dialect.name == "sqlite":
            dispose(app)

    def dispose(self) -> None:
        for app, _, _ in self._apps.values():
            dispose(app)
        if self._refilled is not None:
            self._refilled.close()
