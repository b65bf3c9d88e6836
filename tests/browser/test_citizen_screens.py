"""Every citizen's screen in both languages, sizes and orientations: no barrier, no scrolling."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from kiosk.models.organisation import Counter, Officer, Posting, UnitVersion
from tests import cast
from tests.browser import kiosk
from tests.browsing import Complaints, barriers
from tests.cast import World
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]
UNIT = "Phường Nguyễn Trung Trực"
NAME = "Nguyễn Hoàng Phương Thảo Nguyên"
TITLE = "Công chức Tư pháp – Hộ tịch kiêm tiếp nhận hồ sơ"
COUNTER = "Quầy số 1 – Hộ tịch và chứng thực"
# What does not fit into the window, and what cannot be hit: one line each.
FAULTS = """() => {
  const faults = [];
  const frames = document.querySelectorAll('html, body, .work, .panel');
  for (const { tagName, className, scrollHeight, clientHeight, scrollWidth, clientWidth } of frames)
    if (scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1)
      faults.push(`${tagName}.${className} scrolls: ${scrollHeight} > ${clientHeight}`);
  for (const button of document.querySelectorAll('button')) {
    const { width, height, bottom, right } = button.getBoundingClientRect();
    const name = button.textContent.trim();
    if (width === 0) continue;
    if (width < 59.5 || height < 59.5) faults.push(`${name}: ${width} x ${height}`);
    if (bottom > innerHeight + 1 || right > innerWidth + 1) faults.push(`${name} is outside`);
  }
  return faults;
}"""


@pytest.fixture
def world(session: Session) -> World:
    """The city, with the longest names there are."""
    world = cast.build_world(session)
    session.execute(update(UnitVersion).values(name=UNIT))
    session.execute(update(Officer).values(name=NAME))
    session.execute(update(Posting).values(title=TITLE))
    session.execute(update(Counter).values(label=COUNTER))
    session.commit()
    return world


def screens(page: Page, language: str) -> Iterator[str]:
    """Walks through a rating; gives the name of each screen as it stands."""
    page.wait_for_timeout(kiosk.GUARD)
    yield "choice"
    page.locator(".choice--officer").first.click()
    for step, value in enumerate(("yes", "no", "unsure", 3)):
        page.wait_for_timeout(kiosk.GUARD)
        yield f"question {step}"
        page.locator(f'[data-value="{value}"]:visible').click()
    kiosk.thanked(page)
    page.locator("[data-reason=waited]").click()
    yield "thanks"
    page.locator("[data-write]").click()
    expect(page.get_by_role("textbox")).to_be_focused()
    yield "writing"
    page.locator("[data-written]").click()
    kiosk.done(page)
    expect(page.locator(".officers:visible")).to_be_visible()


@pytest.mark.parametrize("size", [kiosk.LANDSCAPE, kiosk.UPRIGHT, kiosk.PHONE])
def test_every_screen_fits_and_keeps_nobody_out(
    new_page: Callable[..., Page],
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
    size: dict[str, int],
) -> None:
    page = new_page(viewport=size, has_touch=True)
    kiosk.pair(page, server.url, kiosk.code_for(session, world.hall_tablet))
    complaints.forgive("401")
    found: list[str] = []

    for language in ("vi", "en"):
        for large in (False, True):
            if language == "en":
                page.locator("[data-tool=language]").click()
            if large:
                page.locator("[data-tool=large]").click()
            for screen in screens(page, language):
                where = f"{screen}, {language}{', large' if large else ''}"
                faults = barriers(page)
                # On a phone large text may scroll, as any page does.
                if not (large and size == kiosk.PHONE):
                    faults += page.evaluate(FAULTS)
                found += [f"{where}: {fault}" for fault in faults]

    assert not found, "\n".join(found)


def test_preferences_fall_back_at_the_next_welcome(
    page: Page,
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> None:
    kiosk.pair(page, server.url, kiosk.code_for(session, world.hall_tablet))
    complaints.forgive("401")
    page.locator("[data-tool=language]").click()
    page.locator("[data-tool=large]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading")).to_have_text("Who has just served you?")

    for _ in screens(page, "en"):
        pass

    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.locator("html")).to_have_attribute("data-size", "normal")


def test_the_states_of_a_tablet_keep_nobody_out(
    page: Page,
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{server.url}/tablet/")
    expect(page.get_by_role("textbox", name="Mã ghép máy")).to_be_visible()
    assert barriers(page) == []

    page.get_by_role("textbox").fill("ABCD2345")
    page.get_by_role("button", name="Ghép máy này").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Không có mã này. Xin kiểm tra từng chữ."
    )
    assert barriers(page) == []

    code = kiosk.code_for(session, world.tablet)
    page.get_by_role("textbox").fill(f" {code[:4].lower()}-{code[4:]} ")
    page.get_by_role("button", name="Ghép máy này").click()
    expect(page.get_by_role("heading")).to_have_text("Cán bộ có chào ông/bà không?")
    complaints.forgive("401")
    complaints.forgive("422")


def test_a_revoked_tablet_says_so_and_takes_no_more_ratings(
    page: Page,
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> None:
    syncs = count(1)
    # A new tablet syncs twice; the next time is a minute away.
    with page.expect_response(lambda r: "/sync" in r.url and next(syncs) == 2):
        kiosk.pair(page, server.url, kiosk.code_for(session, world.tablet))
    complaints.forgive("401")
    cast.pair(session, world.tablet)

    kiosk.tap(page, "yes", "yes", "yes", 5)
    kiosk.done(page)

    expect(page.get_by_role("heading")).to_contain_text("Máy này đã ngừng sử dụng")
    assert barriers(page) == []
    page.reload()
    expect(page.get_by_role("heading")).to_contain_text("Máy này đã ngừng sử dụng")
    page.wait_for_load_state("networkidle")
    complaints.forgive("403")


@pytest.mark.usefixtures("world")
def test_without_https_the_tablet_says_so_and_does_not_pair(
    page: Page, server: Gunicorn
) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'isSecureContext', { value: false })"
    )
    page.goto(f"{server.url}/tablet/#ABCD2345")

    expect(page.get_by_role("heading")).to_contain_text("Kết nối không an toàn")
    assert page.get_by_role("textbox").count() == 0
    assert barriers(page) == []
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading")).to_contain_text("connection is not secure")


@pytest.mark.usefixtures("world")
def test_a_tablet_that_never_reached_its_server_waits_for_it(
    page: Page, server: Gunicorn, complaints: Complaints
) -> None:
    page.route("**/tablet/desk", lambda route: route.abort())
    page.goto(f"{server.url}/tablet/")

    expect(page.get_by_role("heading")).to_contain_text("Chưa kết nối được với máy chủ")
    assert barriers(page) == []
    complaints.forgive("ERR_FAILED")
