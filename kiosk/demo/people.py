"""Who signs in to the demonstration: a ward head, a delegation and an administrator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.access import Role
from kiosk.domain.account_changes import set_password
from kiosk.domain.accounts import account_with_grants, add_grant, create_account
from kiosk.domain.calendar import local_day
from kiosk.domain.organisation import unit_with_code
from kiosk.models.accounts import Account


@dataclass(frozen=True)
class Person:
    """An account of the demonstration; ``ends`` with the year, as a delegation's does."""

    username: str
    name: str
    role: Role
    units: tuple[str, ...]
    ends: bool = False


PEOPLE = (
    Person("truong.phuong", "Chủ tịch UBND phường Trúc Bạch", "head", ("00004",)),
    Person("doan.giam.sat", "Đoàn giám sát", "delegation", ("001",), ends=True),
    Person("quan.tri", "Quản trị hệ thống", "administrator", ()),
)


def new_passwords(
    session: Session, *, make: Callable[[], str], now: datetime
) -> dict[Person, str]:
    """Give each person an account, a grant in force today, and a password never used before."""
    return {person: _ready(session, person, make(), now) for person in PEOPLE}


def _ready(session: Session, person: Person, password: str, now: datetime) -> str:
    query = select(Account).where(Account.username == person.username)
    account = session.scalars(query).one_or_none()
    if account is None:
        account = create_account(
            session,
            username=person.username,
            name=person.name,
            password=password,
            by=None,
            now=now,
        )
    else:
        set_password(session, account=account, password=password, by=None, now=now)
    today = local_day(now)
    if account_with_grants(session, account=account, day=today) is None:
        _grant(session, person, account, today, now)
    return password


def _grant(
    session: Session, person: Person, account: Account, today: date, now: datetime
) -> None:
    units = [unit_with_code(session, code=code, day=today).id for code in person.units]
    add_grant(
        session,
        account_id=account.id,
        role=person.role,
        unit_ids=units,
        first_day=today,
        last_day=date(today.year, 12, 31) if person.ends else None,
        by=None,
        now=now,
    )
