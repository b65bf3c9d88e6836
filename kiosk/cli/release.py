"""``flask kiosk release``: the daily release, for a timer or by hand."""

import click

from kiosk.cli.group import Refusal
from kiosk.db import writing_session
from kiosk.domain.release import UnitRun, run_release
from kiosk.domain.units import unit_names
from kiosk.web import clock, current
from kiosk.web.setup import require_store


@click.command("release")
@click.option("--quiet", is_flag=True, help="Say nothing unless something fails.")
def release(quiet: bool) -> None:
    """Publish in blocks what waited since before today, and forget the single ratings.

    To be run once a day by a timer, at 06:00 or whenever suits. Safe to run again and at the same
    time twice: a unit has one run a day. Without a timer the application does it by itself.
    """
    require_store()
    with writing_session() as session:
        names = unit_names(session, day=clock.today())

    def tell(unit_id: int, run: UnitRun | None) -> None:
        if not quiet:
            click.echo(f"{names.get(unit_id, unit_id)}: {_told(run)}")

    outcome = run_release(
        writing_session,
        ring=current.key_ring(),
        k=current.settings().k,
        now=clock.now(),
        landmark=current.landmark(),
        on_unit=tell,
    )
    if not outcome.runs and not outcome.failed and not quiet:
        click.echo("Nothing was due: every unit has its run of today.")
    if outcome.failed:
        failed = ", ".join(str(names.get(unit, unit)) for unit in outcome.failed)
        raise Refusal(
            f"The release failed for: {failed}. The log says why; run it again."
        )


def _told(run: UnitRun | None) -> str:
    """What a run did, in words; the answers themselves are nobody's business here."""
    if run is None:
        return "no run"
    counted = sum(run.counted.values())
    unreadable = f", {run.unreadable} cannot be opened" if run.unreadable else ""
    return f"{counted} counted, chain {run.chain.hex()[:12]}{unreadable}"
