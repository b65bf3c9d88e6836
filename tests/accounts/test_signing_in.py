"""The pages of signing in and out: who gets in, what is said, and when it ends."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kiosk.models.accounts import Account
from tests import cast, people
from tests.cast import NOON
from tests.markup import parse
from tests.pages import check, visit
from tests.people import NAMES, PASSWORD

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def words(response: TestResponse) -> str:
    """What the page says, its tokens and what was typed left out."""
    root, _ = parse(response.text)
    return next(root.all("main")).text()


@pytest.fixture
def client(app: Flask, session: Session) -> FlaskClient:
    people.appoint(session, cast.build_world(session))
    return app.test_client()


@pytest.mark.parametrize(
    ("username", "home"),
    [
        ("quantri", "/admin/tablets"),
        ("chutich", "/reports/"),
        ("giamsat", "/reports/"),
        (" QuanTri ", "/admin/tablets"),
    ],
)
def test_each_role_arrives_at_its_home(
    client: FlaskClient, username: str, home: str
) -> None:
    response = people.sign_in(client, username)

    assert response.status_code == 303
    assert response.location == home
    assert client.get("/").location == home


@one_store
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_form_is_a_whole_page_in_either_language(
    client: FlaskClient, language: str
) -> None:
    visit(client, f"/sign-in?lang={language}", language=language)


def test_a_stranger_and_a_wrong_password_get_the_same_answer(
    client: FlaskClient,
) -> None:
    stranger = people.sign_in(client, "nobody")
    wrong = people.sign_in(client, "quantri", "not the password")

    check(wrong, status=401)
    assert stranger.status_code == wrong.status_code
    assert words(stranger) == words(wrong)
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in words(wrong)
    assert PASSWORD not in wrong.text


@one_store
def test_an_empty_form_says_what_is_missing(client: FlaskClient) -> None:
    response = people.post(client, "/sign-in", username="", password="")

    check(response, status=400)
    assert "Xin nhập tên đăng nhập." in words(response)
    assert "Xin nhập mật khẩu." in words(response)


def test_the_sixth_guess_is_told_to_wait(client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            people.sign_in(client, "quantri", "not the password")
        refused = people.sign_in(client, "quantri")
        clock.shift(timedelta(minutes=15))
        admitted = people.sign_in(client, "quantri")

    check(refused, status=429)
    assert refused.headers["Retry-After"] == "900"
    assert admitted.status_code == 303


@one_store
def test_a_name_nobody_has_is_told_to_wait_just_so(client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            people.sign_in(client, "nobody")
        strangers = people.sign_in(client, "nobody")
        for _ in range(5):
            people.sign_in(client, "quantri", "not the password")
        accounts = people.sign_in(client, "quantri")

    assert (strangers.status_code, words(strangers)) == (429, words(accounts))


@one_store
def test_an_account_whose_access_has_ended_is_told_so(
    client: FlaskClient, session: Session
) -> None:
    people.account(session, "cuoinam", "administrator", last_day=cast.FIRST_DAY)
    session.commit()

    response = people.sign_in(client, "cuoinam")

    check(response, status=403)
    assert "đã hết hạn hoặc chưa bắt đầu" in words(response)
    assert client.get("/admin/tablets").status_code == 303


def test_a_stolen_cookie_dies_at_sign_out(app: Flask, client: FlaskClient) -> None:
    people.sign_in(client, "quantri")
    cookie = client.get_cookie("kiosk_session")
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie("kiosk_session", cookie.value)
    before = thief.get("/admin/tablets")

    page = client.get("/admin/tablets")
    root, _ = parse(page.text)
    (token,) = {
        e.get("value") for e in root.all("input") if e.get("name") == "csrf_token"
    }
    response = client.post("/sign-out", data={"csrf_token": token})

    assert before.status_code == 200
    assert response.location == "/sign-in"
    assert thief.get("/admin/tablets").status_code == 303
    assert client.get("/admin/tablets").status_code == 303


@one_store
def test_signing_out_twice_is_no_fault(client: FlaskClient) -> None:
    response = people.post(client, "/sign-out", page="/sign-in")

    assert response.location == "/sign-in"


@one_store
def test_a_get_signs_nobody_out(client: FlaskClient) -> None:
    people.sign_in(client, "quantri")

    assert client.get("/sign-out").status_code == 405
    assert client.get("/admin/tablets").status_code == 200


def test_a_session_ends_after_half_an_hour_idle(client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        people.sign_in(client, "quantri")
        clock.shift(timedelta(minutes=29))
        awake = client.get("/admin/tablets")
        clock.shift(timedelta(minutes=29))
        still = client.get("/admin/tablets")
        clock.shift(timedelta(minutes=30))
        asleep = client.get("/admin/tablets")

    assert [awake.status_code, still.status_code] == [200, 200]
    assert asleep.location == "/sign-in?next=/admin/tablets"


@one_store
def test_a_session_ends_after_ten_hours_of_work(client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        people.sign_in(client, "quantri")
        for _ in range(23):
            clock.shift(timedelta(minutes=26))
            assert client.get("/admin/tablets").status_code == 200
        clock.shift(timedelta(minutes=26))

        assert client.get("/admin/tablets").status_code == 303


@one_store
def test_a_closed_account_is_out_at_once(client: FlaskClient, session: Session) -> None:
    people.sign_in(client, "quantri")
    session.query(Account).filter_by(username="quantri").update({"closed_at": NOON})
    session.commit()

    assert client.get("/admin/tablets").status_code == 303


@one_store
def test_a_session_planted_before_signing_in_is_thrown_away(
    client: FlaskClient,
) -> None:
    with client.session_transaction() as planted:
        planted["sign_in"] = planted["note"] = "planted"

    people.sign_in(client, "quantri")

    with client.session_transaction() as kept:
        assert "note" not in kept
        assert kept["sign_in"] != "planted"


@one_store
@pytest.mark.parametrize("username", NAMES.values())
def test_whoever_is_signed_in_needs_no_form(client: FlaskClient, username: str) -> None:
    people.sign_in(client, username)

    assert client.get("/sign-in").status_code == 303


@one_store
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_password_is_taken_over_plain_http(client: FlaskClient, method: str) -> None:
    response = client.open("/sign-in", method=method, base_url="http://192.168.1.5")

    if method == "GET":
        check(response, status=403)
    assert response.status_code in {400, 403}
    assert "kiosk_session" not in str(response.headers)


@one_store
@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/admin/accounts", "/admin/accounts"),
        ("/admin/tablets?unit=3", "/admin/tablets?unit=3"),
        ("/reports/overview", "/admin/tablets"),
        ("/tablet/form", "/admin/tablets"),
        ("/nowhere", "/admin/tablets"),
        ("/sign-out", "/admin/tablets"),
        ("//evil.example/admin/tablets", "/admin/tablets"),
        ("///evil.example/admin/tablets", "/admin/tablets"),
        ("/\\evil.example", "/admin/tablets"),
        ("\\\\evil.example", "/admin/tablets"),
        ("https://evil.example/admin/accounts", "/admin/tablets"),
        ("https:/admin/accounts", "/admin/tablets"),
        ("javascript:alert(1)", "/admin/tablets"),
        ("/\t/evil.example", "/admin/tablets"),
        ("/admin/accounts\r\nX: y", "/admin/tablets"),
        ("admin/accounts", "/admin/tablets"),
        ("", "/admin/tablets"),
    ],
)
def test_the_way_on_stays_in_the_house_and_fits_the_role(
    client: FlaskClient, wanted: str, location: str
) -> None:
    page = client.get("/sign-in", query_string={"next": wanted})
    fields = {"username": "quantri", "password": PASSWORD}

    response = client.post(
        "/sign-in",
        query_string={"next": wanted},
        data=fields | {"csrf_token": people.csrf_token(page)},
    )

    assert response.location == location
