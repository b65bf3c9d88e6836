"""The fleet: all tablets and how they stand, the backups, and what lies kept apart.

The address says what is shown and in which order, so that it works without scripts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from kiosk.admin import words
from kiosk.admin.forms import ALL, FleetForm
from kiosk.db import db
from kiosk.domain import backups, fleet, quarantine
from kiosk.domain.backups import Forgettable, Kept
from kiosk.domain.fleet import Order
from kiosk.domain.units import unit_names
from kiosk.web import clock

STATES = ("attention", *fleet.TROUBLES, "retired")
STALE = timedelta(days=2)  # a backup is made once a day


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a unit, a state, an order; none of them means all, by unit."""

    unit: int | None
    state: str
    order: Order


@dataclass(frozen=True)
class Backups:
    """What of the tablets' ratings outlives the server; ``stale`` if nobody backs up any more."""

    kept: Kept
    tablets: Forgettable
    stale: bool


def add_routes(blueprint: Blueprint) -> None:
    """Add the page to the console."""
    blueprint.add_url_rule("/tablets", "tablets", list_tablets)


def list_tablets() -> str:
    """Every place, or those of ``?unit=`` and ``?state=``, by ``?sort=``."""
    session, now = db.session(), clock.now()
    names = unit_names(session, day=clock.today())
    every = fleet.members(session, now=now)
    units = {
        key: names[key] for key in names if any(m.place.unit_id == key for m in every)
    }
    asked = _asked(units)
    here = [m for m in every if asked.unit in (None, m.place.unit_id)]
    chosen = [m for m in here if fleet.in_state(m, asked.state)]
    return render_template(
        "admin/tablets.html",
        members=fleet.sort(chosen, asked.order),
        counts=fleet.states(here),
        states=STATES,
        asked=asked,
        names=names,
        form=_form(units, asked) if every else None,
        backups=_backups(session, now),
        apart=_apart(session, asked.unit, names),
        words=words,
    )


def _asked(units: dict[int, str]) -> Asked:
    unit, state = request.args.get("unit", type=int), request.args.get("state", "")
    wanted = request.args.get("sort", "")
    order: Order = next((o for o in fleet.ORDERS if o == wanted), "unit")
    return Asked(
        unit=unit if unit in units else None,
        state=state if state in STATES else "",
        order=order,
    )


def _form(units: dict[int, str], asked: Asked) -> FleetForm:
    choices = {ALL: _("All units")} | {str(key): name for key, name in units.items()}
    return FleetForm(choices, unit=asked.unit, state=asked.state, order=asked.order)


def _backups(session: Session, now: datetime) -> Backups:
    kept = backups.kept(session)
    stale = kept.newest is None or kept.newest < now - STALE
    return Backups(kept, backups.forgettable(session), stale)


def _apart(
    session: Session, unit_id: int | None, names: dict[int, str]
) -> Sequence[tuple[str, list[tuple[str, str, int]]]]:
    """By unit: why, in words and as the stable word, and how many."""
    return [
        (
            names.get(unit, str(unit)),
            [(words.reason(word), word, count) for word, count in reasons.items()],
        )
        for unit, reasons in quarantine.reasons_by_unit(session).items()
        if unit_id in (None, unit)
    ]
