"""The console in a real browser: without a mouse, and without a barrier for anybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from kiosk.domain.calendar import HANOI
from kiosk.web import clock
from tests import cast, people
from tests.browsing import Complaints, barriers
from tests.cast import World
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def world(session: Session) -> World:
    world = cast.build_world(session)
    people.appoint(session, world)
    cast.pair(session, world.tablet, now=clock.now())
    return world


def sign_in(page: Page, server: Gunicorn, language: str = "vi") -> None:
    page.goto(f"{server.url}/sign-in?lang={language}")
    page.locator("#username").fill("quantri")
    page.locator("#password").fill(people.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/tablets")


def test_a_tablet_is_paired_without_a_mouse(
    page: Page, server: Gunicorn, world: World
) -> None:
    page.goto(f"{server.url}/")
    page.locator("#username").focus()
    page.keyboard.type("quantri")
    page.keyboard.press("Tab")
    page.keyboard.type(people.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Máy tính bảng")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Đến thẳng nội dung")
    walk(page, "Sảnh")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sảnh")
    walk(page, "Tạo mã")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Mã ghép cho Sảnh")
    assert len(page.locator(".code__letters").inner_text().replace(" ", "")) == 8


def walk(page: Page, words: str) -> None:
    """Press Tab until the control with these words has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.innerText").strip() == words:
            return
    raise AssertionError(f"{words!r} cannot be reached with the keyboard")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_keeps_anybody_out(
    new_page: Callable[..., Page],
    server: Gunicorn,
    world: World,
    complaints: Complaints,
    viewport: dict[str, int],
    language: str,
) -> None:
    page = new_page(viewport=viewport)
    page.goto(f"{server.url}/sign-in?lang={language}")
    assert barriers(page) == []
    sign_in(page, server, language)
    place = f"/admin/tablets/{world.tablet}"
    addresses = ["/admin/tablets", "/admin/tablets/new", "/admin/accounts", place]
    addresses += [f"{place}/revocation", f"{place}/retirement", "/password"]
    addresses += [f"/admin/tablets/new?unit={world.truc_bach}", "/nowhere"]
    addresses += ["/admin/tablets?state=storage&sort=heard", "/admin/tablets?state=old"]

    for address in addresses:
        page.goto(server.url + address)
        assert barriers(page) == [], address
        assert fits(page), address
    page.goto(server.url + place)
    page.locator(f'form[action$="/{world.tablet}/code"] button').click()
    assert barriers(page) == []
    assert fits(page)
    complaints.forgive("404")


def fits(page: Page) -> bool:
    """Whether nothing stands out to the side of the page."""
    width = page.evaluate("() => document.documentElement.scrollWidth")
    viewport = page.viewport_size
    return viewport is not None and width <= viewport["width"]


def test_times_are_told_as_in_vietnam(
    page: Page, server: Gunicorn, world: World
) -> None:
    sign_in(page, server)
    page.goto(f"{server.url}/admin/tablets/{world.tablet}")

    today = f"{clock.now().astimezone(HANOI):%d/%m/%Y}"
    expect(page.locator("dl")).to_contain_text(today)
