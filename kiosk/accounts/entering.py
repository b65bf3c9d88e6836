"""Passwords met with the store: each is reckoned between two short transactions, never in one."""

from kiosk.db import db, writing
from kiosk.domain import accounts, passwords, sign_in
from kiosk.domain.access import CurrentAccount
from kiosk.domain.errors import NotSetUp
from kiosk.web import clock, current


def enter(username: str, password: str) -> sign_in.Outcome:
    """Try to sign in; what came of it is committed. Raises TooManyTries."""
    attempt = _begin(username)
    right = passwords.matches(password, attempt.password_hash)
    writing(db.session())
    outcome = sign_in.conclude(
        db.session(), attempt=attempt, right=right, now=clock.now()
    )
    db.session.commit()
    return outcome


def leave(token: str) -> None:
    """End the session on the server."""
    writing(db.session())
    sign_in.sign_out(db.session(), token=token, now=clock.now())
    db.session.commit()


def change_password(
    account: CurrentAccount, *, present: str, new: str, token: str
) -> bool:
    """Whether the present password was right; then the new one is in force.

    Raises TooManyTries or what is wrong with the new one.
    """
    passwords.check_strength(new, username=account.username)
    attempt = _begin(account.username)
    if not passwords.matches(present, attempt.password_hash):
        return False
    password_hash = passwords.hash_password(new)
    writing(db.session())
    sign_in.forget_failures(db.session(), attempt=attempt)
    accounts.set_password(
        db.session(),
        account_id=account.id,
        password_hash=password_hash,
        keep=sign_in.token_hash(token),
        now=clock.now(),
    )
    db.session.commit()
    return True


def _begin(username: str) -> sign_in.Attempt:
    key = current.settings().secret_key
    if key is None:
        raise NotSetUp
    writing(db.session())
    attempt = sign_in.begin(
        db.session(),
        key=key,
        username=username,
        address=current.address(),
        now=clock.now(),
    )
    db.session.commit()
    return attempt
