"""Copies of a PostgreSQL store: pg_dump and pg_restore, and renaming databases to put one in place.

Passwords go by the environment, never on a command line.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.errors import InsufficientPrivilege, ObjectInUse
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, make_url

from kiosk.domain.copies import files
from kiosk.domain.copies.contents import Contents
from kiosk.domain.copies.refusals import (
    BackupDamaged,
    CopyFailed,
    NotABackup,
    OtherDatabase,
    StoreInUse,
)

HEADER = b"PGDMP"
HEADER_OF_SQLITE = b"SQLite"
MAINTENANCE = "postgres"  # the database that every cluster has
LONGEST_NAME = 63
# So that what is read back looks the same whatever the server's settings are.
OPTIONS = "-c bytea_output=hex -c timezone=UTC"
COPY = re.compile(r"COPY \S*?(\w+) \((.*)\) FROM stdin;")
TABLES = ("alembic_version", "store", "enrolment", "contact")
SESSIONS = (
    "SELECT usename, coalesce(host(client_addr), 'this machine') FROM pg_stat_activity "
    "WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
Row = dict[str, str]


class PostgresqlCopier:
    """Copies of the store in one database."""

    suffix = ".dump"

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql")
        self._name = str(url.database)

    def write(self, target: Path) -> None:
        address = self._address(self._name)
        try:
            files.make_private(target)
            self._run("pg_dump", "--format=custom", f"--file={target}", address)
            files.sync(target)
        except OSError as problem:
            raise CopyFailed(str(problem)) from None

    def read(self, file: Path) -> Contents:
        _check_header(file)
        try:
            self._run("pg_restore", f"--file={os.devnull}", str(file))
            chosen = [f"--table={table}" for table in TABLES]
            text = self._run(
                "pg_restore", "--data-only", "--file=-", *chosen, str(file)
            )
        except CopyFailed as problem:
            raise BackupDamaged(file, problem.detail) from None
        try:
            return _contents(tables_of(text))
        except (KeyError, ValueError):  # a table or its row is missing
            raise NotABackup(file) from None

    def is_store(self, file: Path) -> bool:
        return False

    def users(self) -> Sequence[str]:
        with self._maintenance() as connection:
            rows = connection.execute(SESSIONS, (self._name,)).fetchall()
        return [f"{role} from {host}" for role, host in rows]

    def unpack(self, file: Path, *, stamp: str) -> str:
        name = self._beside(f"restoring_{stamp}")
        create = SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
        with self._maintenance() as connection:
            try:
                connection.execute(create.format(Identifier(name)))
            except InsufficientPrivilege:
                raise CopyFailed(
                    f"the role may not make databases; allow it with: "
                    f"ALTER ROLE {self._url.username} CREATEDB;"
                ) from None
        draft = self._url.set(database=name).render_as_string(hide_password=False)
        try:
            options = ("--no-owner", "--no-privileges", "--exit-on-error")
            into = f"--dbname={self._address(name)}"
            self._run("pg_restore", *options, into, str(file))
        except CopyFailed:
            self.discard(draft)
            raise
        return draft

    def discard(self, draft: str) -> None:
        name = Identifier(str(make_url(draft).database))
        with self._maintenance() as connection:
            connection.execute(SQL("DROP DATABASE IF EXISTS {}").format(name))

    def switch_in(self, draft: str, *, stamp: str) -> str | None:
        aside = self._beside(f"before_restore_{stamp}")
        rename = SQL("ALTER DATABASE {} RENAME TO {}")
        new, store = Identifier(str(make_url(draft).database)), Identifier(self._name)
        is_there = "SELECT FROM pg_database WHERE datname = %s"
        with self._maintenance() as connection:
            present = connection.execute(is_there, (self._name,)).fetchone() is not None
            try:
                with connection.transaction():
                    if present:
                        connection.execute(rename.format(store, Identifier(aside)))
                    connection.execute(rename.format(new, store))
            except ObjectInUse:
                raise StoreInUse(self.users()) from None
        return f"database {aside}" if present else None

    def _address(self, database: str) -> str:
        """The address of a database without the password, for a command line."""
        url = self._url
        bare = URL.create(
            url.drivername, url.username, None, url.host, url.port, database, url.query
        )
        return bare.render_as_string()

    def _beside(self, word: str) -> str:
        return f"{self._name[: LONGEST_NAME - len(word) - 1]}_{word}"

    @contextmanager
    def _maintenance(self) -> Iterator["psycopg.Connection[tuple[str, ...]]"]:
        url = self._url.set(database=MAINTENANCE)
        address = url.render_as_string(hide_password=False)
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                yield connection
        except psycopg.Error as problem:
            raise CopyFailed(str(problem).splitlines()[0]) from None

    def _run(self, program: str, *arguments: str) -> str:
        """What the program says; CopyFailed with the first thing it complains of."""
        found = shutil.which(program)
        if found is None:
            raise CopyFailed(f"the program {program} of PostgreSQL is not installed")
        environment = {**os.environ, "PGOPTIONS": OPTIONS, "LC_MESSAGES": "C"}
        if self._url.password is not None:
            environment["PGPASSWORD"] = str(self._url.password)
        done = subprocess.run(
            [found, *arguments],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            complaint = done.stderr.strip().splitlines() or [f"{program} failed"]
            raise CopyFailed(complaint[0])
        return done.stdout


def tables_of(text: str) -> dict[str, list[Row]]:
    """The rows of each table in what pg_restore writes, every value as text."""
    tables: dict[str, list[Row]] = {}
    lines = iter(text.splitlines())
    for line in lines:
        if begin := COPY.fullmatch(line):
            names = begin[2].replace('"', "").split(", ")
            tables[begin[1]] = [
                dict(zip(names, row.split("\t"), strict=True))
                for row in iter(lines.__next__, "\\.")
            ]
    return tables


def _check_header(file: Path) -> None:
    with file.open("rb") as opened:
        header = opened.read(len(HEADER_OF_SQLITE))
    if header.startswith(HEADER_OF_SQLITE):
        raise OtherDatabase(file)
    if not header.startswith(HEADER):
        raise NotABackup(file)


def _contents(tables: dict[str, list[Row]]) -> Contents:
    (version,), (store,) = tables["alembic_version"], tables["store"]
    installs = {
        row["id"]: bytes.fromhex(row["install"].lstrip("\\x"))
        for row in tables["enrolment"]
    }
    marks: dict[bytes, int] = {}
    for row in tables["contact"]:
        install, seq = installs[row["enrolment_id"]], int(row["have_through"])
        marks[install] = max(seq, marks.get(install, 0))
    made_at = datetime.fromisoformat(store["made_at"]).astimezone(UTC)
    return Contents(
        version["version_num"], store["demonstration"] == "t", made_at, marks
    )
