"""The routes of the dossier: the page to print, and the document to edit."""

from flask import Blueprint, Response, render_template

from kiosk.db import reports_session
from kiosk.domain.errors import NotFound
from kiosk.web import current
from kiosk.web.clock import today
from reports.asked import asked_scope, asked_view
from reports.exports.answers import dossier_file
from reports.pages.dossier import Asked, dossier
from reports.words import PageWords


def add_routes(blueprint: Blueprint) -> None:
    """Add the dossier of a unit, and of all units granted."""
    for rule in ("/dossier", "/units/<int:unit_id>/dossier"):
        blueprint.add_url_rule(rule, "dossier", paper)
        blueprint.add_url_rule(f"{rule}.<form>", "dossier", paper)


def paper(unit_id: int | None = None, form: str = "") -> Response | str:
    """The dossier of a unit, or of all units granted."""
    if form not in ("", "docx"):
        raise NotFound(form)
    words = PageWords()
    with reports_session() as session:
        scope = asked_scope(session)
        unit = None if unit_id is None else scope.unit(unit_id)
        units = list(scope.units) if unit is None else scope.under(unit.id)
        view = asked_view(session, units)
        asked = Asked(current.account(), scope, unit, view, today())
        page = dossier(session, asked, words)
    if form:
        return dossier_file(page, words)
    return render_template("reports/dossier.html", page=page)
