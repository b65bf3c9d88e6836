"""The closed room: what waits for its release. Only intake and release may open this door."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base, Key16, Word, stored


class Waiting(Base):
    """One rating, partial rating, set of reasons or comment; its answers sealed.

    The key is random and unlike the item's id: receipt and waiting row share nothing. That the
    officer exists is checked at the door, once a request instead of once a row.
    """

    __tablename__ = "waiting"
    __table_args__ = stored(PrimaryKeyConstraint("unit_id", "key"), room=True)
    unit_id: Mapped[int]
    key: Mapped[Key16]
    kind: Mapped[Word]
    officer_id: Mapped[int | None]
    questionnaire: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[Word]
    day: Mapped[date]
    mark: Mapped[str | None] = mapped_column(String(40))
    sealed: Mapped[bytes]


class Quarantined(Base):
    """What could not be read as an item: the raw bytes, sealed, and why.

    The key is a keyed hash of the bytes, so that a resent item is kept once.
    ``sealed`` is emptied when the item is replayed.
    """

    __tablename__ = "quarantined"
    __table_args__ = stored(PrimaryKeyConstraint("unit_id", "key"), room=True)
    unit_id: Mapped[int]
    key: Mapped[Key16]
    tablet_id: Mapped[int | None] = mapped_column(ForeignKey("tablet.id"))
    day: Mapped[date]
    reason: Mapped[Word]
    receipted: Mapped[bool]
    replayed_on: Mapped[date | None]
    sealed: Mapped[bytes]


class Activity(Base):
    """Taps per tablet, day and local hour: whether a tablet stood open, never what was said."""

    __tablename__ = "activity"
    __table_args__ = stored(
        PrimaryKeyConstraint("unit_id", "tablet_id", "day", "hour"), room=True
    )
    unit_id: Mapped[int]
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"))
    day: Mapped[date]
    hour: Mapped[int] = mapped_column(SmallInteger)
    taps: Mapped[int]
    partials: Mapped[int]


class Held(Base):
    """Joint counts of runs that do not yet make a unit tally of 20, sealed."""

    __tablename__ = "held"
    __table_args__ = stored(PrimaryKeyConstraint("unit_id", "key"), room=True)
    unit_id: Mapped[int]
    key: Mapped[Key16]
    questionnaire: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[Word]
    sealed: Mapped[bytes]


class Ledger(Base):
    """Per unit and kind: how many were ever received, and how many never published.

    Counted by intake and release independently of the rows themselves, so that
    ``flask kiosk balance`` compares two books.
    """

    __tablename__ = "ledger"
    __table_args__ = stored(PrimaryKeyConstraint("unit_id", "kind"), room=True)
    unit_id: Mapped[int]
    kind: Mapped[Word]
    received: Mapped[int] = mapped_column(BigInteger)
    never_published: Mapped[int] = mapped_column(BigInteger)
