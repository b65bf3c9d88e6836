"""Those who sign in: an administrator, the head of Trúc Bạch, a delegation over Ba Đình."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kiosk.domain.access import Role
from kiosk.models.accounts import Account, Grant, GrantUnit
from tests.cast import FIRST_DAY, World
from tests.markup import parse

PASSWORD = "chào hỏi và cảm ơn"
NAMES = {"head": "chutich", "delegation": "giamsat", "administrator": "quantri"}


@dataclass
class People:
    """The keys of the accounts that ``appoint`` made."""

    head: int
    delegation: int
    administrator: int


def appoint(session: Session, world: World) -> People:
    """Write the three accounts with their grants and commit them."""
    people = People(
        head=account(session, NAMES["head"], "head", {world.truc_bach}),
        delegation=account(
            session, NAMES["delegation"], "delegation", {world.district}
        ),
        administrator=account(session, NAMES["administrator"], "administrator"),
    )
    session.commit()
    return people


def account(
    session: Session,
    username: str,
    role: Role | None = None,
    unit_ids: frozenset[int] | set[int] = frozenset(),
    *,
    first_day: date = FIRST_DAY,
    last_day: date | None = None,
) -> int:
    """An account with one grant, or none."""
    row = Account(
        username=username, name=username.title(), password_hash=_hash(PASSWORD)
    )
    session.add(row)
    session.flush()
    if role:
        grant = Grant(
            account_id=row.id, role=role, first_day=first_day, last_day=last_day
        )
        session.add(grant)
        session.flush()
        session.add_all(GrantUnit(grant_id=grant.id, unit_id=u) for u in unit_ids)
        session.flush()
    return row.id


@cache
def _hash(password: str) -> str:
    """As the application's, but for its cost: hundreds of tests sign somebody in."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(password)


def sign_in(
    client: FlaskClient, username: str, password: str = PASSWORD, *, address: str = ""
) -> TestResponse:
    """Fill in the form at the address and send it."""
    page = address or "/sign-in"
    return post(client, page, page=page, username=username, password=password)


def post(
    client: FlaskClient, url: str, *, page: str = "", **fields: str | list[str]
) -> TestResponse:
    """Send a form with the token that stands on the page (by default the one at the address)."""
    token = csrf_token(client.get(page or url))
    return client.post(url, data={"csrf_token": token} | fields)


def csrf_token(response: TestResponse) -> str:
    """The token of the page's main form."""
    root, _ = parse(response.text)
    inputs = [
        element
        for main in root.all("main")
        for element in main.all("input")
        if element.get("name") == "csrf_token"
    ]
    return inputs[0].get("value") if inputs else ""
