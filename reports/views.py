"""The routes of the reports: what was asked for, in which period, as of which day; a page out.

What an account may not see is not found. An address that leaves out period or as_of is answered
with the whole one, so that every page can be kept and sent.
"""

from collections.abc import Callable

from flask import (
    Blueprint,
    Response,
    redirect,
    render_template,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug import Response as AnyResponse

from kiosk.db import reports_session
from kiosk.web import current
from kiosk.web.clock import today
from kiosk.web.errors import answer
from reports import (
    comparison_views,
    dossier_views,
    remark_views,
    seat_views,
    side_views,
)
from reports.asked import asked_posting, asked_scope, asked_view
from reports.exports.answers import file_of
from reports.filters import ReportFilter, UnreadableFilter
from reports.pages.frame import Foot
from reports.pages.maps import map_sentences
from reports.pages.method import example
from reports.pages.officer import officer_page
from reports.pages.overview import overview_page
from reports.pages.unit import unit_page
from reports.scopes import Scope, UnitFacts
from reports.words import PageWords

blueprint = Blueprint("reports", __name__)
comparison_views.add_routes(blueprint)
dossier_views.add_routes(blueprint)
remark_views.add_routes(blueprint)
seat_views.add_routes(blueprint)
side_views.add_routes(blueprint)


@blueprint.context_processor
def said_of_maps() -> dict[str, Callable[[Foot, ReportFilter], list[str]]]:
    """What every page says of the map of units that it is read by."""
    return {"map_sentences": lambda foot, view: map_sentences(foot, view, PageWords())}


@blueprint.get("/")
def home() -> AnyResponse:
    """The account's own page: its one unit, or all that were granted."""
    granted = current.account().unit_ids
    if len(granted) == 1:
        return redirect(url_for("reports.unit", unit_id=min(granted)))
    return redirect(url_for("reports.overview"))


@blueprint.get("/overview")
@blueprint.get("/overview.<form>")
def overview(form: str = "") -> Response | str:
    """All units granted, as a page or as a file."""
    with reports_session() as session:
        scope = asked_scope(session)
        view = asked_view(session, scope, None)
        return _area(session, scope, None, view, form)


@blueprint.get("/units/<int:unit_id>")
@blueprint.get("/units/<int:unit_id>.<form>")
def unit(unit_id: int, form: str = "") -> Response | str:
    """A ward or office; of an area, the overview of what is below it."""
    words = PageWords()
    with reports_session() as session:
        scope = asked_scope(session)
        found = scope.unit(unit_id)
        view = asked_view(session, scope, found)
        if found.is_area:
            return _area(session, scope, found, view, form)
        page = unit_page(
            session,
            current.account(),
            scope=scope,
            unit=found,
            view=view,
            today=view.map_day(today()),
            words=words,
        )
    if form:
        return file_of(page, form, title=found.name, tables=[page.roster], words=words)
    return render_template("reports/unit.html", page=page, today=today())


@blueprint.get("/officers/<int:officer_id>")
@blueprint.get("/officers/<int:officer_id>.<form>")
def officer(officer_id: int, form: str = "") -> Response | str:
    """An officer in one unit, the one of the last posting where the address names none."""
    words = PageWords()
    with reports_session() as session:
        scope = asked_scope(session)
        postings, posting = asked_posting(session, scope, officer_id)
        at = scope.unit(posting.unit_id)
        view = asked_view(session, scope, at, unit=at.id)
        page = officer_page(
            session,
            postings=postings,
            posting=posting,
            scope=scope,
            view=view,
            words=words,
        )
    if form:
        title = f"{posting.name} · {page.unit.name}"
        return file_of(page, form, title=title, tables=[], words=words)
    return render_template("reports/officer.html", page=page, today=today())


@blueprint.get("/methodology")
def methodology() -> str:
    """How the figures are made, and what they do not hide."""
    return render_template("reports/methodology.html", example=example(PageWords()))


@blueprint.errorhandler(UnreadableFilter)
def unreadable(error: UnreadableFilter) -> Response:
    """Says which part of the address means nothing, and how it is written."""
    told = {
        "period": _(
            "“%(value)s” is no period. A week is written 2026-W47, a month 2026-06, a quarter"
            " 2026-Q2, a year 2026.",
            value=error.value,
        ),
        "as_of": _(
            "“%(value)s” is no day to look back from. It is written 2026-11-23 and may not lie in"
            " the future.",
            value=error.value,
        ),
        "map": _(
            "“%(value)s” is no map of units. There is today's, written today, and that of the time,"
            " written then.",
            value=error.value,
        ),
        "with": _(
            "“%(value)s” is nothing to compare with. Another unit is written unit-12, another"
            " period of the same length 2026-05.",
            value=error.value,
        ),
    }
    return answer("bad_request", detail=told[error.name])


def _area(
    session: Session,
    scope: Scope,
    area: UnitFacts | None,
    view: ReportFilter,
    form: str,
) -> Response | str:
    words = PageWords()
    page = overview_page(session, scope=scope, area=area, view=view, words=words)
    if form:
        title = area.name if area else _("Units granted")
        return file_of(page, form, title=title, tables=[page.listing], words=words)
    return render_template("reports/overview.html", page=page, today=today())
