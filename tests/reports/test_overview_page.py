"""The overview of a scope: its units side by side by code, never ranked, never beyond the grant."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import people
from tests.pages import visit
from tests.reports.blocks import add_block, add_tally
from tests.reports.city import JUNE, MONDAYS, City, build_city, sign_in
from tests.reports.reading import figures_of, links_of, words_of

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def district(city: City, query: str = JUNE) -> str:
    return f"/reports/units/{city.world.district}?{query}"


def test_a_delegations_home_is_what_was_granted(
    delegation: FlaskClient, city: City
) -> None:
    response = delegation.get("/reports/", follow_redirects=True)

    assert response.request.full_path == district(city)
    assert "Quận Ba Đình" in words_of(response.text)


@one_store
def test_several_units_granted_are_an_overview(
    city: City, session: Session, client: FlaskClient
) -> None:
    units = {city.kim_ma, city.world.truc_bach}
    people.account(session, "hai", "delegation", units)
    session.commit()
    people.sign_in(client, "hai")

    response = client.get("/reports/", follow_redirects=True)

    found = words_of(response.text)
    assert response.request.full_path == f"/reports/overview?{JUNE}"
    assert "Phạm vi được giao" in found
    assert "Kim Mã" in found
    assert "Quán Thánh" not in found
    ward = words_of(visit(client, f"/reports/units/{city.kim_ma}?{JUNE}").text)
    assert ward.startswith("Phạm vi được giao Phường Kim Mã")


@one_store
def test_where_nothing_is_known_of_all_three_no_picture_is_drawn(
    on_1_july: None, client: FlaskClient, session: Session
) -> None:
    city = build_city(session, wards=0)
    sign_in(client, "delegation")

    html = visit(client, district(city)).text

    found = words_of(html)
    assert "Trong tháng 6/2026, 348 lượt đánh giá đã được công bố;" in found
    assert "Đủ 3 xin – chưa đủ lượt" in found
    assert not figures_of(html)


def test_each_unit_has_its_figures_by_code(delegation: FlaskClient, city: City) -> None:
    found = words_of(visit(delegation, district(city)).text)

    assert "Trong tháng 6/2026, 79 % người dân" in found
    assert "Không đơn vị nào khác rõ rệt so với mức chung." in found
    assert "Phường Trúc Bạch 228 79 % (72–85 %)" in found
    assert "Phường Quán Thánh 120 79 % (72–85 %)" in found
    places = [
        found.rindex(name) for name in ("Phúc Xá", "Trúc Bạch", "Quán Thánh", "Kim Mã")
    ]
    assert places == sorted(places)


@one_store
def test_a_unit_that_clearly_differs_is_named_and_marked(
    delegation: FlaskClient, city: City, session: Session
) -> None:
    for monday in MONDAYS[4:]:
        add_tally(session, city.kim_ma, monday, n=100, all_three=98)
    session.commit()

    html = visit(delegation, district(city)).text

    assert "Phường Kim Mã cao hơn rõ rệt so với mức chung." in words_of(html)
    dots = figures_of(html)[0]["wide"]["data"][-1]
    marked = dict(zip(dots["hovertext"], dots["marker"]["symbol"], strict=True))
    assert marked["Kim Mã"] == "diamond"


@one_store
def test_each_unit_has_a_range_of_ranks_in_words(
    delegation: FlaskClient, city: City, session: Session
) -> None:
    for monday in MONDAYS[4:]:
        add_tally(session, city.kim_ma, monday, n=100, all_three=98)
    session.commit()

    found = words_of(visit(delegation, district(city)).text)

    assert "Hạng có thể có" in found
    assert "Phường Kim Mã hạng 1 trong 4" in found
    assert "Phường Trúc Bạch hạng 2–4 trong 4" in found


@one_store
def test_a_units_own_page_says_of_it_what_the_funnel_says(
    delegation: FlaskClient, city: City, session: Session
) -> None:
    for monday in MONDAYS[4:]:
        add_tally(session, city.kim_ma, monday, n=100, all_three=98)
    add_block(session, city.kim_ma, city.phuong, MONDAYS[4])
    session.commit()

    def said(unit_id: int) -> str:
        return words_of(visit(delegation, f"/reports/units/{unit_id}?{JUNE}").text)

    assert "của phạm vi được giao thì cao hơn rõ rệt." in said(city.kim_ma)
    assert "của phạm vi được giao thì không khác rõ rệt." in said(city.world.truc_bach)


@one_store
def test_a_unit_without_figures_says_why(delegation: FlaskClient, city: City) -> None:
    found = words_of(
        visit(delegation, district(city, "period=2026-06&as_of=2026-06-26")).text
    )

    assert "Phường Kim Mã Chưa đủ 5 lượt để công bố." in found


@one_store
def test_an_empty_scope_is_explained(delegation: FlaskClient, city: City) -> None:
    html = visit(delegation, district(city, "period=2025&as_of=2026-07-01")).text

    assert "Không có số liệu công bố cho năm 2025" in words_of(html)
    assert not figures_of(html)


@one_store
def test_every_unit_is_one_tap_away(delegation: FlaskClient, city: City) -> None:
    links = links_of(visit(delegation, district(city)).text)

    for unit_id in (
        city.kim_ma,
        city.phuc_xa,
        city.world.truc_bach,
        city.world.quan_thanh,
    ):
        assert f"/reports/units/{unit_id}?{JUNE}" in links


@one_store
def test_the_overview_speaks_english(delegation: FlaskClient, city: City) -> None:
    html = visit(delegation, district(city, f"{JUNE}&lang=en"), language="en").text

    assert "No unit differs clearly from the common level." in html


@one_store
def test_what_lies_above_the_grant_is_not_found(
    delegation: FlaskClient, city: City
) -> None:
    visit(delegation, f"/reports/units/{city.world.city}?{JUNE}", status=404)


@one_store
def test_a_heads_overview_holds_the_own_ward_alone(
    head: FlaskClient, city: City
) -> None:
    found = words_of(visit(head, f"/reports/overview?{JUNE}").text)

    assert "Phường Trúc Bạch" in found
    assert "Quán Thánh" not in found


@one_store
def test_the_administrator_sees_no_results(city: City, client: FlaskClient) -> None:
    sign_in(client, "administrator")

    for address in ("/reports/", district(city), f"/reports/officers/{city.phuong}"):
        visit(client, address, status=403)


@one_store
@pytest.mark.parametrize("role", ["head", "delegation", "administrator"])
def test_everybody_may_read_how_the_figures_are_made(
    city: City, client: FlaskClient, role: str
) -> None:
    sign_in(client, role)

    found = words_of(visit(client, "/reports/methodology").text)

    assert "514 trên 612 người dân là 84,0 %, khoảng 80,9–86,7 %" in found
    assert "Hiệu 4,0 điểm có khoảng tin cậy từ -0,3 đến 8,3 điểm." in found
    assert "Ai tự bấm bốn lượt thì suy ra được người thứ năm" in found
    assert "nếu dưới 66,8 % hoặc trên 93,2 %, còn đơn vị có 1.800 lượt" in found


@one_store
def test_the_method_is_told_in_english_too(city: City, client: FlaskClient) -> None:
    sign_in(client, "administrator")

    html = visit(client, "/reports/methodology?lang=en", language="en").text

    assert "If all citizens of a group answer alike" in html
