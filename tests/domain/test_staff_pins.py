"""The PIN of a unit's staff: what may be one, and what a tablet is told of it."""

import hashlib

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.errors import NotFound
from kiosk.domain.staff_pins import (
    PinEasy,
    PinMalformed,
    hash_pin,
    new_pin,
    pin_set_at,
    set_pin,
    told_to_tablets,
)
from kiosk.models.accounts import AuditEntry
from tests import cast
from tests.cast import NOON


@pytest.mark.parametrize("pin", ["", "12805", "1280512805128", "12a056", " 128056"])
def test_a_pin_is_six_to_twelve_digits(pin: str) -> None:
    with pytest.raises(PinMalformed):
        hash_pin(pin)


@pytest.mark.parametrize("pin", ["000000", "121212", "123456", "890123", "654321"])
def test_a_pin_that_everybody_tries_first_is_refused(pin: str) -> None:
    with pytest.raises(PinEasy):
        hash_pin(pin)


def test_a_pin_drawn_by_chance_may_be_one() -> None:
    pins = {new_pin() for _ in range(200)}

    assert len(pins) > 190
    assert all(len(pin) == 6 and pin.isdigit() and len(set(pin)) > 2 for pin in pins)


def test_a_tablet_is_told_the_slow_hash_of_the_last_pin_and_no_more(
    room: Session,
) -> None:
    world = cast.build_world(room)
    for pin in ("280571", "719405"):
        set_pin(room, unit_id=world.truc_bach, pin=hash_pin(pin), by=None, now=NOON)

    told = told_to_tablets(room, unit_id=world.truc_bach)

    assert told is not None and told["iterations"] >= 600_000
    salt = bytes.fromhex(told["salt"])
    expected = hashlib.pbkdf2_hmac("sha256", b"719405", salt, told["iterations"])
    assert told["hash"] == expected.hex()
    assert pin_set_at(room, unit_id=world.truc_bach) == NOON
    assert told_to_tablets(room, unit_id=world.quan_thanh) is None
    assert pin_set_at(room, unit_id=world.quan_thanh) is None


def test_setting_a_pin_leaves_a_trail_without_the_pin(room: Session) -> None:
    world = cast.build_world(room)

    set_pin(room, unit_id=world.truc_bach, pin=hash_pin("280571"), by=None, now=NOON)

    entry = room.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject) == ("staff_pin_set", str(world.truc_bach))


def test_a_pin_needs_a_unit(room: Session) -> None:
    with pytest.raises(NotFound):
        set_pin(room, unit_id=999, pin=hash_pin("280571"), by=None, now=NOON)
