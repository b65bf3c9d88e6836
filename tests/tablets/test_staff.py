"""What the staff corner of a tablet says to the server: seats, and that the tablet leaves."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.staff_pins import hash_pin, set_pin
from kiosk.models.accounts import AuditEntry
from tests import cast
from tests.cast import NOON, NOON_MS, Device, World


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


def change(counter: int, officer: int | None) -> dict[str, Any]:
    said = {"id": str(uuid4()), "counter": counter, "officer": officer}
    return said | {"made_at": NOON_MS, "skew": 0}


def sync(client: FlaskClient, device: Device, *items: str, **more: Any) -> Any:
    body = cast.envelope(device, *items, **more)
    response = client.post("/tablet/sync", data=body, content_type="application/json")
    assert response.status_code == 200
    return response.get_json()


def test_seats_are_judged_one_by_one_and_the_desk_follows_at_once(
    client: FlaskClient, world: World, device: Device
) -> None:
    before = sync(client, device)["desk_etag"]
    good, bad = change(world.counter, world.bao), change(world.counter, world.dung)
    item = cast.rating(device, world.truc_bach, world.hanh)

    reply = sync(client, device, item, seats=[good, bad, "odd"])

    desk = client.get("/tablet/desk").get_json()
    assert reply["seats"] == [
        {"id": good["id"], "refusal": None},
        {"id": bad["id"], "refusal": "officer_not_posted"},
        {"id": None, "refusal": "unreadable"},
    ]
    assert reply["results"][0]["outcome"] == "stored"
    assert reply["desk_etag"] == desk["etag"] != before
    assert desk["seats"] == [{"counter": world.counter, "officer": world.bao}]
    assert [o["seated"] for o in desk["officers"]] == [False, True]


def test_a_client_that_says_nothing_of_seats_is_heard_as_ever(
    client: FlaskClient, device: Device
) -> None:
    assert sync(client, device)["seats"] == []


@pytest.mark.usefixtures("device")
def test_the_desk_carries_the_pin_as_a_slow_hash(
    client: FlaskClient, session: Session, world: World
) -> None:
    assert client.get("/tablet/desk").get_json()["staff"] is None

    set_pin(session, unit_id=world.truc_bach, pin=hash_pin("280571"), by=None, now=NOON)
    session.commit()

    response = client.get("/tablet/desk")
    assert set(response.get_json()["staff"]) == {"salt", "iterations", "hash"}
    assert "280571" not in response.text


def test_a_tablet_that_leaves_its_place_is_out_and_what_it_kept_comes_later(
    client: FlaskClient, session: Session, world: World, device: Device
) -> None:
    kept = cast.rating(device, world.truc_bach, world.hanh)

    left = client.post("/tablet/unpairing", json={})

    assert left.get_json() == {"unpaired": True}
    assert "kiosk_tablet=;" in left.headers["Set-Cookie"]
    assert json.loads(client.get("/tablet/desk").data)["kind"] == "not_paired"
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject) == ("tablet_unpaired", str(world.tablet))
    session.rollback()
    again = cast.pair(session, world.tablet, install=device.install)
    client.set_cookie("kiosk_tablet", again.secret, path="/tablet/")
    assert sync(client, again, kept)["results"][0]["outcome"] == "stored"


@pytest.mark.usefixtures("device")
def test_only_json_lets_a_tablet_leave(client: FlaskClient) -> None:
    assert client.post("/tablet/unpairing").status_code == 415
    assert client.get("/tablet/desk").status_code == 200
