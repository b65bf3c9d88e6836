"""Backups: what they hold, which are kept, and what tablets may forget because of them."""

import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session
from time_machine import Traveller

from kiosk.domain.copies import copier_of
from tests import cast
from tests.cast import NOON, World
from tests.cli.outpost import (
    backup,
    copy_of,
    engine_of,
    location,
    made,
    paired,
    rate,
    reach,
    sync,
)


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


def test_a_backup_is_named_by_its_time_and_says_what_it_does_not_hold(
    app: Flask, world: World, folder: Path
) -> None:
    result = backup(app, folder)

    ending = {"sqlite": ".sqlite3", "postgresql": ".dump"}[engine_of(app)]
    assert made(result) == folder / f"kiosk-20260610-120000{ending}"
    assert stat.S_IMODE(made(result).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [made(result).name]
    assert "Kept for a restore: 1, the oldest of 10/06/2026 12:00; 0 older" in (
        result.output
    )
    assert "The keys of the waiting room are not in the backup" in result.output


def test_a_timers_backup_says_nothing(app: Flask, world: World, folder: Path) -> None:
    result = backup(app, folder, "--quiet")

    assert (result.exit_code, result.output) == (0, "")
    assert len(list(folder.iterdir())) == 1


def test_tablets_may_forget_what_a_backup_holds_and_no_more(
    app: Flask, session: Session, world: World, folder: Path
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 7)
    sync(app, tablet)
    before = reach(session)

    result = backup(app, folder)
    rate(tablet, world.hanh, 3)
    sync(app, tablet)

    contents = copier_of(location(app)).read(made(result))
    assert before == [(7, 0)]
    assert reach(session) == [(10, 7)]
    assert list(tablet.outbox) == [8, 9, 10]
    assert contents.marks == {bytes.fromhex(tablet.install): 7}
    assert "7 of the 7 items sent so far" in result.output


def test_the_least_of_all_backups_kept_decides(
    app: Flask,
    clock: Traveller,
    session: Session,
    world: World,
    folder: Path,
) -> None:
    tablet, late = paired(session, world), paired(session, world, world.hall_tablet)
    rate(tablet, world.hanh, 7)
    sync(app, tablet)
    backup(app, folder)
    for each in (tablet, late):
        rate(each, world.hanh, 3)
        sync(app, each)
    clock.shift(timedelta(days=1))

    second = backup(app, folder)
    with_both = reach(session)
    clock.shift(timedelta(days=1))
    third = backup(app, folder, "--keep", "2")

    assert with_both == [(10, 7), (3, 0)]
    assert "1 of 2 tablets keep everything still" in second.output
    assert reach(session) == [(10, 10), (3, 3)]
    assert "Kept for a restore: 2" in third.output and "1 older deleted" in third.output
    assert len(list(folder.iterdir())) == 2


def test_a_backup_whose_file_is_gone_counts_no_more_until_it_is_back(
    app: Flask,
    clock: Traveller,
    session: Session,
    world: World,
    folder: Path,
    tmp_path: Path,
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 2)
    sync(app, tablet)
    first = made(backup(app, folder))
    rate(tablet, world.hanh, 2)
    sync(app, tablet)

    away = first.rename(tmp_path / first.name)
    clock.shift(timedelta(hours=1))
    backup(app, folder)
    without = reach(session)
    away.rename(first)
    clock.shift(timedelta(hours=1))
    backup(app, folder)

    assert without == [(4, 4)]
    assert reach(session) == [(4, 2)]


def test_backups_on_a_disk_that_is_unplugged_count_for_ninety_days(
    app: Flask,
    clock: Traveller,
    session: Session,
    world: World,
    folder: Path,
    tmp_path: Path,
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 2)
    sync(app, tablet)
    backup(app, folder)
    folder.rename(tmp_path / "unplugged")
    rate(tablet, world.hanh, 2)
    sync(app, tablet)
    other = tmp_path / "other"
    other.mkdir()

    clock.shift(timedelta(days=1))
    backup(app, other)
    soon = reach(session)
    clock.shift(timedelta(days=90))
    backup(app, other)

    assert soon == [(4, 2)]
    assert reach(session) == [(4, 4)]


def test_a_file_that_is_replaced_each_time_counts_as_the_last(
    app: Flask, session: Session, world: World, folder: Path
) -> None:
    tablet = paired(session, world)
    file = folder / "kiosk.copy"
    rate(tablet, world.hanh, 2)
    sync(app, tablet)
    backup(app, file)
    rate(tablet, world.hanh, 2)
    sync(app, tablet)

    result = backup(app, file)

    assert made(result) == file
    assert "Kept for a restore: 1," in result.output
    assert reach(session) == [(4, 4)]


def test_a_browser_paired_anew_goes_on_where_its_backup_reaches(
    app: Flask, session: Session, world: World, folder: Path
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 5)
    sync(app, tablet)
    backup(app, folder / "a.copy")
    again = cast.pair(session, world.hall_tablet, install=tablet.install)
    tablet.secret = again.secret
    rate(tablet, world.hanh, 1)
    sync(app, tablet)

    backup(app, folder / "b.copy")

    assert reach(session) == [(5, 5), (6, 5)]


def test_nothing_else_is_written_over(app: Flask, world: World, folder: Path) -> None:
    letter = folder / "letter.txt"
    letter.write_text("Kính gửi ông Chủ tịch")

    refused = backup(app, letter)

    assert refused.exit_code == 2
    assert "is no backup of this store. It was left alone" in refused.output
    assert letter.read_text() == "Kính gửi ông Chủ tịch"


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_the_store_is_not_written_over_either(app: Flask, world: World) -> None:
    store = location(app).removeprefix("sqlite:///")

    refused = backup(app, Path(store))

    assert refused.exit_code == 2
    assert "It was left alone" in refused.output


@pytest.mark.parametrize("path", ["missing", "missing/kiosk.copy"])
def test_a_folder_that_is_not_there_is_not_made(
    app: Flask, folder: Path, path: str
) -> None:
    refused = backup(app, folder / path)

    assert refused.exit_code == 2
    assert f"There is no folder {folder / 'missing'}" in refused.output
    assert not list(folder.iterdir())


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """Let no file of this process and its children grow further, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_backup_that_does_not_fit_leaves_nothing_and_lets_nobody_forget(
    app: Flask, session: Session, world: World, folder: Path
) -> None:
    tablet = paired(session, world)
    rate(tablet, world.hanh, 2)
    sync(app, tablet)

    with files_at_most(4096):
        refused = backup(app, folder)

    assert refused.exit_code == 2
    assert "It could not be done" in refused.output
    assert not list(folder.iterdir())
    assert reach(session) == [(2, 0)]


def test_a_copy_of_a_backup_under_another_name_is_left_by_keep(
    app: Flask, clock: Traveller, world: World, folder: Path
) -> None:
    copied = copy_of(made(backup(app, folder)), "of-last-year.copy")
    clock.shift(timedelta(days=1))

    newest = made(backup(app, folder, "--keep", "1"))

    assert {*folder.iterdir()} == {copied, newest}
