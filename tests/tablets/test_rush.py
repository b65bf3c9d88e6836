"""When hundreds of queues come back at once, a citizen's single tap is still sent at once."""

from contextlib import ExitStack

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kiosk.tablets import rush
from kiosk.web.clock import now
from tests import cast
from tests.cast import Device, World

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def device(session: Session, world: World, client: FlaskClient) -> Device:
    device = cast.pair(session, world.tablet, now=now())
    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")
    return device


def post(client: FlaskClient, device: Device, *items: str) -> TestResponse:
    body = cast.envelope(device, *items)
    return client.post("/tablet/sync", data=body, content_type="application/json")


def queue(device: Device, world: World, count: int) -> list[str]:
    return [cast.rating(device, world.truc_bach, world.hanh) for _ in range(count)]


def test_a_full_request_waits_while_others_are_worked_on_and_a_single_tap_does_not(
    client: FlaskClient, device: Device, world: World
) -> None:
    tap, full = queue(device, world, 1), queue(device, world, 50)

    with ExitStack() as others:
        for _ in range(rush.LANES):
            others.enter_context(rush.lane(rush.BULKY + 1))
        refused = post(client, device, *full)
        taken = post(client, device, *tap)

    assert refused.status_code == 503
    assert refused.get_json()["kind"] == "storage_busy"
    assert int(refused.headers["Retry-After"]) > 0
    assert taken.get_json()["results"][0]["outcome"] == "stored"


def test_a_full_request_is_taken_when_the_others_are_done(
    client: FlaskClient, device: Device, world: World
) -> None:
    full = queue(device, world, 50)

    first = post(client, device, *full)
    again = [post(client, device, *full) for _ in range(rush.LANES + 1)]

    assert {r["outcome"] for r in first.get_json()["results"]} == {"stored"}
    assert [response.status_code for response in again] == [200] * len(again)


def test_the_longest_remark_is_no_full_request(device: Device, world: World) -> None:
    remark = cast.remark(device, world.truc_bach, world.hanh, comment="🙂" * 500)

    assert len(cast.envelope(device, remark)) < rush.BULKY


def test_a_request_that_fails_gives_its_lane_back(
    client: FlaskClient, device: Device, world: World
) -> None:
    unreadable = ["{" * rush.BULKY]

    statuses = [
        post(client, device, *unreadable).status_code for _ in range(rush.LANES + 1)
    ]

    assert statuses == [400] * len(statuses)
