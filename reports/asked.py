"""What a request asks for: whose figures it may see, and which period as of which day.

Whatever the address leaves out is answered with the whole one, so that every page can be kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from kiosk.domain.errors import NotFound
from kiosk.web import current
from kiosk.web.clock import today
from reports.filters import Map, ReportFilter, completed, parsed
from reports.group_queries import latest_day, listed
from reports.scopes import PostedOfficer, Scope, UnitFacts, postings_of, scope_of


@dataclass(frozen=True)
class Place:
    """Of what a page is, and how it is looked at; `unit` is none for all units granted."""

    scope: Scope
    unit: UnitFacts | None
    view: ReportFilter

    @property
    def name(self) -> str:
        """As it stands above the page."""
        return self.unit.name if self.unit else _("Units granted")


def asked_place(session: Session, unit_id: int | None) -> Place:
    """The unit that the address names, or all units granted, in the view that it asks for."""
    scope = asked_scope(session)
    unit = None if unit_id is None else scope.unit(unit_id)
    return Place(scope, unit, asked_view(session, scope, unit))


def asked_scope(session: Session) -> Scope:
    """What the account may see today, by the map that the address asks for."""
    view = parsed(request.args, today=today())
    then = None
    if view and view.map is Map.THEN:
        then = view.period.first, view.map_day(today())
    return scope_of(session, current.account(), today=today(), then=then)


def asked_view(
    session: Session, scope: Scope, at: UnitFacts | None, /, **more: int | str
) -> ReportFilter:
    """What the address asks for; if it leaves anything out, sends the reader to the whole one."""
    view = parsed(request.args, today=today())
    if view is None or not request.args.keys() >= more.keys():
        latest = _latest(session, scope, at)
        whole = completed(request.args, today=today(), latest=latest)
        # Nothing else of the address: url_for would take "endpoint" or "_method" for its own.
        given = {**(request.view_args or {}), **more, **whole.query}
        given["lang"] = request.args.get("lang")
        abort(redirect(url_for(str(request.endpoint), **given)))
    return view


def _latest(
    session: Session, scope: Scope, unit: UnitFacts | None
) -> Callable[[date, date], date | None]:
    def latest(until: date, as_of: date) -> date | None:
        found = listed(session, scope.groups(unit), as_of=as_of)
        return latest_day(session, found, until=until)

    return latest


def asked_posting(
    session: Session, scope: Scope, officer_id: int
) -> tuple[Sequence[PostedOfficer], PostedOfficer]:
    """An officer's postings that may be seen, and the one in the unit that the address names.

    The last one where it names none; NotFound where there is no such posting.
    """
    every = postings_of(session, officer_id)
    seen = scope.those(each.unit_id for each in every)
    postings = [each for each in every if each.unit_id in seen]
    unit = request.args.get("unit")
    found = [each for each in postings if unit is None or str(each.unit_id) == unit]
    if not found:
        raise NotFound(officer_id)
    return postings, found[-1]
