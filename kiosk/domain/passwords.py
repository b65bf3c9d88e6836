"""Passwords: argon2id with 19 MiB, two passes and one lane (OWASP, 2023), about 70 ms each."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.domain.errors import DomainError

SHORTEST = 12
LONGEST = 128
# Each reckoning takes 19 MiB: many at once would cost a small server its memory.
_AT_ONCE = BoundedSemaphore(2)
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Of 32 random bytes that nobody kept; reckoned with the same costs, as a test asserts.
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$nmIzMuhufrHqKdzprxJJhA"
    "$RfSmyGB5DQTLLBT4ofqCQhEl/KnD794AuO/yNL5z8R0"
)


class PasswordTooShort(DomainError):
    """Fewer than 12 characters."""

    kind = "password_too_short"


class PasswordTooLong(DomainError):
    """More than 128 characters."""

    kind = "password_too_long"


class PasswordEasy(DomainError):
    """It is made of the user name, or of hardly any different characters."""

    kind = "password_easy"


def check_strength(password: str, *, username: str) -> None:
    """Raise what is wrong with a new password: length and plain guessing, no recipe."""
    if len(password) < SHORTEST:
        raise PasswordTooShort
    if len(password) > LONGEST:
        raise PasswordTooLong
    if username in password.lower() or len(set(password)) < 5:
        raise PasswordEasy


def hash_password(password: str) -> str:
    """What is stored of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether it is the password; without a stored one the answer is no, after the same work."""
    with _AT_ONCE:
        try:
            _HASHER.verify(stored or NOBODYS_HASH, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None and len(password) <= LONGEST


def outdated(stored: str) -> bool:
    """Whether a stored hash was made with other costs than today's."""
    return _HASHER.check_needs_rehash(stored)
