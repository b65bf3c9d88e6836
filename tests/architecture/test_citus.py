"""One schema for SQLite, PostgreSQL and Citus: nothing in it that Citus refuses."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Computed,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    create_engine,
    text,
)
from sqlalchemy.schema import SchemaItem

from kiosk.models import Base
from tests import servers
from tests.architecture.citus import faults

SPREAD = {"distributed": True}
WHOLE = {"distributed": False}


def unit(**options: Any) -> "Column[int]":
    given: dict[str, Any] = {"primary_key": True, "autoincrement": False} | options
    return Column("unit_id", Integer, **given)


def key() -> "Column[int]":
    return Column("id", Integer, primary_key=True, autoincrement=False)


def number(name: str, *extra: SchemaItem, primary_key: bool = False) -> "Column[int]":
    return Column(name, Integer, *extra, primary_key=primary_key)


def block(*columns: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A reference to the block by these of its columns."""
    here = ["block_id" if column == "id" else column for column in columns]
    there = [f"block.{column}" for column in columns]
    return ForeignKeyConstraint(here, there, name="fk", ondelete=ondelete)


def schema(*planted: SchemaItem, info: dict[str, bool]) -> MetaData:
    """A reference table and a distributed one as they should be, and a planted one."""
    metadata = MetaData()
    Table("unit", metadata, key(), info=WHOLE)
    belongs = ForeignKeyConstraint(["unit_id"], ["unit.id"])
    unique = UniqueConstraint("unit_id", "number")
    Table(
        "block", metadata, unit(), key(), number("number"), belongs, unique, info=SPREAD
    )
    Table("planted", metadata, *planted, info=info)
    return metadata


def test_citus_would_take_our_schema() -> None:
    assert list(faults(Base.metadata)) == []


def test_a_good_schema_has_no_fault() -> None:
    good = schema(
        unit(),
        key(),
        number("block_id"),
        block("unit_id", "id"),
        Index("by_block", "block_id"),
        info=SPREAD,
    )

    assert list(faults(good)) == []


@pytest.mark.parametrize(
    ("planted", "info", "fault"),
    [
        ([key()], {}, "not said whether it is distributed"),
        ([key()], SPREAD, "no unit_id"),
        ([unit(primary_key=False), key()], SPREAD, "unit_id may be null"),
        (
            [unit(primary_key=False, nullable=False), key()],
            SPREAD,
            "does not begin with",
        ),
        ([key(), unit()], SPREAD, "its key does not begin with unit_id"),
        (
            [unit(), key(), number("n"), UniqueConstraint("n", name="uq")],
            SPREAD,
            "uq is unique without unit_id",
        ),
        (
            [unit(), key(), number("n"), Index("ux", "n", unique=True)],
            SPREAD,
            "ux is unique without unit_id",
        ),
        ([unit(default=1), key()], SPREAD, "unit_id has a default"),
        ([unit(server_default="1"), key()], SPREAD, "unit_id has a default"),
        ([unit(onupdate=1), key()], SPREAD, "unit_id changes on update"),
        (
            [number("unit_id", Computed("1"), primary_key=True), key()],
            SPREAD,
            "unit_id is computed",
        ),
        ([unit(), number("id", Identity())], SPREAD, "numbers its rows by itself"),
        (
            [unit(), key(), number("block_id"), block("id")],
            SPREAD,
            "fk leaves out unit_id",
        ),
        (
            [
                unit(),
                key(),
                number("block_id"),
                block("unit_id", "id", ondelete="SET NULL"),
            ],
            SPREAD,
            "fk would empty unit_id",
        ),
        (
            [unit(), key(), number("block_id"), block("unit_id", "id")],
            WHOLE,
            "points from a reference table",
        ),
    ],
)
def test_a_planted_fault_is_seen(
    planted: Sequence[SchemaItem], info: dict[str, bool], fault: str
) -> None:
    found = list(faults(schema(*planted, info=info)))

    assert any(line.startswith("planted: ") and fault in line for line in found), found


def test_postgresql_takes_the_distributed_tables_spread_by_unit(
    postgresql: servers.Cluster,
) -> None:
    spread = MetaData()
    for table in Base.metadata.sorted_tables:
        copy = table.to_metadata(spread)
        if copy.info["distributed"]:
            copy.dialect_options["postgresql"]["partition_by"] = "HASH (unit_id)"
    postgresql.create("spread")
    url = postgresql.url("spread").replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)

    spread.create_all(engine)

    with engine.connect() as connection:
        counted = connection.scalar(text("SELECT count(*) FROM pg_partitioned_table"))
    assert counted == sum(t.info["distributed"] for t in Base.metadata.sorted_tables)
    engine.dispose()
    postgresql.drop("spread")
