"""Forms need their token; cookies stay where they belong."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kiosk.web import current
from tests import cast, people
from tests.cast import NOON
from tests.pages import check

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def session_cookie(response: TestResponse) -> str:
    cookies = response.headers.getlist("Set-Cookie")
    return next(c for c in cookies if c.startswith("kiosk_session="))


@pytest.mark.parametrize("fields", [{}, {"csrf_token": "made up"}])
def test_a_form_without_its_token_is_refused_and_changes_nothing(
    client: FlaskClient, session: Session, fields: dict[str, str]
) -> None:
    people.appoint(session, cast.build_world(session))
    sent = fields | {"username": "quantri", "password": people.PASSWORD}

    response = client.post("/sign-in", data=sent)

    check(response, status=400)
    assert "Biểu mẫu đã cũ" in response.text
    assert client.get("/admin/tablets").status_code == 303


def test_signing_out_needs_the_token_too(client: FlaskClient, session: Session) -> None:
    people.appoint(session, cast.build_world(session))
    people.sign_in(client, "quantri")

    assert client.post("/sign-out").status_code == 400
    assert client.get("/admin/tablets").status_code == 200


def test_a_token_of_another_browser_is_refused(app: Flask) -> None:
    token = people.csrf_token(app.test_client().get("/sign-in"))

    response = app.test_client().post("/sign-in", data={"csrf_token": token})

    assert response.status_code == 400


def test_a_form_left_open_for_a_day_still_works(
    client: FlaskClient, session: Session
) -> None:
    people.appoint(session, cast.build_world(session))
    with time_machine.travel(NOON, tick=False) as clock:
        token = people.csrf_token(client.get("/sign-in"))
        clock.shift(timedelta(days=1))

        sent = {"username": "quantri", "password": people.PASSWORD}
        response = client.post("/sign-in", data={"csrf_token": token} | sent)

    assert response.status_code == 303


@pytest.mark.parametrize(
    "content",
    ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"],
)
def test_pairing_as_a_form_needs_the_token(client: FlaskClient, content: str) -> None:
    response = client.post("/tablet/pair", data=b"code=AAAA2222", content_type=content)

    assert response.status_code == 400
    if content == "text/plain":
        assert response.get_json()["kind"] == "csrf"
    else:
        assert response.mimetype == "text/html"  # a person without scripts sent it


def test_sync_and_pairing_in_json_need_none(client: FlaskClient) -> None:
    sync = client.post("/tablet/sync", json={})
    pair = client.post("/tablet/pair", json={})

    assert sync.get_json()["kind"] == "not_paired"
    assert pair.get_json()["kind"] == "unreadable"


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(
    client: FlaskClient,
) -> None:
    cookie = session_cookie(client.get("/sign-in"))

    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


@pytest.mark.parametrize(
    ("base", "secure"),
    [
        ("http://localhost", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
        ("https://kiosk.example", True),
        ("https://127.0.0.1", True),
    ],
)
def test_cookies_are_secure_everywhere_but_on_this_machine(
    client: FlaskClient, base: str, secure: bool
) -> None:
    cookie = session_cookie(client.get("/sign-in", base_url=base))

    assert ("Secure" in cookie) == secure


@pytest.mark.parametrize(
    ("base", "holds"),
    [
        ("http://localhost:8000", True),
        ("http://[::1]", True),
        ("http://localhost.evil.example", False),
        ("http://192.168.1.5", False),
        ("https://192.168.1.5", True),
    ],
)
def test_a_secure_context_is_https_or_this_machine(
    app: Flask, base: str, holds: bool
) -> None:
    with app.test_request_context(base_url=base):
        assert current.secure_context() == holds
