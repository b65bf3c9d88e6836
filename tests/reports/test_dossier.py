"""The dossier: the pages of a scope in official form, with the figures of the screen."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.pages import visit
from tests.reports.city import JUNE, City, promise
from tests.reports.reading import figures_of, links_of, words_of

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def dossier(unit_id: int, query: str = JUNE, form: str = "") -> str:
    return f"/reports/units/{unit_id}/dossier{form}?{query}"


def test_a_dossier_shows_what_the_pages_of_its_units_show(
    delegation: FlaskClient, city: City
) -> None:
    world = city.world
    wards = [city.phuc_xa, world.truc_bach, world.quan_thanh, city.kim_ma]
    pages = [
        visit(delegation, f"/reports/units/{unit_id}?{JUNE}").text
        for unit_id in (world.district, *wards)
    ]

    html = visit(delegation, dossier(world.district)).text

    assert figures_of(html) == [each for page in pages for each in figures_of(page)]
    found = words_of(html)
    [row] = re.findall(r"Trần Quốc Bảo Công chức [^)]+\) [^)]+\)", words_of(pages[2]))
    assert row in found
    assert (
        "Trần Quốc Bảo thấp hơn rõ rệt so với các cán bộ khác ở nội dung xin hỏi."
        in found
    )


@one_store
def test_targets_stand_in_a_dossier_as_on_their_page(
    head: FlaskClient, city: City, session: Session
) -> None:
    ward = city.world.truc_bach
    promise(session, ward, all_three=0.6, asked=0.9)
    page = visit(head, f"/reports/units/{ward}/targets?{JUNE}").text

    html = visit(head, dossier(ward)).text

    found = words_of(html)
    assert "II. Chỉ tiêu và kết quả Trong tháng 6/2026, 1 trên 2 chỉ tiêu" in found
    assert figures_of(html)[-1:] == figures_of(page)
    [row] = re.findall(r"Xin hỏi 90 % \S+ % \S+ %", words_of(page))
    assert row in found


@one_store
def test_a_dossier_in_english_keeps_apostrophes_and_the_names_of_months(
    head: FlaskClient, city: City
) -> None:
    query = f"{JUNE}&lang=en"

    html = visit(head, dossier(city.world.truc_bach, query), language="en").text

    found = words_of(html)
    assert "PEOPLE'S COMMITTEE OF PHƯỜNG TRÚC BẠCH" in found
    assert "Phường Trúc Bạch, June 2026" in found


@one_store
def test_a_dossier_has_the_official_form(delegation: FlaskClient, city: City) -> None:
    found = words_of(visit(delegation, dossier(city.world.district)).text)

    assert "ĐGS CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in found
    assert "Hà Nội, ngày …… tháng …… năm 2026 Báo cáo" in found
    assert "Quận Ba Đình, tháng 6/2026" in found
    assert "TM. GIAMSAT TRƯỞNG ĐOÀN" in found
    assert "I. Kết quả chung" in found
    assert "II. Chỉ tiêu và kết quả Chưa nhập chỉ tiêu nào cho năm 2026" in found
    assert "III. Kết quả của từng đơn vị 1. Phường Phúc Xá" in found
    assert "IV. Cách tính và giới hạn của số liệu" in found
    assert "Phụ lục Mức độ đầy đủ của số liệu" in found


@one_store
def test_a_head_has_a_dossier_of_the_ward_alone(head: FlaskClient, city: City) -> None:
    world = city.world
    page = visit(head, f"/reports/units/{world.truc_bach}?{JUNE}").text

    html = visit(head, dossier(world.truc_bach)).text

    assert figures_of(html) == figures_of(page)
    found = words_of(html)
    assert "QUẬN BA ĐÌNH ỦY BAN NHÂN DÂN PHƯỜNG TRÚC BẠCH" in found
    assert "Quán Thánh" not in found
    assert f"/reports/units/{world.truc_bach}/dossier?{JUNE}" in links_of(page)
    for unit_id in (world.quan_thanh, world.district):
        visit(head, dossier(unit_id), status=404)
    visit(head, dossier(world.truc_bach, form=".pdf"), status=404)


@one_store
def test_an_empty_dossier_says_why_and_an_english_one_is_english(
    delegation: FlaskClient, city: City
) -> None:
    empty = dossier(city.world.district, "period=2026-02&as_of=2026-07-01")
    found = words_of(visit(delegation, empty).text)

    assert "Không có số liệu công bố cho tháng 2/2026" in found
    english = visit(
        delegation, dossier(city.world.district) + "&lang=en", language="en"
    )
    assert "Results of citizens' ratings on greeting" in words_of(english.text)
