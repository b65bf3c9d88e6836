"""The routes of coverage: the tablets of a unit, or of all units granted."""

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from kiosk.db import reports_session
from kiosk.web.clock import today
from reports.asked import asked_scope, asked_view
from reports.exports.answers import file_of
from reports.pages.coverage import coverage_page
from reports.words import PageWords


def add_routes(blueprint: Blueprint) -> None:
    """Add the page, as a page and as a file."""
    for rule in ("/coverage", "/units/<int:unit_id>/coverage"):
        blueprint.add_url_rule(rule, "coverage", coverage)
        blueprint.add_url_rule(f"{rule}.<form>", "coverage", coverage)


def coverage(unit_id: int | None = None, form: str = "") -> Response | str:
    """Whether the tablets stood open."""
    words = PageWords()
    with reports_session() as session:
        scope = asked_scope(session)
        unit = None if unit_id is None else scope.unit(unit_id)
        units = list(scope.units) if unit is None else scope.under(unit.id)
        view = asked_view(session, units)
        page = coverage_page(session, scope=scope, unit=unit, view=view, words=words)
    if form:
        name = unit.name if unit else _("Units granted")
        title = _("Coverage: %(name)s", name=name)
        return file_of(page, form, title=title, tables=[page.listing], words=words)
    return render_template("reports/coverage.html", page=page, today=today())
