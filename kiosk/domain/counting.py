"""Adds up counts beside the rows they count: the ledger of a unit, the activity of a tablet."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kiosk.domain.intake import Candidate
from kiosk.domain.items import RatingItem
from kiosk.models.base import Base
from kiosk.models.waiting import Activity, Ledger


def count_activity(
    connection: Connection, unit_id: int, tablet_id: int, good: Iterable[Candidate]
) -> None:
    """Count the taps of ratings by the tablet, day and local hour, where that is known."""
    taps: Counter[tuple[date, int]] = Counter()
    partials: Counter[tuple[date, int]] = Counter()
    for candidate in good:
        hour = candidate.dated.hour
        if isinstance(candidate.item, RatingItem) and hour is not None:
            taps[candidate.dated.day, hour] += 1
            whole = candidate.item.rating.complete
            partials[candidate.dated.day, hour] += not whole
    rows = [
        {
            "unit_id": unit_id,
            "tablet_id": tablet_id,
            "day": day,
            "hour": hour,
            "taps": taps[day, hour],
            "partials": partials[day, hour],
        }
        for day, hour in sorted(taps)
    ]
    add_up(connection, Activity, rows, ("taps", "partials"))


def book(connection: Connection, unit_id: int, books: Counter[str]) -> None:
    """Add what was received, by kind, to the unit's ledger."""
    rows = [
        {"unit_id": unit_id, "kind": kind, "received": count, "never_published": 0}
        for kind, count in sorted(books.items())
        if count
    ]
    add_up(connection, Ledger, rows, ("received",))


def add_up(
    connection: Connection,
    model: type[Base],
    rows: list[dict[str, Any]],
    columns: tuple[str, ...],
) -> None:
    """Insert rows of counts, or add them to those already there."""
    if rows:
        statement = _adding(connection.dialect.name, model, columns)
        connection.execute(statement, rows if len(rows) > 1 else rows[0])


def insert_on(session: Session, model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT on the session's database."""
    return insert_into(session.get_bind().dialect.name, model)


def insert_into(dialect: str, model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """The same by the name of the database, for a statement that is built once."""
    table = Base.metadata.tables[model.__tablename__]
    if dialect == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


# Building a statement costs more than running it: those of every request are built once.
@cache
def _adding(dialect: str, model: type[Base], columns: tuple[str, ...]) -> Insert:
    statement = insert_into(dialect, model)
    table = Base.metadata.tables[model.__tablename__]
    sums = {name: table.c[name] + statement.excluded[name] for name in columns}
    keys = list(table.primary_key.columns)
    return statement.on_conflict_do_update(index_elements=keys, set_=sums)
