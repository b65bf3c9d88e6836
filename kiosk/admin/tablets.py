"""One place for a tablet: adding it, pairing its device, and taking either away."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.admin import words
from kiosk.admin.forms import ConfirmForm, PlaceForm, UnitForm
from kiosk.admin.qr import qr_of
from kiosk.db import db, writing
from kiosk.domain import fleet, pairing, tablets
from kiosk.domain.tablets import LabelTaken
from kiosk.domain.units import desk_names, unit_names
from kiosk.web import clock, current

DONE = frozenset({"added", "revoked", "retired", "returned"})
Page = Response | str | tuple[str, int]


def add_routes(blueprint: Blueprint) -> None:
    """Add this register's pages to the console."""
    both, post = ("GET", "POST"), ("POST",)
    one = "/tablets/<int:tablet_id>"
    add = blueprint.add_url_rule
    add("/tablets/new", "new_tablet", new_tablet, methods=both)
    add(one, "tablet", tablet)
    add(f"{one}/code", "new_code", new_code, methods=post)
    add(f"{one}/revocation", "revocation", revocation, methods=both)
    add(f"{one}/retirement", "retirement", retirement, methods=both)
    add(f"{one}/return", "return_to_service", return_to_service, methods=post)


def new_tablet() -> Page:
    """First the unit, then the place at its desk."""
    session = db.session()
    units = desk_names(session, day=clock.today())
    unit_id = request.args.get("unit", type=int)
    if unit_id not in units:
        form = UnitForm({str(key): name for key, name in units.items()})
        return render_template("admin/choose_unit.html", form=form)
    place_form = PlaceForm(tablets.counters_of(session, unit_id=unit_id))
    session.rollback()
    if place_form.sent():
        added = _add(place_form, unit_id)
        if added:
            return redirect(url_for("admin.tablet", tablet_id=added, done="added"), 303)
    page = render_template(
        "admin/new_tablet.html", form=place_form, unit=units[unit_id], unit_id=unit_id
    )
    return (page, 400) if place_form.errors else page


def tablet(tablet_id: int) -> str:
    """One place: what is known of it and what can be done with it."""
    done = request.args.get("done")
    return _page("admin/tablet.html", tablet_id, done=done if done in DONE else None)


def new_code(tablet_id: int) -> str:
    """A code, shown this once."""
    session, now = db.session(), clock.now()
    writing(session)
    code = tablets.make_code(
        session, tablet_id=tablet_id, by=current.account().id, now=now
    )
    session.commit()
    # In the fragment, which no server and no log ever sees.
    link = url_for("citizen.shell", _external=True, _anchor=code)
    until = now + pairing.CODE_LIFE
    return _page(
        "admin/code.html", tablet_id, code=code, link=link, qr=qr_of(link), until=until
    )


def revocation(tablet_id: int) -> Page:
    """Ask, then refuse the device."""
    if not ConfirmForm().sent():
        return _page("admin/revocation.html", tablet_id)
    session = db.session()
    writing(session)
    tablets.revoke(
        session, tablet_id=tablet_id, by=current.account().id, now=clock.now()
    )
    session.commit()
    return _done(tablet_id, "revoked")


def retirement(tablet_id: int) -> Page:
    """Ask, then take the place out of service."""
    if not ConfirmForm().sent():
        return _page("admin/retirement.html", tablet_id)
    session = db.session()
    writing(session)
    tablets.retire(
        session, tablet_id=tablet_id, by=current.account().id, now=clock.now()
    )
    session.commit()
    return _done(tablet_id, "retired")


def return_to_service(tablet_id: int) -> Response:
    """Undo a retirement."""
    session = db.session()
    writing(session)
    tablets.return_to_service(
        session, tablet_id=tablet_id, by=current.account().id, now=clock.now()
    )
    session.commit()
    return _done(tablet_id, "returned")


def _add(form: PlaceForm, unit_id: int) -> int | None:
    session = db.session()
    writing(session)
    try:
        added = tablets.add_place(
            session,
            unit_id=unit_id,
            label=" ".join((form.label.data or "").split()),
            counter_ids=form.counters.data or (),
            by=current.account().id,
            now=clock.now(),
        )
    except LabelTaken:
        form.label.errors = [_("This unit already has a place of that name.")]
        return None
    session.commit()
    return added


def _page(template: str, tablet_id: int, **context: object) -> str:
    session = db.session()
    member = fleet.member(session, tablet_id=tablet_id, now=clock.now())
    names = unit_names(session, day=clock.today())
    return render_template(
        template,
        member=member,
        place=member.place,
        unit=names.get(member.place.unit_id, ""),
        confirm=ConfirmForm(),
        words=words,
        **context,
    )


def _done(tablet_id: int, done: str) -> Response:
    return redirect(url_for("admin.tablet", tablet_id=tablet_id, done=done), 303)
