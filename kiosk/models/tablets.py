"""Tablets, how they are paired, and what was received from each.

Tablet, TabletCounter, PairingCode and Enrolment are reference tables: they change only by hand,
and a secret must be found without knowing its unit. Contact and Receipt are distributed.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base, Hash32, IntKey, Key16, Name, register, stored


class Tablet(Base):
    """A place for a device at a unit's desk; devices are replaced, the place keeps its history."""

    __tablename__ = "tablet"
    __table_args__ = register(readable=True)
    id: Mapped[IntKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    label: Mapped[Name]
    retired_at: Mapped[datetime | None]


class TabletCounter(Base):
    """The counters a tablet stands at; a hall tablet stands at several."""

    __tablename__ = "tablet_counter"
    __table_args__ = register(readable=True)
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"), primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"), primary_key=True)


class PairingCode(Base):
    """A one-time code that makes a browser the tablet of a place."""

    __tablename__ = "pairing_code"
    __table_args__ = register(Index(None, "code_hash"), readable=False)
    id: Mapped[IntKey]
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"), index=True)
    code_hash: Mapped[Hash32]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class StaffPin(Base):
    """The PIN of a unit's staff as a slow hash (PBKDF2, SHA-256); its tablets check it."""

    __tablename__ = "staff_pin"
    __table_args__ = register(readable=False)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    salt: Mapped[Key16]
    iterations: Mapped[int]
    pin_hash: Mapped[Hash32]
    set_at: Mapped[datetime]


class PairingFailure(Base):
    """A wrong pairing code from an address (kept as a hash), to limit guessing."""

    __tablename__ = "pairing_failure"
    __table_args__ = register(Index(None, "address_hash", "at"), readable=False)
    id: Mapped[IntKey]
    address_hash: Mapped[Hash32]
    at: Mapped[datetime]


class Enrolment(Base):
    """An install (one browser's storage) as the tablet of a place, from a time to a time."""

    __tablename__ = "enrolment"
    __table_args__ = register(
        UniqueConstraint("secret_hash"),
        Index(None, "install", "unit_id"),
        readable=False,
    )
    id: Mapped[IntKey]
    install: Mapped[Key16]
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    secret_hash: Mapped[Hash32]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Contact(Base):
    """One row per enrolment, updated by each sync: what the tablet last said of itself.

    ``seen_at`` is cut to the quarter hour, and ``queued_before`` is what was queued in an earlier
    one; ``skew`` is tablet minus server clock in ms; ``gone`` is how many up to ``have_through``
    never came, for the tablet gave them up, and ``lost`` how many, for its browser wiped its
    storage; ``wiped_at`` is when that was last heard of.
    """

    __tablename__ = "contact"
    __table_args__ = stored(PrimaryKeyConstraint("unit_id", "enrolment_id"))
    unit_id: Mapped[int]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    seen_at: Mapped[datetime]
    queued: Mapped[int]
    queued_before: Mapped[int | None]
    persisted: Mapped[bool]
    client: Mapped[str] = mapped_column(String(40))
    skew: Mapped[int | None] = mapped_column(BigInteger)
    have_through: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[int] = mapped_column(BigInteger)
    lost: Mapped[int] = mapped_column(BigInteger, default=0)
    wiped_at: Mapped[datetime | None]
    durable_through: Mapped[int] = mapped_column(BigInteger)


class Receipt(Base):
    """That an item came, and a digest of it; no day, no kind, no answer.

    A form's receipt has no install and no seq. (install, seq) is deliberately not unique:
    a tablet whose storage was set back would be refused for good.
    """

    __tablename__ = "receipt"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "item_id"),
        Index(None, "unit_id", "install", "seq"),
    )
    unit_id: Mapped[int]
    item_id: Mapped[Key16]
    install: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    seq: Mapped[int | None] = mapped_column(BigInteger)
    digest: Mapped[Hash32]
