"""A store is lost and comes back from a backup, with all that tablets hold and nothing twice."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from time_machine import Traveller

from kiosk import migrations
from kiosk.db import db
from kiosk.domain.balance import balance, receipts_balance
from kiosk.domain.epochs import current_epoch
from kiosk.models.accounts import AuditEntry, SignIn
from kiosk.models.blocks import Block
from kiosk.models.tablets import Contact, Receipt
from kiosk.models.waiting import Waiting
from tests import cast, people, servers, stores
from tests.cast import NOON, World
from tests.cli.outpost import (
    backup,
    copy_of,
    drop_beside,
    forget_store,
    location,
    made,
    paired,
    rate,
    reach,
    restore,
    sync,
)

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def world(clock: Traveller, session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def put_aside_is_dropped(
    request: pytest.FixtureRequest, app: Flask, postgresql: servers.Cluster
) -> Iterator[None]:
    """On PostgreSQL what a restore keeps aside is a database, and must not outlive the test."""
    yield
    stores.dispose(app)
    drop_beside(postgresql, location(app))


def release(app: Flask) -> None:
    result = stores.command(app, "kiosk", "release")
    assert result.exit_code == 0, result.output


def counts(session: Session) -> dict[str, int]:
    session.rollback()
    found = {
        model.__tablename__: session.scalars(
            select(func.count()).select_from(model)
        ).one()
        for model in (Receipt, Waiting, Block)
    }
    session.rollback()
    return found


def blocks(session: Session) -> list[int]:
    session.rollback()
    found = list(session.scalars(select(Block.n).order_by(Block.released_on)))
    session.rollback()
    return found


def closes(session: Session) -> bool:
    missing = [line.difference for line in balance(session)]
    missing += [line.difference for line in receipts_balance(session)]
    session.rollback()
    return bool(missing) and not any(missing)


def test_yesterdays_backup_and_the_tablets_give_everything_back(
    app: Flask,
    clock: Traveller,
    session: Session,
    world: World,
    folder: Path,
    postgresql: servers.Cluster,
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 12)
    sync(app, tablet)
    saved = made(backup(app, folder))
    sync(app, tablet)
    clock.shift(DAY)
    release(app)
    rate(tablet, world.hanh, 11)
    sync(app, tablet)
    clock.shift(DAY)
    release(app)
    shown = blocks(session)

    forget_store(app, postgresql)
    result = restore(app, saved)
    restored = counts(session)
    sync(app, tablet)

    assert shown == [12, 11]
    assert result.exit_code == 0, result.output
    assert restored == {"receipt": 12, "waiting": 12, "block": 0}
    assert counts(session) == {"receipt": 23, "waiting": 23, "block": 0}
    assert (tablet.asked_again, tablet.gone, tablet.waiting) == (11, set(), {})
    assert closes(session)

    clock.shift(7 * DAY)
    release(app)
    withheld = blocks(session)
    rate(tablet, world.hanh, 5)
    sync(app, tablet)
    clock.shift(DAY)
    release(app)

    assert (withheld, blocks(session)) == ([], [28])
    assert closes(session)


def test_the_new_life_is_numbered_and_everybody_signs_in_anew(
    app: Flask, session: Session, world: World, folder: Path
) -> None:
    people.appoint(session, world)
    client = app.test_client()
    people.sign_in(client, "quantri")
    saved = made(backup(app, folder))
    session.rollback()

    result = restore(app, saved)

    said = result.output
    assert "is the store now, in its life number 2. What stood there before is" in said
    assert current_epoch(session) == 2
    assert session.scalars(select(SignIn.ended_at)).one() == NOON
    last = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)
    entry = session.scalars(last).one()
    assert (entry.action, entry.subject) == ("store_restored", saved.name)
    assert client.get("/admin/tablets").status_code == 303
    session.rollback()


def test_what_stood_there_before_is_kept_whole(
    app: Flask,
    session: Session,
    world: World,
    folder: Path,
    tmp_path: Path,
) -> None:
    tablet = paired(session, world)
    saved = made(backup(app, folder))
    rate(tablet, world.hanh, 3)
    sync(app, tablet)
    session.rollback()

    aside = restore(app, saved).output.split("is kept: ")[1].split(".\n")[0]
    stores.dispose(app)
    again = stores.application(before(aside, location(app), tmp_path))

    with again.app_context():
        assert db.session.scalars(select(func.count()).select_from(Receipt)).one() == 3
        assert db.session.scalars(select(Waiting.day)).all() == [NOON.date()] * 3
    stores.dispose(again)


def before(aside: str, url: str, instance: Path) -> dict[str, str]:
    """The environment of the store that was kept aside."""
    kept = f"sqlite:///{aside}"
    if aside.startswith("database "):
        kept = url.rsplit("/", 1)[0] + "/" + aside.removeprefix("database ")
    return stores.variables(instance, kept, kept)


def test_tablets_forget_nothing_that_a_newer_backup_beside_it_lacks(
    app: Flask, clock: Traveller, session: Session, world: World, folder: Path
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 4)
    sync(app, tablet)
    first = made(backup(app, folder))
    clock.shift(DAY)
    rate(tablet, world.hanh, 4)
    sync(app, tablet)
    made(backup(app, folder))
    session.rollback()

    restore(app, first)
    sync(app, tablet)
    clock.shift(DAY)
    rate(tablet, world.hanh, 2)
    sync(app, tablet)
    third = backup(app, folder)

    assert "Kept for a restore: 3," in third.output
    assert reach(session) == [(10, 4)]


def test_a_backup_too_old_for_what_tablets_forgot_is_told(
    app: Flask, clock: Traveller, session: Session, world: World, folder: Path
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 4)
    sync(app, tablet)
    away = copy_of(made(backup(app, folder)), "of-last-year.copy")
    rate(tablet, world.hanh, 3)
    sync(app, tablet)
    clock.shift(DAY)
    backup(app, folder, "--keep", "1")
    sync(app, tablet)
    session.rollback()

    result = restore(app, away)
    for _ in range(3):
        sync(app, tablet)

    assert "Up to 3 items are not in this backup" in result.output
    assert (tablet.asked_again, tablet.gone) == (3, set())
    assert reach(session) == [(7, 4)]
    assert session.scalars(select(Contact.gone)).one() == 3
    session.rollback()


def test_a_key_that_does_not_open_what_waits_is_told(
    app: Flask,
    environment: dict[str, str],
    session: Session,
    world: World,
    folder: Path,
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 4)
    sync(app, tablet)
    saved = made(backup(app, folder))
    session.rollback()
    stores.dispose(app)
    other = {"KIOSK_ROOM_KEYS": stores.ROOM_KEYS.replace("MDE=", "MDI=")}
    stranger = stores.application(environment | other)

    result = restore(stranger, saved)

    assert "4 of the 4 answers that wait in it cannot be opened" in result.output


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    app: Flask,
    session: Session,
    world: World,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved = made(backup(app, folder))
    newer = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, newer)
    head = ScriptDirectory(str(newer)).get_current_head()
    (newer / "versions" / "0009_later.py").write_text(LATER.format(head=head))
    monkeypatch.setattr(migrations, "__file__", str(newer / "__init__.py"))
    migrations.init_app(app)
    session.rollback()

    result = restore(app, saved)

    assert result.exit_code == 0, result.output
    assert session.scalars(text("SELECT version_num FROM alembic_version")).one() == (
        "0009"
    )
    assert session.scalars(text("SELECT word FROM later")).all() == ["new"]
    session.rollback()


LATER = '''"""A table of a later version."""

from alembic import op

revision = "0009"
down_revision = "{head}"


def upgrade() -> None:
    op.execute("CREATE TABLE later (word VARCHAR(10))")
    op.execute("INSERT INTO later VALUES ('new')")
'''
