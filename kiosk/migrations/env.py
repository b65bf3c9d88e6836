"""Runs migrations: foreign keys off and checked at the end, refusing triggers made anew.

Alembic's batch mode rebuilds a table on SQLite and drops its triggers without a word.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from kiosk.db import db
from kiosk.models import Base
from kiosk.models.immutability import create_triggers


def migrate() -> None:
    """The whole run in one write transaction; on SQLite with foreign keys off."""
    with db.engine.connect() as connection:
        set_foreign_keys(connection, "OFF")
        try:
            with connection.execution_options(write=True).begin():
                run(connection)
        finally:
            set_foreign_keys(connection, "ON")


def run(connection: Connection) -> None:
    """Migrate on this connection, inside its transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        **current_app.extensions["migrate"].configure_args,
    )
    context.run_migrations()
    check_foreign_keys(connection)
    if context.get_context().get_current_revision() is not None:
        create_triggers(connection)


def set_foreign_keys(connection: Connection, state: str) -> None:
    """Switch SQLite's foreign keys, outside any transaction (inside one it does nothing)."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={state}")


def check_foreign_keys(connection: Connection) -> None:
    """Refuse a migration on SQLite that leaves a reference to nothing."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"migration leaves broken foreign keys: {broken[:5]}")


migrate()
