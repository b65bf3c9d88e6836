"""Refusals and faults: a page in two languages for people, problem JSON for programs."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import (
    HTTPException,
    RequestEntityTooLarge,
    ServiceUnavailable,
    TooManyRequests,
    UnsupportedMediaType,
)
from werkzeug.test import TestResponse

from kiosk.domain.errors import DomainError, NotFound, RoomKeyMissing, TooManyTries
from kiosk.web.refusals import REFUSALS
from tests.cast import NOON
from tests.pages import check, visit

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
MACHINE = {"Accept": "application/json"}


class OutOfTea(DomainError):
    """A refusal that nobody gave words to."""

    kind = "out_of_tea"


def raising(app: Flask, error: Exception) -> FlaskClient:
    """A client of an application whose sign-in page fails so, as in production."""

    def view() -> str:
        raise error

    app.testing = False
    app.view_functions["accounts.sign_in"] = view
    return app.test_client()


def problem(response: TestResponse) -> dict[str, Any]:
    assert response.content_type == "application/problem+json"
    body: dict[str, Any] = json.loads(response.data)
    assert set(body) == {"type", "title", "status", "detail", "kind"}
    assert body["status"] == response.status_code
    return body


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_unknown_address_is_a_page_in_either_language(
    client: FlaskClient, language: str
) -> None:
    page = visit(client, f"/nowhere?lang={language}", status=404, language=language)

    words = {"vi": "Không có trang này", "en": "There is no such page"}
    assert words[language] in page.text


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound(), 404),
        (OutOfTea(), 400),
        (RoomKeyMissing(3), 500),
        (RequestEntityTooLarge(), 413),
        (UnsupportedMediaType(), 415),
        (TooManyRequests(), 429),
        (ServiceUnavailable(), 503),
        (RuntimeError("a fault of ours"), 500),
    ],
)
def test_every_refusal_is_a_whole_page_in_either_language(
    app: Flask, error: Exception, status: int, language: str
) -> None:
    client = raising(app, error)

    visit(client, f"/sign-in?lang={language}", status=status, language=language)


@pytest.mark.parametrize("kind", REFUSALS)
def test_every_kind_has_words_in_both_languages(app: Flask, kind: str) -> None:
    for language in ("vi", "en"):
        with app.test_request_context(f"/?lang={language}"):
            refusal = REFUSALS[kind]
            words = str(refusal.title), str(refusal.detail)
        assert all(words)
        assert any(w.isascii() for w in words) == (language == "en"), words


def test_a_method_that_is_not_taken_names_those_that_are(client: FlaskClient) -> None:
    page = client.delete("/sign-in")
    machine = client.get("/tablet/sync")

    check(page, status=405)
    assert page.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert problem(machine)["kind"] == "method_not_allowed"
    assert "POST" in machine.headers["Allow"]


def test_a_program_gets_a_problem_document(client: FlaskClient) -> None:
    body = problem(client.get("/nowhere", headers=MACHINE))

    assert body["kind"] == "not_found"
    assert (body["type"], body["title"]) == ("about:blank", "Not Found")


@pytest.mark.parametrize(
    "accept", [{}, {"Accept": "*/*"}, {"Accept": "text/html,application/json;q=0.5"}]
)
def test_whoever_takes_html_gets_a_page(
    client: FlaskClient, accept: dict[str, str]
) -> None:
    assert client.get("/nowhere", headers=accept).mimetype == "text/html"


@pytest.mark.parametrize("path", ["/tablet/sync", "/tablet/pair"])
def test_the_tablets_own_addresses_speak_json_whatever_is_asked(
    client: FlaskClient, path: str
) -> None:
    problem(client.get(path, headers={"Accept": "text/html"}))


def test_a_fault_tells_nothing_of_itself(app: Flask) -> None:
    client = raising(app, RuntimeError("secret 4711"))

    assert "4711" not in client.get("/sign-in").text
    assert "4711" not in client.get("/sign-in", headers=MACHINE).text


@time_machine.travel(NOON, tick=False)
def test_too_many_tries_say_when_to_come_back(app: Flask) -> None:
    client = raising(app, TooManyTries(NOON + timedelta(minutes=15)))

    page = client.get("/sign-in")

    check(page, status=429)
    assert page.headers["Retry-After"] == "900"
    assert "12:15\N{NO-BREAK SPACE}10/06/2026" in page.text


def test_a_tablet_shows_a_citizen_a_plain_page(client: FlaskClient) -> None:
    page = visit(client, "/tablet/nowhere", status=404)

    assert 'href="/tablet/"' in page.text
    assert "Đăng nhập" not in page.text


def test_a_refusal_without_words_still_has_its_kind(app: Flask) -> None:
    client = raising(app, OutOfTea())

    assert problem(client.get("/sign-in", headers=MACHINE))["kind"] == "out_of_tea"


def test_a_detail_is_told_to_programs_only(app: Flask) -> None:
    error = OutOfTea()
    error.__dict__["detail"] = "the pot, at leaf 3"
    client = raising(app, error)

    assert (
        problem(client.get("/sign-in", headers=MACHINE))["detail"]
        == "the pot, at leaf 3"
    )
    assert "leaf 3" not in client.get("/sign-in").text


def test_a_redirect_for_a_slash_is_left_alone(client: FlaskClient) -> None:
    response = client.get("/tablet")

    assert response.status_code == 308
    assert response.location.endswith("/tablet/")


def test_an_http_error_without_a_status_is_a_fault(app: Flask) -> None:
    class Odd(HTTPException):
        code = 418

    assert raising(app, Odd()).get("/sign-in").status_code == 418
