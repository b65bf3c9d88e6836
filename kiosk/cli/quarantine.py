"""``flask kiosk quarantine``: what lies kept apart, and judging it again by today's rules."""

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from kiosk.db import db, writing
from kiosk.domain import quarantine as apart
from kiosk.domain.quarantine import Replayed
from kiosk.domain.units import unit_names
from kiosk.web import clock, current
from kiosk.web.setup import require_store

quarantine = AppGroup(
    "quarantine",
    help="See what was kept apart, and judge it again; never what it says.",
)


@quarantine.command("list")
def list_quarantine() -> None:
    """List how many items lie kept apart, by unit, reason and day of arrival.

    What is good now is taken in by `quarantine replay`. The items themselves are shown to nobody.
    """
    require_store()
    session = db.session()
    groups = apart.groups(session)
    if not groups:
        click.echo("Nothing was ever kept apart.")
        return
    names = unit_names(session, day=clock.today())
    click.echo(f"{'':<32}{'reason':<28}{'day':<12}{'kept apart':>12}{'replayed':>12}")
    for each in groups:
        name = names.get(each.unit_id, str(each.unit_id))
        figures = f"{each.count:>12,}{each.replayed:>12,}"
        click.echo(f"{name:<32}{each.reason:<28}{each.day:%d/%m/%Y}  {figures}")


@quarantine.command("replay")
@click.option("--reason", help="Only what was kept apart for this reason of the list.")
def replay(reason: str | None) -> None:
    """Judge again what lies kept apart, by the rules and the register of today.

    What is good now waits for its release as if it had come so, and its bytes are erased. The
    rest stays. Safe to repeat.
    """
    require_store()
    session = db.session()
    names = unit_names(session, day=clock.today())
    reasons = apart.reasons_by_unit(session)
    session.rollback()
    units = [u for u, of in sorted(reasons.items()) if reason is None or reason in of]
    if not units:
        click.echo("Nothing lies kept apart" + (f" for {reason}." if reason else "."))
    for unit_id in units:
        told = _replay(session, unit_id, reason)
        click.echo(f"{names.get(unit_id, str(unit_id))}: {_told(told)}")


def _replay(session: Session, unit_id: int, reason: str | None) -> Replayed:
    writing(session)
    told = apart.replay_unit(
        session,
        ring=current.key_ring(),
        unit_id=unit_id,
        reason=reason,
        now=clock.now(),
    )
    session.commit()
    return told


def _told(told: Replayed) -> str:
    shut = (
        f", {told.unopened} of them shut to the present keys" if told.unopened else ""
    )
    return f"{told.replayed} taken in, {told.stay} stay apart{shut}"
