"""The route of comparisons: two units in one period, or one unit in two periods."""

from dataclasses import replace

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from kiosk.db import reports_session
from kiosk.domain.errors import NotFound
from kiosk.web.clock import today
from reports.asked import asked_scope, asked_view
from reports.exports.answers import file_of
from reports.filters import ReportFilter, read_against
from reports.forms import ComparisonForm
from reports.group_queries import listed
from reports.pages.choices import ChoicePage, choices_of
from reports.pages.comparison import comparison_page
from reports.pages.frame import foot_of_listed, periods_of
from reports.scopes import Scope, UnitFacts
from reports.words import PageWords


def add_routes(blueprint: Blueprint) -> None:
    """Add the page, as a page and as a file."""
    for rule in ("/compare", "/compare.<form>"):
        blueprint.add_url_rule(rule, "comparison", comparison)


def comparison(form: str = "") -> Response | str:
    """`?unit=` against `?with=`, another unit or another period; without them, a choice."""
    words = PageWords()
    with reports_session() as session:
        scope = asked_scope(session)
        unit = _unit(scope)
        view = _view(session, scope, unit)
        problem = _problem(scope, unit, view)
        if unit is None or problem:
            if form:
                raise NotFound(form)
            return _choice(session, scope, unit, view, problem)
        page = comparison_page(session, scope=scope, unit=unit, view=view, words=words)
        choice = None if form else _form(scope, unit, view)
    if form:
        title = _(
            "Comparison: %(first)s – %(second)s",
            first=page.names[0],
            second=page.names[1],
        )
        return file_of(page, form, title=title, tables=[page.listing], words=words)
    return render_template(
        "reports/comparison.html",
        page=page,
        form=choice,
        today=today(),
    )


def _unit(scope: Scope) -> UnitFacts | None:
    text = request.args.get("unit")
    if text is None:
        return None
    if not text.isdecimal():
        raise NotFound(text)
    return scope.unit(int(text))


def _view(session: Session, scope: Scope, unit: UnitFacts | None) -> ReportFilter:
    """The whole view; an address without a second side is sent to the period before."""
    if unit is None:
        return asked_view(session, scope, None)
    given = request.args.get("with")
    more: dict[str, int | str] = {"unit": unit.id}
    view = asked_view(
        session,
        scope,
        unit,
        **(more if given is None else more | {"with": given}),
    )
    if given is None:
        whole = {**(request.view_args or {}), **more, **view.with_before.query}
        abort(redirect(url_for("reports.comparison", **whole)))
    view = replace(view, against=read_against(given, view.period))
    if isinstance(view.against, int):
        scope.unit(view.against)
    return view


def _problem(scope: Scope, unit: UnitFacts | None, view: ReportFilter) -> str:
    """Why the two cannot be compared: they have ratings in common."""
    if unit is None or not isinstance(view.against, int):
        return ""
    if set(scope.under(unit.id)).isdisjoint(scope.under(view.against)):
        return ""
    return _("Please choose two units of which neither is a part of the other.")


def _choice(
    session: Session,
    scope: Scope,
    unit: UnitFacts | None,
    view: ReportFilter,
    problem: str,
) -> str:
    found = listed(session, scope.groups(None), as_of=view.as_of)
    invitation = _("Choose two units in one period, or one unit in two periods.")
    page = ChoicePage(
        unit=unit,
        view=view,
        periods=periods_of(view, PageWords()),
        sentences=[problem or invitation],
        foot=foot_of_listed(session, found, view),
    )
    return render_template(
        "reports/comparison.html",
        page=page,
        form=_form(scope, unit, view),
        today=today(),
    )


def _form(scope: Scope, unit: UnitFacts | None, view: ReportFilter) -> ComparisonForm:
    found = choices_of(scope, unit, view, PageWords())
    if unit is None:
        query = view.query | {"with": found.second}
        return ComparisonForm(found.units, found.others, None, query)
    return ComparisonForm(found.units, found.others, unit.id, view.query)
