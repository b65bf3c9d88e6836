"""``flask kiosk init``: the schema, the keys, the store's first rows and the reports' role.

Each step looks first whether it is done, so that the command may be repeated at any time.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import alembic.command
import click
from alembic.util import CommandError
from flask import Flask, current_app
from sqlalchemy import inspect, make_url, select, text
from sqlalchemy.orm import Session

from kiosk.cli.group import Refusal
from kiosk.config import Settings
from kiosk.db import db, grant_reports_role, writing
from kiosk.domain.sealing import new_key_ring
from kiosk.models.immutability import (
    create_triggers,
    expected_trigger_names,
    trigger_names,
)
from kiosk.models.store import Epoch, Store
from kiosk.web import clock, current

SECRET_BYTES = 32


@dataclass
class Made:
    """What ``initialise`` made anew; empty when everything stood."""

    files: list[Path] = field(default_factory=list)
    store: bool = False


@click.command("init")
def init() -> None:
    """Make or bring up to date the database, and make the keys.

    The database is instance/kiosk.sqlite3 or the one of KIOSK_DATABASE_URL. The secret key and
    the key of the waiting room become files in instance/ that only their owner can read, unless
    the environment gives them. Safe to repeat, and needed after each update of the program.

    On PostgreSQL the role of REPORTS_DATABASE_URL is given the right to read what was released,
    and no other.
    """
    made = initialise(current_app, demonstration=False, now=clock.now())
    for path in made.files:
        click.echo(f"Made {path}. Keep a copy in a safe place, apart from the backups.")
    url = make_url(current.settings().database_url)
    done = "is ready" if made.store else "was set up before and is up to date"
    click.echo(f"The store {url.render_as_string(hide_password=True)} {done}.")
    if made.store:
        click.echo("Next: flask kiosk load DIR, then flask kiosk account add.")


def initialise(app: Flask, *, demonstration: bool, now: datetime) -> Made:
    """Set up the application's store and keys; repeats harmlessly.

    Raises Refusal where the store is of the other sort, newer than the program, without the key
    of its waiting room, or open to a role that must not read it.
    """
    settings: Settings = app.extensions["kiosk.settings"]
    made = Made()
    with app.app_context():
        _check_room_key(settings)
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.files = _make_key_files(settings)
        _migrate(app)
        session = db.session()
        writing(session)
        made.store = _make_store(session, demonstration=demonstration, now=now)
        _make_triggers(session)
        if session.get_bind().dialect.name == "postgresql":
            _grant_reports(session, settings)
        session.commit()
        db.session.remove()
    return made


def store_of(settings: Settings) -> Store | None:
    """The row that ``initialise`` left in the database; none before it. Makes no file."""
    url = make_url(settings.database_url)
    if url.drivername == "sqlite" and not Path(str(url.database)).is_file():
        return None
    if not inspect(db.engine).has_table(Store.__tablename__):
        return None
    with Session(db.engine) as session:
        return session.scalar(select(Store))


def _check_room_key(settings: Settings) -> None:
    """A new key beside an old store could not open what waits there."""
    if settings.room_keys is None and store_of(settings):
        raise Refusal(
            f"The store is there, but not the key of its waiting room. Put back the file "
            f"{settings.room_key_file} or set KIOSK_ROOM_KEYS; a new key would not open "
            f"what waits. Nothing was changed."
        )


def _make_key_files(settings: Settings) -> list[Path]:
    """Write the keys that neither the environment nor a file gives; the files written."""
    wanted = []
    if settings.secret_key is None:
        wanted.append((settings.secret_key_file, secrets.token_hex(SECRET_BYTES)))
    if settings.room_keys is None:
        wanted.append((settings.room_key_file, new_key_ring()))
    for path, content in wanted:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return [path for path, _ in wanted]


def _migrate(app: Flask) -> None:
    _make_private(app.extensions["kiosk.settings"].database_url)
    config = app.extensions["migrate"].migrate.get_config(None)
    try:
        alembic.command.upgrade(config, "head")
    except CommandError as problem:
        raise Refusal(
            f"The database cannot be brought up to date: {problem}. "
            "Was it made by a newer version of the program?"
        ) from None


def _make_private(database_url: str) -> None:
    """A new SQLite file is readable by its owner only, as the keys beside it are."""
    url = make_url(database_url)
    if url.drivername == "sqlite":
        with suppress(OSError):  # opening it says what is wrong, in its own words
            Path(str(url.database)).touch(mode=0o600, exist_ok=True)


def _make_store(session: Session, *, demonstration: bool, now: datetime) -> bool:
    """Whether the store was new; Refusal where it is there and of the other sort."""
    store = session.scalar(select(Store))
    if store is None:
        session.add_all(
            [Store(id=1, demonstration=demonstration, made_at=now), Epoch(began_at=now)]
        )
        return True
    if store.demonstration != demonstration:
        sort = "a demonstration" if store.demonstration else "a real office's"
        raise Refusal(f"This store is {sort}. Nothing was changed.")
    return False


def _make_triggers(session: Session) -> None:
    connection = session.connection()
    if not expected_trigger_names(connection.dialect.name) <= trigger_names(connection):
        create_triggers(connection)


def _grant_reports(session: Session, settings: Settings) -> None:
    """Give the reports' role its rights, and see that it has no others by another way."""
    role = make_url(settings.reports_database_url).username
    if role is None or role == make_url(settings.database_url).username:
        raise Refusal(
            "REPORTS_DATABASE_URL must name a database role of its own, which only reads."
        )
    known = text("SELECT count(*) FROM pg_roles WHERE rolname = :role")
    if not session.scalar(known, {"role": role}):
        raise Refusal(
            f"The database has no role {role}. "
            f"Make it with: CREATE ROLE {role} LOGIN PASSWORD '...';"
        )
    grant_reports_role(session.connection(), role)
    closed = text("SELECT has_table_privilege(:role, 'waiting', 'SELECT')")
    if session.scalar(closed, {"role": role}):
        raise Refusal(
            f"The role {role} could read the waiting room all the same: it must be no "
            "superuser, own no table and belong to no other role."
        )
