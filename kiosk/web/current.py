"""What holds during this request: settings, keys, who is signed in, which tablet is calling."""

from typing import cast

from flask import Response, current_app, g, request, session
from sqlalchemy.exc import OperationalError

from kiosk.config import Settings
from kiosk.db import db, writing
from kiosk.domain import pairing, sign_in
from kiosk.domain.access import CurrentAccount
from kiosk.domain.errors import NotSetUp
from kiosk.domain.landmark import Landmark
from kiosk.domain.sealing import KeyRing
from kiosk.web.clock import now

TABLET_COOKIE = "kiosk_tablet"
TABLET_COOKIE_AGE = (
    400 * 24 * 3600
)  # the longest a browser keeps; renewed at each contact
SIGN_IN_KEY = "sign_in"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def settings() -> Settings:
    """The settings this application was made with."""
    return cast(Settings, current_app.extensions["kiosk.settings"])


def key_ring() -> KeyRing:
    """The keys of the closed room, made ready once."""
    ring = current_app.extensions.get("kiosk.key_ring")
    if ring is None:
        keys = settings().room_keys
        if keys is None:
            raise NotSetUp
        ring = current_app.extensions["kiosk.key_ring"] = KeyRing(keys)
    return cast(KeyRing, ring)


def landmark() -> Landmark:
    """The mark beside the store of how far its releases came."""
    return Landmark(settings().landmark_file)


def address() -> str:
    """Where the request came from, past as many proxies as are trusted."""
    return request.remote_addr or "unknown"


def secure_context() -> bool:
    """Whether the browser keeps secrets for this address: https, or this very machine."""
    return request.is_secure or loopback()


def secure_cookies() -> bool:
    """Whether a cookie of this answer must be Secure."""
    return request.is_secure or not loopback()


def loopback() -> bool:
    """Whether the address in the browser is this very machine's."""
    host = (
        request.host if request.host.endswith("]") else request.host.rsplit(":", 1)[0]
    )
    return host in LOOPBACK


def account() -> CurrentAccount:
    """Who is signed in; only behind an endpoint that asks for a role."""
    return cast(CurrentAccount, g.account)


def account_or_none() -> CurrentAccount | None:
    """Who is signed in, as far as this request has looked; asks no database."""
    return cast(CurrentAccount | None, g.get("account"))


def recognise() -> CurrentAccount | None:
    """Look up the session's token, note that it was used, and remember who it is."""
    token = session.get(SIGN_IN_KEY)
    if not token:
        return None
    found = sign_in.signed_in(db.session(), token=token, now=now())
    db.session.rollback()
    if found and found.stale:
        _touch(token)
    g.account = found.account if found else None
    return account_or_none()


def _touch(token: str) -> None:
    """Note the use of a session; a store too busy for that must not cost the page."""
    try:
        writing(db.session())
        sign_in.touch(db.session(), token=token, now=now())
        db.session.commit()
    except OperationalError:
        db.session.rollback()
        current_app.logger.warning("the use of a session could not be noted")


def tablet_secret() -> str:
    """The secret of the calling tablet, not yet looked up; NotPaired without one."""
    secret = request.cookies.get(TABLET_COOKIE)
    if not secret:
        raise pairing.NotPaired
    return secret


def set_tablet_cookie(response: Response, secret: str) -> None:
    """Give the browser the secret that makes it a tablet."""
    response.set_cookie(
        TABLET_COOKIE,
        secret,
        max_age=TABLET_COOKIE_AGE,
        path="/tablet/",
        secure=secure_cookies(),
        httponly=True,
        samesite="Strict",
    )


def drop_tablet_cookie(response: Response) -> None:
    """Take the secret from the browser again."""
    response.delete_cookie(
        TABLET_COOKIE,
        path="/tablet/",
        secure=secure_cookies(),
        httponly=True,
        samesite="Strict",
    )


def renew_tablet_cookie(response: Response) -> None:
    """Let the cookie of a tablet that is in use never grow old."""
    set_tablet_cookie(response, tablet_secret())


def enrolment() -> pairing.Enrolled:
    """The calling tablet, looked up once in the view's own transaction.

    Raises NotPaired or Revoked.
    """
    if "enrolment" not in g:
        g.enrolment = pairing.enrolled(db.session(), secret=tablet_secret())
    return cast(pairing.Enrolled, g.enrolment)
