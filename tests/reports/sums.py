"""The sums by month that a release would have written, made from the blocks in one statement.

A second implementation: the release adds up what each run writes, this sums the stored blocks.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, delete, select, text

from kiosk.domain.sums import ADDED, ANSWERS, SUMMED
from kiosk.models import Base
from kiosk.models.immutability import create_triggers

TABLES = ("unit_month", "officer_month")
DIALECTS = {
    "sqlite": {
        "month": "date({day}, 'start of month')",
        "final": "date({month}, '+1 month', '+14 days')",
        "key": "randomblob(16)",
    },
    "postgresql": {
        "month": "date_trunc('month', {day})::date",
        "final": "({month} + interval '1 month 14 days')::date",
        "key": "decode(md5(random()::text), 'hex')",
    },
}
ROWS = "SELECT unit_id, counted_on, released_on, {counts} FROM {table} WHERE {units}"
UNITS = """
INSERT INTO unit_month (unit_id, month, released_on, {columns})
SELECT unit_id, month, released_on, {running} FROM (
    SELECT unit_id, {month} AS month, released_on, {sums}
    FROM ({rows}) AS all_rows WHERE {units} GROUP BY 1, 2, 3
) AS added
"""
OFFICERS = """
INSERT INTO officer_month (unit_id, month, key, officer_id, released_on, {columns})
SELECT unit_id, month, {key}, officer_id, closed, {columns} FROM (
    SELECT unit_id, month, officer_id, {columns}, (
        SELECT min(day) FROM release_run
        WHERE release_run.unit_id = months.unit_id AND day > {final}
    ) AS closed
    FROM (
        SELECT unit_id, {month} AS month, officer_id, {sums}
        FROM block WHERE {units} GROUP BY 1, 2, 3
    ) AS months
) AS summed WHERE closed IS NOT NULL
"""


def write_sums(connection: Connection, units: Iterable[int] | None = None) -> None:
    """Writes the sums of the units (or of all) anew."""
    listed = ", ".join(str(int(each)) for each in units or ())
    where = f"unit_id IN ({listed})" if listed else "unit_id IS NOT NULL"
    for name in TABLES:
        _forget(connection, Base.metadata.tables[name], where)
    words = {
        name: form.format(day="counted_on", month="month")
        for name, form in DIALECTS[connection.dialect.name].items()
    }
    connection.execute(text(_of_units(where, words)))
    columns, sums = ", ".join(ANSWERS), _sums(ANSWERS)
    made = OFFICERS.format(columns=columns, sums=sums, units=where, **words)
    connection.execute(text(made))


def _of_units(where: str, words: dict[str, str]) -> str:
    rows = []
    for table, added in ADDED.items():
        counts = (f"{added.get(column, 0)} AS {column}" for column in SUMMED)
        rows.append(ROWS.format(counts=", ".join(counts), table=table, units=where))
    window = "OVER (PARTITION BY unit_id, month ORDER BY released_on)"
    return UNITS.format(
        columns=", ".join(SUMMED),
        running=", ".join(f"sum({column}) {window}" for column in SUMMED),
        sums=_sums(SUMMED),
        rows=" UNION ALL ".join(rows),
        units=where,
        **words,
    )


def _sums(columns: Iterable[str]) -> str:
    return ", ".join(f"sum({column}) AS {column}" for column in columns)


def _forget(connection: Connection, table: Table, where: str) -> None:
    """Deletes sums, which triggers refuse; readers may have the table open meanwhile."""
    if connection.execute(select(table.c.unit_id).where(text(where))).first() is None:
        return
    trigger = f'"{table.name}_no_delete"'
    if connection.dialect.name == "postgresql":
        off = f'ALTER TABLE "{table.name}" DISABLE TRIGGER {trigger}'
    else:
        off = f"DROP TRIGGER {trigger}"
    connection.execute(text(off))
    connection.execute(delete(table).where(text(where)))
    if connection.dialect.name == "postgresql":
        connection.execute(text(off.replace("DISABLE", "ENABLE")))
    else:
        create_triggers(connection)
