"""A small file system of its own for a PostgreSQL database, and something that fills it.

The tables lie in a tablespace of a few megabytes; the log lies elsewhere, as a city has it. To
mount it takes root.
"""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests import servers, stores
from tests.faults.stage import Stage, build

SIZE = 96 * 1024 * 1024


@dataclass(frozen=True)
class Room:
    """What is left for the tables."""

    folder: Path

    def leave(self, size: int) -> None:
        """Fill all but so many bytes."""
        self.free()
        state = os.statvfs(self.folder)
        left = state.f_bavail * state.f_frsize
        used = min(left, max(0, left - size))
        with (self.folder / "filler").open("wb") as filler:
            os.posix_fallocate(filler.fileno(), 0, used)

    def free(self) -> None:
        """Give it all back."""
        (self.folder / "filler").unlink(missing_ok=True)


@contextmanager
def cramped_stage(
    folder: Path, cluster: servers.Cluster
) -> Iterator[tuple[Stage, Room]]:
    """A store whose tables have little room."""
    name = f"cramped_{secrets.token_hex(4)}"
    place = folder / name
    place.mkdir()
    with _mounted() as room, _tablespace(cluster, name, room):
        urls = cluster.url(name), cluster.url(name, servers.REPORTS_ROLE)
        environment = stores.variables(place, *urls)
        stores.initialise(environment)
        yield build(environment, place), Room(room)


@contextmanager
def _mounted() -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.fail("to mount a small file system takes root")
    with tempfile.TemporaryDirectory() as base:
        Path(base).chmod(0o755)  # PostgreSQL is another user
        room = Path(base) / "room"
        room.mkdir()
        options = ["-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs"]
        subprocess.run(["mount", *options, str(room)], check=True)
        try:
            yield room
        finally:
            subprocess.run(["umount", str(room)], check=True)


@contextmanager
def _tablespace(cluster: servers.Cluster, name: str, room: Path) -> Iterator[None]:
    tables = room / "tables"
    tables.mkdir()
    shutil.chown(tables, "postgres", "postgres")
    with psycopg.connect(
        cluster.url("postgres", "postgres"), autocommit=True
    ) as connection:
        for statement in (
            f"CREATE TABLESPACE {name} LOCATION '{tables}'",
            f"CREATE DATABASE {name} OWNER {servers.OWNER} TABLESPACE {name}",
        ):
            connection.execute(statement.encode())
        yield
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        connection.execute(f"DROP TABLESPACE {name}".encode())
