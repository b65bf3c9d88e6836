"""``flask kiosk load``: brings the store up to a register of CSV files."""

from pathlib import Path

import click

from kiosk.db import db, writing
from kiosk.domain.register import load_register, read_register
from kiosk.web import clock
from kiosk.web.setup import require_store


@click.command("load")
@click.argument(
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def load(folder: Path) -> None:
    """Load a register of CSV files from DIR: all of it, or nothing.

    \b
    units.csv          code, kind, name, parent_code, first_day, last_day, continues
    successions.csv    predecessor_code, successor_code, day, in_part
    officers.csv       code, name, photo (a file in DIR/photos)
    postings.csv       officer_code, unit_code, title, first_day, last_day
    counters.csv       unit_code, code, label
    seats.csv          officer_code, unit_code, counter_code, from, to
    tablets.csv        unit_code, label, counter_codes (apart by spaces)
    procedures.csv     code, name, field
    opening_hours.csv  unit_code, weekday, opens, closes, first_day, last_day
    targets.csv        unit_code, indicator, year, value

    Any of the files may be left out. The files are UTF-8 with commas, semicolons or tabs; days
    are 2026-03-02 or 02/03/2026, times 8:00; an empty last_day or to has no end. Names stay as
    they are written, in Vietnamese.

    A code is no key: where it served several units one after the other, it is read on the day of
    its line, or written as code@first_day. Loading again changes what the files say differently,
    never makes anything twice, and leaves alone what they do not name.
    """
    require_store()
    register = read_register(folder)
    session = db.session()
    writing(session)
    changes = load_register(session, register=register, now=clock.now())
    session.commit()
    for file, change in changes.items():
        click.echo(
            f"{file:<18} {change.added} added, {change.changed} changed, "
            f"{change.unchanged} unchanged"
        )
