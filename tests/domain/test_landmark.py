"""A store that was set back by hand begins a new life before it cuts anything again."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.domain.epochs import begin_epoch, current_epoch
from kiosk.domain.landmark import Landmark
from kiosk.models.accounts import AuditEntry
from kiosk.models.blocks import ReleaseRun
from kiosk.models.store import Epoch
from tests import cast, stores
from tests.cast import NOON

DAY = timedelta(days=1)


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    return tmp_path / "mark.json"


def release(app: Flask, days: int) -> None:
    with time_machine.travel(NOON + days * DAY, tick=False):
        assert stores.command(app, "kiosk", "release").exit_code == 0


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_a_file_copied_back_over_the_store_is_noticed_by_the_next_release(
    app: Flask, session: Session, environment: dict[str, str], tmp_path: Path
) -> None:
    cast.build_world(session)
    file = Path(str(make_url(environment["KIOSK_DATABASE_URL"]).database))
    release(app, 1)
    with app.app_context():
        db.engine.dispose()
    session.close()
    shutil.copy(file, tmp_path / "yesterday")
    release(app, 2)
    unnoticed = current_epoch(session)
    with app.app_context():
        db.engine.dispose()
    session.close()
    shutil.copy(tmp_path / "yesterday", file)

    release(app, 3)
    release(app, 4)

    assert (unnoticed, current_epoch(session)) == (1, 2)
    actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("store_set_back") == 1
    runs = session.execute(
        select(ReleaseRun.epoch).distinct().order_by(ReleaseRun.epoch)
    )
    assert list(runs.scalars()) == [1, 2]


def test_a_store_that_has_what_was_marked_goes_on(
    app: Flask, session: Session, mark: Path
) -> None:
    cast.build_world(session)
    release(app, 1)
    run = session.scalars(select(ReleaseRun).limit(1)).one()
    landmark = Landmark(mark)
    landmark.set(session, unit_id=run.unit_id, chain=run.chain)

    assert not landmark.look(session, now=NOON)
    assert session.scalars(select(Epoch.number)).all() in ([], [1])


def test_without_a_mark_or_with_a_damaged_one_nothing_is_concluded(
    session: Session, mark: Path, caplog: pytest.LogCaptureFixture
) -> None:
    absent = Landmark(mark).look(session, now=NOON)
    mark.write_text("{")

    assert not absent
    assert not Landmark(mark).look(session, now=NOON)
    assert "cannot be read" in caplog.text


def test_a_restore_as_it_should_be_is_not_counted_twice(
    session: Session, mark: Path
) -> None:
    landmark = Landmark(mark)
    landmark.set(session, unit_id=1, chain=bytes(32))
    begin_epoch(session, now=NOON)

    assert not landmark.look(session, now=NOON)
    assert current_epoch(session) == 2


def test_a_second_restore_gets_a_number_that_no_life_had(
    session: Session, mark: Path
) -> None:
    landmark = Landmark(mark)
    landmark.set(session, unit_id=1, chain=bytes(32))
    store, _, chains = mark.read_text().strip("[]").split(", ", 2)
    mark.write_text(f"[{store}, 4, {chains}]")

    assert landmark.look(session, now=NOON)
    assert current_epoch(session) == 5


def test_a_mark_that_cannot_be_written_is_logged(
    session: Session, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Landmark(tmp_path / "missing" / "mark").set(session, unit_id=1, chain=bytes(32))

    assert "cannot be written" in caplog.text
