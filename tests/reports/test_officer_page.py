"""An officer's page: one unit at a time, the courtesies over time, against all others there."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.pages import visit
from tests.reports.blocks import add_block
from tests.reports.city import JUNE, City
from tests.reports.reading import figures_of, links_of, words_of

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
MIDDLE_OF_JUNE = date(2026, 6, 15)


def officer(officer_id: int, unit_id: int, query: str = JUNE) -> str:
    return f"/reports/officers/{officer_id}?unit={unit_id}&{query}"


def test_the_page_says_what_was_answered_about_the_officer(
    head: FlaskClient, city: City
) -> None:
    found = words_of(visit(head, officer(city.world.bao, city.world.truc_bach)).text)

    assert "Trần Quốc Bảo" in found
    assert (
        "Trong tháng 6/2026, 96 lượt đánh giá về Trần Quốc Bảo đã được công bố."
        in found
    )
    assert "Điểm yếu nhất là xin hỏi (50 %)." in found
    assert "Thấp hơn rõ rệt so với các cán bộ khác ở nội dung xin hỏi." in found
    assert "Không đổi rõ rệt so với tháng 5/2026." in found


def test_the_way_through_time_is_drawn_against_the_others(
    head: FlaskClient, city: City
) -> None:
    html = visit(head, officer(city.world.bao, city.world.truc_bach)).text

    _, greeted, _, asked, *_ = figures_of(html)[0]["wide"]["data"]
    assert greeted["hovertext"] == ["tháng 5/2026", "tháng 6/2026"]
    assert asked["y"] == [50.0, 50.0]
    assert asked["x"] == [10, 11]


@one_store
def test_a_week_is_seen_among_weeks(head: FlaskClient, city: City) -> None:
    query = "period=2026-W25&as_of=2026-07-01"
    html = visit(head, officer(city.world.bao, city.world.truc_bach, query)).text

    names = figures_of(html)[0]["wide"]["data"][1]["hovertext"]
    assert names[-1] == "Tuần 25 · 15/6 – 21/6/2026"


def test_an_officer_who_moved_is_seen_apart_in_each_unit(
    delegation: FlaskClient, city: City
) -> None:
    world = city.world
    here = words_of(visit(delegation, officer(city.phuong, world.truc_bach)).text)
    there = words_of(visit(delegation, officer(city.phuong, world.quan_thanh)).text)

    assert "24 lượt đánh giá về Lê Thu Phương" in here
    assert "24 lượt đánh giá về Lê Thu Phương" in there
    assert "Tính riêng tại đơn vị khác: Phường Quán Thánh" in here


@one_store
def test_without_a_unit_the_last_posting_is_meant(
    delegation: FlaskClient, city: City
) -> None:
    response = delegation.get(f"/reports/officers/{city.phuong}")

    assert response.status_code == 302
    assert f"unit={city.world.quan_thanh}" in response.location


@one_store
def test_a_head_sees_an_officer_only_as_long_as_he_was_there(
    head: FlaskClient, city: City
) -> None:
    world = city.world
    html = visit(head, officer(city.phuong, world.truc_bach)).text

    assert "Quán Thánh" not in html
    visit(head, officer(city.phuong, world.quan_thanh), status=404)
    visit(head, officer(world.dung, world.quan_thanh), status=404)
    visit(head, officer(world.dung, world.truc_bach), status=404)
    visit(head, officer(9999, world.truc_bach), status=404)
    visit(head, f"/reports/officers/{world.bao}?unit=x&{JUNE}", status=404)


@one_store
def test_an_officer_with_too_few_ratings_has_no_figures(
    head: FlaskClient, city: City
) -> None:
    html = visit(head, officer(city.khoat, city.world.truc_bach)).text

    assert "Chưa đủ 5 lượt để công bố." in words_of(html)
    assert not figures_of(html)


@one_store
def test_the_answers_of_others_change_nothing_of_an_officers(
    head: FlaskClient, city: City, session: Session
) -> None:
    address = officer(city.world.bao, city.world.truc_bach)
    before = figures_of(visit(head, address).text)[0]["wide"]["data"][1]
    add_block(session, city.world.truc_bach, city.world.hanh, day=MIDDLE_OF_JUNE)
    session.commit()

    after = figures_of(visit(head, address).text)[0]["wide"]["data"][1]

    assert before == after


@one_store
def test_links_keep_unit_period_and_day(head: FlaskClient, city: City) -> None:
    links = links_of(visit(head, officer(city.world.bao, city.world.truc_bach)).text)

    own = [link for link in links if "/officers/" in link]
    assert len(own) >= 6
    unit, day = f"unit={city.world.truc_bach}", "as_of=2026-07-01"
    assert all(unit in link and day in link for link in own)


@one_store
def test_the_page_speaks_english(head: FlaskClient, city: City) -> None:
    address = officer(city.world.bao, city.world.truc_bach, f"{JUNE}&lang=en")
    html = visit(head, address, language="en").text

    assert "The weakest point is" in html
    assert "Clearly below the other officers in asking." in html
