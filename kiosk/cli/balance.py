"""``flask kiosk balance``: shows that nothing was lost, or where."""

from collections.abc import Mapping

import click
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.domain import areas, chain
from kiosk.domain.balance import Line, receipts_balance
from kiosk.domain.balance import balance as account_of
from kiosk.domain.units import areas as area_ids
from kiosk.domain.units import unit_names
from kiosk.web import clock, current
from kiosk.web.setup import require_store

COLUMNS = "received released waiting quarantined never_published difference".split()
HEADINGS = ("received", "released", "waiting", "kept apart", "never publ.", "missing")
BREAKS = {
    "link": "a run is missing before the one of {day}",
    "rows": "what the run of {day} released is not what stands there now",
    "k": "the run of {day} has a lower k than the one before",
    "no_run": "rows say that they were released on {day}, when nothing ran",
}


@click.command("balance")
@click.option(
    "--deep", is_flag=True, help="Also compute the chains anew, and open what waits."
)
@click.pass_context
def balance(context: click.Context, deep: bool) -> None:
    """Compare what was received with what is released, waiting, kept apart or never published.

    Two books are kept independently; where they do not agree, the line ends with what is missing
    and the command exits with 1. So it does where a chain breaks: a released figure was changed.
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
    broken = _broken(session, names) if deep else []
    for found in broken:
        click.echo(found)
    if deep and not broken:
        click.echo("The chains hold.")
    context.exit(1 if faulty or broken else 0)


def _broken(session: Session, names: Mapping[int, str]) -> list[str]:
    """A line for each unit whose released figures are not those that its runs wrote."""
    broken = {each: chain.verify(session, each) for each in names}
    lines = [
        f"{names[unit_id]}: {BREAKS[found.reason].format(day=found.day)}."
        for unit_id, found in broken.items()
        if found
    ]
    summed = area_ids(session, day=clock.today())
    altered = {each: areas.altered(session, each) for each in summed}
    return lines + [
        f"{names[area_id]}: its sums since {began[0]} are not its units'."
        for area_id, began in altered.items()
        if began
    ]


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
