"""What Citus would refuse of a schema, read from the metadata (rules 1 to 8 of its constraints).

A table says by `info["distributed"]` whether it is spread by unit or kept whole on every node.
"""

from collections.abc import Iterator

from sqlalchemy import (
    ForeignKeyConstraint,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.schema import ColumnCollectionConstraint

KEY = "unit_id"


def faults(metadata: MetaData) -> Iterator[str]:
    """One line for each thing that Citus would refuse, or accept and then not hold."""
    for table in metadata.sorted_tables:
        if table.info.get("distributed") is None:
            yield f"{table.name}: not said whether it is distributed"
        if table.info.get("distributed"):
            yield from _key_faults(table)
            yield from _uniqueness_faults(table)
        for constraint in table.foreign_key_constraints:
            yield from _reference_faults(table, constraint)


def _key_faults(table: Table) -> Iterator[str]:
    column = table.columns.get(KEY)
    if column is None:
        yield f"{table.name}: no {KEY}"
        return
    if column.nullable:
        yield f"{table.name}: {KEY} may be null"
    if column.computed is not None or column.identity is not None:
        yield f"{table.name}: {KEY} is computed"
    if column.default is not None or column.server_default is not None:
        yield f"{table.name}: {KEY} has a default, and must be given by every insert"
    if column.onupdate is not None or column.server_onupdate is not None:
        yield f"{table.name}: {KEY} changes on update"
    if next(iter(table.primary_key.columns)).name != KEY:
        yield f"{table.name}: its key does not begin with {KEY}"
    if table.autoincrement_column is not None or any(c.identity for c in table.columns):
        yield f"{table.name}: numbers its rows by itself"


def _uniqueness_faults(table: Table) -> Iterator[str]:
    for constraint in table.constraints:
        if not isinstance(constraint, ColumnCollectionConstraint):
            continue
        unique = isinstance(constraint, (PrimaryKeyConstraint, UniqueConstraint))
        if unique and KEY not in constraint.columns:
            yield f"{table.name}: {constraint.name} is unique without {KEY}"
    for index in table.indexes:
        if index.unique and KEY not in index.columns:
            yield f"{table.name}: {index.name} is unique without {KEY}"


def _reference_faults(table: Table, constraint: ForeignKeyConstraint) -> Iterator[str]:
    target = constraint.referred_table
    if not target.info.get("distributed"):
        return
    if not table.info.get("distributed"):
        yield f"{table.name}: {constraint.name} points from a reference table to a distributed one"
        return
    pairs = {(e.parent.name, e.column.name) for e in constraint.elements}
    if (KEY, KEY) not in pairs:
        yield f"{table.name}: {constraint.name} leaves out {KEY}"
    emptying = {str(constraint.ondelete).upper(), str(constraint.onupdate).upper()}
    if emptying & {"SET NULL", "SET DEFAULT"}:
        yield f"{table.name}: {constraint.name} would empty {KEY}"
