"""Accounts by command: what is said, what is done, and that refusals are sentences."""

import re

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.passwords import matches
from kiosk.models.accounts import Account, Grant, GrantUnit
from tests import cast, stores


def run(app: Flask, *words: str) -> Result:
    return stores.command(app, "kiosk", "account", *words)


def add(app: Flask, username: str = "hoa", *more: str) -> Result:
    more = more or ("--role", "head", "--unit", "00004")
    return run(app, "add", username, "--name", "Trưởng phường", *more)


def the_account(session: Session) -> Account:
    """The one account, read in a transaction that keeps no command waiting."""
    session.rollback()
    account = session.scalars(select(Account)).one()
    session.expunge(account)
    session.rollback()
    return account


def test_an_account_is_added_with_a_password_told_once(
    app: Flask, session: Session
) -> None:
    world = cast.build_world(session)

    result = add(app)

    assert result.exit_code == 0, result.output
    account = the_account(session)
    told = re.search(r"Password: (\w{18})\n", result.output)
    assert told is not None
    assert matches(told[1], account.password_hash)
    grant = session.scalars(select(Grant)).one()
    assert (grant.account_id, grant.role, grant.last_day) == (account.id, "head", None)
    assert session.scalars(select(GrantUnit)).one().unit_id == world.truc_bach


def test_a_password_may_be_typed_and_is_not_repeated(
    app: Flask, session: Session
) -> None:
    with app.app_context():
        result = app.test_cli_runner().invoke(
            args="kiosk account add qt --name Q --role administrator --ask".split(),
            input="nắng sớm trên hồ\nnắng sớm trên hồ\n",
        )

    assert result.exit_code == 0, result.output
    assert "nắng" not in result.output
    assert matches("nắng sớm trên hồ", the_account(session).password_hash)


def test_a_grant_is_given_listed_and_ended(app: Flask, session: Session) -> None:
    cast.build_world(session)
    add(app, "hoa", "--role", "head", "--unit", "00004", "--last-day", "31/12/2099")

    given = run(app, "grant", "HOA", "--role", "head", "--unit", "00013")
    listed = run(app, "list")
    session.rollback()
    grants = sorted(session.scalars(select(Grant.id)))
    session.rollback()
    ended = run(app, "end-grant", str(grants[1]))

    assert given.exit_code == ended.exit_code == 0
    assert "hoa  Trưởng phường" in listed.output
    assert "to 2099-12-31  Phường Trúc Bạch" in listed.output
    assert "to no end  Phường Quán Thánh" in listed.output
    session.rollback()
    assert session.get_one(Grant, grants[1]).last_day is not None


def test_a_new_password_is_told_and_a_closed_account_is_marked(
    app: Flask, session: Session
) -> None:
    cast.build_world(session)
    add(app)
    before = the_account(session).password_hash

    renewed, closed = run(app, "password", "hoa"), run(app, "close", "hoa")

    assert renewed.exit_code == closed.exit_code == 0
    assert "Password: " in renewed.output
    account = the_account(session)
    assert account.password_hash != before
    assert account.closed_at is not None
    assert "hoa  Trưởng phường  (closed)" in run(app, "list").output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "h", "--name", "H", "--role", "administrator"), "A user name has"),
        (("add", "hoa", "--name", "H", "--role", "head"), "needs a unit"),
        (
            ("add", "hoa", "--name", "H", "--role", "head", "--unit", "99"),
            "no unit with the code 99",
        ),
        (
            tuple(
                "add hoa --name H --role administrator "
                "--first-day 2026-02-01 --last-day 01/01/2026".split()
            ),
            "last day lies before",
        ),
        (("grant", "lan", "--role", "administrator"), "There is no account lan"),
        (("password", "lan"), "There is no account lan"),
        (("close", "lan"), "There is no account lan"),
        (("end-grant", "9"), "There is no grant 9"),
        (
            ("add", "hoa", "--name", "H", "--role", "head", "--first-day", "soon"),
            "write a day like",
        ),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_undone(
    words: tuple[str, ...], sentence: str, app: Flask, session: Session
) -> None:
    cast.build_world(session)

    result = run(app, *words)

    assert result.exit_code == 2
    assert sentence in result.output
    assert "Traceback" not in result.output
    session.rollback()
    assert list(session.scalars(select(Account))) == []


def test_a_user_name_is_given_once(app: Flask, session: Session) -> None:
    cast.build_world(session)
    add(app)

    result = add(app)

    assert result.exit_code == 2
    assert "Another account has this user name." in result.output
