"""The schema's history, through Flask-Migrate; numbered files in ``versions``."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from kiosk.db import db


def init_app(app: Flask) -> None:
    """Give the application ``flask db`` and ``flask_migrate.upgrade``."""
    Migrate(
        app,
        db,
        directory=str(Path(__file__).parent),
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        transaction_per_migration=True,
    )
