"""The application on a store of a test's own, and the environment that describes both."""

from pathlib import Path

from click.testing import Result
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, create_engine
from werkzeug.utils import import_string

from kiosk.config import Settings, parse_room_keys
from kiosk.db import db, prepare
from kiosk.domain.sealing import KeyRing

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
