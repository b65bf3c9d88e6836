"""Accounts and grants: what is written, what is refused, and what holds today."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.access import Role
from kiosk.domain.accounts import (
    DaysReversed,
    GrantToSelf,
    RolesMixed,
    ScopeWrong,
    UsernameMalformed,
    UsernameTaken,
    account_with_grants,
    add_grant,
    create_account,
    list_accounts,
    tidy_username,
)
from kiosk.domain.errors import DomainError, NotFound
from kiosk.domain.passwords import PasswordTooShort, matches
from kiosk.models.accounts import Account, AuditEntry
from tests import cast, people
from tests.cast import NOON
from tests.people import PASSWORD

JUNE = date(2026, 6, 1)
MID_JUNE = date(2026, 6, 10)
END_OF_JUNE = date(2026, 6, 30)


def create(session: Session, username: str, password: str = PASSWORD) -> Account:
    return create_account(
        session, username=username, name=" Bình ", password=password, by=None, now=NOON
    )


def grant(
    session: Session,
    account_id: int,
    role: Role = "head",
    unit_ids: tuple[int, ...] = (),
    *,
    first_day: date = JUNE,
    last_day: date | None = None,
    by: int | None = None,
) -> None:
    add_grant(
        session,
        account_id=account_id,
        role=role,
        unit_ids=unit_ids,
        first_day=first_day,
        last_day=last_day,
        by=by,
        now=NOON,
    )


def test_an_account_keeps_a_hash_and_a_tidy_name(session: Session) -> None:
    account = create(session, " ChuTich.TrucBach ")

    assert account.username == "chutich.trucbach"
    assert account.name == "Bình"
    assert PASSWORD not in account.password_hash
    assert matches(PASSWORD, account.password_hash)


def test_a_new_account_and_its_grant_leave_a_trail(session: Session) -> None:
    world = cast.build_world(session)
    account = create(session, "chutich")

    grant(session, account.id, unit_ids=(world.truc_bach,), last_day=END_OF_JUNE)

    written = session.execute(select(AuditEntry.action, AuditEntry.subject)).all()
    assert [tuple(entry) for entry in written] == [
        ("account_added", "chutich"),
        (
            "grant_added",
            f"chutich: head [{world.truc_bach}] 2026-06-01/2026-06-30",
        ),
    ]


@pytest.mark.parametrize("username", ["", "a", "chủ tịch", "a b", "-ab", "x" * 41])
def test_a_malformed_user_name_is_refused(session: Session, username: str) -> None:
    with pytest.raises(UsernameMalformed):
        create(session, username)


def test_a_user_name_is_taken_once_in_whatever_letters(session: Session) -> None:
    create(session, "chutich")

    with pytest.raises(UsernameTaken):
        create(session, "CHUTICH")


def test_a_weak_password_makes_no_account(session: Session) -> None:
    with pytest.raises(PasswordTooShort):
        create(session, "chutich", "short")
    assert session.scalars(select(Account)).all() == []


def test_nobody_grants_anything_to_himself(session: Session) -> None:
    administrator = people.account(session, "quantri", "administrator")

    with pytest.raises(GrantToSelf):
        grant(session, administrator, "administrator", by=administrator)


def test_a_grant_needs_an_account_that_is_there(session: Session) -> None:
    with pytest.raises(NotFound):
        grant(session, 999, "administrator")


@pytest.mark.parametrize("days", [(JUNE, END_OF_JUNE), (END_OF_JUNE, None)])
def test_an_administrator_gets_no_results_in_the_same_days(
    session: Session, days: tuple[date, date | None]
) -> None:
    world = cast.build_world(session)
    account = people.account(session, "quantri", "administrator", first_day=JUNE)

    with pytest.raises(RolesMixed):
        grant(
            session,
            account,
            unit_ids=(world.truc_bach,),
            first_day=days[0],
            last_day=days[1],
        )


def test_another_role_is_possible_after_the_first_has_ended(session: Session) -> None:
    world = cast.build_world(session)
    account = people.account(
        session, "binh", "administrator", first_day=JUNE, last_day=END_OF_JUNE
    )

    grant(session, account, unit_ids=(world.truc_bach,), first_day=date(2026, 7, 1))

    assert [g.role for g in list_accounts(session)[0].grants] == [
        "head",
        "administrator",
    ]


@pytest.mark.parametrize(
    ("role", "units", "refusal"),
    [
        ("head", (), ScopeWrong),
        ("head", (999,), ScopeWrong),
        ("administrator", (1,), ScopeWrong),
    ],
)
def test_a_scope_must_fit_the_role(
    session: Session, role: Role, units: tuple[int, ...], refusal: type[DomainError]
) -> None:
    account = people.account(session, "binh")

    with pytest.raises(refusal):
        grant(session, account, role, units)


def test_a_grant_does_not_end_before_it_begins(session: Session) -> None:
    account = people.account(session, "quantri")

    with pytest.raises(DaysReversed):
        grant(session, account, "administrator", first_day=END_OF_JUNE, last_day=JUNE)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 5, 31), False),
        (JUNE, True),
        (END_OF_JUNE, True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_grant_holds_from_its_first_to_its_last_day(
    session: Session, day: date, holds: bool
) -> None:
    world = cast.build_world(session)
    key = people.account(
        session,
        "giamsat",
        "delegation",
        {world.district},
        first_day=JUNE,
        last_day=END_OF_JUNE,
    )

    current = account_with_grants(
        session, account=session.get_one(Account, key), day=day
    )

    assert (current is not None) == holds
    assert list_accounts(session)[0].grants[0].in_force(day) == holds


def test_grants_of_one_role_are_joined(session: Session) -> None:
    world = cast.build_world(session)
    key = people.account(session, "binh", "head", {world.truc_bach}, last_day=MID_JUNE)
    grant(session, key, unit_ids=(world.quan_thanh,), last_day=END_OF_JUNE)

    account = session.get_one(Account, key)
    current = account_with_grants(session, account=account, day=JUNE)

    assert current is not None
    assert current.unit_ids == {world.truc_bach, world.quan_thanh}
    assert current.last_day == END_OF_JUNE


def test_what_has_no_end_has_no_last_day(session: Session) -> None:
    key = people.account(session, "quantri", "administrator")

    account = session.get_one(Account, key)
    current = account_with_grants(session, account=account, day=JUNE)

    assert current is not None
    assert current.last_day is None
    assert current.unit_ids == frozenset()


def test_a_user_name_is_meant_in_one_form_of_unicode() -> None:
    assert tidy_username(" Ă ") == tidy_username("Ă")
