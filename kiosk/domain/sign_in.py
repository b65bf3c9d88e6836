"""Signing in and out: limited guessing, and sessions that live on the server.

A try is counted as failed before the password is looked at, so that guesses made at the same time
cannot outrun the limit; the right password takes the count back.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from kiosk.domain.access import CurrentAccount
from kiosk.domain.accounts import (
    account_with_grants,
    current_account,
    tidy_username,
    with_grants,
)
from kiosk.domain.audit import audit
from kiosk.domain.calendar import local_day
from kiosk.domain.errors import TooManyTries
from kiosk.models.accounts import Account, SignIn, SignInFailure

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
TOUCH_EVERY = timedelta(minutes=1)
TRIES_AN_ACCOUNT = 5
TRIES_AN_ADDRESS = 20
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=4)
REMEMBERED = timedelta(hours=24)
TOKEN_SIZE = 32


@dataclass(frozen=True)
class Attempt:
    """A try that counts as failed until it is concluded as right."""

    username_hash: bytes
    account_id: int | None
    password_hash: str | None


@dataclass(frozen=True)
class Outcome:
    """What became of a try; the token is there when it was admitted, and never again."""

    kind: Literal["admitted", "refused", "no_access"]
    token: str | None = None


@dataclass(frozen=True)
class SignedIn:
    """A living session; ``stale`` when its last use should be noted anew."""

    account: CurrentAccount
    stale: bool


def begin(
    session: Session, *, key: bytes, username: str, address: str, now: datetime
) -> Attempt:
    """Count a try, known account or not. Raises TooManyTries with the end of the wait.

    The caller commits, then reckons the password outside of any transaction.
    """
    _one_at_a_time(session)
    username = tidy_username(username)
    name_hash = _keyed(key, "username", username)
    address_hash = _keyed(key, "address", address)
    _check(session, SignInFailure.username_hash == name_hash, TRIES_AN_ACCOUNT, now)
    _check(session, SignInFailure.address_hash == address_hash, TRIES_AN_ADDRESS, now)
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - REMEMBERED))
    session.add(
        SignInFailure(username_hash=name_hash, address_hash=address_hash, at=now)
    )
    query = select(Account.id, Account.password_hash).where(
        Account.username == username, Account.closed_at.is_(None)
    )
    found = session.execute(query).one_or_none()
    session.flush()
    return Attempt(name_hash, *(found or (None, None)))


def conclude(
    session: Session, *, attempt: Attempt, right: bool, now: datetime
) -> Outcome:
    """Admit or refuse, and write either down; ``right`` says whether the password was."""
    if not right or attempt.account_id is None:
        audit(session, at=now, account_id=attempt.account_id, action="sign_in_refused")
        return Outcome("refused")
    forget_failures(session, attempt=attempt)
    account = session.get_one(Account, attempt.account_id)
    if account_with_grants(session, account=account, day=local_day(now)) is None:
        audit(session, at=now, account_id=account.id, action="sign_in_no_access")
        return Outcome("no_access")
    token = secrets.token_urlsafe(TOKEN_SIZE)
    session.add(
        SignIn(
            account_id=account.id,
            token_hash=token_hash(token),
            began_at=now,
            seen_at=now,
        )
    )
    audit(session, at=now, account_id=account.id, action="sign_in")
    return Outcome("admitted", token)


def signed_in(session: Session, *, token: str, now: datetime) -> SignedIn | None:
    """Whose session the token opens, unless it was ended, idle too long, or too old."""
    values = {
        "token": token_hash(token),
        "idle_since": now - IDLE,
        "too_old": now - LONGEST,
        "today": local_day(now),
    }
    rows = session.execute(_signed_in(), values).all()
    account = current_account(rows)
    if account is None:
        return None
    return SignedIn(account, now - rows[0].seen_at >= TOUCH_EVERY)


# Put together once, for every page of a desk asks it.
@cache
def _signed_in() -> Select[*tuple[Any, ...]]:
    bound = {
        name: bindparam(name, type_=SignIn.seen_at.type)
        for name in ("idle_since", "too_old")
    }
    return (
        with_grants()
        .add_columns(SignIn.seen_at)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(
            SignIn.token_hash == bindparam("token"),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > bound["idle_since"],
            SignIn.began_at > bound["too_old"],
            Account.closed_at.is_(None),
        )
    )


def touch(session: Session, *, token: str, now: datetime) -> None:
    """Note that a session was used; it idles from now."""
    session.execute(update(SignIn).where(_alive(token, now)).values(seen_at=now))


def sign_out(session: Session, *, token: str, now: datetime) -> None:
    """End the session on the server, whoever else holds its cookie."""
    alive = select(SignIn).where(_alive(token, now))
    for ending in session.scalars(alive):
        ending.ended_at = now
        audit(session, at=now, account_id=ending.account_id, action="sign_out")


def token_hash(token: str) -> bytes:
    """What is stored of a token; 32 random bytes need no salt."""
    return hashlib.sha256(token.encode()).digest()


def forget_failures(session: Session, *, attempt: Attempt) -> None:
    """Take back the count against an account whose password was given rightly."""
    session.execute(
        delete(SignInFailure).where(
            SignInFailure.username_hash == attempt.username_hash
        )
    )


def wait_after(failures: int, *, limit: int) -> timedelta:
    """15 minutes at the limit, twice as long for each failure more, four hours at most."""
    if failures < limit:
        return timedelta(0)
    doublings = min(failures - limit, 8)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _one_at_a_time(session: Session) -> None:
    """On PostgreSQL tries wait for each other, as every writer does on SQLite."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE sign_in_failure IN SHARE ROW EXCLUSIVE MODE"))


def _check(
    session: Session, whose: ColumnElement[bool], limit: int, now: datetime
) -> None:
    query = select(func.count(), func.max(SignInFailure.at)).where(
        whose, SignInFailure.at > now - REMEMBERED
    )
    failures, last = session.execute(query).one()
    if failures >= limit and now < (until := last + wait_after(failures, limit=limit)):
        raise TooManyTries(until)


def _alive(token: str, now: datetime) -> ColumnElement[bool]:
    return (
        (SignIn.token_hash == token_hash(token))
        & SignIn.ended_at.is_(None)
        & (SignIn.seen_at > now - IDLE)
        & (SignIn.began_at > now - LONGEST)
    )


def _keyed(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.digest(key, f"{purpose}:{text}".encode(), "sha256")
