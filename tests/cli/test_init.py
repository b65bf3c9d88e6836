"""Setting up: keys that only their owner reads, a store that is marked, and no step done twice."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

from kiosk.cli.group import Refusal
from kiosk.cli.init import initialise
from kiosk.db import db
from kiosk.models.immutability import expected_trigger_names, trigger_names
from kiosk.models.store import Epoch, Store
from tests import servers, stores

NOW = datetime(2026, 6, 10, 5, tzinfo=UTC)


def bare(folder: Path) -> dict[str, str]:
    """The environment of an office that has nothing yet."""
    return {"KIOSK_INSTANCE": str(folder / "instance"), "KIOSK_AUTO_RELEASE": "0"}


def init(environment: dict[str, str]) -> Result:
    app = stores.application(environment)
    try:
        return stores.command(app, "kiosk", "init")
    finally:
        stores.dispose(app)


def test_an_office_is_set_up_by_one_command(tmp_path: Path) -> None:
    result = init(bare(tmp_path))

    assert result.exit_code == 0, result.output
    assert "is ready" in result.output
    for name in ("secret.key", "room.keys", "kiosk.sqlite3"):
        mode = stat.S_IMODE((tmp_path / "instance" / name).stat().st_mode)
        assert mode == 0o600
    engine = create_engine(f"sqlite:///{tmp_path / 'instance' / 'kiosk.sqlite3'}")
    with Session(engine) as session:
        assert session.scalars(select(Store)).one().demonstration is False
        assert session.scalars(select(Epoch)).one().number == 1
        found = trigger_names(session.connection())
    engine.dispose()
    assert expected_trigger_names("sqlite") <= found


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    init(bare(tmp_path))
    keys = [tmp_path / "instance" / name for name in ("secret.key", "room.keys")]
    before = [key.read_bytes() for key in keys]

    result = init(bare(tmp_path))

    assert result.exit_code == 0
    assert "was set up before" in result.output
    assert [key.read_bytes() for key in keys] == before


def test_keys_of_the_environment_are_not_written_down(
    environment: dict[str, str], app: Flask
) -> None:
    initialise(app, demonstration=False, now=NOW)

    instance = Path(environment["KIOSK_INSTANCE"])
    assert not (instance / "secret.key").exists()
    assert not (instance / "room.keys").exists()


def test_a_store_that_stands_stays_as_it_is(app: Flask, session: Session) -> None:
    made = initialise(app, demonstration=False, now=NOW)

    assert (made.files, made.store) == ([], False)
    assert session.execute(select(func.count()).select_from(Epoch)).scalar_one() == 1
    session.rollback()


def test_an_office_does_not_become_a_demonstration(app: Flask) -> None:
    with pytest.raises(Refusal, match="a real office's"):
        initialise(app, demonstration=True, now=NOW)


def test_a_lost_room_key_is_not_replaced(tmp_path: Path) -> None:
    init(bare(tmp_path))
    (tmp_path / "instance" / "room.keys").unlink()

    result = init(bare(tmp_path))

    assert result.exit_code == 2
    assert "not the key of its waiting room" in result.output
    assert not (tmp_path / "instance" / "room.keys").exists()


def test_a_store_of_a_newer_program_is_left_alone(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    result = stores.command(app, "kiosk", "init")

    assert result.exit_code == 2
    assert "newer version of the program" in result.output


def test_triggers_that_were_dropped_are_made_anew(app: Flask, session: Session) -> None:
    dialect = session.get_bind().dialect.name
    table = ' ON "block"' if dialect == "postgresql" else ""
    session.execute(text(f'DROP TRIGGER "block_no_update"{table}'))
    session.commit()

    initialise(app, demonstration=False, now=NOW)

    assert expected_trigger_names(dialect) <= trigger_names(session.connection())


def test_commands_before_it_say_what_to_run(tmp_path: Path) -> None:
    app = stores.application(bare(tmp_path))

    for words in (
        "tablet list",
        "account list",
        "balance",
        "release",
        "quarantine list",
        "quarantine replay",
        f"backup {tmp_path}",
        f"load {tmp_path}",
    ):
        result = stores.command(app, "kiosk", *words.split())
        assert result.exit_code == 2
        assert "Run: flask kiosk init" in result.output

    assert not (tmp_path / "instance" / "kiosk.sqlite3").exists()
    stores.dispose(app)


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'kiosk.sqlite3'}"

    result = init(bare(tmp_path) | {"KIOSK_DATABASE_URL": url})

    assert result.exit_code == 2
    assert "The database cannot be used: " in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (servers.OWNER, "a database role of its own"),
        ("nobody_at_all", "The database has no role nobody_at_all"),
        ("postgres", "could read the waiting room"),
    ],
)
def test_reports_need_a_role_that_cannot_read_the_room(
    role: str, sentence: str, postgresql: servers.Cluster, tmp_path: Path
) -> None:
    name = f"roles_{role}"
    postgresql.create(name)
    urls = postgresql.url(name), postgresql.url(name, role)

    result = init(stores.variables(tmp_path, *urls))

    postgresql.drop(name)
    assert result.exit_code == 2
    assert sentence in result.output
