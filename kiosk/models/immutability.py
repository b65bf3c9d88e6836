"""Triggers that refuse to change or delete what was released or written to the audit trail.

On Citus, which takes no triggers, the application's role lacks the rights instead.
"""

from sqlalchemy import Connection, Table, text

from kiosk.models.base import Base

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION kiosk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'released rows are never changed: %', TG_TABLE_NAME; END $$
"""


def frozen_tables() -> list[Table]:
    """The tables whose rows are only ever inserted, by name."""
    tables = Base.metadata.tables.values()
    return sorted(
        (t for t in tables if t.info.get("released") or t.name == "audit_entry"),
        key=lambda t: t.name,
    )


def create_triggers(connection: Connection) -> None:
    """Make every refusing trigger anew, as after a migration that rebuilt a table."""
    make = _for_postgresql if connection.dialect.name == "postgresql" else _for_sqlite
    if connection.dialect.name == "postgresql":
        connection.execute(text(POSTGRES_FUNCTION))
    for table in frozen_tables():
        for statement in make(table.name):
            connection.execute(text(statement))


def trigger_names(connection: Connection) -> set[str]:
    """The names of the refusing triggers that the database has now."""
    if connection.dialect.name == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    return set(connection.execute(text(query)).scalars())


def expected_trigger_names(dialect: str) -> set[str]:
    """The names that ``create_triggers`` gives on that dialect."""
    verbs = (
        ("update", "delete", "truncate")
        if dialect == "postgresql"
        else ("update", "delete")
    )
    return {f"{t.name}_no_{verb}" for t in frozen_tables() for verb in verbs}


def _for_sqlite(table: str) -> list[str]:
    return [
        statement
        for verb in ("update", "delete")
        for statement in (
            f'DROP TRIGGER IF EXISTS "{table}_no_{verb}"',
            f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, 'released rows are never changed: {table}'); END",
        )
    ]


def _for_postgresql(table: str) -> list[str]:
    return [
        statement
        for verb, level in (
            ("update", "ROW"),
            ("delete", "ROW"),
            ("truncate", "STATEMENT"),
        )
        for statement in (
            f'DROP TRIGGER IF EXISTS "{table}_no_{verb}" ON "{table}"',
            f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
            f"FOR EACH {level} EXECUTE FUNCTION kiosk_refuse_change()",
        )
    ]
