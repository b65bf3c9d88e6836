"""The desk: who serves here, who sits at this tablet's counters, and the questions."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.models.organisation import OfficerPhoto, Posting, Seat
from tests import cast
from tests.cast import NOON, Device, World
from tests.stores import RING


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def device(session: Session, world: World, client: FlaskClient) -> Device:
    device = cast.pair(session, world.tablet)
    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")
    return device


@pytest.mark.usefixtures("device")
def test_the_desk_names_the_officers_and_who_sits_here(
    client: FlaskClient, world: World
) -> None:
    desk = client.get("/tablet/desk").get_json()

    assert desk["tablet"] == {"id": world.tablet, "label": "Quầy số 1"}
    assert desk["counters"] == [{"id": world.counter, "label": "Quầy số 1"}]
    assert [(o["name"], o["counter"], o["seated"]) for o in desk["officers"]] == [
        ("Nguyễn Thị Minh Hạnh", "Quầy số 1", True),
        ("Trần Quốc Bảo", "Quầy số 2", False),
    ]
    keys = [question["key"] for question in desk["questionnaire"]["questions"]]
    assert keys == ["greeted", "asked", "thanked", "satisfaction"]
    assert len(desk["questionnaire"]["reasons"]) == 8


@pytest.mark.usefixtures("device")
def test_the_desk_names_the_key_to_seal_to_and_who_the_tablet_is(
    client: FlaskClient, device: Device
) -> None:
    desk = client.get("/tablet/desk").get_json()

    assert desk["seal"] == RING.seals.current
    assert (desk["install"], desk["last"]) == (device.install, 0)


def test_a_hall_tablet_seats_all_of_its_counters(
    client: FlaskClient, session: Session, world: World
) -> None:
    device = cast.pair(session, world.hall_tablet)
    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")

    officers = client.get("/tablet/desk").get_json()["officers"]

    assert [officer["seated"] for officer in officers] == [True, True]


@pytest.mark.usefixtures("device")
def test_a_desk_the_tablet_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/tablet/desk")

    again = client.get("/tablet/desk", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


@pytest.mark.usefixtures("device")
def test_a_posting_that_has_ended_leaves_the_desk_and_one_that_will_says_when(
    client: FlaskClient, session: Session, world: World
) -> None:
    for officer, last in (
        (world.hanh, date(2026, 6, 9)),
        (world.bao, date(2026, 6, 30)),
    ):
        session.execute(
            update(Posting).where(Posting.officer_id == officer).values(last_day=last)
        )
    session.commit()

    officers = client.get("/tablet/desk").get_json()["officers"]

    assert [(o["id"], o["until"]) for o in officers] == [(world.bao, "2026-06-30")]


@pytest.mark.usefixtures("device")
def test_a_change_of_seats_changes_the_etag_within_a_minute(
    client: FlaskClient,
    session: Session,
    device: Device,
    clock: time_machine.Traveller,
) -> None:
    before = client.post("/tablet/sync", json={}).status_code
    etag = client.get("/tablet/desk").get_json()["etag"]
    seat = session.scalars(select(Seat).order_by(Seat.id)).first()
    assert before == 400
    assert seat is not None
    seat.ended_at = NOON
    session.commit()
    clock.shift(timedelta(seconds=61))

    reply = client.post(
        "/tablet/sync", data=cast.envelope(device), content_type="application/json"
    ).get_json()

    assert reply["desk_etag"] != etag


@pytest.mark.usefixtures("device")
def test_a_photo_is_shown_to_tablets_of_the_officers_unit_only(
    client: FlaskClient, session: Session, world: World
) -> None:
    for officer in (world.hanh, world.dung):
        session.add(
            OfficerPhoto(
                officer_id=officer, media_type="image/png", etag="e" * 64, body=b"png"
            )
        )
    session.commit()

    own = client.get(f"/tablet/photo/{world.hanh}")

    assert (own.data, own.mimetype) == (b"png", "image/png")
    assert "private" in own.headers["Cache-Control"]
    assert client.get(f"/tablet/photo/{world.dung}").status_code == 404
