"""A page as a file: the same figures for the same readers, and no name that is ever a formula."""

import csv
import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kiosk.models.accounts import AuditEntry
from kiosk.models.organisation import Officer
from tests.pages import visit
from tests.reports.city import JUNE, City
from tests.reports.reading import figures_of, links_of, words_of
from tests.reports.spreadsheets import FORMULA, read_book

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def ward(city: City, form: str = "", more: str = "") -> str:
    return f"/reports/units/{city.world.truc_bach}{form}?{JUNE}{more}"


def got(client: FlaskClient, address: str) -> TestResponse:
    response = client.get(address)
    assert response.status_code == 200, address
    return response


def tables_of(response: TestResponse) -> dict[str, Any]:
    return {table["id"]: table for table in json.loads(response.text)["tables"]}


def columns_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    names = [column["name"] for column in table["columns"]]
    return [dict(zip(names, row, strict=True)) for row in table["rows"]]


def test_a_file_holds_the_figures_of_its_page_and_as_many_digits(
    head: FlaskClient, city: City
) -> None:
    page = visit(head, ward(city)).text
    tables = tables_of(got(head, ward(city, ".json")))

    [asked] = [
        row
        for row in columns_of(tables["officers"])
        if (row["Cán bộ"], row["Nội dung"]) == ("Trần Quốc Bảo", "Xin hỏi")
    ]
    assert "Trần Quốc Bảo Xin hỏi 48 48 0 50,0 % 40,2–59,8 %" in words_of(page)
    assert list(asked.values())[2:8] == [48, 48, 0, 0.5, 0.402, 0.598]
    drawn = figures_of(page)[0]["wide"]["data"][1]
    shares = [r["Tỷ lệ “Có”"] for r in columns_of(tables["officers"])[1::3]]
    assert [round(share * 100, 1) for share in shares] == drawn["x"]


@one_store
def test_every_number_of_every_table_stands_on_the_page(
    delegation: FlaskClient, city: City
) -> None:
    world = city.world
    for path in (
        f"/reports/units/{world.truc_bach}",
        f"/reports/units/{world.district}",
        f"/reports/officers/{world.bao}",
    ):
        query = f"?{JUNE}&unit={world.truc_bach}"
        page = words_of(visit(delegation, path + query).text).replace(" ", " ")
        for table in tables_of(got(delegation, f"{path}.json{query}")).values():
            missing = [
                (column["name"], value)
                for row in table["rows"]
                for column, value in zip(table["columns"], row, strict=True)
                if value is not None and not _shown(value, column["type"], page)
            ]
            assert not missing, (path, table["id"])


def _shown(value: Any, kind: str, page: str) -> bool:
    if kind == "day":
        return True  # the week or month that it bounds stands beside it
    if kind == "percent":
        exact = f"{value * 100:.1f}".replace(".", ",")
        return exact in page or exact.removesuffix(",0") in page
    if kind == "number":
        return f"{value:,}".replace(",", ".") in page
    return " ".join(str(value).split()) in page


def test_csv_opens_in_vietnamese_excel(head: FlaskClient, city: City) -> None:
    response = got(head, ward(city, ".csv"))

    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(
        csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=";")
    )
    bao = next(row for row in rows if row["Cán bộ"] == "Trần Quốc Bảo")
    assert (bao["Số lượt"], bao["Xin hỏi (%)"], bao["Xin hỏi: từ (%)"]) == (
        "96",
        "50",
        "40",
    )
    khoat = next(row for row in rows if row["Cán bộ"] == "Vũ Trọng Khoát")
    assert khoat["Số lượt"] == ""
    assert khoat["Ghi chú"].startswith("Chưa đủ 5 lượt")


@one_store
def test_one_table_of_the_page_may_be_asked_for(head: FlaskClient, city: City) -> None:
    text = got(head, ward(city, ".csv", "&table=weeks&lang=en")).data.decode(
        "utf-8-sig"
    )

    head_line, first, *_ = text.splitlines()
    assert head_line.startswith("Week,Week: from,Week: to,Ratings")
    assert first.split(",")[1:3] == ["2026-05-04", "2026-05-10"]
    assert head.get(ward(city, ".csv", "&table=accounts")).status_code == 404


def test_a_workbook_has_a_clean_sheet_for_each_table_and_native_charts(
    head: FlaskClient, city: City
) -> None:
    response = got(head, ward(city, ".xlsx"))
    book = read_book(response.data)

    titles = list(book.sheets)
    assert titles[:3] == ["Báo cáo", "Các chỉ số", "Cán bộ"]
    assert len(book.charts) == 3
    officers = book.sheets["Câu trả lời về từng cán bộ"]
    assert ["Trần Quốc Bảo", "Xin hỏi", 48, 48, 0, 0.5, 0.402, 0.598] in [
        row[:8] for row in officers
    ]
    name = response.headers["Content-Disposition"]
    assert name == 'attachment; filename="phuong-truc-bach_2026-06_2026-07-01.xlsx"'


@one_store
def test_a_week_is_two_days_that_a_spreadsheet_can_reckon_with(
    head: FlaskClient, city: City
) -> None:
    book = read_book(got(head, ward(city, ".xlsx")).data)

    week = book.sheets["Đủ 3 xin theo tuần"][1]
    assert week[1:3] == [46146, 46152]  # 4 and 10 May 2026 as Excel counts days


@one_store
def test_a_name_is_never_a_formula(
    head: FlaskClient, city: City, session: Session
) -> None:
    officer = session.get_one(Officer, city.world.bao)
    for name in ("=HYPERLINK(0)", "+1+1", "-2", "@SUM(A1)", "\t=1"):
        officer.name = name
        session.commit()

        text = got(head, ward(city, ".csv")).data.decode("utf-8-sig")
        book = read_book(got(head, ward(city, ".xlsx")).data)

        written = {row[0] for row in csv.reader(io.StringIO(text), delimiter=";")}
        assert "'" + name in written
        assert name not in written
        cells = [c for rows in book.sheets.values() for row in rows for c in row]
        assert name in cells
        assert not any(str(cell).startswith(FORMULA) for cell in cells)


def test_who_may_not_see_the_page_gets_no_file(head: FlaskClient, city: City) -> None:
    world = city.world
    for form in ("xlsx", "csv", "json"):
        for path in (
            f"units/{world.quan_thanh}",
            f"units/{world.district}",
            "units/9999",
        ):
            assert head.get(f"/reports/{path}.{form}?{JUNE}").status_code == 404
    assert head.get(f"/reports/units/{world.truc_bach}.pdf?{JUNE}").status_code == 404


@one_store
def test_a_file_is_written_down_as_the_page_is(
    head: FlaskClient, city: City, session: Session
) -> None:
    got(head, ward(city, ".json"))

    looks = session.scalars(
        select(AuditEntry.subject).where(AuditEntry.action == "report_read")
    )
    assert ward(city, ".json") in list(looks)


@one_store
def test_an_address_that_leaves_out_the_day_is_sent_to_the_whole_one(
    head: FlaskClient, city: City
) -> None:
    path = ward(city, ".xlsx").partition("?")[0]

    assert head.get(path).location == ward(city, ".xlsx")


@one_store
def test_pages_lead_to_their_files(delegation: FlaskClient, city: City) -> None:
    links = links_of(visit(delegation, ward(city)).text)

    for form in (".xlsx", ".csv", ".json"):
        assert ward(city, form) in links
    assert ward(city, ".csv").replace("?", "?table=weeks&") in links


@one_store
def test_an_empty_page_is_an_empty_file_that_says_why(
    head: FlaskClient, city: City
) -> None:
    address = ward(city, ".json").replace("2026-06&", "2026-02&")

    found = json.loads(got(head, address).text)

    assert found["sentences"] == [
        "Không có số liệu công bố cho tháng 2/2026: chưa lần nào đủ 5 lượt."
    ]
    assert [table["id"] for table in found["tables"]] == ["list"]
    got(head, address.replace(".json", ".xlsx"))
