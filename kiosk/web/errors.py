"""Every refusal and fault becomes an answer in one place: a page, or RFC 9457 problem JSON."""

import json
from datetime import datetime
from http import HTTPStatus
from math import ceil

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from kiosk.domain.errors import DomainError
from kiosk.web.clock import now
from kiosk.web.refusals import REFUSALS, kind_of_status
from kiosk.web.storage import kind_of_storage_error

MACHINE_PATHS = frozenset(
    {"/tablet/sync", "/tablet/desk", "/tablet/pair", "/tablet/unpairing"}
)
# Those of them that a page without scripts sends its form to.
FORM_PATHS = frozenset({"/tablet/pair", "/tablet/unpairing"})
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
RETRY_AFTER = {"storage_busy": 5, "storage_full": 60}


class WrongType(DomainError):
    """The content is of another type than the endpoint takes."""

    kind = "wrong_type"


class Insecure(DomainError):
    """Passwords and codes go over https, or stay on this very machine."""

    kind = "insecure"


def init_app(app: Flask) -> None:
    """Answer for expected refusals, for HTTP errors and for a store that cannot serve."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _storage_error)
    app.register_error_handler(PoolTimeout, _storage_error)


def wants_json() -> bool:
    """Whether a program asks: one of the tablet's own addresses, or JSON before HTML."""
    by_form = request.path in FORM_PATHS and request.mimetype in FORM_TYPES
    if request.path in MACHINE_PATHS and not by_form:
        return True
    accepted = request.accept_mimetypes
    best = max(accepted["application/json"], accepted["application/problem+json"])
    return best > accepted["text/html"]


def answer(
    kind: str,
    *,
    status: int | None = None,
    detail: str | None = None,
    until: datetime | None = None,
) -> Response:
    """The page or problem document of a kind; ``until`` is when to come back."""
    refusal = REFUSALS.get(kind, REFUSALS["refused"])
    status = status or refusal.status
    words = {"title": str(refusal.title), "detail": detail or str(refusal.detail)}
    if wants_json():
        response = _problem(kind, status, words["detail"])
    else:
        template = "errors/tablet.html" if _at_a_tablet() else "errors/page.html"
        body = render_template(template, kind=kind, status=status, until=until, **words)
        response = make_response(body, status)
    if until or kind in RETRY_AFTER:
        response.headers["Retry-After"] = str(_seconds(until) or RETRY_AFTER[kind])
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Cookie realm="kiosk"'
    return response


def _problem(kind: str, status: int, detail: str) -> Response:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "kind": kind,
    }
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, content_type="application/problem+json")


def _at_a_tablet() -> bool:
    return request.path.startswith("/tablet/")


def _seconds(until: datetime | None) -> int:
    return max(1, ceil((until - now()).total_seconds())) if until else 0


def _domain_error(error: DomainError) -> Response:
    detail = getattr(error, "detail", None) if wants_json() else None
    return answer(error.kind, detail=detail, until=getattr(error, "until", None))


def _http_error(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    kind = "csrf" if isinstance(error, CSRFError) else kind_of_status(status)
    response = answer(kind, status=status)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _storage_error(error: DBAPIError | PoolTimeout) -> Response:
    """A store that is busy or full is a reason to wait; any other fault of it is ours."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    kind = kind_of_storage_error(cause) if cause else "storage_busy"
    if kind is None:
        raise error
    return answer(kind)
