"""What is not put in the place of a store, and that a refusal changes nothing."""

import sqlite3
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.domain.epochs import current_epoch
from kiosk.domain.sealing import pad_text
from tests import cast, servers, stores
from tests.cast import NOON, World
from tests.cli.outpost import (
    backup,
    drop_beside,
    engine_of,
    forget_store,
    location,
    made,
    paired,
    rate,
    restore,
    sync,
)


@pytest.fixture
def world(session: Session) -> Iterator[World]:
    with time_machine.travel(NOON, tick=False):
        yield cast.build_world(session)


@pytest.fixture
def saved(app: Flask, session: Session, world: World, tmp_path: Path) -> Path:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 3)
    sync(app, tablet)
    path = made(backup(app, tmp_path / "kiosk.copy"))
    session.rollback()
    return path


@pytest.fixture(autouse=True)
def nothing_is_left_over(
    app: Flask, postgresql: servers.Cluster, tmp_path: Path
) -> Iterator[None]:
    """No draft stays behind, whatever happened."""
    yield
    stores.dispose(app)
    left = [path.name for path in tmp_path.iterdir()]
    left += drop_beside(postgresql, location(app))
    assert not [name for name in left if "restoring" in name or name.endswith(".part")]


def refused(result: Result, session: Session) -> str:
    """What a refusal says; the store is as it was."""
    assert result.exit_code == 2, (result.output, result.exception)
    assert current_epoch(session) == 1
    session.rollback()
    return result.output


def test_a_file_of_another_kind_is_no_backup(
    app: Flask, session: Session, world: World, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Kính gửi ông Chủ tịch")

    assert "is no backup of this program's store" in refused(
        restore(app, letter), session
    )


def test_the_database_of_another_program_is_no_backup(
    app: Flask,
    session: Session,
    world: World,
    tmp_path: Path,
    postgresql: servers.Cluster,
) -> None:
    path = tmp_path / "other.copy"
    if engine_of(app) == "sqlite":
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE store (id INTEGER)")
        other.close()
    else:
        address = postgresql.url("postgres")
        subprocess.run(["pg_dump", "-Fc", f"--file={path}", address], check=True)

    assert "is no backup of this program's store" in refused(
        restore(app, path), session
    )


def test_a_backup_of_the_other_database_is_named_as_such(
    app: Flask, session: Session, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "other.copy"
    headers = {"sqlite": b"PGDMP\1\16\0", "postgresql": b"SQLite format 3\0"}
    path.write_bytes(headers[engine_of(app)])

    said = refused(restore(app, path), session)

    assert "is of another kind of database" in said


@pytest.mark.parametrize("share", [0.5, 0.98])
def test_a_backup_cut_short_is_damaged(
    app: Flask, session: Session, saved: Path, share: float
) -> None:
    whole = saved.read_bytes()
    saved.write_bytes(whole[: int(len(whole) * share)])

    assert "is damaged: " in refused(restore(app, saved), session)


def test_a_backup_overwritten_in_the_middle_is_damaged(
    app: Flask, session: Session, saved: Path
) -> None:
    whole = bytearray(saved.read_bytes())
    middle = len(whole) * 2 // 3
    whole[middle : middle + 9000] = pad_text("ở đây từng có dữ liệu") * 4 + bytes(992)
    saved.write_bytes(whole)

    assert "is damaged: " in refused(restore(app, saved), session)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (True, "is a real office's, and the store here is a demonstration"),
        (False, "is a demonstration, and the store here is a real office's"),
    ],
)
def test_a_demonstration_and_an_office_never_take_each_others_place(
    app: Flask, session: Session, world: World, tmp_path: Path, mark: bool, said: str
) -> None:
    turn = text("UPDATE store SET demonstration = :mark")
    session.execute(turn, {"mark": not mark})
    session.commit()
    path = made(backup(app, tmp_path / "kiosk.copy"))
    session.execute(turn, {"mark": mark})
    session.commit()

    assert said in refused(restore(app, path), session)


def test_a_backup_of_a_newer_version_waits_for_that_version(
    app: Flask, session: Session, world: World, tmp_path: Path
) -> None:
    turn = text("UPDATE alembic_version SET version_num = :revision")
    (now,) = session.scalars(text("SELECT version_num FROM alembic_version")).all()
    session.execute(turn, {"revision": "9999"})
    session.commit()
    path = made(backup(app, tmp_path / "kiosk.copy"))
    session.execute(turn, {"revision": now})
    session.commit()

    said = refused(restore(app, path), session)

    assert "newer version of the program (schema 9999)" in said


def test_a_store_that_a_server_has_open_stays(
    app: Flask,
    session: Session,
    saved: Path,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    with servers.gunicorn(environment, tmp_path / "gunicorn.log") as server:
        ask_for_a_page(server.port)
        said = refused(restore(app, saved), session)
    session.rollback()
    after = restore(app, saved)

    assert "The store is in use: " in said
    assert "Stop the server, then repeat" in said
    assert after.exit_code == 0, after.output


def ask_for_a_page(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/sign-in")
    assert connection.getresponse().status == 200
    connection.close()


def test_whoever_says_no_keeps_the_present_store(
    app: Flask, session: Session, saved: Path
) -> None:
    with app.app_context():
        result = app.test_cli_runner().invoke(
            args=["kiosk", "restore", str(saved)], input="n\n"
        )

    assert result.exit_code == 1
    assert "in the place of the present store?" in result.output
    assert current_epoch(session) == 1
    session.rollback()


def test_without_the_keys_of_the_waiting_room_nothing_is_restored(
    app: Flask,
    session: Session,
    saved: Path,
    environment: dict[str, str],
    tmp_path: Path,
    postgresql: servers.Cluster,
) -> None:
    forget_store(app, postgresql)
    keyless = {k: v for k, v in environment.items() if k != "KIOSK_ROOM_KEYS"}
    stranger = stores.application(keyless)

    result = restore(stranger, saved)
    again = restore(app, saved)

    assert result.exit_code == 2
    assert "but not the key of its waiting room" in result.output
    assert again.exit_code == 0, again.output


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_a_role_that_makes_no_databases_is_told_how_it_may(
    app: Flask, session: Session, saved: Path, postgresql: servers.Cluster
) -> None:
    turn = "ALTER ROLE kiosk {}CREATEDB"
    with psycopg.connect(postgresql.url("postgres", "postgres")) as connection:
        connection.execute(turn.format("NO").encode())
    result = restore(app, saved)
    with psycopg.connect(postgresql.url("postgres", "postgres")) as connection:
        connection.execute(turn.format("").encode())

    assert "ALTER ROLE kiosk CREATEDB;" in refused(result, session)


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_without_the_programs_of_postgresql_nothing_is_copied(
    app: Flask, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    result = backup(app, tmp_path / "kiosk.copy")

    assert result.exit_code == 2
    assert "the program pg_dump of PostgreSQL is not installed" in result.output


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_a_journal_of_the_lost_store_is_not_played_into_the_restored_one(
    app: Flask, session: Session, saved: Path, tmp_path: Path
) -> None:
    store = Path(location(app).removeprefix("sqlite:///"))
    session.close()
    stores.dispose(app)
    store.unlink()
    journal = store.with_name(f"{store.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4096))

    result = restore(app, saved)

    assert result.exit_code == 0, result.output
    (aside,) = tmp_path.glob("*before-restore*-journal")
    assert aside.stat().st_size == 4104
    assert current_epoch(session) == 2
    session.rollback()


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_a_spoiled_store_is_kept_aside_all_the_same(
    app: Flask, session: Session, saved: Path
) -> None:
    store = Path(location(app).removeprefix("sqlite:///"))
    session.close()
    stores.dispose(app)
    store.write_bytes(b"spoiled" * 999)

    result = restore(app, saved)

    aside = Path(result.output.split("is kept: ")[1].split(".\n")[0])
    assert aside.read_bytes() == b"spoiled" * 999
    assert current_epoch(session) == 2
    session.rollback()
