"""The routes of remarks: reasons and comments about a unit, or about all units granted."""

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from kiosk.db import reports_session
from kiosk.web.clock import today
from reports.asked import asked_place, asked_posting, asked_scope, asked_view
from reports.exports.answers import file_of
from reports.forms import LONGEST, SearchForm
from reports.pages.officer_remarks import officer_remarks_page
from reports.pages.remarks import Asked, remarks_page
from reports.words import PageWords


def add_routes(blueprint: Blueprint) -> None:
    """Add the page, as a page and as a file."""
    for rule in ("/remarks", "/units/<int:unit_id>/remarks"):
        blueprint.add_url_rule(rule, "remarks", remarks)
        blueprint.add_url_rule(f"{rule}.<form>", "remarks", remarks)
    rule = "/officers/<int:officer_id>/remarks"
    blueprint.add_url_rule(rule, "officer_remarks", officer_remarks)
    blueprint.add_url_rule(f"{rule}.<form>", "officer_remarks", officer_remarks)


def remarks(unit_id: int | None = None, form: str = "") -> Response | str:
    """Reasons as counts, and comments that `?q=` may search and `?page=` turns."""
    words = PageWords()
    with reports_session() as session:
        at = asked_place(session, unit_id)
        page = remarks_page(
            session,
            scope=at.scope,
            unit=at.unit,
            view=at.view,
            asked=_asked(),
            words=words,
        )
    if form:
        title = _("Remarks: %(name)s", name=at.name)
        return file_of(page, form, title=title, tables=[page.listing], words=words)
    search = SearchForm(page.asked.search, page.view.query)
    return render_template(
        "reports/remarks.html", page=page, form=search, today=today()
    )


def officer_remarks(officer_id: int, form: str = "") -> Response | str:
    """Reasons as counts about an officer in one unit; comments are never beside a name."""
    words = PageWords()
    with reports_session() as session:
        scope = asked_scope(session)
        _postings, posting = asked_posting(session, scope, officer_id)
        at = scope.unit(posting.unit_id)
        page = officer_remarks_page(
            session,
            posting=posting,
            unit=at,
            view=asked_view(session, scope, at, unit=at.id),
            words=words,
        )
    if form:
        name = f"{posting.name} · {page.unit.name}"
        title = _("Remarks: %(name)s", name=name)
        return file_of(page, form, title=title, tables=[], words=words)
    return render_template("reports/officer_remarks.html", page=page, today=today())


def _asked() -> Asked:
    """Words and page number; a number that means nothing is the first page."""
    search = " ".join(request.args.get("q", "").replace("\0", "").split())[:LONGEST]
    number = request.args.get("page", "1")
    sound = number.isascii() and number.isdigit() and len(number) < 7
    return Asked(search, max(1, int(number)) if sound else 1)
