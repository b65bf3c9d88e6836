"""The page of remarks: reasons by posting, comments by month, and no score beside either."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.markup import parse
from tests.pages import visit
from tests.reports.city import JUNE, City
from tests.reports.reading import figures_of, links_of, words_of
from tests.reports.released import add_comments, add_reasons, withhold

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
DAY, MONTH = date(2026, 6, 9), date(2026, 6, 1)
WRITTEN = (
    "Phải chờ lâu quá, gần hai tiếng.",
    "Cán bộ nhiệt tình.",
    "Giảm 100% thời gian đi lại.",
    "Nên có thêm ghế, chờ đỡ mệt.",
    "Cảm ơn phường.",
)


def page(city: City, query: str = JUNE) -> str:
    return f"/reports/units/{city.world.truc_bach}/remarks?{query}"


def comments_on(html: str) -> list[str]:
    root, _ = parse(html)
    items = (item for item in root.all("li") if "comment" in item.get("class").split())
    return [" ".join(item.text().split()) for item in items]


def test_reasons_are_summed_by_officer_over_the_blocks_of_the_period(
    head: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    add_reasons(session, world.truc_bach, world.hanh, DAY, 12, fast=9, waited=2)
    add_reasons(session, world.truc_bach, world.hanh, DAY, 8, fast=3, clear=5)
    add_reasons(session, world.truc_bach, world.bao, DAY, 10, waited=7)
    add_reasons(session, world.truc_bach, world.bao, date(2026, 5, 20), 10, waited=7)
    add_reasons(session, world.quan_thanh, world.dung, DAY, 10, waited=7)
    session.commit()

    html = visit(head, page(city)).text

    found = words_of(html)
    assert "Nguyễn Thị Minh Hạnh 20 12 0 5 0 2 0 0 0" in found
    assert "Trần Quốc Bảo 10 0 0 0 0 7 0 0 0" in found
    assert "Vũ Trọng Khoát chưa đủ để công bố" in found
    assert "Tất cả 30 12 0 5 0 9 0 0 0" in found
    assert "có 30 ý kiến kèm lý do được công bố" in found
    assert "Được khen nhiều nhất: Nhanh gọn (12)." in found
    praise, criticism = figures_of(html)[0]["wide"]["data"]
    assert praise["x"] == [40.0, 0.0, 16.7, 0.0]
    assert criticism["x"][0] == 30.0


def test_comments_are_read_by_month_and_never_those_of_others(
    head: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    add_comments(session, world.truc_bach, MONTH, *WRITTEN)
    add_comments(session, world.truc_bach, date(2026, 5, 1), *["Tháng trước."] * 5)
    add_comments(session, world.quan_thanh, MONTH, *["Phường khác."] * 5)
    session.commit()

    assert sorted(comments_on(visit(head, page(city)).text)) == sorted(WRITTEN)
    quarter = visit(head, page(city, "period=2026-Q2&as_of=2026-07-01")).text
    assert comments_on(quarter)[5:] == ["Tháng trước."] * 5
    early = visit(head, page(city, "period=2026-06&as_of=2026-06-14")).text
    assert comments_on(early) == []


def test_comments_are_found_by_all_words_with_or_without_marks(
    head: FlaskClient, city: City, session: Session
) -> None:
    add_comments(session, city.world.truc_bach, MONTH, *WRITTEN)
    session.commit()
    held = {
        "cho+lau": WRITTEN[:1],
        "CH%E1%BB%9C": (WRITTEN[0], WRITTEN[3]),
        "100%25": WRITTEN[2:3],
        "%25": WRITTEN[2:3],
        "_": (),
    }

    for asked, texts in held.items():
        html = visit(head, page(city, f"{JUNE}&q={asked}")).text

        assert sorted(comments_on(html)) == sorted(texts), asked
        assert f"{len(texts)} trên 5 ý kiến có" in html


def test_what_is_withheld_is_told_but_neither_shown_nor_found(
    head: FlaskClient, city: City, session: Session
) -> None:
    keys = add_comments(session, city.world.truc_bach, MONTH, *WRITTEN)
    withhold(session, city.world.truc_bach, keys[0])
    session.commit()

    html = visit(head, page(city, f"{JUNE}&q=tieng")).text

    assert comments_on(html) == []
    assert "0 trên 4 ý kiến" in html
    assert "1 ý kiến không được hiển thị" in html
    assert "nêu tên một người dân (Trần Thị Chủ Tịch, 20/06/2026)" in html


@one_store
def test_pages_of_comments_hold_each_once(
    head: FlaskClient, city: City, session: Session
) -> None:
    add_comments(session, city.world.truc_bach, MONTH, *(f"Số {n}" for n in range(95)))
    session.commit()

    pages = [
        visit(head, page(city, f"{JUNE}&page={number}")).text for number in (1, 2, 3)
    ]

    read = [text for html in pages for text in comments_on(html)]
    assert len(read) == len(set(read)) == 95
    assert "/remarks?page=2&period=2026-06&as_of=2026-07-01#comments" in _turned(
        pages[0]
    )
    assert "Trang 3 trên 3" in pages[2]


@one_store
@pytest.mark.parametrize("number", ["0", "-1", "x", "9", "²", "99999999999999999999"])
def test_a_page_that_is_none_shows_one_that_is(
    head: FlaskClient, city: City, session: Session, number: str
) -> None:
    add_comments(session, city.world.truc_bach, MONTH, *WRITTEN)
    session.commit()

    html = visit(head, page(city, f"{JUNE}&page={number}&q=%00")).text

    assert len(comments_on(html)) == 5


@one_store
def test_no_score_stands_on_the_page(
    head: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    add_reasons(session, world.truc_bach, world.hanh, DAY, 12, fast=9)
    add_comments(session, world.truc_bach, MONTH, *WRITTEN)
    session.commit()

    found = words_of(visit(head, page(city)).text)

    assert "xin chào" not in found.lower()
    assert "hài lòng nhất" not in found
    assert "79 %" not in found  # the share of June that the page of the ward leads with


@one_store
def test_where_nothing_was_published_that_is_explained(
    head: FlaskClient, city: City
) -> None:
    html = visit(head, page(city)).text

    assert "Chưa có ý kiến nào của tháng 6/2026 được công bố." in html
    assert "Chưa có ý kiến viết." in html
    assert not figures_of(html)
    assert 'role="search"' not in html


def test_a_delegation_reads_units_side_by_side(
    delegation: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    add_reasons(session, world.truc_bach, world.hanh, DAY, 12, fast=9)
    add_reasons(session, world.quan_thanh, world.dung, DAY, 10, waited=7)
    add_comments(session, world.quan_thanh, MONTH, *WRITTEN)
    session.commit()

    html = visit(delegation, f"/reports/remarks?{JUNE}&lang=en", language="en").text

    found = words_of(html)
    assert "Phường Trúc Bạch 12 9 0 0 0 0 0 0 0" in found
    assert "Phường Quán Thánh 10 0 0 0 0 7 0 0 0" in found
    assert "Cảm ơn phường. Phường Quán Thánh" in found
    assert "Hạnh" not in found


@one_store
def test_other_units_are_not_found(head: FlaskClient, city: City) -> None:
    for unit_id in (city.world.quan_thanh, city.world.district, 9999):
        visit(head, f"/reports/units/{unit_id}/remarks?{JUNE}", status=404)


def _turned(html: str) -> str:
    return " ".join(links_of(html))


@one_store
def test_an_officers_reasons_stand_alone_without_a_comment(
    head: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    add_reasons(session, world.truc_bach, world.hanh, DAY, 12, fast=9, waited=2)
    add_reasons(session, world.truc_bach, world.bao, DAY, 10, waited=7)
    add_comments(session, world.truc_bach, MONTH, *WRITTEN)
    session.commit()
    address = f"/reports/officers/{world.hanh}/remarks"

    html = visit(head, f"{address}?unit={world.truc_bach}&{JUNE}").text

    assert "có 12 ý kiến kèm lý do được công bố" in words_of(html)
    assert "Nhanh gọn 9 75,0 %" in words_of(html)
    assert not any(text in html for text in WRITTEN)
    assert head.get(address).location == f"{address}?unit={world.truc_bach}&{JUNE}"
    visit(head, f"/reports/officers/{world.dung}/remarks?{JUNE}", status=404)


@one_store
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_holds_the_reasons_and_no_comment(
    head: FlaskClient, city: City, session: Session, form: str
) -> None:
    world = city.world
    add_reasons(session, world.truc_bach, world.hanh, DAY, 12, fast=9, waited=2)
    add_comments(session, world.truc_bach, MONTH, *WRITTEN)
    session.commit()

    text = head.get(page(city).replace("remarks", f"remarks.{form}")).text

    assert "Nguyễn Thị Minh Hạnh" in text
    assert not any(written in text for written in WRITTEN)
