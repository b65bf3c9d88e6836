"""The page that compares: two units, or two periods of a unit, of those that a reader may see."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.pages import visit
from tests.reports.blocks import add_block
from tests.reports.city import JUNE, MONDAYS, City
from tests.reports.reading import figures_of, links_of, words_of
from tests.reports.spreadsheets import read_book

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def compared(unit_id: int, other: str, form: str = "", query: str = JUNE) -> str:
    return f"/reports/compare{form}?unit={unit_id}&{query}&with={other}"


def rows_of(client: FlaskClient, address: str, table: str) -> list[list[Any]]:
    found = json.loads(client.get(address).text)
    return [*next(t for t in found["tables"] if t["id"] == table)["rows"]]


def test_two_wards_are_compared_figure_by_figure(
    delegation: FlaskClient, city: City
) -> None:
    address = compared(city.world.truc_bach, f"unit-{city.world.quan_thanh}")

    html = visit(delegation, address).text

    words = words_of(html)
    assert (
        "Trong tháng 6/2026, 79 % người dân được cả chào, hỏi và cảm ơn ở Phường Trúc Bạch"
        in words
    )
    assert "thấp hơn rõ rệt ở: xin hỏi" in words
    assert "Bốn chỉ số còn lại dùng chung một mức sai sót" in words
    [figure] = figures_of(html)
    assert [len(trace["x"]) for trace in figure["wide"]["data"]] == [5, 5]


def test_both_sides_show_what_their_own_pages_show(
    delegation: FlaskClient, city: City
) -> None:
    world = city.world
    address = compared(world.truc_bach, f"unit-{world.quan_thanh}", ".json")

    rows = rows_of(delegation, address, "comparison")

    for at, unit_id in ((1, world.truc_bach), (5, world.quan_thanh)):
        own = f"/reports/units/{unit_id}.json?{JUNE}"
        page = rows_of(delegation, own, "figures")
        shares = [round(row[at + 1], 2) for row in rows]
        assert shares == pytest.approx([row[1] for row in page], abs=0.011)
    overview = f"/reports/units/{world.district}.json?{JUNE}"
    listed = {row[0]: row for row in rows_of(delegation, overview, "units")}
    assert rows[0][1:5] == listed["Phường Trúc Bạch"][1:5]
    assert rows[0][5:9] == listed["Phường Quán Thánh"][1:5]


def test_two_periods_of_a_ward_say_what_its_page_says_of_the_change(
    head: FlaskClient, city: City, session: Session
) -> None:
    ward = city.world.truc_bach
    for monday in MONDAYS[:4]:
        for _ in range(4):
            add_block(session, ward, city.world.hanh, monday, asked=(1, 11, 0))
    session.commit()
    page = visit(head, f"/reports/units/{ward}?{JUNE}").text

    html = visit(head, compared(ward, "2026-05")).text

    assert "tăng rõ rệt" in words_of(page)
    assert "tháng 6/2026 cao hơn rõ rệt ở: xin hỏi." in words_of(html)
    assert f"/reports/compare?unit={ward}&{JUNE}&with=2026-05" in links_of(page)


@one_store
def test_the_second_period_stays_as_far_away(head: FlaskClient, city: City) -> None:
    ward = city.world.truc_bach

    links = links_of(visit(head, compared(ward, "2026-04")).text)

    def to(period: str, other: str) -> str:
        query = JUNE.replace("2026-06&", f"{period}&")
        return compared(ward, other, query=query)

    assert to("2026-05", "2026-03") in links
    assert to("2026-Q2", "2026-Q1") in links
    assert to("2026", "2025") in links


@one_store
def test_files_hold_the_same_and_a_native_chart(
    delegation: FlaskClient, city: City
) -> None:
    address = compared(city.world.truc_bach, f"unit-{city.world.quan_thanh}", ".xlsx")

    answer = delegation.get(address)

    book = read_book(answer.data)
    rows = book.sheets["Hai bên theo từng chỉ số"]
    [asked] = [row for row in rows if row[0] == "Xin hỏi"]
    points, low, high = (float(cell) for cell in asked[9:12])
    assert low < points < high < 0
    assert len(book.charts) == 1
    text = delegation.get(address.replace(".xlsx", ".csv")).text
    assert "Chênh lệch (điểm): từ" in text


@one_store
def test_a_reader_compares_only_what_he_may_read(head: FlaskClient, city: City) -> None:
    world = city.world
    for unit_id, other in (
        (world.truc_bach, f"unit-{world.quan_thanh}"),
        (world.quan_thanh, f"unit-{world.truc_bach}"),
        (world.quan_thanh, "2026-05"),
        (world.truc_bach, "unit-9999"),
        (9999, "2026-05"),
    ):
        for form in ("", ".json"):
            assert head.get(compared(unit_id, other, form)).status_code == 404
    choice = visit(head, f"/reports/compare?{JUNE}").text
    assert "Quán Thánh" not in choice
    assert head.get(f"/reports/compare?unit=x&{JUNE}").status_code == 404
    assert head.get(compared(world.truc_bach, "2026-05", ".pdf")).status_code == 404


@one_store
def test_a_reader_chooses_among_the_units_and_periods_of_his_scope(
    delegation: FlaskClient, city: City
) -> None:
    home = visit(delegation, f"/reports/units/{city.world.district}?{JUNE}").text
    assert f"/reports/compare?{JUNE}" in links_of(home)

    html = visit(delegation, f"/reports/compare?{JUNE}").text

    assert f'value="unit-{city.kim_ma}">Phường Kim Mã' in html
    chosen = f'<option selected value="unit-{city.world.truc_bach}">'
    assert chosen in html  # the second by code; the first stands beside it
    assert 'value="2026-05">Tháng 5/2026' in html
    assert ".xlsx" not in html


@one_store
@pytest.mark.parametrize("other", ["2026-06", "2026-Q1", "2026-W20", "12", "unit-", ""])
def test_what_cannot_be_compared_is_refused_by_name(
    head: FlaskClient, city: City, other: str
) -> None:
    html = visit(head, compared(city.world.truc_bach, other), status=400).text

    assert "Không thể so sánh với" in words_of(html)


@one_store
def test_a_unit_is_not_compared_with_itself_or_what_it_is_part_of(
    delegation: FlaskClient, city: City
) -> None:
    world = city.world
    for other in (world.truc_bach, world.district):
        address = compared(world.truc_bach, f"unit-{other}")
        words = words_of(visit(delegation, address).text)
        assert "Xin chọn hai đơn vị mà không đơn vị nào thuộc đơn vị kia." in words
        file = compared(world.truc_bach, f"unit-{other}", ".csv")
        assert delegation.get(file).status_code == 404


@one_store
def test_an_address_without_a_second_side_is_sent_to_the_period_before(
    head: FlaskClient, city: City
) -> None:
    ward = city.world.truc_bach

    for query in (f"unit={ward}&{JUNE}", f"unit={ward}", f"unit={ward}&with=2026-05"):
        answer = head.get(f"/reports/compare?{query}", follow_redirects=True)
        found = answer.request.full_path.replace("?", "&").split("&")
        whole = compared(ward, "2026-05").replace("?", "&").split("&")
        assert sorted(found) == sorted(whole)


@one_store
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_side_says_why(
    delegation: FlaskClient, city: City, language: str
) -> None:
    address = compared(city.world.truc_bach, f"unit-{city.kim_ma}")

    html = visit(delegation, f"{address}&lang={language}", language=language).text

    told = {"vi": "Phường Kim Mã: Không có", "en": "Phường Kim Mã: Not"}
    words = words_of(html)
    assert told[language][:13] in words
    assert "Dunn" not in words  # of what is not compared no chance is told
    assert figures_of(html) == []
