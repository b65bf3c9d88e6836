"""Whether there is a store with its keys yet; asked at each request until the answer is yes."""

from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import inspect, make_url, select

from kiosk.db import db
from kiosk.domain.errors import NotSetUp
from kiosk.models.store import Store
from kiosk.web.current import settings

FOUND = "kiosk.demonstration"


def init_app(app: Flask) -> None:
    """Tell the templates whether this is a demonstration, as far as the store was looked at."""
    app.context_processor(lambda: {"demonstration": demonstration()})


def demonstration() -> bool:
    """Whether the store is marked as a demonstration; asks no database."""
    return bool(current_app.extensions.get(FOUND))


def require_store() -> None:
    """Raise NotSetUp until ``flask kiosk init`` has made both keys and the store."""
    if FOUND in current_app.extensions:
        return
    if settings().secret_key is None or settings().room_keys is None:
        raise NotSetUp
    current_app.extensions[FOUND] = _look()


def _look() -> bool:
    url = make_url(settings().database_url)
    # Opening an SQLite database that is not there would make an empty one.
    if url.drivername == "sqlite" and not Path(str(url.database)).is_file():
        raise NotSetUp
    if not inspect(db.session.connection()).has_table(Store.__tablename__):
        db.session.rollback()
        raise NotSetUp
    marked: bool | None = db.session.scalar(select(Store.demonstration))
    db.session.rollback()
    if marked is None:
        raise NotSetUp
    return marked
