"""Copies of a store: what is refused at the last moment, and what pg_restore writes, read back."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from kiosk.domain.copies import Copier, CopyFailed, StoreInUse, copier_of
from kiosk.domain.copies.postgresql import tables_of
from tests import servers, stores

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM store").fetchone()
print("open", flush=True)
sys.stdin.read()
"""
HOLD_POSTGRESQL = """
import psycopg, sys
connection = psycopg.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def copier(app: Flask) -> Copier:
    """Copies of a store that nobody has open any more."""
    stores.dispose(app)
    return copier_of(app.extensions["kiosk.settings"].database_url)


@contextmanager
def somebody(app: Flask) -> Iterator[int]:
    """Another process has the store open, and writes nothing; its number."""
    url: str = app.extensions["kiosk.settings"].database_url
    script = HOLD if url.startswith("sqlite") else HOLD_POSTGRESQL
    command = [sys.executable, "-c", script, url.removeprefix("sqlite:///")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        yield process.pid


def test_who_comes_at_the_last_moment_still_keeps_the_store_in_place(
    app: Flask, copier: Copier, tmp_path: Path
) -> None:
    copier.write(tmp_path / "a.copy")
    before = copier.read(tmp_path / "a.copy")
    draft = copier.unpack(tmp_path / "a.copy", stamp="1")

    with somebody(app), pytest.raises(StoreInUse) as refusal:
        copier.switch_in(draft, stamp="1")

    copier.discard(draft)
    copier.write(tmp_path / "b.copy")
    assert refusal.value.users
    assert copier.read(tmp_path / "b.copy") == before


def test_others_who_have_the_store_open_are_named(app: Flask, copier: Copier) -> None:
    with somebody(app) as number:
        users = copier.users()

    word = f"(process {number})" if "sqlite" in copier.suffix else f"{servers.OWNER} "
    assert len(users) == 1
    assert word in users[0]
    assert not copier.users()


def test_a_copy_is_never_written_over_another_file(
    copier: Copier, tmp_path: Path
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Kính gửi")

    with pytest.raises(CopyFailed):
        copier.write(file)

    assert file.read_text() == "Kính gửi"


def test_the_rows_of_each_table_are_read_from_what_pg_restore_writes() -> None:
    text = (
        "SET x = 1;\n"
        'COPY public.contact (unit_id, "enrolment_id") FROM stdin;\n1\t2\n3\t4\n\\.\n\n'
        "COPY public.store (id) FROM stdin;\n\\.\n"
    )

    assert tables_of(text) == {
        "contact": [
            {"unit_id": "1", "enrolment_id": "2"},
            {"unit_id": "3", "enrolment_id": "4"},
        ],
        "store": [],
    }


def test_a_password_is_on_no_command_line_and_a_failure_says_the_first_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody on a machine sees the command lines of everybody."""
    program = tmp_path / "pg_dump"
    program.write_text(
        '#!/bin/sh\necho "$@" > "$0.said"\necho "$PGPASSWORD" > "$0.told"\n'
        'echo "pg_dump: error: no space" >&2\necho "and more" >&2\nexit 1\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    copier = copier_of("postgresql+psycopg://kiosk:so%20secret@127.0.0.1:1/kiosk")

    with pytest.raises(CopyFailed) as refusal:
        copier.write(tmp_path / "a.copy")

    said = (tmp_path / "pg_dump.said").read_text()
    assert "postgresql://kiosk@127.0.0.1:1/kiosk" in said and "secret" not in said
    assert (tmp_path / "pg_dump.told").read_text() == "so secret\n"
    assert refusal.value.detail == "pg_dump: error: no space"


def test_a_server_that_cannot_be_reached_is_told_in_its_own_words() -> None:
    copier = copier_of("postgresql://kiosk@127.0.0.1:1/kiosk")

    with pytest.raises(CopyFailed) as refusal:
        copier.users()

    assert "127.0.0.1" in refusal.value.detail
