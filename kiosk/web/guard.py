"""Deny by default: before each view, whether the store stands and the caller may be here.

An address that is no endpoint (404, 405) and static files pass without touching the database.
"""

from flask import Flask, redirect, request, url_for
from werkzeug import Response

from kiosk.db import db, writing
from kiosk.domain.access import HOMES, Caller, callers_of
from kiosk.domain.audit import audit
from kiosk.domain.errors import DomainError, NotAllowed
from kiosk.web import current, forms, setup
from kiosk.web.clock import now

READING = ("GET", "HEAD")


class NotSignedIn(DomainError):
    """The page asks for a role and nobody is signed in, or no longer."""

    kind = "not_signed_in"


def init_app(app: Flask) -> None:
    """Ask before every request; tell the templates who is here and where home is."""
    app.before_request(_guard)
    app.context_processor(
        lambda: {"account": current.account_or_none(), "home": _home()}
    )


def _guard() -> Response | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    setup.require_store()
    callers = callers_of(request.endpoint)
    if "tablet" in callers:
        current.tablet_secret()
    elif "public" not in callers:
        return _ask_for_role(callers)
    forms.protect()
    return None


def _ask_for_role(callers: frozenset[Caller]) -> Response | None:
    account = current.recognise()
    if account is None:
        if request.method in READING:
            return redirect(_sign_in_address(), 303)
        raise NotSignedIn
    if account.role not in callers:
        raise NotAllowed
    forms.protect()
    if request.blueprint == "reports":
        _note_the_look(account.id)
    return None


def _sign_in_address() -> str:
    wanted = request.full_path if request.query_string else request.path
    return url_for("accounts.sign_in", next=wanted)


def _note_the_look(account_id: int) -> None:
    """Who looks at results is written down before they are shown."""
    writing(db.session())
    subject = request.full_path.rstrip("?")
    audit(
        db.session(),
        at=now(),
        account_id=account_id,
        action="report_read",
        subject=subject,
    )
    db.session.commit()


def _home() -> str:
    account = current.account_or_none()
    return url_for(HOMES[account.role]) if account else "/"
