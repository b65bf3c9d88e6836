"""``flask kiosk balance``: shows that nothing was lost, or where."""

import click

from kiosk.db import db
from kiosk.domain.balance import Line, receipts_balance
from kiosk.domain.balance import balance as account_of
from kiosk.domain.units import unit_names
from kiosk.web import clock, current
from kiosk.web.setup import require_store

COLUMNS = "received released waiting quarantined never_published difference".split()
HEADINGS = ("received", "released", "waiting", "kept apart", "never publ.", "missing")


@click.command("balance")
@click.option("--deep", is_flag=True, help="Also try to open everything that waits.")
@click.pass_context
def balance(context: click.Context, deep: bool) -> None:
    """Compare what was received with what is released, waiting, kept apart or never published.

    Two books are kept independently; where they do not agree, the line ends with what is missing
    and the command exits with 1.
    """
    require_store()
    session, ring = db.session(), current.key_ring() if deep else None
    names = unit_names(session, day=clock.today())
    lines = account_of(session, ring=ring)
    receipts = [line for line in receipts_balance(session) if line.difference]
    click.echo(f"{'':<32}{'':<12}" + "".join(f"{word:>13}" for word in HEADINGS))
    for line in [*lines, *_totals(lines)]:
        figures = [getattr(line, column) for column in COLUMNS]
        name = names.get(line.unit_id, "all units")
        unread = f"  {line.unreadable} cannot be opened" if line.unreadable else ""
        click.echo(f"{name:<32}{line.kind:<12}{_row(figures)}{unread}")
    for each in receipts:
        name = names.get(each.unit_id, str(each.unit_id))
        click.echo(
            f"{name}: {each.receipts} receipts for {each.items} items and "
            f"{each.quarantined} kept apart"
        )
    faulty = receipts or any(line.difference or line.unreadable for line in lines)
    click.echo("The balance does not close." if faulty else "The balance closes.")
    context.exit(1 if faulty else 0)


def _row(figures: list[int]) -> str:
    return "".join(f"{figure:>13,}" for figure in figures)


def _totals(lines: list[Line]) -> list[Line]:
    """The sum over all units, by kind."""
    return [
        Line(
            unit_id=0,
            kind=kind,
            received=sum(line.received for line in lines if line.kind == kind),
            released=sum(line.released for line in lines if line.kind == kind),
            waiting=sum(line.waiting for line in lines if line.kind == kind),
            quarantined=sum(line.quarantined for line in lines if line.kind == kind),
            never_published=sum(
                line.never_published for line in lines if line.kind == kind
            ),
            unreadable=sum(line.unreadable for line in lines if line.kind == kind),
        )
        for kind in dict.fromkeys(line.kind for line in lines)
    ]
