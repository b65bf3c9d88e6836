"""Copies of a whole store: how a backup is written and read, and how it takes a store's place.

One module for each database, both with the same promises: see ``Copier``.
"""

from pathlib import Path

from sqlalchemy import make_url

from kiosk.domain.copies.contents import Contents, Copier
from kiosk.domain.copies.refusals import (
    BackupDamaged,
    CopyFailed,
    NotABackup,
    OtherDatabase,
    StoreInUse,
)
from kiosk.domain.copies.sqlite import SqliteCopier

__all__ = [
    "BackupDamaged",
    "Contents",
    "Copier",
    "CopyFailed",
    "NotABackup",
    "OtherDatabase",
    "StoreInUse",
    "copier_of",
]


def copier_of(database_url: str) -> Copier:
    """Who copies the store of that address, and puts a copy in its place."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return SqliteCopier(Path(str(url.database)).resolve())
    from kiosk.domain.copies.postgresql import PostgresqlCopier

    return PostgresqlCopier(url)
