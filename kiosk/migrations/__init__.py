"""The schema's history, through Flask-Migrate; numbered files in ``versions``.

Alembic (11 MiB) is imported when a command first asks for it: web workers never do.
"""

from pathlib import Path
from typing import Any

import click
from flask import Flask
from werkzeug.utils import import_string

from kiosk.db import db


def init_app(app: Flask) -> None:
    """Give the application ``flask db`` and ``flask_migrate.upgrade``."""
    app.extensions["migrate"] = _Deferred(app)
    app.cli.add_command(_Commands("db", help="Perform database migrations."))


class _Deferred:
    """Stands for Flask-Migrate until somebody asks it for something."""

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


class _Commands(click.Group):
    """Stands for Flask-Migrate's own group of commands, and gives way to it when called."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        group: click.Group = import_string("flask_migrate.cli:db")
        return group.make_context(*args, **options)
