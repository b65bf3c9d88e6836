"""What a request asks for: whose figures it may see, and which period as of which day.

Whatever the address leaves out is answered with the whole one, so that every page can be kept.
"""

from collections.abc import Callable, Sequence
from datetime import date

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session

from kiosk.web import current
from kiosk.web.clock import today
from reports import queries
from reports.filters import ReportFilter, completed, parsed
from reports.scopes import Scope, scope_of


def asked_scope(session: Session) -> Scope:
    """What the account may see today."""
    return scope_of(session, current.account(), today=today())


def asked_view(session: Session, units: Sequence[int], **more: int) -> ReportFilter:
    """What the address asks for; if it leaves anything out, sends the reader to the whole one."""
    view = parsed(request.args, today=today())
    if view is None or not request.args.keys() >= more.keys():
        whole = completed(request.args, today=today(), latest=_latest(session, units))
        # Nothing else of the address: url_for would take "endpoint" or "_method" for its own.
        given = {**(request.view_args or {}), **more, **whole.query}
        given["lang"] = request.args.get("lang")
        abort(redirect(url_for(str(request.endpoint), **given)))
    return view


def _latest(
    session: Session, units: Sequence[int]
) -> Callable[[date, date], date | None]:
    return lambda until, as_of: queries.latest_day(
        session, units, until=until, as_of=as_of
    )
