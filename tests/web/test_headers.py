"""The headers stand on every answer, whatever it is, and nothing personal is kept."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kiosk.web.headers import HEADERS
from tests import cast, people

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def broken() -> str:
    raise RuntimeError("a fault of ours")


@one_store
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/sign-in", 200),
        ("GET", "/", 303),
        ("GET", "/static/css/tokens.css", 200),
        ("GET", "/static/none.css", 404),
        ("GET", "/nowhere", 404),
        ("DELETE", "/sign-in", 405),
        ("POST", "/sign-in", 400),
        ("GET", "/tablet/desk", 401),
        ("POST", "/admin/tablets/1/code", 401),
    ],
)
def test_every_answer_carries_the_headers(
    client: FlaskClient, method: str, address: str, status: int
) -> None:
    response = client.open(address, method=method)

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "Cache-Control" in response.headers


@one_store
def test_a_fault_of_ours_carries_them_too(app: Flask, client: FlaskClient) -> None:
    app.testing = False
    app.view_functions["accounts.sign_in"] = broken

    response = client.get("/sign-in")

    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_no_inline_script_and_no_other_host() -> None:
    policy = HEADERS["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy and "http" not in policy


@one_store
def test_pages_are_not_kept(client: FlaskClient, session: Session) -> None:
    people.appoint(session, cast.build_world(session))
    people.sign_in(client, "quantri")

    assert client.get("/admin/tablets").headers["Cache-Control"] == "no-store"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


@one_store
def test_only_an_encrypted_answer_asks_for_encryption(client: FlaskClient) -> None:
    plain = client.get("/sign-in")
    encrypted = client.get("/sign-in", base_url="https://kiosk.example")

    assert "Strict-Transport-Security" not in plain.headers
    assert encrypted.headers["Strict-Transport-Security"] == "max-age=31536000"
