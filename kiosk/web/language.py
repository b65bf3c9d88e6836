"""Vietnamese first, English by choice: ``?lang=en`` shows a page so and remembers it in a cookie.

A tablet stands in front of a stranger each time: its pages neither read nor set the cookie, so the
choice goes no further than the address that carries it.
"""

from typing import Literal

from flask import Flask, Response, has_request_context, request
from flask_babel import Babel

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
COOKIE = "kiosk_language"
COOKIE_AGE = 365 * 24 * 3600
DOMAINS = ("citizen", "reports", "web")
FOLDER = "kiosk/translations"


def init_app(app: Flask) -> None:
    """Catalogues of all domains at once, one folder named for each (Flask-Babel 4 pairs them)."""
    app.config["BABEL_DOMAIN"] = ";".join(DOMAINS)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join([FOLDER] * len(DOMAINS))
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    Babel(app, locale_selector=language)
    app.context_processor(lambda: {"language": language()})
    app.after_request(_remember)


def language() -> Language:
    """The language of this request; Vietnamese where nobody chose, and in commands."""
    if not has_request_context():
        return "vi"
    cookie = None if _at_a_tablet() else request.cookies.get(COOKIE)
    chosen = _known(request.args.get("lang")) or _known(cookie)
    return chosen or "vi"


def _at_a_tablet() -> bool:
    return request.path.startswith("/tablet/")


def _known(value: str | None) -> Language | None:
    return next((known for known in LANGUAGES if known == value), None)


def _remember(response: Response) -> Response:
    chosen = _known(request.args.get("lang"))
    if chosen and not _at_a_tablet() and chosen != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE, chosen, max_age=COOKIE_AGE, httponly=True, samesite="Lax"
        )
    return response
