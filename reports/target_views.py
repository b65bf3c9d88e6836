"""The routes of targets: of a unit, or of all units granted."""

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from kiosk.db import reports_session
from kiosk.web.clock import today
from reports.asked import asked_scope, asked_view
from reports.exports.answers import file_of
from reports.pages.targets import targets_page
from reports.words import PageWords


def add_routes(blueprint: Blueprint) -> None:
    """Add the page, as a page and as a file."""
    for rule in ("/targets", "/units/<int:unit_id>/targets"):
        blueprint.add_url_rule(rule, "targets", targets)
        blueprint.add_url_rule(f"{rule}.<form>", "targets", targets)


def targets(unit_id: int | None = None, form: str = "") -> Response | str:
    """What was promised, and what became of it."""
    words = PageWords()
    with reports_session() as session:
        scope = asked_scope(session)
        unit = None if unit_id is None else scope.unit(unit_id)
        units = list(scope.units) if unit is None else scope.under(unit.id)
        view = asked_view(session, units)
        page = targets_page(session, scope=scope, unit=unit, view=view, words=words)
    if form:
        name = unit.name if unit else _("Units granted")
        title = _("Targets: %(name)s", name=name)
        return file_of(page, form, title=title, tables=[page.listing], words=words)
    return render_template("reports/targets.html", page=page, today=today())
