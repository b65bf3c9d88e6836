"""The schema that the migrations make is the one that the models describe, triggers and all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from kiosk.db import db, prepare
from kiosk.models import Base
from kiosk.models.immutability import create_triggers
from tests import servers, stores

ALEMBIC = "alembic_version"
PIECES = ("pk_constraint", "unique_constraints", "check_constraints", "foreign_keys")
TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
WITHOUT_ROWID = "SELECT name FROM pragma_table_list WHERE wr AND schema = 'main'"


@pytest.fixture
def modelled(
    environment: dict[str, str], postgresql: servers.Cluster, tmp_path: Path
) -> Iterator[Engine]:
    """A store of the same kind as `environment`, made from the models alone."""
    name = f"modelled_{uuid4().hex}"
    url = f"sqlite:///{tmp_path / 'modelled.sqlite3'}"
    spread = environment["KIOSK_DATABASE_URL"].startswith("postgresql")
    if spread:
        postgresql.create(name)
        url = postgresql.url(name).replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    prepare(engine)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        create_triggers(connection)
    yield engine
    engine.dispose()
    if spread:
        postgresql.drop(name)


def description(connection: Connection) -> dict[str, Any]:
    """All of a schema that can be read back, in an order that does not matter."""
    inspector = inspect(connection)
    dialect = connection.dialect.name
    told: dict[str, Any] = {"triggers": pairs(connection, TRIGGERS[dialect])}
    if dialect == "sqlite":
        told["without rowid"] = pairs(connection, WITHOUT_ROWID)
    for table in set(inspector.get_table_names()) - {ALEMBIC}:
        columns = {c["name"]: str(c) for c in inspector.get_columns(table)}
        indexes = sorted(map(str, inspector.get_indexes(table)))
        told[table] = {"columns": columns, "indexes": indexes}
        for piece in PIECES:
            found = getattr(inspector, f"get_{piece}")(table)
            told[table][piece] = sorted(
                map(str, found if isinstance(found, list) else [found])
            )
    return told


def pairs(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in connection.execute(text(query)))


def test_migrations_make_the_schema_of_the_models(app: Flask, modelled: Engine) -> None:
    with app.app_context(), db.engine.connect() as migrated:
        found = description(migrated)

    with modelled.connect() as connection:
        assert found == description(connection)
    assert set(Base.metadata.tables) <= set(found)


def test_a_change_of_the_models_without_a_migration_is_seen(app: Flask) -> None:
    result = stores.command(app, "db", "check")

    assert result.exit_code == 0, result.output


def test_migrations_can_be_taken_back_and_made_again(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        before = description(connection)

    back = stores.command(app, "db", "downgrade", "base")
    with app.app_context(), db.engine.connect() as connection:
        bare = set(inspect(connection).get_table_names())
    again = stores.command(app, "db", "upgrade")

    assert (back.exit_code, again.exit_code) == (0, 0), back.output + again.output
    assert bare == {ALEMBIC}
    with app.app_context(), db.engine.connect() as connection:
        assert description(connection) == before
