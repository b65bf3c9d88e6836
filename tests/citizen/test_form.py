"""The questions without scripts: one page, the same intake, nothing left for the next person."""

from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Quarantined, Waiting
from tests import cast
from tests.cast import NOON, World
from tests.markup import parse
from tests.pages import check, visit

ALL = {"greeted": "yes", "asked": "no", "thanked": "unsure", "satisfaction": "4"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def world(session: Session, client: FlaskClient) -> World:
    """The city, and a client that is the tablet of counter 1."""
    world = cast.build_world(session)
    device = cast.pair(session, world.tablet)
    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")
    return world


def fill_in(
    client: FlaskClient, url: str, answers: dict[str, str], **changes: str
) -> TestResponse:
    """Open a form and send it as a browser would, hidden fields and all."""
    root, _ = parse(client.get(url).text)
    hidden = {
        each.get("name"): each.get("value")
        for each in root.all("input")
        if each.get("type") == "hidden"
    }
    return client.post(url, data=hidden | answers | changes)


def waiting(session: Session) -> list[tuple[str, str, int | None]]:
    session.rollback()
    rows = session.execute(
        select(Waiting.kind, Waiting.channel, Waiting.officer_id).order_by(Waiting.kind)
    )
    return [(kind, channel, officer) for kind, channel, officer in rows]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", ["form", "form/remark", "form/thanks", "form/pairing"])
def test_each_page_is_whole_in_both_languages(
    client: FlaskClient, page: str, language: str
) -> None:
    response = visit(client, f"/tablet/{page}?lang={language}", language=language)

    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("world")
def test_the_form_names_the_officer_who_sits_here(client: FlaskClient) -> None:
    page = client.get("/tablet/form").text

    assert "Nguyễn Thị Minh Hạnh, Công chức Tư pháp – Hộ tịch" in page
    assert "Trần Quốc Bảo" not in page


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("page", ["form", "form/remark"])
def test_no_browser_is_to_fill_in_what_the_last_one_wrote(
    client: FlaskClient, page: str
) -> None:
    root, _ = parse(client.get(f"/tablet/{page}").text)

    assert [form.get("autocomplete") for form in root.all("form")] == ["off"]


def test_four_answers_become_one_waiting_rating(
    client: FlaskClient, session: Session, world: World
) -> None:
    response = fill_in(client, "/tablet/form", ALL)

    assert response.status_code == 303
    assert response.location == f"/tablet/form/remark?officer={world.hanh}"
    assert waiting(session) == [("rating", "form", world.hanh)]


def test_a_receipt_of_a_form_names_no_install_and_no_place_in_a_row(
    client: FlaskClient, session: Session, world: World
) -> None:
    fill_in(client, "/tablet/form", ALL)

    session.rollback()
    receipt = session.execute(select(Receipt)).scalar_one()
    assert (receipt.unit_id, receipt.install, receipt.seq) == (
        world.truc_bach,
        None,
        None,
    )


def test_some_answers_are_kept_as_a_partial_rating(
    client: FlaskClient, session: Session, world: World
) -> None:
    fill_in(client, "/tablet/form", {"asked": "no"})

    assert waiting(session) == [("partial", "form", world.hanh)]


@pytest.mark.usefixtures("world")
def test_no_answer_at_all_is_asked_for_and_stores_nothing(
    client: FlaskClient, session: Session
) -> None:
    response = fill_in(client, "/tablet/form", {})

    check(response)
    assert "Xin trả lời ít nhất một câu." in response.text
    assert waiting(session) == []


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("answer", ["6", "0", "4.5", "true", "rất"])
def test_an_answer_that_was_not_offered_is_refused(
    client: FlaskClient, session: Session, answer: str
) -> None:
    response = fill_in(client, "/tablet/form", ALL, satisfaction=answer)

    check(response)
    assert "Phiếu này không hợp lệ." in response.text
    assert waiting(session) == []


@pytest.mark.usefixtures("world")
def test_the_same_form_sent_twice_is_counted_once(
    client: FlaskClient, session: Session
) -> None:
    root, _ = parse(client.get("/tablet/form").text)
    hidden = {each.get("name"): each.get("value") for each in root.all("input")}
    sent = {name: hidden[name] for name in ("csrf_token", "id", "salt", "officer")}

    for _ in range(2):
        assert client.post("/tablet/form", data=sent | ALL).status_code == 303

    assert len(waiting(session)) == 1
    assert session.execute(select(func.count(Quarantined.day))).scalar_one() == 0


def test_a_hall_tablet_offers_its_officers_and_not_being_sure(
    client: FlaskClient, session: Session, world: World
) -> None:
    device = cast.pair(session, world.hall_tablet)
    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")

    assert "Trần Quốc Bảo" in visit(client, "/tablet/form").text
    fill_in(client, "/tablet/form", ALL, officer=str(world.bao))
    fill_in(client, "/tablet/form", ALL, officer="unsure")

    assert {row[2] for row in waiting(session)} == {world.bao, None}


def test_an_officer_of_another_unit_goes_to_quarantine(
    client: FlaskClient, session: Session, world: World
) -> None:
    response = fill_in(client, "/tablet/form", ALL, officer=str(world.dung))

    session.rollback()
    assert response.status_code == 303
    assert waiting(session) == []
    assert (
        session.execute(select(Quarantined.reason)).scalar_one() == "officer_not_posted"
    )


@pytest.mark.usefixtures("world")
def test_an_officer_that_is_no_key_at_all_means_not_sure(
    client: FlaskClient, session: Session
) -> None:
    sent = fill_in(client, "/tablet/form", ALL, officer="9" * 5000)

    assert sent.status_code == 303
    assert waiting(session) == [("rating", "form", None)]


def test_a_remark_becomes_reasons_and_a_comment_of_their_own(
    client: FlaskClient, session: Session, world: World
) -> None:
    response = fill_in(
        client,
        f"/tablet/form/remark?officer={world.hanh}",
        {"reasons": "fast", "comment": "Rất tận tình.\r\nCảm ơn."},
    )

    assert response.location == "/tablet/form/thanks"
    assert waiting(session) == [
        ("comment", "form", world.hanh),
        ("reasons", "form", world.hanh),
    ]


@pytest.mark.usefixtures("world")
def test_an_empty_remark_stores_nothing(client: FlaskClient, session: Session) -> None:
    response = fill_in(client, "/tablet/form/remark", {"comment": "  "})

    assert response.status_code == 303
    assert waiting(session) == []


@pytest.mark.usefixtures("world")
def test_a_comment_is_counted_in_code_points_after_composition(
    client: FlaskClient, session: Session
) -> None:
    decomposed = "e\u0302\u0301" * 500
    too_long = fill_in(client, "/tablet/form/remark", {"comment": "ế" * 501})

    check(too_long)
    assert "Xin viết không quá 500 ký tự." in too_long.text
    fill_in(client, "/tablet/form/remark", {"comment": decomposed})
    assert [row[0] for row in waiting(session)] == ["comment"]


@pytest.mark.usefixtures("world")
def test_the_language_stays_in_the_address_and_nowhere_else(
    client: FlaskClient,
) -> None:
    response = fill_in(client, "/tablet/form?lang=en", ALL)

    assert "lang=en" in response.location
    assert 'lang="vi"' in client.get("/tablet/form").text


def test_without_a_tablets_secret_there_is_no_form(client: FlaskClient) -> None:
    visit(client, "/tablet/form", status=401)
