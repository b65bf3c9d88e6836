"""Copies of an SQLite store: its online backup into a file, and renaming to put one in place."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from kiosk.domain.copies import files
from kiosk.domain.copies.contents import Contents
from kiosk.domain.copies.refusals import (
    BackupDamaged,
    CopyFailed,
    NotABackup,
    OtherDatabase,
    StoreInUse,
)

HEADER = b"SQLite format 3\0"
HEADER_OF_DUMPS = b"PGDMP"
PATIENCE = 60  # seconds for a writer to finish
# What SQLite keeps beside a database; a journal left behind would be played into another one.
BESIDE = ("-journal", "-wal", "-shm")
MARKS = (
    "SELECT install, max(have_through) FROM contact "
    "JOIN enrolment ON enrolment.id = enrolment_id GROUP BY install"
)


class SqliteCopier:
    """Copies of the store in one file."""

    suffix = ".sqlite3"

    def __init__(self, store: Path) -> None:
        self._store = store

    def write(self, target: Path) -> None:
        address = f"{self._store.absolute().as_uri()}?mode=rw"
        try:
            files.make_private(target)
            with (
                closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as store,
                closing(sqlite3.connect(target)) as copy,
            ):
                copy.execute("PRAGMA journal_mode=OFF")
                # All pages in one step: writers wait meanwhile, and it never begins anew.
                store.backup(copy)
            files.sync(target)
        except (OSError, sqlite3.Error) as problem:
            raise CopyFailed(str(problem)) from None

    def read(self, file: Path) -> Contents:
        _check_header(file)
        address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as copy:
            _check_pages(copy, file)
            try:
                return _contents(copy)
            except (sqlite3.DatabaseError, TypeError):  # a table or its row is missing
                raise NotABackup(file) from None

    def is_store(self, file: Path) -> bool:
        return self._store.exists() and file.samefile(self._store)

    def users(self) -> Sequence[str]:
        return files.processes_with(self._store)

    def unpack(self, file: Path, *, stamp: str) -> str:
        draft = self._beside(f"restoring-{stamp}")
        try:
            draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.make_private(draft)
            shutil.copyfile(file, draft)
            files.sync(draft)
        except OSError as problem:
            draft.unlink(missing_ok=True)
            raise CopyFailed(str(problem)) from None
        return f"sqlite:///{draft.absolute()}"

    def discard(self, draft: str) -> None:
        _delete(Path(str(make_url(draft).database)), "", *BESIDE)

    def switch_in(self, draft: str, *, stamp: str) -> str | None:
        path = Path(str(make_url(draft).database))
        aside = self._beside(f"before-restore-{stamp}")
        files.sync(path)
        _move(self._store, aside)
        # Whoever opened it after he was asked would go on writing into what was put aside.
        if users := files.processes_with(aside):
            _move(aside, self._store)
            raise StoreInUse(users)
        _delete(path, *BESIDE)
        files.put_in_place(path, self._store)
        return str(aside) if aside.exists() else None

    def _beside(self, word: str) -> Path:
        return self._store.with_name(f"{self._store.name}.{word}")


def _check_header(file: Path) -> None:
    with file.open("rb") as opened:
        header = opened.read(len(HEADER))
    if header.startswith(HEADER_OF_DUMPS):
        raise OtherDatabase(file)
    if header != HEADER:
        raise NotABackup(file)


def _check_pages(copy: sqlite3.Connection, file: Path) -> None:
    try:
        (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        loose = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as problem:
        raise BackupDamaged(file, str(problem)) from None
    if said != "ok" or loose:
        raise BackupDamaged(file, said if loose is None else f"{loose[0]}: {loose[2]}")


def _contents(copy: sqlite3.Connection) -> Contents:
    (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    store = copy.execute("SELECT demonstration, made_at FROM store").fetchone()
    made_at = datetime.fromisoformat(store[1]).replace(tzinfo=UTC)
    return Contents(
        revision, bool(store[0]), made_at, dict(copy.execute(MARKS).fetchall())
    )


def _move(path: Path, to: Path) -> None:
    """Rename a database with all that SQLite keeps beside it, as far as it is there."""
    for suffix in ("", *BESIDE):
        if _named(path, suffix).exists():
            _named(path, suffix).rename(_named(to, suffix))


def _delete(path: Path, *suffixes: str) -> None:
    for suffix in suffixes:
        _named(path, suffix).unlink(missing_ok=True)


def _named(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
