"""What every blueprint shares: who calls, words and figures, forms, headers, errors, assets."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kiosk.config import Settings
from kiosk.web import (
    assets,
    daily,
    errors,
    filters,
    forms,
    guard,
    headers,
    language,
    setup,
)
from kiosk.web.icons import icon_svg


def init_app(app: Flask, settings: Settings) -> None:
    """Everything shared, in the order in which a request meets it."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_template_global(icon_svg)
    forms.init_app(app, settings)
    language.init_app(app)
    filters.init_app(app)
    assets.init_app(app)
    setup.init_app(app)
    guard.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    daily.init_app(app, settings)
    if settings.trusted_proxies:
        _trust_proxies(app, settings.trusted_proxies)


def _trust_proxies(app: Flask, count: int) -> None:
    middleware = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
    app.wsgi_app = middleware  # type: ignore[method-assign]  # Flask documents it so
