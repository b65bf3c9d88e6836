"""``flask kiosk tablet``: the places for tablets, and codes to pair them."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from kiosk.cli.group import Refusal
from kiosk.db import db, writing
from kiosk.domain import pairing
from kiosk.domain.calendar import HANOI
from kiosk.domain.errors import NotFound
from kiosk.domain.units import unit_names
from kiosk.models.tablets import Tablet
from kiosk.web import clock
from kiosk.web.setup import require_store

tablet = AppGroup("tablet", help="List tablets, and make codes to pair them.")


@tablet.command("list")
def list_tablets() -> None:
    """List the tablets with their numbers, units and labels."""
    require_store()
    session = db.session()
    names = unit_names(session, day=clock.today())
    for each in session.scalars(select(Tablet).order_by(Tablet.unit_id, Tablet.id)):
        retired = "  (retired)" if each.retired_at else ""
        click.echo(
            f"{each.id:>5}  {names.get(each.unit_id, '?')}, {each.label}{retired}"
        )


@tablet.command("code")
@click.argument("tablet_id", metavar="TABLET", type=int)
@click.option(
    "--address",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Where the tablet reaches the server.",
)
def code(tablet_id: int, address: str) -> None:
    """Print a link that makes a browser the tablet TABLET (a number of `tablet list`).

    The link is good for 15 minutes and for one browser. A tablet paired before at this place is
    refused from then on; what it still holds can be sent after it is paired again.
    """
    require_store()
    session, now = db.session(), clock.now()
    writing(session)
    try:
        fresh = pairing.new_code(session, tablet_id=tablet_id, now=now)
    except NotFound:
        words = f"There is no tablet {tablet_id} in service; see tablet list."
        raise Refusal(words) from None
    session.commit()
    until = (now + pairing.CODE_LIFE).astimezone(HANOI)
    click.echo(
        f"{pairing_link(address, fresh)}\nCode {fresh}, good until {until:%H:%M}."
    )


def pairing_link(address: str, code: str) -> str:
    """The code stands in the fragment, which no server and no log ever sees."""
    return f"{address.rstrip('/')}/tablet/#{code}"
