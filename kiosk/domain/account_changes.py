"""What an operator changes of an account without its password: a new one, an end, a grant's end."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.domain.accounts import DaysReversed, tidy_username
from kiosk.domain.audit import audit
from kiosk.domain.errors import NotFound
from kiosk.domain.passwords import check_strength, hash_password
from kiosk.models.accounts import Account, Grant, SignIn


def account_named(session: Session, *, username: str) -> Account:
    """The account with this user name. Raises NotFound."""
    query = select(Account).where(Account.username == tidy_username(username))
    account = session.scalars(query).one_or_none()
    if account is None:
        raise NotFound
    return account


def set_password(
    session: Session, *, account: Account, password: str, by: int | None, now: datetime
) -> None:
    """Give the account a new password and end its sign-ins; ``by`` is none for a command.

    Raises what is wrong with the password.
    """
    check_strength(password, username=account.username)
    account.password_hash = hash_password(password)
    _end_sign_ins(session, account.id, now)
    audit(
        session, at=now, account_id=by, action="password_set", subject=account.username
    )


def close_account(
    session: Session, *, account: Account, by: int | None, now: datetime
) -> None:
    """Nobody signs in with it any more, and who is signed in is out; again it does nothing."""
    if account.closed_at is not None:
        return
    account.closed_at = now
    _end_sign_ins(session, account.id, now)
    audit(
        session,
        at=now,
        account_id=by,
        action="account_closed",
        subject=account.username,
    )


def end_grant(
    session: Session, *, grant_id: int, last_day: date, by: int | None, now: datetime
) -> Grant:
    """Let a grant end with that day. Raises NotFound, or DaysReversed before its first day."""
    grant = session.get(Grant, grant_id)
    if grant is None:
        raise NotFound
    if last_day < grant.first_day:
        raise DaysReversed
    grant.last_day = last_day
    account = session.get_one(Account, grant.account_id)
    told = f"{account.username}: {grant.role} {grant.first_day}/{last_day}"
    audit(session, at=now, account_id=by, action="grant_ended", subject=told)
    return grant


def _end_sign_ins(session: Session, account_id: int, now: datetime) -> None:
    session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.flush()
