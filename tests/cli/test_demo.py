"""The demonstration by command: made, added to, made anew, and never anybody else's file."""

import re
import stat
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import Table, create_engine, func, select
from sqlalchemy.orm import Session

from kiosk.demo.plan import Plan, Progress
from kiosk.demo.store import DemoStore
from kiosk.domain import pairing
from kiosk.domain.calendar import HANOI
from kiosk.domain.passwords import matches
from kiosk.models import Base
from kiosk.models.accounts import Account, Grant
from kiosk.models.blocks import Block
from kiosk.models.store import Store
from kiosk.models.waiting import Ledger
from tests import stores

MORNING = datetime(2026, 11, 7, 9, tzinfo=HANOI)  # a Saturday


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Flask]:
    """An office that has not been set up, where somebody looks around."""
    app = stores.application({"KIOSK_INSTANCE": str(tmp_path / "instance")})
    yield app
    stores.dispose(app)


def store_of(app: Flask) -> DemoStore:
    return DemoStore(Path(app.instance_path))


def demo(app: Flask, *words: str, now: datetime = MORNING) -> Result:
    with time_machine.travel(now, tick=False):
        return stores.command(app, "kiosk", "demo", "--no-serve", *words)


def opened(app: Flask) -> Session:
    return Session(create_engine(f"sqlite:///{store_of(app).database}"))


def close(session: Session) -> None:
    engine = session.get_bind()
    session.close()
    engine.engine.dispose()


def sums(app: Flask) -> list[tuple[object, ...]]:
    """The sums of all counts of blocks, by unit, officer and day."""
    table: Table = Base.metadata.tables[Block.__tablename__]
    counts = [c for c in table.c if c.name == "n" or "_" in c.name]
    counts = [c for c in counts if c.type.python_type is int and not c.foreign_keys]
    by = [table.c.unit_id, table.c.officer_id, table.c.counted_on]
    session = opened(app)
    query = select(*by, *(func.sum(c) for c in counts)).group_by(*by)
    found = sorted((tuple(row) for row in session.execute(query)), key=repr)
    close(session)
    return found


def received(app: Flask) -> int:
    session = opened(app)
    total = session.execute(select(func.sum(Ledger.received))).scalar_one()
    close(session)
    return int(total)


def test_one_command_makes_a_demonstration(office: Flask) -> None:
    result = demo(office, "--days", "4")

    assert result.exit_code == 0, result.output
    store = store_of(office)
    for name in ("secret.key", "room.keys"):
        assert stat.S_IMODE((store.folder / name).stat().st_mode) == 0o600
        assert not (store.instance / name).exists()
    assert not (store.instance / "kiosk.sqlite3").exists()
    session = opened(office)
    assert session.scalars(select(Store)).one().demonstration is True
    roles = {
        account.username: session.scalars(
            select(Grant.role).where(Grant.account_id == account.id)
        ).one()
        for account in session.scalars(select(Account))
    }
    assert roles == {
        "truong.phuong": "head",
        "doan.giam.sat": "delegation",
        "quan.tri": "administrator",
    }
    for account in session.scalars(select(Account)):
        told = re.search(rf"{account.username} +(\w{{18}}) ", result.output)
        assert told is not None
        assert matches(told[1], account.password_hash)
    close(session)


def test_its_balance_closes_by_the_command_of_a_real_office(office: Flask) -> None:
    demo(office, "--days", "3")
    app = stores.application(store_of(office).environment({}))

    result = stores.command(app, "kiosk", "balance", "--deep")

    stores.dispose(app)
    assert result.exit_code == 0, result.output
    assert result.output.endswith("The balance closes.\nThe chains hold.\n")


def test_the_tablet_link_pairs_a_tablet(office: Flask) -> None:
    result = demo(office, "--days", "1", "--port", "8123")

    link = re.search(r"http://127\.0\.0\.1:8123/tablet/#(\w{8})\n", result.output)
    assert link is not None
    session = opened(office)
    paired = pairing.pair(session, code=link[1], install=bytes(16), now=MORNING)
    assert paired.tablet_id > 0
    close(session)


@pytest.mark.no_cover  # shorter demonstrations run the same lines
def test_the_same_seed_and_days_give_the_same_figures(
    office: Flask, tmp_path: Path
) -> None:
    other = stores.application({"KIOSK_INSTANCE": str(tmp_path / "other")})
    demo(office, "--days", "8", "--seed", "3")

    demo(other, "--days", "8", "--seed", "3")

    stores.dispose(other)
    assert sums(office) == sums(other) != []


def test_another_seed_gives_others(office: Flask) -> None:
    demo(office, "--days", "2", "--seed", "3")
    first = sums(office)

    result = demo(office, "--days", "2", "--seed", "4", "--reset")

    assert result.exit_code == 0, result.output
    assert sums(office) != first


def test_a_second_run_adds_the_missing_days_only(office: Flask) -> None:
    demo(office, "--days", "3")
    first, code = received(office), demo(office)
    assert received(office) == first

    later = demo(office, now=MORNING + timedelta(days=3))

    assert code.exit_code == later.exit_code == 0, later.output
    assert first < received(office) < first * 2


def test_passwords_are_new_at_each_run(office: Flask) -> None:
    outputs = [demo(office, *words).output for words in (("--days", "1"), ())]

    found = [re.findall(r"(\w{18})   ", output) for output in outputs]
    assert len({*found[0], *found[1]}) == 6


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--days", "9"), "made with --days 1 --seed 1; use --reset"),
        (("--seed", "9"), "made with --days 1 --seed 1; use --reset"),
        (("--until", "2026-11-05"), "filled up to 2026-11-06 already; use --reset"),
        (("--until", "2026-11-07"), "--until must be a day from"),
        (("--until", "2016-08-01"), "--until must be a day from"),
        (("--until", "soon"), "write a day like"),
    ],
)
def test_options_that_contradict_it_are_refused(
    words: tuple[str, ...], sentence: str, office: Flask
) -> None:
    demo(office, "--days", "1")
    before = store_of(office).database.read_bytes()

    result = demo(office, *words)

    assert result.exit_code == 2
    assert sentence in result.output
    assert store_of(office).database.read_bytes() == before


def test_a_demonstration_without_its_plan_is_made_anew_on_request(
    office: Flask,
) -> None:
    demo(office, "--days", "1")
    store_of(office).plan_file.unlink()

    refused, anew = demo(office), demo(office, "--days", "1", "--reset")

    assert (refused.exit_code, anew.exit_code) == (2, 0)
    assert "left without its plan" in refused.output


def test_one_that_was_interrupted_early_begins_anew(office: Flask) -> None:
    demo(office, "--days", "2")
    store = store_of(office)
    Progress(Plan(seed=9, days=7, first_day=date(2026, 1, 5)), None).save(
        store.plan_file
    )

    result = demo(office, "--days", "1")

    assert result.exit_code == 0, result.output
    progress = Progress.read(store.plan_file)
    assert progress is not None
    assert (progress.plan.days, progress.filled_through) == (1, date(2026, 11, 6))


@pytest.mark.parametrize("words", [(), ("--reset",)])
@pytest.mark.parametrize("content", [b"", b"a letter to a friend", None])
def test_a_file_that_is_no_demonstration_is_left_alone(
    content: bytes | None, words: tuple[str, ...], office: Flask
) -> None:
    path = store_of(office).database
    path.parent.mkdir()
    path.write_bytes(content if content is not None else an_office_store(path))
    before = path.read_bytes()

    result = demo(office, *words)

    assert result.exit_code == 2
    assert "is no demonstration. It was left as it is." in result.output
    assert path.read_bytes() == before


def an_office_store(path: Path) -> bytes:
    """The database of a real office, that somebody gave the wrong name."""
    folder = path.parent.parent / "elsewhere"
    app = stores.application({"KIOSK_INSTANCE": str(folder)})
    stores.command(app, "kiosk", "init")
    stores.dispose(app)
    return (folder / "kiosk.sqlite3").read_bytes()
