"""The shell: the same bytes for everybody, both languages in it, nothing of any tablet."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kiosk.domain.questionnaire import CURRENT
from kiosk.web.assets import FOLDER
from tests import cast
from tests.markup import parse
from tests.pages import visit


def test_the_shell_is_a_whole_page(client: FlaskClient) -> None:
    page = visit(client, "/tablet/")

    assert "Đang mở…" in page.text


def test_every_tablet_and_nobody_gets_the_same_bytes(
    client: FlaskClient, session: Session
) -> None:
    before = client.get("/tablet/")
    world = cast.build_world(session)
    device = cast.pair(session, world.tablet)
    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")

    after = client.get("/tablet/", headers={"Accept-Language": "en"})

    assert after.data == before.data
    assert "Hạnh" not in after.text


def test_the_shell_is_asked_about_and_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/tablet/")

    again = client.get("/tablet/", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "no-cache"
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/tablet/", "/tablet/staff"])
def test_every_word_stands_in_the_shell_in_both_languages(
    client: FlaskClient, address: str
) -> None:
    root, _ = parse(client.get(address).text)

    for element in root.all():
        for ending in ("", "-label"):
            vi, en = element.get(f"data-vi{ending}"), element.get(f"data-en{ending}")
            assert bool(vi) == bool(en), element
            same = {"{time} · {counter}: {officer}. {reason}"}
            assert not vi or vi != en or vi in same, f"{vi} is not translated"


def test_each_reason_and_answer_of_the_questionnaire_has_its_sign(
    client: FlaskClient,
) -> None:
    page = client.get("/tablet/").text

    for reason in CURRENT.reasons:
        assert f'id="sign-{reason.key}"' in page
    for level in CURRENT.questions[-1].answers:
        assert f'id="sign-{level.value}"' in page


def test_all_that_the_script_imports_is_fetched_at_once(client: FlaskClient) -> None:
    root, _ = parse(client.get("/tablet/").text)

    preloaded = {
        link.get("href")
        for link in root.all("link")
        if link.get("rel") == "modulepreload"
    }

    scripts = {f"/static/js/kiosk/{file.name}" for file in FOLDER.glob("js/kiosk/*.js")}
    assert scripts - preloaded == {"/static/js/kiosk/types.js"}
    assert "/static/vendor/idb/index.js" in preloaded


def test_three_style_sheets_and_no_more_hold_up_the_first_paint(
    client: FlaskClient,
) -> None:
    head, body = client.get("/tablet/").text.split("<body", 1)

    assert head.count('rel="stylesheet"') == 3
    assert body.count('rel="stylesheet"') == 3
