"""Who serves where: units and their dated facts, officers, counters, postings, seats, targets.

Reference tables: few rows, changed by hand, readable by reports.
"""

from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base, IntKey, Key16, Name, Word, register


class Unit(Base):
    """A province, district, ward or office; only a key and a kind, for codes are not keys."""

    __tablename__ = "unit"
    __table_args__ = register()
    id: Mapped[IntKey]
    kind: Mapped[Word]


class UnitVersion(Base):
    """What a unit was called and where it belonged, from a day to a day (inclusive)."""

    __tablename__ = "unit_version"
    __table_args__ = register(
        UniqueConstraint("code", "first_day"), Index(None, "unit_id", "first_day")
    )
    id: Mapped[IntKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[Word]
    name: Mapped[Name]
    first_day: Mapped[date]
    last_day: Mapped[date | None]


class Succession(Base):
    """On this day the predecessor, whole or in part, became the successor."""

    __tablename__ = "succession"
    __table_args__ = register()
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    in_part: Mapped[bool]


class Officer(Base):
    """A person who serves citizens; ``code`` is the personnel number of the register."""

    __tablename__ = "officer"
    __table_args__ = register(UniqueConstraint("code"))
    id: Mapped[IntKey]
    code: Mapped[Word]
    name: Mapped[Name]


class OfficerPhoto(Base):
    """The portrait a citizen sees; its etag is the SHA-256 of the body in hex."""

    __tablename__ = "officer_photo"
    __table_args__ = register()
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    media_type: Mapped[Word]
    etag: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes]


class Counter(Base):
    """A counter of a unit's one-stop desk, e.g. “Quầy số 3”."""

    __tablename__ = "counter"
    __table_args__ = register(UniqueConstraint("unit_id", "code"))
    id: Mapped[IntKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[Word]
    label: Mapped[Name]


class Posting(Base):
    """An officer at a unit from a day to a day (inclusive); no counter in it."""

    __tablename__ = "posting"
    __table_args__ = register(
        UniqueConstraint("unit_id", "officer_id", "first_day"),
        Index(None, "officer_id"),
    )
    id: Mapped[IntKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    title: Mapped[Name]
    first_day: Mapped[date]
    last_day: Mapped[date | None]


class Seat(Base):
    """A posting at a counter from an instant to an instant (exclusive); never cuts a pool."""

    __tablename__ = "seat"
    __table_args__ = register(Index(None, "counter_id", "began_at"))
    id: Mapped[IntKey]
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SeatChange(Base):
    """That somebody said who sits at a counter from an instant on (nobody: no officer).

    ``change`` is the id that the tablet gave it, ``at`` the minute from which it counts, ``mark``
    why that is not the minute it gave; a refused one changed nothing, and says why.
    """

    __tablename__ = "seat_change"
    __table_args__ = register(
        UniqueConstraint("change"),
        Index(None, "counter_id", "at"),
        Index(None, "unit_id", "arrived_at"),
    )
    id: Mapped[IntKey]
    change: Mapped[Key16]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    arrived_at: Mapped[datetime]
    mark: Mapped[str | None] = mapped_column(String(40))
    refusal: Mapped[str | None] = mapped_column(String(40))


class Procedure(Base):
    """An administrative procedure (TTHC) of the catalogue."""

    __tablename__ = "procedure"
    __table_args__ = register(UniqueConstraint("code"))
    id: Mapped[IntKey]
    code: Mapped[Word]
    name: Mapped[Name]
    field: Mapped[Name]


class OpeningHours(Base):
    """When a unit's desk is open on a weekday (Monday is 0), local time, from a day to a day."""

    __tablename__ = "opening_hours"
    __table_args__ = register(
        UniqueConstraint("unit_id", "weekday", "opens", "first_day"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens < closes", name="order"),
    )
    id: Mapped[IntKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    weekday: Mapped[int] = mapped_column(SmallInteger)
    opens: Mapped[time]
    closes: Mapped[time]
    first_day: Mapped[date]
    last_day: Mapped[date | None]


class Target(Base):
    """What a unit promised for an indicator in a year; the value is a share from 0 to 1."""

    __tablename__ = "target"
    __table_args__ = register(
        UniqueConstraint("unit_id", "indicator", "year"),
        CheckConstraint("value BETWEEN 0 AND 1", name="share"),
    )
    id: Mapped[IntKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    indicator: Mapped[Word]
    year: Mapped[int]
    value: Mapped[float]
