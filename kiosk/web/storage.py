"""Tells from the driver's error whether the store is busy, cannot be written, or is at fault."""

import sqlite3
import sys
from typing import Literal

StorageKind = Literal["storage_busy", "storage_full"]

SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
# A full disk shows as any of these, depending on which write met it.
SQLITE_FULL = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
POSTGRES_FULL = ("53100", "53200", "58030", "25006")
# Class 08: connection; 40: rolled back for another's sake; 53: resources; 55: in use; 57: stopped.
POSTGRES_BUSY = ("08", "40", "53", "55", "57")


def kind_of_storage_error(error: BaseException | None) -> StorageKind | None:
    """The kind for what SQLite or PostgreSQL raised; none where trying again will not help."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    # SQLAlchemy loads the driver for the store that needs it; the other saves its 10 MiB.
    return _of_postgres(error) if "psycopg" in sys.modules else None


def _of_sqlite(error: sqlite3.Error) -> StorageKind | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(SQLITE_BUSY):
        return "storage_busy"
    return "storage_full" if name.startswith(SQLITE_FULL) else None


def _of_postgres(error: BaseException | None) -> StorageKind | None:
    import psycopg

    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate
    if state in POSTGRES_FULL:
        return "storage_full"
    # Without a state the server was not reached, or left in the middle of it.
    unreached = state is None and isinstance(error, psycopg.OperationalError)
    return "storage_busy" if unreached or (state or "")[:2] in POSTGRES_BUSY else None
