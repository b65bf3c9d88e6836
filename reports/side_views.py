"""The routes of targets and coverage, beside the answers of a unit or of all units granted."""

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from kiosk.db import reports_session
from kiosk.web.clock import today
from reports.asked import asked_place
from reports.exports.answers import file_of
from reports.pages.coverage import coverage_page
from reports.pages.targets import targets_page
from reports.words import PageWords


def add_routes(blueprint: Blueprint) -> None:
    """Add both pages, as a page and as a file."""
    for name, view in {"targets": targets, "coverage": coverage}.items():
        for rule in (f"/{name}", f"/units/<int:unit_id>/{name}"):
            blueprint.add_url_rule(rule, name, view)
            blueprint.add_url_rule(f"{rule}.<form>", name, view)


def targets(unit_id: int | None = None, form: str = "") -> Response | str:
    """What was promised, and what became of it."""
    words = PageWords()
    with reports_session() as session:
        at = asked_place(session, unit_id)
        page = targets_page(
            session, scope=at.scope, unit=at.unit, view=at.view, words=words
        )
    if form:
        title = _("Targets: %(name)s", name=at.name)
        return file_of(page, form, title=title, tables=[page.listing], words=words)
    return render_template("reports/targets.html", page=page, today=today())


def coverage(unit_id: int | None = None, form: str = "") -> Response | str:
    """Whether the tablets stood open."""
    words = PageWords()
    with reports_session() as session:
        at = asked_place(session, unit_id)
        page = coverage_page(
            session, scope=at.scope, unit=at.unit, view=at.view, words=words
        )
    if form:
        title = _("Coverage: %(name)s", name=at.name)
        return file_of(page, form, title=title, tables=[page.listing], words=words)
    return render_template("reports/coverage.html", page=page, today=today())
