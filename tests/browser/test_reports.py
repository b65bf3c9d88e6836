"""The reports in a real browser: charts drawn under the strict policy, wide, narrow, on paper."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy.orm import Session

from tests.browsing import barriers
from tests.people import NAMES, PASSWORD
from tests.reports.city import JUNE, City, build_city
from tests.reports.released import add_comments, add_month, add_reasons, add_week
from tests.servers import Gunicorn

DESK: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 1024, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
# The page and its navigation can be seen whole, without moving either sideways.
FITS = """() => [document.documentElement, ...document.querySelectorAll('.sides')]
  .every((each) => each.scrollWidth <= each.clientWidth)"""
ROWS_OF_FIGURES = """() => new Set(
  Array.from(document.querySelectorAll('.figure'), (each) => each.offsetTop)).size"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]


@pytest.fixture
def city(session: Session) -> City:
    return build_city(session)


@pytest.fixture
def reader(
    city: City, server: Gunicorn, new_page: Callable[..., Page]
) -> Callable[..., Page]:
    """Opens a page, signed in as a role."""

    def open_page(role: str, path: str, **options: object) -> Page:
        page = new_page(viewport=DESK, base_url=server.url, **options)
        page.goto("/sign-in")
        page.locator("input[name=username]").fill(NAMES[role])
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        expect(page.locator("h1")).not_to_have_text("Đăng nhập")
        page.goto(path)
        return page

    return open_page


def address(city: City, role: str = "head") -> str:
    unit_id = city.world.truc_bach if role == "head" else city.world.district
    return f"/reports/units/{unit_id}?{JUNE}"


def drawn(page: Page, width: str) -> None:
    charts = page.locator("[data-chart]")
    for at in range(charts.count()):
        expect(charts.nth(at)).to_have_attribute("data-drawn", width)
        expect(charts.nth(at).locator(".main-svg").first).to_be_visible()


@pytest.mark.parametrize("role", ["head", "delegation"])
def test_charts_are_drawn_on_desk_and_phone_and_keep_nobody_out(
    reader: Callable[..., Page], city: City, role: str
) -> None:
    page = reader(role, address(city, role))

    drawn(page, "wide")
    assert barriers(page) == []

    page.set_viewport_size(TABLET)
    drawn(page, "wide")
    assert page.evaluate(FITS)
    assert page.evaluate(ROWS_OF_FIGURES) == 1

    page.set_viewport_size(PHONE)
    drawn(page, "narrow")
    assert barriers(page) == []
    assert page.evaluate(FITS)


def test_charts_speak_vietnamese_and_send_nothing_away(
    reader: Callable[..., Page], city: City
) -> None:
    hosts: set[str] = set()
    page = reader("head", "/reports/methodology")
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(address(city))
    drawn(page, "wide")

    card = page.locator("[data-chart]").first
    card.locator(".points path.point").first.hover(force=True)
    expect(card.locator(".hoverlayer").first).to_contain_text("91,7 %")
    expect(card.locator(".hoverlayer").first).to_contain_text("84,4–95,7 % · 96 lượt")
    buttons = page.locator(".modebar-btn").all()
    titles = {button.get_attribute("data-title") for button in buttons}
    assert titles == {"Tải biểu đồ (ảnh PNG)"}
    with page.expect_download() as download:
        card.locator(".modebar-btn").first.click()
    assert download.value.suggested_filename.endswith(".png")
    assert hosts == {page.url.split("/")[2]}


def test_the_table_is_one_tap_away_and_open_without_scripts(
    reader: Callable[..., Page], city: City
) -> None:
    page = reader("head", address(city))
    card = page.locator("[data-chart]").first
    expect(card.locator("table")).to_be_hidden()

    card.get_by_text("Bảng số liệu", exact=True).click()

    expect(card.locator("table")).to_contain_text("Trần Quốc Bảo")
    plain = reader("head", address(city), java_script_enabled=False)
    for table in plain.locator("[data-chart] table").all():
        expect(table).to_be_visible()
    expect(plain.locator(".chart__plot").first).to_be_hidden()


def test_charts_fit_the_paper_and_come_back(
    reader: Callable[..., Page], city: City
) -> None:
    page = reader("head", address(city))
    drawn(page, "wide")
    svg = page.locator("[data-chart] .main-svg").first
    before = svg.get_attribute("width")

    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(svg).to_have_attribute("width", "650")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")

    expect(svg).to_have_attribute("width", str(before))


def test_a_dossier_draws_all_its_charts_for_paper_and_takes_what_is_typed(
    reader: Callable[..., Page], city: City
) -> None:
    page = reader("delegation", address(city, "delegation").replace("?", "/dossier?"))

    drawn(page, "wide")
    expect(page.locator("[data-chart] .main-svg").first).to_have_attribute(
        "width", "650"
    )
    expect(page.locator("[data-drawing]")).to_be_hidden()
    expect(page.locator("[data-print]")).to_be_visible()
    above = page.get_by_label("Cơ quan chủ quản")
    above.fill("HỘI ĐỒNG NHÂN DÂN")
    expect(above).to_have_text("HỘI ĐỒNG NHÂN DÂN")
    assert barriers(page) == []


def test_periods_and_officers_are_one_tap_away(
    reader: Callable[..., Page], city: City
) -> None:
    page = reader("head", address(city))

    page.get_by_role("link", name="Kỳ trước").click()
    expect(page.locator(".periods__now [aria-current]")).to_have_text("Tháng 5/2026")
    assert "period=2026-05&as_of=2026-07-01" in page.url
    page.get_by_role("link", name="Quý").click()
    expect(page.locator(".periods__now [aria-current]")).to_have_text("Quý II/2026")
    page.locator(".roster").get_by_role("link", name="Trần Quốc Bảo").click()

    expect(page.locator("h1")).to_contain_text("Trần Quốc Bảo")
    drawn(page, "wide")
    assert barriers(page) == []


def test_tablets_and_remarks_are_a_tap_away_and_keep_nobody_out(
    reader: Callable[..., Page], city: City, session: Session
) -> None:
    ward, june = city.world.truc_bach, date(2026, 6, 1)
    for number in range(4):
        monday = june + timedelta(weeks=number)
        add_week(session, ward, city.world.tablet, monday, taps=0 if number == 2 else 9)
    add_month(session, ward, city.world.tablet, june, hours={(8, 9): 31, (10, 16): 7})
    add_reasons(session, ward, city.world.hanh, june, 12, fast=9, waited=2)
    add_comments(session, ward, june, *["Phải chờ lâu quá."] * 3, "Tốt.", "Cảm ơn.")
    session.commit()
    page = reader("head", address(city))

    for name in ("Hoạt động của máy", "Ý kiến"):
        page.set_viewport_size(DESK)
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).to_contain_text(name)
        drawn(page, "wide")
        assert barriers(page) == []
        page.set_viewport_size(PHONE)
        drawn(page, "narrow")
        assert barriers(page) == []
        assert page.evaluate(FITS)
    page.get_by_role("searchbox").fill("cho lau")
    page.get_by_role("button", name="Tìm").click()

    expect(page.locator(".comment")).to_have_count(3)
    assert f"{JUNE}" in page.url
