"""A store made of a backup, brought up to date and given its new life before it is switched in."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from kiosk import db as store_db
from kiosk import migrations
from kiosk.cli.init import initialise
from kiosk.config import CHECKOUT, Settings
from kiosk.db import db, writing
from kiosk.domain import backups, restoring
from kiosk.domain.balance import balance
from kiosk.domain.copies import Copier
from kiosk.domain.sealing import KeyRing
from kiosk.web import current


@dataclass(frozen=True)
class Prepared:
    """The number of the new life; what waits, what of it stays shut, and whether books close."""

    life: int
    waiting: int
    unreadable: int
    closes: bool


def prepare(
    settings: Settings,
    *,
    copier: Copier,
    source: Path,
    demonstration: bool,
    others: Set[Path],
    now: datetime,
) -> Prepared:
    """Migrate the store of these settings, begin its life, and look through it.

    ``source`` is the backup that it was made of, ``others`` are files that may be backups of it.
    """
    with _application(settings) as app:
        initialise(app, demonstration=demonstration, now=now)
        session = db.session()
        writing(session)
        life = restoring.begin_life(session, source=source, now=now)
        restoring.adopt(session, copier=copier, paths={source, *others})
        backups.look_after(session, now=now)
        behind = backups.units_behind(session, marks=backups.durable(session))
        for unit_id, through in sorted(behind.items()):
            backups.set_durable(session, unit_id=unit_id, through=through)
        session.commit()
        return _looked_through(session, life)


def in_place_of(settings: Settings, draft: str) -> Settings:
    """The settings with the draft for a store; the reports' role stays."""
    name = make_url(draft).database
    reports = make_url(settings.reports_database_url).set(database=name)
    return replace(
        settings,
        database_url=draft,
        reports_database_url=reports.render_as_string(hide_password=False),
    )


@contextmanager
def _application(settings: Settings) -> Iterator[Flask]:
    """An application with that store and nothing else; no connection of it is left."""
    app = Flask("kiosk", root_path=str(CHECKOUT))
    app.extensions["kiosk.settings"] = settings
    store_db.init_app(app, settings)
    migrations.init_app(app)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _looked_through(session: Session, life: int) -> Prepared:
    keys = current.settings().room_keys
    lines = balance(session, ring=KeyRing(keys) if keys else None)
    return Prepared(
        life=life,
        waiting=sum(line.waiting for line in lines),
        unreadable=sum(line.unreadable for line in lines),
        closes=not any(line.difference for line in lines),
    )
