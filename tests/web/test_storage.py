"""A store that is busy or full asks for patience; whatever else it says is a fault of ours."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import errors
from sqlalchemy import event, text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kiosk.db import db
from kiosk.web.storage import kind_of_storage_error
from tests import people

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def sqlite_error(folder: Path, *statements: str) -> sqlite3.Error:
    """What SQLite raises at the last of the statements."""
    *before, last = statements
    connection = sqlite3.connect(folder / "a.sqlite3", timeout=0)
    for statement in before:
        connection.execute(statement)
    with pytest.raises(sqlite3.Error) as raised:
        connection.execute(last)
    connection.close()
    return raised.value


def test_a_locked_sqlite_is_busy(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    error = sqlite_error(tmp_path, "CREATE TABLE a (b)")
    holder.close()

    assert kind_of_storage_error(error) == "storage_busy"


def test_a_full_sqlite_is_full(tmp_path: Path) -> None:
    error = sqlite_error(
        tmp_path,
        "CREATE TABLE a (b)",
        "PRAGMA max_page_count = 2",
        "INSERT INTO a VALUES (zeroblob(100000))",
    )

    assert kind_of_storage_error(error) == "storage_full"


def test_a_missing_table_is_a_fault(tmp_path: Path) -> None:
    assert kind_of_storage_error(sqlite_error(tmp_path, "SELECT * FROM a")) is None


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errors.DiskFull(), "storage_full"),
        (errors.ReadOnlySqlTransaction(), "storage_full"),
        (errors.LockNotAvailable(), "storage_busy"),
        (errors.DeadlockDetected(), "storage_busy"),
        (errors.SerializationFailure(), "storage_busy"),
        (errors.QueryCanceled(), "storage_busy"),
        (errors.TooManyConnections(), "storage_busy"),
        (errors.AdminShutdown(), "storage_busy"),
        (psycopg.OperationalError("connection refused"), "storage_busy"),
        (errors.UndefinedTable(), None),
        (errors.UniqueViolation(), None),
        (ValueError(), None),
        (None, None),
    ],
)
def test_postgresql_is_judged_by_its_state(
    error: BaseException | None, kind: str | None
) -> None:
    assert kind_of_storage_error(error) == kind


@pytest.mark.usefixtures("own_place")
@one_store
def test_a_page_waits_for_a_busy_store(app: Flask, client: FlaskClient) -> None:
    token = people.csrf_token(client.get("/sign-in"))
    with app.app_context():
        path = db.engine.url.database
        event.listen(db.engine, "connect", impatient)
        db.engine.dispose()
    holder = sqlite3.connect(str(path), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    fields = {"csrf_token": token, "username": "a", "password": "b"}
    response = client.post("/sign-in", data=fields)
    holder.close()

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "Hệ thống đang bận" in response.text


def impatient(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA busy_timeout = 50")


@one_store
def test_a_pool_without_a_free_connection_is_busy(app: Flask) -> None:
    app.testing = False
    app.view_functions["accounts.sign_in"] = waiting_for_a_connection

    assert app.test_client().get("/sign-in").status_code == 503


def waiting_for_a_connection() -> str:
    raise PoolTimeout


@one_store
def test_any_other_fault_of_the_store_is_ours(app: Flask) -> None:
    app.testing = False
    app.view_functions["accounts.sign_in"] = asking_for_nothing

    assert app.test_client().get("/sign-in").status_code == 500


def asking_for_nothing() -> str:
    db.session.execute(text("SELECT * FROM no_such_table"))
    return ""
