"""The release and the balance by command, on real ratings."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.domain.protocol import parse_request
from kiosk.domain.sealing import KeyRing
from kiosk.models.blocks import Block
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Waiting
from kiosk.web import current
from kiosk.web.intake import receive
from tests import cast, stores
from tests.cast import NOON
from tests.domain.waiting_room import drop_triggers

TOMORROW = NOON + timedelta(days=1)


@pytest.fixture
def rated(app: Flask, session: Session) -> cast.World:
    """Twelve ratings of one officer and two of another, of today."""
    world = cast.build_world(session)
    device = cast.pair(session, world.tablet)
    items = [cast.rating(device, world.truc_bach, world.hanh) for _ in range(12)]
    items += [cast.rating(device, world.truc_bach, world.bao) for _ in range(2)]
    with app.app_context():
        receive(
            db.session(),
            ring=current.key_ring(),
            enrolled=device.enrolled,
            asked=parse_request(cast.envelope(device, *items).encode()),
            now=NOON,
        )
    return world


def test_the_release_tells_what_it_counted_and_runs_once_a_day(
    app: Flask, session: Session, rated: cast.World
) -> None:
    with time_machine.travel(TOMORROW, tick=False):
        first = stores.command(app, "kiosk", "release")
        second = stores.command(app, "kiosk", "release")

    assert first.exit_code == second.exit_code == 0, first.output
    assert "Phường Trúc Bạch: 12 counted, chain " in first.output
    assert "Nothing was due" in second.output
    assert session.scalars(select(Block)).one().n == 12


def test_a_quiet_release_says_nothing(app: Flask, rated: cast.World) -> None:
    with time_machine.travel(TOMORROW, tick=False):
        result = stores.command(app, "kiosk", "release", "--quiet")

    assert (result.exit_code, result.output) == (0, "")


def test_a_release_that_fails_says_so(app: Flask, rated: cast.World) -> None:
    with time_machine.travel(TOMORROW, tick=False):
        stores.command(app, "kiosk", "release")
    with time_machine.travel(NOON, tick=False):
        result = stores.command(app, "kiosk", "release")

    assert result.exit_code == 2
    assert "The release failed for: " in result.output


def test_the_balance_closes_before_and_after_the_release(
    app: Flask, rated: cast.World
) -> None:
    before = stores.command(app, "kiosk", "balance", "--deep")
    with time_machine.travel(TOMORROW, tick=False):
        stores.command(app, "kiosk", "release")
    after = stores.command(app, "kiosk", "balance")

    assert before.exit_code == after.exit_code == 0, before.output
    line = f"{'Phường Trúc Bạch':<32}{'rating':<12}"
    assert line + row(14, 0, 14, 0, 0, 0) in before.output
    assert line + row(14, 12, 2, 0, 0, 0) in after.output
    assert f"{'all units':<32}{'rating':<12}" + row(14, 12, 2, 0, 0, 0) in after.output
    assert after.output.endswith("The balance closes.\n")


def test_a_lost_rating_opens_the_balance(
    app: Flask, session: Session, rated: cast.World
) -> None:
    key = session.scalars(select(Waiting.key).limit(1)).one()
    session.execute(delete(Waiting).where(Waiting.key == key))
    session.commit()

    result = stores.command(app, "kiosk", "balance")

    assert result.exit_code == 1
    assert row(14, 0, 13, 0, 0, 1) in result.output
    assert result.output.endswith("The balance does not close.\n")


def test_a_receipt_for_nothing_opens_the_second_book(
    app: Flask, session: Session, rated: cast.World
) -> None:
    receipt = {"unit_id": rated.truc_bach, "item_id": bytes(16), "digest": bytes(32)}
    session.execute(insert(Receipt), [receipt])
    session.commit()

    result = stores.command(app, "kiosk", "balance")

    assert result.exit_code == 1
    assert "Phường Trúc Bạch: 15 receipts for 14 items" in result.output


def test_a_row_that_no_key_opens_is_found_by_a_deep_look(
    app: Flask, session: Session, rated: cast.World
) -> None:
    app.extensions["kiosk.key_ring"] = KeyRing({7: bytes(32)})

    shallow = stores.command(app, "kiosk", "balance")
    deep = stores.command(app, "kiosk", "balance", "--deep")

    assert (shallow.exit_code, deep.exit_code) == (0, 1)
    assert "14 cannot be opened" in deep.output


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (
            "UPDATE block SET asked_yes = asked_no, asked_no = 0",
            "Phường Trúc Bạch: what the run of",
        ),
        ("DELETE FROM release_run", "Phường Trúc Bạch: rows say that they were"),
        ("UPDATE area_sum SET asked_yes = 1", "Quận Ba Đình: its sums since"),
        ("UPDATE area_run SET heads = members", "Quận Ba Đình: its sums since"),
        ("DELETE FROM area_sum", "Thành phố Hà Nội: its sums since"),
    ],
)
def test_a_figure_that_was_changed_is_found_by_a_deep_look(
    app: Flask, session: Session, rated: cast.World, statement: str, line: str
) -> None:
    with time_machine.travel(TOMORROW, tick=False):
        stores.command(app, "kiosk", "release")
        honest = stores.command(app, "kiosk", "balance", "--deep")
        drop_triggers(session)
        session.execute(text(statement))
        session.commit()
        changed = stores.command(app, "kiosk", "balance", "--deep")

    assert (honest.exit_code, changed.exit_code) == (0, 1), honest.output
    assert honest.output.endswith("The chains hold.\n")
    assert line in changed.output


def row(*figures: int) -> str:
    return "".join(f"{figure:>13,}" for figure in figures)
