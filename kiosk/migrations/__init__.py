"""The schema's history, through Flask-Migrate; numbered files in ``versions``."""

from pathlib import Path
from typing import Any

from flask import Flask

from kiosk.db import db


def init_app(app: Flask) -> None:
    """Give the application ``flask db`` and ``flask_migrate.upgrade``."""
    app.extensions["migrate"] = _Deferred(app)


class _Deferred:
    """Stands for Flask-Migrate until a command asks for it: web workers never do (11 MiB)."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(
            self._app,
            db,
            directory=str(Path(__file__).parent),
            render_as_batch=True,
            compare_type=True,
            transactional_ddl=True,
            transaction_per_migration=True,
        )
        return getattr(self._app.extensions["migrate"], name)
