"""The register of accounts: who may sign in, as what, for which units, until when."""

from flask import Blueprint, render_template

from kiosk.db import db
from kiosk.domain.accounts import list_accounts
from kiosk.domain.units import unit_names
from kiosk.web import clock


def add_routes(blueprint: Blueprint) -> None:
    """Add this register's pages to the console."""
    blueprint.add_url_rule("/accounts", "accounts", accounts)


def accounts() -> str:
    """All accounts with their grants, past and present."""
    day = clock.today()
    return render_template(
        "admin/accounts.html",
        accounts=list_accounts(db.session()),
        units=unit_names(db.session(), day=day),
        today=day,
    )
