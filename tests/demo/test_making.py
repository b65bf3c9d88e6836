"""Two processes make the same demonstration as one, and leave nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from kiosk import migrations
from kiosk.cli.init import initialise
from kiosk.db import db
from kiosk.demo import making
from kiosk.demo.cast import WARDS
from kiosk.demo.making import Making
from kiosk.demo.plan import Plan, Progress
from kiosk.demo.store import DemoStore
from kiosk.domain.balance import balance
from kiosk.models.blocks import Block
from tests.cast import NOON

UNTIL = date(2026, 11, 6)
PLAN = Plan.ending(UNTIL, days=3, seed=5)
DAYS = [PLAN.first_day + timedelta(days=n) for n in range(3)]


@contextmanager
def made(folder: Path, *, shared: bool) -> Iterator[DemoStore]:
    """A demonstration of three days, within its application's context."""
    store = DemoStore(folder)
    app = making.application(store)
    migrations.init_app(app)
    initialise(app, demonstration=True, now=NOON)
    told: list[int] = []
    with app.app_context():
        Making(store, PLAN, DAYS).run(lambda: told.append(1), shared=shared)
        assert len(told) == len(DAYS)
        yield store
        db.engine.dispose()


def figures() -> list[tuple[object, ...]]:
    kept = [c for c in Block.__table__.c if c.name not in {"key", "released_on"}]
    rows = db.session.execute(select(*kept))
    found = sorted((tuple(row) for row in rows), key=repr)
    db.session.rollback()
    return found


def test_two_processes_make_the_same_as_one(tmp_path: Path) -> None:
    with made(tmp_path / "one", shared=False):
        alone = figures()

    with made(tmp_path / "two", shared=True) as store:
        assert figures() == alone != []
        assert [line for line in balance(db.session()) if line.difference] == []
        broken = db.session.execute(text("PRAGMA foreign_key_check")).all()
        assert broken == []
        assert Progress.read(store.plan_file) == Progress(PLAN, UNTIL)
        left = {path.name for path in store.instance.glob("*.sqlite3*")}
        assert "demo.part.sqlite3" not in left


def test_the_halves_have_every_ward_once_and_as_much_to_do() -> None:
    first, second = making.halves()

    assert first | second == set(WARDS)
    assert not first & second
    visits = [sum(WARDS[ward][0] for ward in half) for half in (first, second)]
    assert abs(visits[0] - visits[1]) < sum(visits) / 20


def test_a_half_that_fails_is_not_taken_for_a_whole(tmp_path: Path) -> None:
    with made(tmp_path / "one", shared=False) as store:
        nowhere = Making(DemoStore(tmp_path / "nowhere"), PLAN, DAYS)
        process = making.begin_process(nowhere, frozenset(WARDS))

        with pytest.raises(making.OtherHalfFailed), process as finish:
            finish()

        assert store.database.exists()


def test_the_same_wards_are_not_put_together_twice(tmp_path: Path) -> None:
    with made(tmp_path / "one", shared=False) as store:
        copy = store.part()
        copy.database.write_bytes(store.database.read_bytes())

        with pytest.raises(IntegrityError):
            making.put_together(copy)


def test_a_few_days_are_not_worth_a_second_process() -> None:
    assert not making.worth_sharing(DAYS)
