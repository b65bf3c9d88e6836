"""Forms and what guards them: a token in every one, and cookies that stay at home."""

from typing import Any

from flask import Flask, Request, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf import CSRFProtect, FlaskForm

from kiosk.config import Settings
from kiosk.web.current import secure_cookies

# What a page of another site can send without asking. These two endpoints take JSON and know the
# tablet by a cookie that is SameSite=Strict; pairing takes a form as well: then the token counts.
FORM_TYPES = frozenset(
    {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
)
JSON_ENDPOINTS = frozenset({"tablets.sync", "tablets.pair", "tablets.unpair"})
LARGEST_REQUEST = 256 * 1024

_csrf = CSRFProtect()


class Form(FlaskForm):
    """The base of all forms; every validator has its own message: WTForms speaks no Vietnamese."""

    def __init__(self, **values: Any) -> None:
        FlaskForm.__init__(self, **values)

    def sent(self) -> bool:
        """Whether the form was sent and every field is in order."""
        return bool(FlaskForm.validate_on_submit(self))


class Sessions(SecureCookieSessionInterface):
    """A session cookie that is Secure everywhere but on this very machine."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """A tablet has no such cookie, and a signer would cost it as much as a statement."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def get_cookie_secure(self, app: Flask) -> bool:
        return secure_cookies()


def init_app(app: Flask, settings: Settings) -> None:
    """Set the session cookie and the limits of a request; the token is checked by ``protect``."""
    app.secret_key = settings.secret_key
    app.session_interface = Sessions()
    app.config.update(
        SESSION_COOKIE_NAME="kiosk_session",
        SESSION_COOKIE_HTTPONLY=True,
        # Not Strict: a report's address is meant to be sent, and must open from a message.
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
    )
    _csrf.init_app(app)


def protect() -> None:
    """Refuse a form without its token (CSRFError, a 400)."""
    if request.endpoint in JSON_ENDPOINTS and not _is_form(request):
        return
    if request.endpoint == "tablets.sync" or not current_app.config["WTF_CSRF_ENABLED"]:
        return
    _csrf.protect()


def _is_form(asked: Request) -> bool:
    return asked.mimetype in FORM_TYPES
