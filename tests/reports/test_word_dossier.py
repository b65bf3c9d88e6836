"""The dossier as a Word document: official form, native charts, and the figures of the screen."""

import io

import pytest
from docx.shared import Pt
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.pages import visit
from tests.reports.city import JUNE, City, promise
from tests.reports.documents import Paper, read_paper
from tests.reports.reading import figures_of, words_of
from tests.reports.spreadsheets import read_book

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def document(client: FlaskClient, unit_id: int, query: str = JUNE) -> Paper:
    response = client.get(f"/reports/units/{unit_id}/dossier.docx?{query}")
    assert response.status_code == 200
    return read_paper(response.data)


def test_a_document_says_what_the_printed_dossier_says(
    delegation: FlaskClient, city: City, session: Session
) -> None:
    promise(session, city.world.district, all_three=0.75, satisfied=0.99)
    page = f"/reports/units/{city.world.district}/dossier?{JUNE}"
    printed = words_of(visit(delegation, page).text)

    paper = document(delegation, city.world.district)

    told = paper.words[paper.words.index("Báo cáo này tổng hợp") :]
    known = printed.casefold().replace("(sha-256):", "sha-256:")
    strange = {word for word in told.split() if word.casefold() not in known}
    assert {word for word in strange if "…" not in word} == set()
    figures = {word for word in printed.split() if any(map(str.isdigit, word))}
    assert {word for word in figures if word not in paper.words} == {"(SHA-256):"}


def test_native_charts_hold_the_values_of_the_pictures(
    head: FlaskClient, city: City
) -> None:
    ward = city.world.truc_bach
    html = visit(head, f"/reports/units/{ward}?{JUNE}").text
    officers, weeks, levels = (figure["wide"]["data"] for figure in figures_of(html))

    drawn = document(head, ward).charts

    assert drawn[0] == [trace["x"] for trace in officers]
    known = [value for value in weeks[-1]["y"] if value is not None]
    assert drawn[1][-1] == known
    assert drawn[2] == [trace["x"] for trace in levels]


def test_targets_are_drawn_beside_their_results(
    head: FlaskClient, city: City, session: Session
) -> None:
    ward = city.world.truc_bach
    promise(session, ward, all_three=0.6, asked=0.9)
    page = visit(head, f"/reports/units/{ward}/targets?{JUNE}").text
    shares, strokes = figures_of(page)[0]["wide"]["data"]

    paper = document(head, ward)

    assert paper.charts[-1] == [shares["x"], strokes["x"]]


def test_the_form_is_that_of_the_decree(head: FlaskClient, city: City) -> None:
    paper = document(head, city.world.truc_bach)

    first, annex = paper.word.sections
    sides = [first.page_width, first.page_height, first.top_margin]
    sides += [first.bottom_margin, first.left_margin, first.right_margin]
    assert [round(side.mm) for side in sides if side] == [210, 297, 20, 20, 30, 15]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert 'w:start="1"' in annex._sectPr.xml
    body = paper.word.styles["Body Text"].font
    assert (body.name, body.size) == ("Times New Roman", Pt(13))
    assert paper.words.startswith(
        "QUẬN BA ĐÌNH ỦY BAN NHÂN DÂN PHƯỜNG TRÚC BẠCH Số: ………/BC-UBND"
        " CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
    )
    headings = [
        each.text
        for each in paper.word.paragraphs
        if each.style and each.style.name == "Heading 1"
    ]
    assert headings == [
        "I. Kết quả",
        "II. Chỉ tiêu và kết quả",
        "III. Cách tính và giới hạn của số liệu",
    ]


def test_a_chart_brings_its_figures_to_be_edited(head: FlaskClient, city: City) -> None:
    paper = document(head, city.world.truc_bach)

    [book, *_] = [
        part.blob
        for part in paper.word.part.package.iter_parts()
        if part.partname.endswith("figures1.xlsx")
    ]
    rows = read_book(io.BytesIO(book).read()).sheets["Figures"]
    assert "Trần Quốc Bảo" in [row[0] for row in rows if row]


def test_who_may_not_see_the_unit_gets_no_document(
    head: FlaskClient, city: City
) -> None:
    for unit_id in (city.world.quan_thanh, city.world.district, 9999):
        address = f"/reports/units/{unit_id}/dossier.docx?{JUNE}"
        assert head.get(address).status_code == 404


def test_an_empty_document_says_why(head: FlaskClient, city: City) -> None:
    query = "period=2026-02&as_of=2026-07-01"

    paper = document(head, city.world.truc_bach, query)

    assert "Không có số liệu công bố cho tháng 2/2026" in paper.words
    assert paper.charts == []
