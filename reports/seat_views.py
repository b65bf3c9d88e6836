"""The route of seats: who sat where in a unit, as its tablets said it."""

from flask import Blueprint, render_template

from kiosk.db import reports_session
from reports.asked import asked_scope, asked_view
from reports.pages.seats import seats_page
from reports.words import PageWords


def add_routes(blueprint: Blueprint) -> None:
    """Add the page."""
    blueprint.add_url_rule("/units/<int:unit_id>/seats", "seats", seats)


def seats(unit_id: int) -> str:
    """What was said on the unit's tablets, with when and where from."""
    with reports_session() as session:
        unit = asked_scope(session).unit(unit_id)
        view = asked_view(session, [unit_id])
        page = seats_page(session, unit=unit, view=view, words=PageWords())
    return render_template("reports/seats.html", page=page)
