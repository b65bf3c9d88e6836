"""Which backups may still be restored, and how far each reaches into what every install sent.

Reference tables: written once a day, and an install may have served several units.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base, IntKey, Key16, register


class Backup(Base):
    """A backup that was made; ``dropped_at`` says when its file was first missed.

    While it is kept, no tablet is told to forget what only a later one holds.
    """

    __tablename__ = "backup"
    __table_args__ = register(readable=False)
    id: Mapped[IntKey]
    made_at: Mapped[datetime]
    path: Mapped[str] = mapped_column(Text)
    dropped_at: Mapped[datetime | None]


class BackupMark(Base):
    """That a backup holds all that an install sent up to a seq; without a mark, nothing."""

    __tablename__ = "backup_mark"
    __table_args__ = register(readable=False)
    backup_id: Mapped[int] = mapped_column(ForeignKey("backup.id"), primary_key=True)
    install: Mapped[Key16] = mapped_column(primary_key=True)
    have_through: Mapped[int] = mapped_column(BigInteger)
