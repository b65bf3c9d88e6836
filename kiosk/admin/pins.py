"""The PIN that opens the staff corner on a unit's tablets: set and changed, never shown again."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.admin.forms import PinForm
from kiosk.db import db, writing
from kiosk.domain.errors import NotFound
from kiosk.domain.staff_pins import PinEasy, PinMalformed, hash_pin, pin_set_at, set_pin
from kiosk.domain.units import unit_names
from kiosk.web import clock, current


def add_routes(blueprint: Blueprint) -> None:
    """Add the page to the console."""
    address = "/units/<int:unit_id>/pin"
    blueprint.add_url_rule(address, "staff_pin", staff_pin, methods=("GET", "POST"))


def staff_pin(unit_id: int) -> Response | str | tuple[str, int]:
    """Whether the unit has a PIN, and a new one for it."""
    session, form = db.session(), PinForm()
    unit = unit_names(session, day=clock.today()).get(unit_id)
    if unit is None:
        raise NotFound
    set_at = pin_set_at(session, unit_id=unit_id)
    session.rollback()
    if form.sent() and _set(form, unit_id):
        return redirect(url_for("admin.staff_pin", unit_id=unit_id, done="set"), 303)
    page = render_template(
        "admin/staff_pin.html",
        form=form,
        unit=unit,
        unit_id=unit_id,
        set_at=set_at,
        done=request.args.get("done") == "set",
    )
    return (page, 400) if form.errors else page


def _set(form: PinForm, unit_id: int) -> bool:
    try:
        pin = hash_pin((form.pin.data or "").strip())
    except PinMalformed:
        form.pin.errors = [_("Please use 6 to 12 digits and nothing else.")]
        return False
    except PinEasy:
        form.pin.errors = [_("Everybody would try this one first. Please mix digits.")]
        return False
    session = db.session()
    writing(session)
    by = current.account().id
    set_pin(session, unit_id=unit_id, pin=pin, by=by, now=clock.now())
    session.commit()
    return True
