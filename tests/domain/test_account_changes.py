"""A new password, a closed account, an ended grant: each ends what it must end."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain import account_changes, accounts
from kiosk.domain.errors import NotFound
from kiosk.domain.passwords import PasswordTooShort, matches
from kiosk.models.accounts import Account, AuditEntry, Grant, SignIn
from tests.cast import NOON

PASSWORD = "nắng sớm trên hồ"
TODAY = date(2026, 6, 10)


def add(session: Session) -> Account:
    account = accounts.create_account(
        session, username="hoa", name="Hoa", password=PASSWORD, by=None, now=NOON
    )
    session.add(
        SignIn(account_id=account.id, token_hash=bytes(32), began_at=NOON, seen_at=NOON)
    )
    session.flush()
    return account


def actions(session: Session) -> list[str]:
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [entry.action for entry in entries]


def sign_in_ended(session: Session) -> bool:
    session.expire_all()
    return session.scalars(select(SignIn)).one().ended_at == NOON


def test_an_account_is_found_however_its_name_is_typed(room: Session) -> None:
    account = add(room)

    assert account_changes.account_named(room, username=" HOA ") is account
    with pytest.raises(NotFound):
        account_changes.account_named(room, username="lan")


def test_a_new_password_ends_the_sign_ins(room: Session) -> None:
    account = add(room)

    account_changes.set_password(
        room, account=account, password="mưa chiều bên sông", by=None, now=NOON
    )

    assert matches("mưa chiều bên sông", account.password_hash)
    assert sign_in_ended(room)
    assert actions(room) == ["account_added", "password_set"]


def test_a_weak_password_changes_nothing(room: Session) -> None:
    account = add(room)
    before = account.password_hash

    with pytest.raises(PasswordTooShort):
        account_changes.set_password(
            room, account=account, password="ngắn", by=None, now=NOON
        )

    assert account.password_hash == before
    assert not sign_in_ended(room)


def test_a_closed_account_is_signed_out_and_stays_closed(room: Session) -> None:
    account = add(room)

    account_changes.close_account(room, account=account, by=None, now=NOON)
    later = NOON + timedelta(days=1)
    account_changes.close_account(room, account=account, by=None, now=later)

    assert account.closed_at == NOON
    assert sign_in_ended(room)
    assert actions(room) == ["account_added", "account_closed"]


def test_a_grant_ends_with_a_day_not_before_it_began(room: Session) -> None:
    account = add(room)
    grant = Grant(account_id=account.id, role="administrator", first_day=TODAY)
    room.add(grant)
    room.flush()

    account_changes.end_grant(
        room, grant_id=grant.id, last_day=TODAY, by=None, now=NOON
    )

    assert grant.last_day == TODAY
    eve = TODAY - timedelta(days=1)
    with pytest.raises(accounts.DaysReversed):
        account_changes.end_grant(
            room, grant_id=grant.id, last_day=eve, by=None, now=NOON
        )
    with pytest.raises(NotFound):
        account_changes.end_grant(room, grant_id=999, last_day=TODAY, by=None, now=NOON)
