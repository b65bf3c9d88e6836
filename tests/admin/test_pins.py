"""The console's page for the PIN of a unit's staff."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.staff_pins import told_to_tablets
from kiosk.models.accounts import AuditEntry
from tests import cast, people
from tests.cast import World
from tests.pages import check, visit

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


@pytest.fixture
def world(session: Session) -> World:
    world = cast.build_world(session)
    people.appoint(session, world)
    return world


@pytest.fixture
def client(app: Flask, world: World) -> FlaskClient:
    client = app.test_client()
    people.sign_in(client, "quantri")
    return client


@one_store
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_whole_and_a_place_leads_to_it(
    client: FlaskClient, world: World, language: str
) -> None:
    address = f"/admin/units/{world.truc_bach}/pin"

    visit(client, f"{address}?lang={language}", language=language)
    place = visit(client, f"/admin/tablets/{world.tablet}", language=language)

    assert f'href="{address}"' in place.text


def test_a_pin_is_set_written_down_and_never_shown_again(
    client: FlaskClient, session: Session, world: World
) -> None:
    address = f"/admin/units/{world.truc_bach}/pin"

    response = people.post(client, address, pin=" 280571 ")

    page = visit(client, response.location)
    assert "Đã đặt mã PIN" in page.text and "280571" not in page.text
    assert told_to_tablets(session, unit_id=world.truc_bach) is not None
    actions = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "staff_pin_set")
    )
    assert [(a.account_id is not None, a.subject) for a in actions] == [
        (True, str(world.truc_bach))
    ]


@one_store
@pytest.mark.parametrize(
    ("pin", "said"),
    [
        ("", "Xin nhập mã PIN mới."),
        ("12345", "Xin chỉ dùng 6 đến 12 chữ số."),
        ("1" * 41, "Xin chỉ dùng 6 đến 12 chữ số."),
        ("123456", "Mã này ai cũng thử trước tiên."),
    ],
)
def test_a_pin_that_cannot_be_is_refused_in_words(
    client: FlaskClient, session: Session, world: World, pin: str, said: str
) -> None:
    response = people.post(client, f"/admin/units/{world.truc_bach}/pin", pin=pin)

    check(response, status=400)
    assert said in response.text
    assert told_to_tablets(session, unit_id=world.truc_bach) is None


@one_store
def test_a_unit_that_is_not_there_has_no_pin(client: FlaskClient) -> None:
    visit(client, "/admin/units/999/pin", status=404)
