"""POST /tablet/sync: what a tablet gets back, and what each bad request gets."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kiosk.domain import pairing
from kiosk.domain.protocol import MOST_BYTES
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Waiting
from tests import cast
from tests.cast import NOON, Device, World


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def device(session: Session, world: World, client: FlaskClient) -> Device:
    device = cast.pair(session, world.tablet)
    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")
    return device


def post(
    client: FlaskClient, body: str | bytes, mimetype: str = "application/json"
) -> TestResponse:
    return client.post("/tablet/sync", data=body, content_type=mimetype)


def problem(response: TestResponse) -> tuple[int, str]:
    assert response.mimetype == "application/problem+json"
    told: dict[str, Any] = json.loads(response.data)
    assert {"type", "title", "status", "detail", "kind"} <= told.keys()
    assert told["status"] == response.status_code
    return response.status_code, told["kind"]


def waiting(session: Session) -> int:
    session.rollback()
    return session.execute(select(func.count()).select_from(Waiting)).scalar_one()


def test_a_sync_answers_item_by_item_with_our_nonce(
    client: FlaskClient, session: Session, world: World, device: Device
) -> None:
    good = cast.rating(device, world.truc_bach, world.hanh)
    bad = cast.rating(device, world.truc_bach, world.hanh, satisfaction=6)

    reply = post(client, cast.envelope(device, good, bad, nonce="ab" * 16)).get_json()

    assert reply["nonce"] == "ab" * 16
    assert reply["results"] == [
        {"index": 0, "id": json.loads(good)["id"], "outcome": "stored", "reason": None},
        {
            "index": 1,
            "id": json.loads(bad)["id"],
            "outcome": "quarantined",
            "reason": "invalid_satisfaction",
        },
    ]
    assert (reply["have_through"], reply["durable_through"], reply["need"]) == (
        2,
        0,
        [],
    )
    assert (reply["epoch"], reply["min_client"]) == (1, "1")
    assert reply["server_time"] == cast.NOON_MS
    assert reply["desk_etag"] == client.get("/tablet/desk").get_json()["etag"]
    assert waiting(session) == 1


def test_the_secret_is_renewed_at_each_sync_where_no_script_reads_it(
    client: FlaskClient, device: Device
) -> None:
    cookie = post(client, cast.envelope(device)).headers["Set-Cookie"]

    assert device.secret in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/tablet/"} <= set(cookie.split("; "))


def test_broken_json_is_400(client: FlaskClient, device: Device) -> None:
    assert problem(post(client, "{")) == (400, "unreadable")
    assert problem(post(client, b"\xff\xfe")) == (400, "unreadable")
    assert problem(post(client, '{"items": ' + "[" * 100_000)) == (400, "unreadable")


def test_51_items_or_over_256_kib_is_413(client: FlaskClient, device: Device) -> None:
    assert problem(post(client, cast.envelope(device, *["1"] * 51))) == (
        413,
        "too_large",
    )
    assert problem(post(client, b" " * (MOST_BYTES + 1))) == (413, "too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_another_content_type_is_415(
    client: FlaskClient, device: Device, kind: str
) -> None:
    refused = problem(post(client, cast.envelope(device), kind))

    assert refused == (415, "wrong_type")


def test_no_or_a_wrong_secret_is_401(client: FlaskClient, device: Device) -> None:
    client.delete_cookie("kiosk_tablet", path="/tablet/")
    assert problem(post(client, cast.envelope(device))) == (401, "not_paired")

    client.set_cookie("kiosk_tablet", "made-up", path="/tablet/")
    assert problem(post(client, cast.envelope(device))) == (401, "not_paired")


def test_a_secret_with_another_install_is_401(
    client: FlaskClient, device: Device
) -> None:
    assert problem(post(client, cast.envelope(device, install="00" * 16))) == (
        401,
        "not_paired",
    )


def test_a_revoked_tablet_is_403_and_nothing_of_it_is_stored(
    client: FlaskClient, session: Session, world: World, device: Device
) -> None:
    pairing.revoke(session, tablet_id=world.tablet, now=NOON)
    session.commit()
    item = cast.rating(device, world.truc_bach, world.hanh)

    assert problem(post(client, cast.envelope(device, item))) == (403, "revoked")
    assert waiting(session) == 0


def test_another_method_is_405_and_says_which_is_right(client: FlaskClient) -> None:
    response = client.get("/tablet/sync")

    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


@contextmanager
def locked(environment: dict[str, str]) -> Iterator[None]:
    """Somebody else holds SQLite's write lock."""
    path = environment["KIOSK_DATABASE_URL"].removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.usefixtures("own_place")
@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_a_locked_database_is_503_and_the_resend_is_stored_once(
    app: Flask,
    environment: dict[str, str],
    client: FlaskClient,
    session: Session,
    world: World,
    device: Device,
) -> None:
    body = cast.envelope(device, cast.rating(device, world.truc_bach, world.hanh))
    cast.shorten_patience(app)

    with locked(environment):
        refused = post(client, body)
    stored = post(client, body)

    assert problem(refused) == (503, "storage_busy")
    assert int(refused.headers["Retry-After"]) > 0
    assert stored.get_json()["results"][0]["outcome"] == "stored"
    assert waiting(session) == 1


@pytest.mark.usefixtures("own_place")
@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_a_full_disk_is_503_with_nothing_half_written(
    app: Flask, client: FlaskClient, session: Session, world: World, device: Device
) -> None:
    items = [cast.remark(device, world.truc_bach, world.hanh) for _ in range(50)]
    body = cast.envelope(device, *items)

    with cast.nearly_full_disk(app, spare=4):
        refused = post(client, body)
    half = session.execute(select(func.count()).select_from(Receipt)).scalar_one()
    session.rollback()
    stored = post(client, body)

    assert problem(refused) == (503, "storage_full")
    assert int(refused.headers["Retry-After"]) > 0
    assert half == 0
    assert {r["outcome"] for r in stored.get_json()["results"]} == {"stored"}
    assert waiting(session) == 100


@pytest.mark.usefixtures("own_place")
@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_a_postgresql_that_waits_for_a_lock_too_long_is_503(
    app: Flask, client: FlaskClient, session: Session, world: World, device: Device
) -> None:
    body = cast.envelope(device, cast.rating(device, world.truc_bach, world.hanh))
    cast.shorten_patience(app)

    session.execute(text("LOCK TABLE receipt IN ACCESS EXCLUSIVE MODE"))
    refused = post(client, body)
    session.rollback()
    stored = post(client, body)

    assert problem(refused) == (503, "storage_busy")
    assert stored.get_json()["results"][0]["outcome"] == "stored"


def test_no_answer_stands_in_the_log_of_a_failure(
    app: Flask,
    client: FlaskClient,
    session: Session,
    world: World,
    device: Device,
    caplog: pytest.LogCaptureFixture,
) -> None:
    session.execute(text("DROP TABLE ledger"))
    session.commit()
    app.testing = False
    comment = "Cán bộ quầy này rất khó chịu"

    response = post(
        client,
        cast.envelope(
            device, cast.remark(device, world.truc_bach, None, comment=comment)
        ),
    )

    assert response.status_code == 500
    assert "ledger" in caplog.text
    assert "khó chịu" not in caplog.text
