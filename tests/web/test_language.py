"""Vietnamese unless somebody asks for English; a tablet forgets the choice."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.web.language import COOKIE, language
from tests.pages import visit

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def test_vietnamese_comes_first_whatever_the_browser_speaks(
    client: FlaskClient,
) -> None:
    response = client.get("/sign-in", headers={"Accept-Language": "en"})

    assert '<html lang="vi">' in response.text
    assert "Đăng nhập" in response.text


def test_english_is_remembered_and_can_be_taken_back(client: FlaskClient) -> None:
    visit(client, "/sign-in?lang=en", language="en")
    visit(client, "/sign-in", language="en")

    visit(client, "/sign-in?lang=vi")
    visit(client, "/sign-in")


def test_the_cookie_is_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = client.get("/sign-in?lang=en").headers["Set-Cookie"]

    assert cookie.startswith(f"{COOKIE}=en;")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_an_unknown_language_changes_nothing(client: FlaskClient) -> None:
    response = client.get("/sign-in?lang=xx")

    assert '<html lang="vi">' in response.text
    assert "Set-Cookie" not in response.headers or COOKIE not in str(response.headers)


def test_the_switch_keeps_the_rest_of_the_address(client: FlaskClient) -> None:
    page = visit(client, "/sign-in?next=/admin/tablets&lang=en", language="en")

    assert 'href="/sign-in?next=%2Fadmin%2Ftablets&amp;lang=vi"' in page.text


def test_a_tablet_neither_reads_nor_sets_the_cookie(client: FlaskClient) -> None:
    client.set_cookie(COOKIE, "en")

    remembered = client.get("/tablet/nowhere")
    asked = client.get("/tablet/nowhere?lang=en")

    assert '<html lang="vi">' in remembered.text
    assert '<html lang="en">' in asked.text
    assert COOKIE not in asked.headers.get("Set-Cookie", "")


def test_a_command_speaks_vietnamese(app: Flask) -> None:
    with app.app_context():
        assert language() == "vi"
