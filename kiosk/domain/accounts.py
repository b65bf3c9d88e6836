"""Accounts and what was granted to them: made, changed, listed; signing in is in ``sign_in``."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Row,
    Select,
    and_,
    bindparam,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from kiosk.domain.access import READERS, CurrentAccount, Role
from kiosk.domain.audit import audit
from kiosk.domain.errors import DomainError, NotFound
from kiosk.domain.passwords import check_strength, hash_password
from kiosk.models.accounts import Account, Grant, GrantUnit, SignIn
from kiosk.models.organisation import Unit

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
FOREVER = date.max


class UsernameMalformed(DomainError):
    """Not 2 to 40 letters a to z, digits, dots, hyphens."""

    kind = "username_malformed"


class UsernameTaken(DomainError):
    """Another account has this user name."""

    kind = "username_taken"


class GrantToSelf(DomainError):
    """Nobody grants anything to himself."""

    kind = "grant_to_self"


class RolesMixed(DomainError):
    """The account holds another role in these days; an administrator never sees results."""

    kind = "roles_mixed"


class ScopeWrong(DomainError):
    """A reader needs units that exist; an administrator has none."""

    kind = "scope_wrong"


class DaysReversed(DomainError):
    """The last day lies before the first."""

    kind = "days_reversed"


@dataclass(frozen=True)
class GrantListed:
    """A grant as the console shows it."""

    id: int
    role: str
    unit_ids: tuple[int, ...]
    first_day: date
    last_day: date | None

    def in_force(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.first_day <= day <= (self.last_day or FOREVER)


@dataclass(frozen=True)
class AccountListed:
    """An account as the console shows it, its grants from the newest."""

    id: int
    username: str
    name: str
    closed_at: datetime | None
    grants: tuple[GrantListed, ...]


def tidy_username(typed: str) -> str:
    """The user name that was meant: NFC, lower case, no space around it."""
    return unicodedata.normalize("NFC", typed).strip().lower()


def create_account(
    session: Session,
    *,
    username: str,
    name: str,
    password: str,
    by: int | None,
    now: datetime,
) -> Account:
    """A new account without any grant; ``by`` is who adds it, none for a command.

    Raises UsernameMalformed, UsernameTaken or what is wrong with the password.
    """
    username = tidy_username(username)
    if not USERNAME.fullmatch(username):
        raise UsernameMalformed
    check_strength(password, username=username)
    password_hash = hash_password(password)  # 70 ms, before any transaction begins
    if session.scalar(select(Account.id).where(Account.username == username)):
        raise UsernameTaken
    account = Account(username=username, name=name.strip(), password_hash=password_hash)
    session.add(account)
    session.flush()
    audit(session, at=now, account_id=by, action="account_added", subject=username)
    return account


def add_grant(
    session: Session,
    *,
    account_id: int,
    role: Role,
    unit_ids: Iterable[int],
    first_day: date,
    last_day: date | None,
    by: int | None,
    now: datetime,
) -> Grant:
    """Give a role over units (with all below them) from a day to a day, both inclusive.

    Raises NotFound, GrantToSelf, DaysReversed, ScopeWrong or RolesMixed.
    """
    units = frozenset(unit_ids)
    if by == account_id:
        raise GrantToSelf
    if last_day is not None and last_day < first_day:
        raise DaysReversed
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound
    _check_scope(session, role=role, units=units)
    _check_roles(session, account_id, role, first_day, last_day or FOREVER)
    grant = Grant(
        account_id=account_id, role=role, first_day=first_day, last_day=last_day
    )
    session.add(grant)
    session.flush()
    session.add_all(GrantUnit(grant_id=grant.id, unit_id=unit) for unit in units)
    told = f"{account.username}: {role} {sorted(units)} {first_day}/{last_day or ''}"
    audit(session, at=now, account_id=by, action="grant_added", subject=told)
    return grant


def set_password(
    session: Session,
    *,
    account_id: int,
    password_hash: str,
    keep: bytes | None,
    now: datetime,
) -> None:
    """Store a new hash and end the account's other sign-ins; ``keep`` is one's own token hash.

    The caller has checked strength and the present password outside of this transaction.
    """
    session.get_one(Account, account_id).password_hash = password_hash
    session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .where(SignIn.token_hash != (keep or b""))
        .values(ended_at=now)
    )
    audit(session, at=now, account_id=account_id, action="password_changed")


def account_with_grants(
    session: Session, *, account: Account, day: date
) -> CurrentAccount | None:
    """The account with what was granted to it for that day; none without a grant in force."""
    rows = session.execute(
        with_grants().where(Account.id == account.id), {"today": day}
    )
    return current_account(rows.all())


def with_grants() -> Select[*tuple[Any, ...]]:
    """Accounts with what holds on the day bound as ``today``; rows for ``current_account``."""
    today = bindparam("today", type_=Date)
    return (
        select(
            Account.id,
            Account.username,
            Account.name,
            Grant.role,
            Grant.last_day,
            GrantUnit.unit_id,
        )
        .join(Grant, Grant.account_id == Account.id)
        .outerjoin(GrantUnit, GrantUnit.grant_id == Grant.id)
        .where(_holds_within(today, today))
    )


def current_account(rows: Sequence[Row[*tuple[Any, ...]]]) -> CurrentAccount | None:
    """One account, from its rows of ``with_grants``; none where there are no rows."""
    if not rows:
        return None
    first, last = rows[0], max(row.last_day or FOREVER for row in rows)
    return CurrentAccount(
        id=first.id,
        username=first.username,
        name=first.name,
        role=first.role,
        unit_ids=frozenset(row.unit_id for row in rows if row.unit_id is not None),
        last_day=None if last == FOREVER else last,
    )


def list_accounts(session: Session) -> list[AccountListed]:
    """All accounts by user name, with every grant they have or had."""
    units: dict[int, list[int]] = {}
    for row in session.execute(select(GrantUnit.grant_id, GrantUnit.unit_id)):
        units.setdefault(row.grant_id, []).append(row.unit_id)
    grants: dict[int, list[GrantListed]] = {}
    for grant in session.scalars(select(Grant).order_by(Grant.first_day.desc())):
        grants.setdefault(grant.account_id, []).append(
            GrantListed(
                grant.id,
                grant.role,
                tuple(sorted(units.get(grant.id, ()))),
                grant.first_day,
                grant.last_day,
            )
        )
    return [
        AccountListed(
            a.id, a.username, a.name, a.closed_at, tuple(grants.get(a.id, ()))
        )
        for a in session.scalars(select(Account).order_by(Account.username))
    ]


def _check_scope(session: Session, *, role: Role, units: frozenset[int]) -> None:
    if (role in READERS) != bool(units):
        raise ScopeWrong
    known = session.scalars(select(Unit.id).where(Unit.id.in_(units)))
    if set(known) != units:
        raise ScopeWrong


def _check_roles(
    session: Session, account_id: int, role: Role, first_day: date, last_day: date
) -> None:
    others = select(Grant.id).where(
        Grant.account_id == account_id,
        Grant.role != role,
        _holds_within(first_day, last_day),
    )
    if session.scalar(others.limit(1)):
        raise RolesMixed


def _holds_within(
    first_day: date | BindParameter[date], last_day: date | BindParameter[date]
) -> ColumnElement[bool]:
    return and_(
        Grant.first_day <= last_day,
        or_(Grant.last_day.is_(None), Grant.last_day >= first_day),
    )
