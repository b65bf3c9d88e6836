"""The PIN of a unit's staff: it opens the staff corner of its tablets, also without a network.

So the tablets hold it as a slow hash and count the tries themselves. Who takes a tablet's storage
apart can try out six digits in hours: the PIN guards seats and unpairing, never an answer.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy.orm import Session

from kiosk.domain.audit import audit
from kiosk.domain.errors import DomainError, NotFound
from kiosk.models.organisation import Unit
from kiosk.models.tablets import StaffPin

SHORTEST, LONGEST = 6, 12
ITERATIONS = (
    600_000  # PBKDF2 with SHA-256 (OWASP, 2023); under a second on a slow tablet
)
ROWS = ("01234567890123", "98765432109876")


class PinMalformed(DomainError):
    """Not six to twelve digits."""

    kind = "pin_malformed"


class PinEasy(DomainError):
    """One or two digits over and over, or a row of them."""

    kind = "pin_easy"


@dataclass(frozen=True)
class PinHash:
    """What is stored of a PIN."""

    salt: bytes
    iterations: int
    value: bytes


class PinTold(TypedDict):
    """What a tablet needs for its check, in hexadecimal digits."""

    salt: str
    iterations: int
    hash: str


def hash_pin(pin: str) -> PinHash:
    """A PIN made ready to be stored, about a quarter of a second's work.

    Raises PinMalformed or PinEasy.
    """
    _check(pin)
    salt = secrets.token_bytes(16)
    value = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, ITERATIONS)
    return PinHash(salt, ITERATIONS, value)


def new_pin() -> str:
    """Six digits drawn by chance that may be a PIN."""
    while True:
        pin = f"{secrets.randbelow(10**SHORTEST):0{SHORTEST}}"
        try:
            _check(pin)
        except PinEasy:
            continue
        return pin


def _check(pin: str) -> None:
    if not re.fullmatch(f"[0-9]{{{SHORTEST},{LONGEST}}}", pin):
        raise PinMalformed
    if len(set(pin)) < 3 or any(pin in row for row in ROWS):
        raise PinEasy


def set_pin(
    session: Session, *, unit_id: int, pin: PinHash, by: int | None, now: datetime
) -> None:
    """Give the unit's staff this PIN in the stead of any before it. Raises NotFound."""
    if session.get(Unit, unit_id) is None:
        raise NotFound
    session.merge(
        StaffPin(
            unit_id=unit_id,
            salt=pin.salt,
            iterations=pin.iterations,
            pin_hash=pin.value,
            set_at=now,
        )
    )
    audit(session, at=now, account_id=by, action="staff_pin_set", subject=str(unit_id))


def pin_set_at(session: Session, *, unit_id: int) -> datetime | None:
    """When the unit's PIN was set, if it has one."""
    found = session.get(StaffPin, unit_id)
    return None if found is None else found.set_at


def told_to_tablets(session: Session, *, unit_id: int) -> PinTold | None:
    """What the unit's tablets are told, so that they can check a PIN by themselves."""
    found = session.get(StaffPin, unit_id)
    if found is None:
        return None
    return {
        "salt": found.salt.hex(),
        "iterations": found.iterations,
        "hash": found.pin_hash.hex(),
    }
