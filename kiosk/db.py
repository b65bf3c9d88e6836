"""The store: one schema, two engines.

The main engine serves intake, release and the console. Reports have an engine of their own that
can read released and organisation tables and nothing else: on PostgreSQL by its role, on SQLite
by ``mode=ro`` and an authorizer.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from kiosk.config import Settings
from kiosk.models import Base

db = SQLAlchemy(metadata=Base.metadata)

BUSY_SECONDS = 10
PRAGMAS = (
    "journal_mode=TRUNCATE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
)
# SQLite may read these to answer an allowed statement; none holds a row of ours.
ALWAYS_READABLE = frozenset({"sqlite_master"})


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application both engines."""
    app.config["SQLALCHEMY_DATABASE_URI"] = _driver(settings.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    app.extensions["kiosk.reports_engine"] = reports_engine(
        settings.reports_database_url
    )


def readable_tables() -> frozenset[str]:
    """The names of the tables that reports may read."""
    return frozenset(
        t.name
        for t in Base.metadata.tables.values()
        if t.info.get("released") or t.info.get("readable")
    )


def writing(session: Session) -> None:
    """Begin to write, before the session has anything pending.

    On SQLite a new transaction begins that takes the write lock at once: one that has read
    already could be refused. PostgreSQL goes on in the transaction that read.
    """
    if session.get_bind().dialect.name != "sqlite":
        return
    if not session.in_transaction():
        session.connection(execution_options={"write": True})
        return
    session.expire_all()  # what was read may have changed in between
    connection = session.connection()
    connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def writing_session() -> Iterator[Session]:
    """A session whose transaction begins as a writer; what is not committed is rolled back."""
    with Session(db.engine) as session:
        writing(session)
        yield session


@contextmanager
def reports_session() -> Iterator[Session]:
    """A read-only session on the reports' own engine, in one transaction; of no use afterwards."""
    engine: Engine = current_app.extensions["kiosk.reports_engine"]
    with Session(engine, close_resets_only=False) as session:
        yield session


def prepare(engine: Engine) -> None:
    """Durable, strict SQLite connections that begin their transactions themselves.

    On PostgreSQL many rows go in with one statement.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _apply_pragmas)
        event.listen(engine, "begin", _begin)
    else:
        # Several rows a statement, where psycopg would send one each; but no more than 50
        # parameters, above which it takes the statement apart anew every time.
        engine.dialect.use_insertmanyvalues_wo_returning = True
        engine.dialect.insertmanyvalues_max_parameters = 50


def reports_engine(url: str) -> Engine:
    """An engine on which any statement on a table not released is refused."""
    if not url.startswith("sqlite:"):
        engine = create_engine(
            _driver(url),
            hide_parameters=True,
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",  # all of a page from one moment
            # No statement of a page runs long enough to be worth compiling.
            connect_args={"options": "-c jit=off"},
        )
        return engine.execution_options(postgresql_readonly=True)
    path = Path(str(make_url(url).database)).resolve()
    engine = create_engine(
        "sqlite://",
        creator=lambda: _open_read_only(path),
        poolclass=QueuePool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def grant_reports_role(connection: Connection, role: str) -> None:
    """On PostgreSQL let ``role`` read released and organisation tables, and nothing else."""
    quote = connection.dialect.identifier_preparer.quote
    for table in Base.metadata.sorted_tables:
        connection.execute(
            text(f"REVOKE ALL ON {quote(table.name)} FROM {quote(role)}")
        )
    for name in sorted(readable_tables()):
        connection.execute(text(f"GRANT SELECT ON {quote(name)} TO {quote(role)}"))


def _options(url: str) -> dict[str, Any]:
    """A lock that somebody holds for 10 s is an error on both, and an error prints no answer."""
    options: dict[str, Any] = {"hide_parameters": True}
    if not url.startswith("sqlite:"):
        options["pool_pre_ping"] = True
        options["connect_args"] = {"options": f"-c lock_timeout={BUSY_SECONDS}s"}
    return options


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _apply_pragmas(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _open_read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=ro",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )
    connection.set_authorizer(_authorize)
    return connection


def _authorize(action: int, first: str | None, *rest: str | None) -> int:
    if action in {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_FUNCTION,
    }:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_RECURSIVE:
        return sqlite3.SQLITE_OK
    if (
        action == sqlite3.SQLITE_PRAGMA
        and first == "read_uncommitted"
        and rest[0] is None
    ):
        return sqlite3.SQLITE_OK  # SQLAlchemy asks for it when it first connects
    if action == sqlite3.SQLITE_READ and first in readable_tables() | ALWAYS_READABLE:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
