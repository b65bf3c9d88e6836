"""The wall: through the reports' own session nothing of the room is read, nothing is written."""

import pytest
from flask import Flask
from sqlalchemy import (
    Integer,
    Table,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kiosk.db import readable_tables, reports_session
from kiosk.models import Base
from tests.reports.city import City

TABLES = Base.metadata.sorted_tables
CLOSED = [table.name for table in TABLES if table.name not in readable_tables()]
ONE = literal_column("1", Integer)
OPEN = sorted(readable_tables())


def table(name: str) -> Table:
    return Base.metadata.tables[name]


def test_the_room_and_the_accounts_are_behind_the_wall() -> None:
    assert {"waiting", "quarantined", "activity", "held", "receipt", "account"} <= set(
        CLOSED
    )
    assert {"block", "unit_tally", "unit", "officer"} <= set(OPEN)


def test_no_statement_on_a_closed_table_is_answered(app: Flask) -> None:
    for name in CLOSED:
        closed = table(name)
        column = next(iter(closed.columns))
        statements = [
            select(closed),
            select(column).limit(1),
            select(func.count()).select_from(closed),
            select(select(column).limit(1).scalar_subquery()),
            select(ONE).where(select(column).exists()),
            select(select(column).cte()),
            delete(closed),
        ]
        for statement in statements:
            with (
                app.app_context(),
                reports_session() as session,
                pytest.raises(DBAPIError),
            ):
                session.execute(statement)


def test_closed_tables_cannot_be_reached_through_open_ones(app: Flask) -> None:
    for name in CLOSED:
        block, closed = table("block"), table(name)
        joined = select(ONE).select_from(block.join(closed, text("1=1")))
        union = (
            select(ONE).select_from(block).union_all(select(ONE).select_from(closed))
        )
        for statement in (joined, union):
            with (
                app.app_context(),
                reports_session() as session,
                pytest.raises(DBAPIError),
            ):
                session.execute(statement)


def test_released_tables_are_read_and_never_written(
    app: Flask, session: Session
) -> None:
    for name in OPEN:
        opened = table(name)
        column = next(iter(opened.columns))
        with app.app_context(), reports_session() as reading:
            reading.execute(select(opened).limit(1))
        statements = [
            insert(opened).from_select([column], select(column)),
            update(opened).values({column: column}),
            delete(opened),
        ]
        for statement in statements:
            with (
                app.app_context(),
                reports_session() as writing,
                pytest.raises(DBAPIError),
            ):
                writing.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE block",
        "CREATE TABLE mine (n INTEGER)",
        "CREATE VIEW seen AS SELECT 1",
    ],
)
def test_the_schema_is_out_of_reach(app: Flask, statement: str) -> None:
    with app.app_context(), reports_session() as session, pytest.raises(DBAPIError):
        session.execute(text(statement))


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE ':memory:' AS other",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
        "SELECT writefile('/tmp/x', 'y')",
    ],
)
def test_sqlite_opens_no_other_door(app: Flask, statement: str) -> None:
    with app.app_context(), reports_session() as session, pytest.raises(DBAPIError):
        session.execute(text(statement))


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE kiosk",
        "COPY waiting TO STDOUT",
        "SELECT pg_read_file('/etc/hostname')",
    ],
)
def test_postgresql_opens_no_other_door(app: Flask, statement: str) -> None:
    with app.app_context(), reports_session() as session, pytest.raises(DBAPIError):
        session.execute(text(statement))


def test_reports_work_within_the_wall(app: Flask, city: City) -> None:
    with app.app_context(), reports_session() as session:
        count = session.scalar(select(func.count()).select_from(table("block")))

    assert count == 57
