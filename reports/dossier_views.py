"""The routes of the dossier: the page to print, and the document to edit."""

from flask import Blueprint, Response, render_template

from kiosk.db import reports_session
from kiosk.domain.errors import NotFound
from kiosk.web import current
from kiosk.web.clock import today
from reports.asked import asked_place
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
        at = asked_place(session, unit_id)
        asked = Asked(current.account(), at.scope, at.unit, at.view, today())
        page = dossier(session, asked, words)
    if form:
        return dossier_file(page, words)
    return render_template("reports/dossier.html", page=page)
