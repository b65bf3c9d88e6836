"""The console's places for tablets: adding, pairing, refusing, retiring, and taking back."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.admin.qr import qr_of
from kiosk.models.accounts import AuditEntry
from kiosk.models.organisation import UnitVersion
from kiosk.models.tablets import Contact, Tablet
from tests import cast, people
from tests.cast import NOON, Device, World
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


def heard(session: Session, device: Device, **changes: object) -> None:
    values = {
        "unit_id": device.enrolled.unit_id,
        "enrolment_id": device.enrolled.id,
        "seen_at": NOON,
        "queued": 0,
        "persisted": True,
        "client": "1.0",
        "skew": 0,
        "have_through": 0,
        "gone": 0,
        "durable_through": 0,
    }
    session.add(Contact(**(values | changes)))
    session.commit()


def trail(session: Session) -> list[tuple[str, str]]:
    query = select(AuditEntry.action, AuditEntry.subject).order_by(AuditEntry.id)
    return [(row.action, row.subject) for row in session.execute(query)][1:]


@one_store
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_the_register_is_whole(
    client: FlaskClient, session: Session, world: World, language: str
) -> None:
    heard(session, cast.pair(session, world.tablet), queued=3, persisted=False)
    place = f"/admin/tablets/{world.tablet}"
    pages = ["/admin/tablets", "/admin/tablets/new", "/admin/accounts", place]
    pages += [f"{place}/revocation", f"{place}/retirement", f"{place}?done=added"]
    pages += [f"/admin/tablets/new?unit={world.truc_bach}"]

    visit(client, f"/admin/tablets?lang={language}", language=language)
    for page in pages:
        visit(client, page, language=language)


@one_store
def test_without_a_register_no_place_can_be_added(
    client: FlaskClient, session: Session
) -> None:
    session.execute(delete(UnitVersion))
    session.commit()

    assert "flask kiosk load" in visit(client, "/admin/tablets/new").text


def test_a_place_is_added_at_counters_of_its_unit(
    client: FlaskClient, session: Session, world: World
) -> None:
    address = f"/admin/tablets/new?unit={world.truc_bach}"

    response = people.post(
        client, address, label="  Quầy  ưu tiên ", counters=[str(world.counter)]
    )

    added = session.scalars(select(Tablet).order_by(Tablet.id.desc())).first()
    assert added is not None
    assert (added.unit_id, added.label) == (world.truc_bach, "Quầy ưu tiên")
    assert response.location == f"/admin/tablets/{added.id}?done=added"
    assert "Quầy số 1" in visit(client, response.location).text
    assert trail(session) == [("tablet_added", f"{added.id} Quầy ưu tiên")]


@one_store
@pytest.mark.parametrize(
    ("label", "counters", "said"),
    [
        ("", [], "Xin đặt tên cho vị trí."),
        ("x" * 81, [], "Xin dùng tối đa 80 ký tự."),
        ("Sảnh", [], "Đơn vị này đã có vị trí mang tên đó."),
    ],
)
def test_a_place_that_cannot_be_is_refused_in_words(
    client: FlaskClient, world: World, label: str, counters: list[str], said: str
) -> None:
    address = f"/admin/tablets/new?unit={world.truc_bach}"

    response = people.post(client, address, label=label, counters=counters)

    check(response, status=400)
    assert said in response.text


@one_store
def test_no_counter_of_another_unit_can_be_chosen(
    client: FlaskClient, world: World
) -> None:
    address = f"/admin/tablets/new?unit={world.quan_thanh}"

    response = people.post(client, address, label="A", counters=[str(world.counter)])

    assert response.status_code == 400


def test_a_code_is_shown_once_and_pairs_a_device(
    app: Flask, client: FlaskClient, session: Session, world: World
) -> None:
    place = f"/admin/tablets/{world.tablet}"
    page = people.post(client, f"{place}/code", page=place)

    check(page)
    (code,) = re.findall(r"/tablet/#(\w{8})<", page.text)
    assert qr_of(f"http://localhost/tablet/#{code}") in page.text
    body = {"code": code, "install": "a" * 32}
    assert app.test_client().post("/tablet/pair", json=body).status_code == 200
    assert code not in client.get(place).text
    assert trail(session) == [("code_made", f"{world.tablet} Quầy số 1")]


def test_a_refused_device_is_out_and_its_place_stays(
    app: Flask, client: FlaskClient, session: Session, world: World
) -> None:
    device = cast.pair(session, world.tablet)
    heard(session, device, queued=17)
    place = f"/admin/tablets/{world.tablet}"
    asked = visit(client, f"{place}/revocation")

    response = people.post(client, f"{place}/revocation")

    tablet = app.test_client()
    tablet.set_cookie("kiosk_tablet", device.secret, path="/tablet/")
    assert "17 câu trả lời chưa gửi" in asked.text
    assert response.location == f"{place}?done=revoked"
    assert tablet.get("/tablet/desk").status_code == 403
    assert "Chưa ghép" in visit(client, response.location).text
    assert trail(session) == [("tablet_revoked", f"{world.tablet} Quầy số 1")]


def test_a_retired_place_can_be_taken_back(
    client: FlaskClient, session: Session, world: World
) -> None:
    cast.pair(session, world.tablet)
    place = f"/admin/tablets/{world.tablet}"

    retired = people.post(client, f"{place}/retirement")
    there = visit(client, retired.location)
    back = people.post(client, f"{place}/return", page=place)

    assert "Ngừng dùng" in there.text and "Tạo mã" not in there.text
    assert back.location == f"{place}?done=returned"
    assert "Tạo mã" in visit(client, back.location).text
    assert [action for action, _ in trail(session)] == [
        "tablet_retired",
        "tablet_returned",
    ]


@one_store
def test_a_code_made_before_a_place_was_retired_is_worth_nothing(
    app: Flask, client: FlaskClient, world: World
) -> None:
    place = f"/admin/tablets/{world.tablet}"
    page = people.post(client, f"{place}/code", page=place)
    (code,) = re.findall(r"/tablet/#(\w{8})<", page.text)

    people.post(client, f"{place}/retirement")

    body = {"code": code, "install": "a" * 32}
    assert app.test_client().post("/tablet/pair", json=body).status_code == 410
    assert people.post(client, f"{place}/code", page=place).status_code == 404


@one_store
def test_a_place_whose_name_was_given_away_cannot_come_back(
    client: FlaskClient, session: Session, world: World
) -> None:
    place = f"/admin/tablets/{world.hall_tablet}"
    people.post(client, f"{place}/retirement")
    cast.tablet(session, world.truc_bach, "Sảnh", [])
    session.commit()

    response = people.post(client, f"{place}/return", page=place)

    check(response, status=409)
    assert "Đơn vị này đã có vị trí mang tên đó" in response.text


@one_store
@pytest.mark.parametrize("page", ["", "/revocation", "/retirement"])
def test_a_place_that_is_not_there_is_404(client: FlaskClient, page: str) -> None:
    visit(client, f"/admin/tablets/999{page}", status=404)


@one_store
@pytest.mark.parametrize("verb", ["code", "revocation", "retirement", "return"])
def test_nothing_is_done_to_a_place_that_is_not_there(
    client: FlaskClient, verb: str
) -> None:
    response = people.post(
        client, f"/admin/tablets/999/{verb}", page="/admin/tablets/1"
    )

    assert response.status_code == 404


@one_store
def test_looking_changes_nothing(
    client: FlaskClient, session: Session, world: World
) -> None:
    device = cast.pair(session, world.tablet)
    client.get(f"/admin/tablets/{world.tablet}/revocation")
    client.get(f"/admin/tablets/{world.tablet}/retirement")

    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")
    assert client.get("/tablet/desk").status_code == 200
    assert trail(session) == []
