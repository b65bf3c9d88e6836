"""The route of seats: who sat where in a unit, as its tablets said it."""

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from kiosk.db import reports_session
from reports.asked import asked_place
from reports.exports.answers import file_of
from reports.pages.seats import seats_page
from reports.words import PageWords


def add_routes(blueprint: Blueprint) -> None:
    """Add the page, as a page and as a file."""
    rule = "/units/<int:unit_id>/seats"
    blueprint.add_url_rule(rule, "seats", seats)
    blueprint.add_url_rule(f"{rule}.<form>", "seats", seats)


def seats(unit_id: int, form: str = "") -> Response | str:
    """What was said on the unit's tablets, with when and where from."""
    words = PageWords()
    with reports_session() as session:
        at = asked_place(session, unit_id)
        unit = at.scope.unit(unit_id)
        page = seats_page(session, unit=unit, view=at.view, words=words)
    if form:
        title = _("Seats: %(name)s", name=unit.name)
        return file_of(page, form, title=title, tables=[page.listing], words=words)
    return render_template("reports/seats.html", page=page)
