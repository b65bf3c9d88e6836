"""Where to go after signing in: the page that was asked for, if it is ours and open to the role."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from kiosk.domain.access import HOMES, Role, callers_of


def destination(wanted: str | None, role: Role) -> str:
    """The wanted address within this house, else the home of the role."""
    if wanted and _is_local(wanted) and role in _callers(wanted):
        return wanted
    return url_for(HOMES[role])


def _is_local(address: str) -> bool:
    """A path on this host, by the strictest reading that any browser has of it."""
    if not address.startswith("/") or "\\" in address or not address.isprintable():
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and not address.startswith("//")


def _callers(address: str) -> frozenset[str]:
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return frozenset()
    try:
        endpoint, _ = adapter.match(urlsplit(address).path, method="GET")
    except HTTPException:
        return frozenset()
    return frozenset(callers_of(endpoint))
