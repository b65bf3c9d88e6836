"""The quarantine by command: counts in words, and a replay that the balance agrees with."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.domain.protocol import parse_request
from kiosk.web import current
from kiosk.web.intake import receive
from tests import cast, stores
from tests.cast import NOON, World


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


def send_stranger(app: Flask, session: Session, world: World) -> int:
    """A rating of somebody not posted anywhere; who it is."""
    device = cast.pair(session, world.tablet)
    stranger = cast.officer(session, "CB09", "Lê Thu Trang")
    session.commit()
    item = cast.rating(device, world.truc_bach, stranger)
    with app.app_context():
        receive(
            db.session(),
            ring=current.key_ring(),
            enrolled=device.enrolled,
            asked=parse_request(cast.envelope(device, item).encode()),
            now=NOON,
        )
    return stranger


def test_what_lies_apart_is_listed_and_replayed(
    app: Flask, session: Session, world: World
) -> None:
    stranger = send_stranger(app, session, world)
    listed = stores.command(app, "kiosk", "quarantine", "list").output
    in_vain = stores.command(app, "kiosk", "quarantine", "replay").output
    cast.posting(session, stranger, world.truc_bach)
    session.commit()

    with time_machine.travel(NOON, tick=False):
        result = stores.command(
            app, "kiosk", "quarantine", "replay", "--reason", "officer_not_posted"
        )

    line = f"{'Phường Trúc Bạch':<32}{'officer_not_posted':<28}10/06/2026  "
    assert f"{line}{1:>12}{0:>12}\n" in listed
    assert in_vain == "Phường Trúc Bạch: 0 taken in, 1 stay apart\n"
    assert result.output == "Phường Trúc Bạch: 1 taken in, 0 stay apart\n"
    after = stores.command(app, "kiosk", "quarantine", "list").output
    assert f"{line}{0:>12}{1:>12}\n" in after
    assert stores.command(app, "kiosk", "balance", "--deep").exit_code == 0


def test_where_nothing_lies_apart_the_commands_say_so(app: Flask, world: World) -> None:
    listed = stores.command(app, "kiosk", "quarantine", "list")
    replayed = stores.command(app, "kiosk", "quarantine", "replay")
    chosen = stores.command(app, "kiosk", "quarantine", "replay", "--reason", "x")

    assert listed.output == "Nothing was ever kept apart.\n"
    assert replayed.output == "Nothing lies kept apart.\n"
    assert chosen.output == "Nothing lies kept apart for x.\n"


def test_without_the_key_that_sealed_it_nothing_is_replayed(
    app: Flask, session: Session, world: World, environment: dict[str, str]
) -> None:
    stranger = send_stranger(app, session, world)
    cast.posting(session, stranger, world.truc_bach)
    session.commit()
    other = {"KIOSK_ROOM_KEYS": stores.ROOM_KEYS.replace("MDE=", "MDI=")}
    keyless = stores.application(environment | other)

    result = stores.command(keyless, "kiosk", "quarantine", "replay")

    stores.dispose(keyless)
    assert result.output == (
        "Phường Trúc Bạch: 0 taken in, 1 stay apart, 1 of them shut to the present keys\n"
    )
