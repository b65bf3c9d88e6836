"""A tablet far from the server, the commands that copy the store, and ways to lose it."""

import shutil
from pathlib import Path
from random import Random

import psycopg
from click.testing import Result
from flask import Flask
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.models.tablets import Contact
from tests import cast, servers, stores
from tests.faults.tablet import Answer, Tablet, wall_clock

GOOD = {"greeted": "yes", "asked": "yes", "thanked": "yes", "satisfaction": 5}


def paired(session: Session, world: cast.World, tablet_id: int = 0) -> Tablet:
    """A new device at the world's first tablet, or another of Trúc Bạch's."""
    device = cast.pair(session, tablet_id or world.tablet)
    return Tablet(
        install=device.install,
        secret=device.secret,
        unit=world.truc_bach,
        random=Random(device.install),
        clock=wall_clock,
        steady=wall_clock,
    )


def rate(tablet: Tablet, officer: int, times: int) -> None:
    for _ in range(times):
        tablet.tap({"kind": "rating", "officer": officer, **GOOD})


def sync(app: Flask, tablet: Tablet) -> None:
    """One contact after the other until nothing waits; the first even if nothing does."""
    client = app.test_client()
    client.set_cookie("kiosk_tablet", tablet.secret, path="/tablet/")
    for _ in range(20):
        request = tablet.request()
        response = client.post(
            "/tablet/sync", data=request.body, content_type="application/json"
        )
        assert response.status_code == 200, response.text
        tablet.hear(request, Answer(response.status_code, {}, response.data))
        if not tablet.waiting:
            return
    raise AssertionError(f"{len(tablet.waiting)} still wait")


def backup(app: Flask, *words: str | Path) -> Result:
    return stores.command(app, "kiosk", "backup", *map(str, words))


def restore(app: Flask, path: Path) -> Result:
    result = stores.command(app, "kiosk", "restore", str(path), "--yes")
    stores.dispose(app)
    return result


def made(result: Result) -> Path:
    """The file that a backup made, by what it said."""
    assert result.exit_code == 0, (result.output, result.exception)
    return Path(result.output.split(": ")[0])


def forget_store(app: Flask, postgresql: servers.Cluster) -> None:
    """The disk is gone, and the database with it."""
    url = location(app)
    stores.dispose(app)
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        path.unlink()
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    else:
        postgresql.drop(str(make_url(url).database))


def drop_beside(postgresql: servers.Cluster, url: str) -> list[str]:
    """Drop the databases that restores have kept beside the one of the address; their names."""
    name = str(make_url(url).database)
    # Names are cut to what PostgreSQL takes, so only their beginning is the same.
    like = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname <> %s"
    address = postgresql.url("postgres", "postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute(like, (name[:30], name)).fetchall()
    for (beside,) in found:
        postgresql.drop(beside)
    return [beside for (beside,) in found]


def location(app: Flask) -> str:
    url: str = app.extensions["kiosk.settings"].database_url
    return url


def reach(session: Session) -> list[tuple[int, int]]:
    """How far each contact reaches and what of it may be forgotten, in the order of pairing."""
    session.rollback()
    query = select(Contact.have_through, Contact.durable_through)
    rows = session.execute(query.order_by(Contact.enrolment_id)).all()
    session.rollback()
    return [(row.have_through, row.durable_through) for row in rows]


def copy_of(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(name)))


def engine_of(app: Flask) -> str:
    with app.app_context():
        return db.engine.dialect.name
