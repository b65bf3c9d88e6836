"""Who is calling: past proxies as many as are trusted, and noted when the store has time."""

import sqlite3
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kiosk.db import db
from kiosk.domain.errors import NotSetUp
from kiosk.models.accounts import SignIn, SignInFailure
from kiosk.web import current
from tests import cast, people, stores
from tests.cast import NOON

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
FORWARDED = {
    "X-Forwarded-For": "203.0.113.9, 192.0.2.1",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "kiosk.example",
}


def addresses(session: Session) -> set[bytes]:
    return set(session.scalars(select(SignInFailure.address_hash)))


def test_what_a_client_says_of_its_address_is_not_believed(
    client: FlaskClient, session: Session
) -> None:
    people.sign_in(client, "a")
    token = people.csrf_token(client.get("/sign-in"))
    fields = {"csrf_token": token, "username": "b", "password": "c"}
    client.post("/sign-in", data=fields, headers=FORWARDED)

    assert len(addresses(session)) == 1


def test_a_trusted_proxy_is_believed(environment: dict[str, str]) -> None:
    app = stores.application(environment | {"KIOSK_TRUSTED_PROXIES": "1"})

    response = app.test_client().get("/sign-in", headers=FORWARDED)
    seen = app.test_client().get("/", headers=FORWARDED)
    stores.dispose(app)

    assert response.headers["Strict-Transport-Security"]
    assert seen.status_code == 303


@pytest.mark.usefixtures("own_place")
def test_a_store_too_busy_to_note_the_use_costs_nobody_a_page(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    people.appoint(session, cast.build_world(session))
    with app.app_context():
        path = db.engine.url.database
        event.listen(db.engine, "connect", impatient)
        db.engine.dispose()

    with time_machine.travel(NOON, tick=False) as clock:
        people.sign_in(client, "quantri")
        clock.shift(timedelta(minutes=5))
        writer = sqlite3.connect(str(path), isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        busy = client.get("/admin/tablets")
        writer.close()
        noted_late = session.scalar(select(SignIn.seen_at))
        session.rollback()
        free = client.get("/admin/tablets")

    assert (busy.status_code, free.status_code) == (200, 200)
    assert noted_late == NOON
    assert session.scalar(select(SignIn.seen_at)) == NOON + timedelta(minutes=5)


def impatient(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA busy_timeout = 50")


def test_there_is_no_key_ring_without_its_keys(environment: dict[str, str]) -> None:
    kept = {k: v for k, v in environment.items() if k != "KIOSK_ROOM_KEYS"}
    app = stores.application(kept)

    with app.app_context(), pytest.raises(NotSetUp):
        current.key_ring()
    stores.dispose(app)


def test_the_key_ring_is_made_once(app: Flask) -> None:
    with app.app_context():
        assert current.key_ring() is current.key_ring()
