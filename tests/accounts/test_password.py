"""Changing one's own password."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.accounts import AuditEntry
from tests import cast, people
from tests.pages import check, visit
from tests.people import PASSWORD

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
NEW = "một câu khác dễ nhớ"


@pytest.fixture
def client(app: Flask, session: Session) -> FlaskClient:
    people.appoint(session, cast.build_world(session))
    client = app.test_client()
    people.sign_in(client, "chutich")
    return client


def fields(**changes: str) -> dict[str, str]:
    typed = {"username": "chutich", "current": PASSWORD, "new": NEW, "repeated": NEW}
    return typed | changes


def test_the_new_password_opens_and_the_old_one_does_not(
    app: Flask, client: FlaskClient
) -> None:
    response = people.post(client, "/password", **fields())

    fresh = app.test_client()
    assert response.location == "/password?changed=1"
    assert people.sign_in(fresh, "chutich", PASSWORD).status_code == 401
    assert people.sign_in(fresh, "chutich", NEW).status_code == 303


def test_every_other_device_is_signed_out(app: Flask, client: FlaskClient) -> None:
    elsewhere = app.test_client()
    people.sign_in(elsewhere, "chutich")

    people.post(client, "/password", **fields())

    assert elsewhere.get("/password").status_code == 303
    assert "Đã đổi mật khẩu" in visit(client, "/password?changed=1").text


@one_store
def test_the_change_leaves_a_trail(client: FlaskClient, session: Session) -> None:
    people.post(client, "/password", **fields())

    assert session.scalars(select(AuditEntry.action)).all() == [
        "sign_in",
        "password_changed",
    ]


@one_store
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_form_is_a_whole_page(client: FlaskClient, language: str) -> None:
    visit(client, f"/password?lang={language}", language=language)


@one_store
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"current": "not the password"}, "Mật khẩu hiện tại không đúng."),
        ({"repeated": "another one"}, "Hai mật khẩu mới không giống nhau."),
        ({"new": "short", "repeated": "short"}, "Mật khẩu này quá ngắn."),
        ({"new": "x1y2z" * 26, "repeated": "x1y2z" * 26}, "Mật khẩu này quá dài."),
        (
            {"new": "chutich chutich", "repeated": "chutich chutich"},
            "Mật khẩu này quá dễ đoán.",
        ),
        ({"current": ""}, "Xin nhập mật khẩu hiện tại."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_changes(
    app: Flask, client: FlaskClient, changes: dict[str, str], said: str
) -> None:
    response = people.post(client, "/password", **fields(**changes))

    check(response, status=400)
    assert said in response.text
    assert people.sign_in(app.test_client(), "chutich").status_code == 303


@one_store
def test_guessing_the_present_password_is_limited(client: FlaskClient) -> None:
    for _ in range(5):
        people.post(client, "/password", **fields(current="a guess at it"))

    assert people.post(client, "/password", **fields()).status_code == 429
