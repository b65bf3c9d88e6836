"""``flask kiosk account``: accounts, their passwords, and what is granted to them."""

import secrets
from collections.abc import Iterable
from datetime import date

import click
from flask.cli import AppGroup

from kiosk.cli.day import DAY
from kiosk.cli.group import Refusal
from kiosk.db import db, writing
from kiosk.domain import account_changes, accounts, organisation
from kiosk.domain.access import ROLES, Role
from kiosk.domain.errors import NotFound
from kiosk.domain.units import unit_names
from kiosk.models.accounts import Account
from kiosk.web import clock
from kiosk.web.setup import require_store

LETTERS = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"

account = AppGroup("account", help="Add, list and close accounts; give and end grants.")
_unit = click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="CODE",
    help="Code of a unit, with all below it; may be repeated. Not for an administrator.",
)
_role = click.option("--role", type=click.Choice(ROLES), required=True)
_first_day = click.option("--first-day", type=DAY, help="Today, if left out.")
_last_day = click.option("--last-day", type=DAY, help="No end, if left out.")
_ask = click.option(
    "--ask", is_flag=True, help="Ask for the password instead of making one."
)


@account.command("add")
@click.argument("username")
@click.option("--name", required=True, help="The person's name, as shown.")
@_role
@_unit
@_first_day
@_last_day
@_ask
def add(
    *,
    username: str,
    name: str,
    role: Role,
    units: tuple[str, ...],
    first_day: date | None,
    last_day: date | None,
    ask: bool,
) -> None:
    """Add the account USERNAME with one grant, and print its new password once."""
    require_store()
    session, now, password = db.session(), clock.now(), _password(ask)
    writing(session)
    made = accounts.create_account(
        session, username=username, name=name, password=password, by=None, now=now
    )
    _grant(made, role, units, first_day, last_day)
    session.commit()
    click.echo(f"Added {made.username}.")
    _tell(password, ask)


@account.command("grant")
@click.argument("username")
@_role
@_unit
@_first_day
@_last_day
def grant(
    username: str,
    role: Role,
    units: tuple[str, ...],
    first_day: date | None,
    last_day: date | None,
) -> None:
    """Give USERNAME a role, over units, from a day to a day."""
    require_store()
    session = db.session()
    writing(session)
    found = _account(username)
    _grant(found, role, units, first_day, last_day)
    session.commit()
    click.echo(f"{found.username} is {role} now.")


@account.command("end-grant")
@click.argument("grant_id", metavar="GRANT", type=int)
@click.option("--last-day", type=DAY, help="Today, if left out.")
def end_grant(grant_id: int, last_day: date | None) -> None:
    """Let the grant GRANT (a number of `account list`) end with a day."""
    require_store()
    session = db.session()
    writing(session)
    last = last_day or clock.today()
    try:
        account_changes.end_grant(
            session, grant_id=grant_id, last_day=last, by=None, now=clock.now()
        )
    except NotFound:
        raise Refusal(f"There is no grant {grant_id}; see account list.") from None
    session.commit()
    click.echo(f"Grant {grant_id} ends with {last}.")


@account.command("password")
@click.argument("username")
@_ask
def password(username: str, ask: bool) -> None:
    """Give USERNAME a new password, and end its sign-ins."""
    require_store()
    session, fresh = db.session(), _password(ask)
    writing(session)
    found = _account(username)
    account_changes.set_password(
        session, account=found, password=fresh, by=None, now=clock.now()
    )
    session.commit()
    click.echo(f"{found.username} has a new password.")
    _tell(fresh, ask)


@account.command("close")
@click.argument("username")
def close(username: str) -> None:
    """Close USERNAME: it cannot sign in, and is signed out. Its trail stays."""
    require_store()
    session = db.session()
    writing(session)
    found = _account(username)
    account_changes.close_account(session, account=found, by=None, now=clock.now())
    session.commit()
    click.echo(f"{found.username} is closed.")


@account.command("list")
def list_all() -> None:
    """List all accounts with their grants."""
    require_store()
    session = db.session()
    names = unit_names(session, day=clock.today())
    for each in accounts.list_accounts(session):
        closed = "  (closed)" if each.closed_at else ""
        click.echo(f"{each.username}  {each.name}{closed}")
        for given in each.grants:
            where = ", ".join(
                names.get(unit, f"unit {unit}") for unit in given.unit_ids
            )
            days = f"{given.first_day} to {given.last_day or 'no end'}"
            click.echo(f"    grant {given.id}: {given.role}, {days}  {where}".rstrip())


def _account(username: str) -> Account:
    try:
        return account_changes.account_named(db.session(), username=username)
    except NotFound:
        raise Refusal(f"There is no account {username}; see account list.") from None


def new_password() -> str:
    """18 random letters and digits: more than 100 bits, none of them easily misread."""
    return "".join(secrets.choice(LETTERS) for _ in range(18))


def _grant(
    to: Account,
    role: Role,
    codes: Iterable[str],
    first_day: date | None,
    last_day: date | None,
) -> None:
    session, today = db.session(), clock.today()
    units = [
        organisation.unit_with_code(session, code=code, day=today) for code in codes
    ]
    accounts.add_grant(
        session,
        account_id=to.id,
        role=role,
        unit_ids=[unit.id for unit in units],
        first_day=first_day or today,
        last_day=last_day,
        by=None,
        now=clock.now(),
    )


def _password(ask: bool) -> str:
    if not ask:
        return new_password()
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


def _tell(password: str, asked: bool) -> None:
    if not asked:
        click.echo(f"Password: {password}")
