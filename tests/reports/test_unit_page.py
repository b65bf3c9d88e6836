"""A ward's page: who sees it, what it says, and that its picture and its table agree."""

import re
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kiosk.models.store import Epoch
from tests.pages import visit
from tests.reports.blocks import add_block
from tests.reports.city import CHAIN, JUNE, City, build_city, sign_in
from tests.reports.reading import figures_of, links_of, words_of

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def ward(city: City, query: str = JUNE) -> str:
    return f"/reports/units/{city.world.truc_bach}?{query}"


def test_a_heads_home_is_the_ward_with_everything_in_the_address(
    head: FlaskClient, city: City
) -> None:
    response = head.get("/reports/", follow_redirects=True)

    assert response.status_code == 200
    assert response.request.full_path == ward(city)


@one_store
def test_a_restore_within_the_period_is_told_with_its_day(
    head: FlaskClient, city: City, session: Session
) -> None:
    restored = datetime(2026, 6, 9, 18, 0, tzinfo=UTC)
    session.add(Epoch(number=2, began_at=restored))
    session.commit()

    html = visit(head, ward(city)).text

    assert " nào. Ngày 10/06/2026, kho dữ liệu được khôi phục từ bản sao lưu." in html


@one_store
@pytest.mark.parametrize("name", ["endpoint", "_method", "_scheme", "_anchor", "lang_"])
def test_a_stray_name_in_an_address_goes_no_further(
    head: FlaskClient, city: City, name: str
) -> None:
    response = head.get(ward(city).partition("?")[0], query_string={name: "POST"})

    assert response.status_code == 302
    assert response.location == ward(city)


@one_store
def test_the_page_says_what_was_counted(head: FlaskClient, city: City) -> None:
    found = words_of(visit(head, ward(city)).text)

    assert "Phường Trúc Bạch" in found
    assert "Tháng 6/2026" in found
    assert "Trong tháng 6/2026, 79 % người dân được cả chào, hỏi và cảm ơn." in found
    assert "Tỷ lệ này không khác rõ rệt so với tháng 5/2026 (79 %)." in found
    assert (
        "Trần Quốc Bảo thấp hơn rõ rệt so với các cán bộ khác ở nội dung xin hỏi."
        in found
    )


@one_store
def test_every_officer_is_listed_with_figures_or_the_reason_for_none(
    head: FlaskClient, city: City
) -> None:
    found = words_of(visit(head, ward(city)).text)

    assert "Nguyễn Thị Minh Hạnh" in found
    assert "Lê Thu Phương" in found
    assert "Vũ Trọng Khoát" in found
    assert "Chưa đủ 5 lượt để công bố." in found
    assert "Nhiều cán bộ, hoặc không chắc là ai 12" in found


def test_figures_are_sums_of_the_blocks_of_the_period(
    head: FlaskClient, city: City
) -> None:
    table = words_of(visit(head, ward(city)).text)

    assert "Trần Quốc Bảo Xin hỏi 48 48 0 50,0 % 40,2–59,8 % thấp hơn rõ rệt" in table
    assert "Nguyễn Thị Minh Hạnh Xin hỏi 80 8 8 90,9 % 83,1–95,3 %" in table


@one_store
def test_the_picture_shows_the_numbers_of_its_table(
    head: FlaskClient, city: City
) -> None:
    html = visit(head, ward(city)).text

    officers = figures_of(html)[0]["wide"]["data"]
    asked = dict(zip(officers[1]["hovertext"], officers[1]["x"], strict=True))
    assert asked["Trần Quốc Bảo"] == 50.0
    assert asked["Nguyễn Thị Minh Hạnh"] == 90.9


@one_store
def test_the_foot_names_the_day_the_group_and_the_seal(
    head: FlaskClient, city: City
) -> None:
    html = visit(head, ward(city)).text

    assert "Số liệu tính đến ngày 01/07/2026." in html
    assert "tổng của các nhóm ít nhất 5 người dân" in html
    assert "7 lượt bỏ dở giữa chừng" in html
    assert CHAIN.hex()[:8] in html
    assert "có thể được bổ sung đến hết ngày 15/07/2026" in html


@one_store
def test_every_link_to_a_report_keeps_period_and_day(
    head: FlaskClient, city: City
) -> None:
    links = links_of(visit(head, ward(city)).text)

    assert len(links) >= 9
    assert all("period=" in link and "as_of=2026-07-01" in link for link in links)


def test_what_was_released_after_the_day_is_not_seen(
    head: FlaskClient, city: City, session: Session
) -> None:
    before = visit(head, ward(city, "period=2026-06&as_of=2026-06-30")).text
    add_block(
        session,
        city.world.truc_bach,
        city.world.hanh,
        day=date(2026, 6, 29),
        released=date(2026, 7, 1),
    )
    session.commit()

    after = visit(head, ward(city, "period=2026-06&as_of=2026-06-30")).text

    assert figures_of(before) == figures_of(after)
    assert figures_of(visit(head, ward(city)).text) != figures_of(before)


@one_store
def test_the_page_speaks_english(head: FlaskClient, city: City) -> None:
    html = visit(head, ward(city, f"{JUNE}&lang=en"), language="en").text

    assert (
        "In June 2026, <strong>79%</strong> of citizens were greeted, asked and thanked."
        in html
    )
    assert "As of 1 Jul 2026." in html


@one_store
@pytest.mark.parametrize("period", ["2026-W24", "2026-Q2", "2026"])
def test_the_page_covers_weeks_quarters_and_years(
    head: FlaskClient, city: City, period: str
) -> None:
    html = visit(head, ward(city, f"period={period}&as_of=2026-07-01")).text

    assert "người dân được cả chào, hỏi và cảm ơn" in html


def test_an_empty_period_is_explained_and_shows_no_zero(
    head: FlaskClient, city: City
) -> None:
    html = visit(head, ward(city, "period=2026-02&as_of=2026-07-01")).text

    assert "Không có số liệu công bố cho tháng 2/2026: chưa lần nào đủ 5 lượt." in html
    assert "Xem kỳ gần nhất có số liệu" in html
    assert not figures_of(html)
    assert not re.search(r"\b0[,.]?0?\s%", html)


@one_store
def test_the_way_to_the_latest_figures_leads_to_some_or_is_not_offered(
    head: FlaskClient, city: City
) -> None:
    latest, offered = f"{ward(city)}", "Xem kỳ gần nhất có số liệu"
    html = visit(head, ward(city, "period=2026-02&as_of=2026-07-01")).text

    assert latest in links_of(html)
    assert offered not in visit(head, latest).text
    none_yet = visit(head, ward(city, "period=2026-02&as_of=2026-04-30")).text
    assert offered not in none_yet


@one_store
def test_why_numbers_of_ratings_differ_is_said(head: FlaskClient, city: City) -> None:
    html = visit(head, ward(city)).text

    assert "“Đủ 3 xin” được tính theo nhóm ít nhất 20 người dân" in html


def test_what_comes_next_is_told_from_the_cadence_of_past_releases(
    head: FlaskClient, city: City, session: Session
) -> None:
    add_block(session, city.world.truc_bach, city.world.hanh, date(2026, 6, 20))
    session.commit()

    begun = visit(head, ward(city, "period=2026-W26&as_of=2026-06-22")).text
    late = visit(head, ward(city, "period=2026-W27&as_of=2026-06-30")).text
    to_come = visit(head, ward(city, "period=2026-W27&as_of=2026-06-22")).text

    assert "Chưa đủ 5 lượt để công bố; dự kiến khoảng 23/06/2026." in begun
    assert "dự kiến khoảng" not in late
    assert "dự kiến khoảng" not in to_come


def test_the_district_is_one_total_where_three_wards_contribute(
    head: FlaskClient, city: City
) -> None:
    html = words_of(visit(head, ward(city)).text)

    assert "So với mức chung 79 % của Quận Ba Đình thì không khác rõ rệt." in html
    assert "Kim Mã" not in html


def test_of_two_wards_no_total_is_shown(
    on_1_july: None, client: FlaskClient, session: Session
) -> None:
    city = build_city(session, wards=2)
    sign_in(client, "head")

    html = visit(client, ward(city)).text

    assert "Ba Đình" not in html


def test_a_delegation_sees_the_ward_against_all_that_it_was_granted(
    delegation: FlaskClient, city: City
) -> None:
    html = words_of(visit(delegation, ward(city)).text)

    assert "So với mức chung 79 % của phạm vi được giao" in html


def test_other_units_are_not_found(head: FlaskClient, city: City) -> None:
    world = city.world
    for unit_id in (world.quan_thanh, world.district, world.city, 9999):
        visit(head, f"/reports/units/{unit_id}?{JUNE}", status=404)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("period=2026-13", "“2026-13” không phải là kỳ hợp lệ."),
        ("period=2026-06&as_of=2026-07-02", "“2026-07-02” không phải là ngày hợp lệ."),
        ("period=2026-06&as_of=%3Cb%3E", "“&lt;b&gt;” không phải là ngày hợp lệ."),
    ],
)
def test_an_address_that_means_nothing_is_refused_in_words(
    head: FlaskClient, city: City, query: str, words: str
) -> None:
    assert words in visit(head, ward(city, query), status=400).text


@one_store
def test_an_address_is_refused_in_english_too(head: FlaskClient, city: City) -> None:
    html = visit(head, ward(city, "period=x&lang=en"), status=400, language="en").text

    assert "“x” is no period." in html
