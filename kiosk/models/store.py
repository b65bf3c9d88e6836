"""Facts about the store itself: whether it is a demonstration, and its epochs."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base, IntKey, register


class Store(Base):
    """One row, made by ``flask kiosk init``; without it the application is not set up."""

    __tablename__ = "store"
    __table_args__ = register()
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    demonstration: Mapped[bool]
    made_at: Mapped[datetime]


class Epoch(Base):
    """The store's lives: number 1 at its making, one more at every restore from a backup."""

    __tablename__ = "epoch"
    __table_args__ = register()
    number: Mapped[IntKey]
    began_at: Mapped[datetime]
