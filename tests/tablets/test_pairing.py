"""A one-time code makes a browser a tablet; guessing does not."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kiosk.domain import pairing
from kiosk.domain.errors import NotFound
from kiosk.domain.pairing import CODE_LIFE
from kiosk.models.tablets import Enrolment
from tests import cast, people
from tests.cast import NOON, World

INSTALL = "12" * 16


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def code(session: Session, world: World) -> str:
    code = pairing.new_code(session, tablet_id=world.tablet, now=NOON)
    session.commit()
    return code


def pair(client: FlaskClient, code: str, install: str = INSTALL) -> TestResponse:
    return client.post("/tablet/pair", json={"code": code, "install": install})


def kind(response: TestResponse) -> tuple[int, str]:
    return response.status_code, json.loads(response.data)["kind"]


def test_the_right_code_pairs_and_the_desk_opens(
    client: FlaskClient, world: World, code: str
) -> None:
    response = pair(client, code)

    assert response.get_json() == {"unit": world.truc_bach, "tablet": world.tablet}
    assert "HttpOnly" in response.headers["Set-Cookie"]
    assert client.get("/tablet/desk").get_json()["unit"]["name"] == "Phường Trúc Bạch"


def test_a_code_may_be_typed_small_and_in_groups(
    client: FlaskClient, code: str
) -> None:
    assert pair(client, f" {code[:4].lower()}-{code[4:].lower()} ").status_code == 200


def test_a_code_works_once(client: FlaskClient, code: str) -> None:
    pair(client, code)

    assert kind(pair(client, code)) == (410, "code_used")


def test_a_code_lapses_after_fifteen_minutes(
    client: FlaskClient, code: str, clock: time_machine.Traveller
) -> None:
    clock.shift(CODE_LIFE)

    assert kind(pair(client, code)) == (410, "code_expired")


def test_a_new_code_makes_the_one_before_lapse(
    client: FlaskClient, session: Session, world: World, code: str
) -> None:
    newer = pairing.new_code(session, tablet_id=world.tablet, now=NOON)
    session.commit()

    assert kind(pair(client, code)) == (410, "code_expired")
    assert pair(client, newer).status_code == 200


def test_five_wrong_codes_from_an_address_are_enough_for_a_while(
    client: FlaskClient, code: str, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        assert kind(pair(client, "AAAA2222")) == (422, "code_wrong")

    refused = pair(client, code)

    assert kind(refused) == (429, "too_many_tries")
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    clock.shift(timedelta(minutes=15, seconds=1))
    assert kind(pair(client, code)) == (410, "code_expired")


def test_a_replaced_tablet_is_refused_and_its_place_keeps_its_history(
    client: FlaskClient, session: Session, world: World, code: str
) -> None:
    pair(client, code)
    old = client.get_cookie("kiosk_tablet", path="/tablet/")
    newer = pairing.new_code(session, tablet_id=world.tablet, now=NOON)
    session.commit()
    pair(client, newer, "34" * 16)
    assert old is not None
    client.set_cookie("kiosk_tablet", old.value, path="/tablet/")

    assert kind(client.get("/tablet/desk")) == (403, "revoked")
    enrolments = session.scalars(select(Enrolment).order_by(Enrolment.id)).all()
    assert [e.tablet_id for e in enrolments] == [world.tablet] * 2
    assert [e.ended_at is None for e in enrolments] == [False, True]


def test_a_retired_place_gets_no_code(session: Session, world: World) -> None:
    with pytest.raises(NotFound):
        pairing.new_code(session, tablet_id=10**6, now=NOON)


def test_what_is_no_pairing_request_is_400(client: FlaskClient, world: World) -> None:
    for body in ("{", "[]", '{"code": 3}', '{"code": "A", "install": "short"}'):
        response = client.post(
            "/tablet/pair", data=body, content_type="application/json"
        )
        assert kind(response) == (400, "unreadable")


def test_plain_http_from_another_machine_does_not_pair(
    client: FlaskClient, code: str
) -> None:
    response = client.post(
        "/tablet/pair",
        json={"code": code, "install": INSTALL},
        base_url="http://kiosk.example",
    )

    assert kind(response) == (403, "insecure")


def test_a_form_without_scripts_pairs_too(client: FlaskClient, code: str) -> None:
    response = people.post(
        client, "/tablet/pair", page="/tablet/form/pairing", code=code
    )

    assert response.status_code == 303
    assert response.headers["Location"] == "/tablet/form"


def test_nothing_is_told_to_a_browser_that_is_no_tablet(
    client: FlaskClient, world: World
) -> None:
    assert kind(client.get("/tablet/desk")) == (401, "not_paired")
    assert client.get(f"/tablet/photo/{world.hanh}").status_code == 401


def test_a_wrong_code_on_the_plain_form_is_a_page_with_a_way_back(
    client: FlaskClient, world: World
) -> None:
    response = people.post(
        client, "/tablet/pair", page="/tablet/form/pairing", code="AAAA2222"
    )

    assert (response.status_code, response.mimetype) == (422, "text/html")
    assert 'href="/tablet/form/pairing"' in response.text
