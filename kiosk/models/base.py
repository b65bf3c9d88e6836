"""What all tables share: the base class, the constraint names and the column shapes."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import Date, DateTime, Dialect, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive one is refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        return (
            value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        )


class Base(DeclarativeBase):
    """The one base class; its metadata is the schema of both databases."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime(),
        date: Date(),
        bytes: LargeBinary(),
    }


# Column shapes used more than once.
IntKey = Annotated[int, mapped_column(primary_key=True)]
Key16 = Annotated[bytes, mapped_column(LargeBinary(16))]
Hash32 = Annotated[bytes, mapped_column(LargeBinary(32))]
Name = Annotated[str, mapped_column(String(200))]
Word = Annotated[str, mapped_column(String(40))]


def stored(
    *constraints: Any, room: bool = False, released: bool = False
) -> tuple[Any, ...]:
    """Table arguments of a distributed table: its key begins with unit_id (Citus rules 1-7).

    ``room`` marks the closed room, ``released`` what reports may read and nobody may change.
    WITHOUT ROWID keeps SQLite from numbering the rows in the order of their arrival.
    """
    info = {"distributed": True, "room": room, "released": released}
    return (*constraints, {"info": info, "sqlite_with_rowid": False})


def register(*constraints: Any, readable: bool = True) -> tuple[Any, ...]:
    """Table arguments of a reference table; ``readable`` ones are open to reports."""
    return (*constraints, {"info": {"distributed": False, "readable": readable}})
