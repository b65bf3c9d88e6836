"""The staff corner of a tablet: its door, its PIN, seats without a server, and no barrier."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.staff_pins import hash_pin, set_pin
from kiosk.models.organisation import SeatChange
from kiosk.web.clock import now
from tests import cast
from tests.browser import kiosk
from tests.browser.test_citizen_offline import CONTROLLED, until
from tests.browser.test_citizen_screens import FAULTS
from tests.browsing import Complaints, barriers
from tests.cast import World
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]
PIN = "280571"
HELD = 2_200  # milliseconds; static/js/kiosk/door.js opens after 2,000


@pytest.fixture
def world(session: Session) -> World:
    world = cast.build_world(session)
    set_pin(session, unit_id=world.truc_bach, pin=hash_pin(PIN), by=None, now=now())
    session.commit()
    return world


def type_pin(page: Page, pin: str) -> None:
    for digit in pin:
        page.locator(f"[data-digit='{digit}']").click()
    page.locator(".staff-pin [type=submit]").click()


def open_corner(page: Page, pin: str = PIN) -> None:
    """By the keyboard, as far as the seats."""
    page.locator("[data-door]").press("Enter")
    type_pin(page, pin)
    expect(page.locator(".staff")).to_be_visible()


def screens(page: Page) -> Iterator[str]:
    """Walks through the corner in both languages; gives the name of each screen as it stands."""
    for language in ("vi", "en"):
        page.locator("[data-door]").press("Enter")
        expect(page.locator(".staff-pin")).to_be_visible()
        if language == "en":
            page.locator("[data-tool=language]").click()
        type_pin(page, "000000")
        expect(page.get_by_role("alert")).to_be_visible()
        yield f"wrong PIN, {language}"
        type_pin(page, PIN)
        expect(page.locator("[data-queue]")).to_have_text("0")
        yield f"home, {language}"
        page.locator(".staff__row button").last.click()
        yield f"seat, {language}"
        page.locator("[data-back]:visible").click()
        page.locator("[data-unpair]").click()
        expect(page.locator("[data-waiting]")).not_to_be_empty()
        yield f"unpairing, {language}"
        page.locator("[data-back]:visible").click()
        page.locator("[data-close]").click()
        expect(page.locator(".officers:visible")).to_be_visible()


@pytest.mark.parametrize("size", [kiosk.LANDSCAPE, kiosk.UPRIGHT, kiosk.PHONE])
def test_every_screen_of_the_corner_fits_and_keeps_nobody_out(
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

    for screen in screens(page):
        faults = barriers(page)
        if size != kiosk.PHONE:  # where it scrolls as any page does
            faults += page.evaluate(FAULTS)
        found += [f"{screen}: {fault}" for fault in faults]

    assert not found, "\n".join(found)


def test_wrong_pins_cost_a_pause_that_outlives_the_page_and_an_untouched_corner_closes(
    page: Page,
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> None:
    page.clock.install()
    kiosk.pair(page, server.url, kiosk.code_for(session, world.tablet))
    complaints.forgive("401")
    page.locator("[data-door]").press("Enter")
    for _ in range(5):
        type_pin(page, "000000")
        expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("chờ 1 phút")

    page.reload()
    page.locator("[data-door]").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("chờ 1 phút")
    expect(page.locator("[data-digit='1']")).to_be_disabled()
    page.clock.fast_forward(59_000)
    page.locator("[data-tool=large]").click()
    page.clock.fast_forward(2_000)
    type_pin(page, PIN)
    expect(page.locator(".staff")).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(page.locator(".answers:visible")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-size", "normal")


def test_a_seat_changed_without_a_server_shows_at_once_and_is_sent_later(
    page: Page,
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> None:
    kiosk.pair(page, server.url, kiosk.code_for(session, world.tablet))
    complaints.forgive("401")
    until(page, CONTROLLED)
    server.stop()
    page.reload()
    expect(page.locator(".panel:visible")).to_contain_text("Hạnh")

    box = page.locator("[data-place]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.wait_for_timeout(HELD)
    page.mouse.up()
    type_pin(page, PIN)
    page.get_by_role("button", name="Đổi người ngồi ở Quầy số 1").click()
    page.get_by_role("button", name="Trần Quốc Bảo").click()
    expect(page.locator("[data-pending]")).to_contain_text("1 thay đổi")
    expect(page.locator("[data-connection]")).to_contain_text("Chưa kết nối được")
    page.locator("[data-close]").click()

    expect(page.locator(".panel:visible")).to_contain_text("Bảo")
    page.reload()
    expect(page.locator(".panel:visible")).to_contain_text("Bảo")
    server.start()
    open_corner(page)
    page.locator("[data-send]").click()
    expect(page.locator("[data-pending]")).to_contain_text("đã được gửi")
    change = session.scalars(select(SeatChange)).one()
    assert (change.officer_id, change.counter_id) == (world.bao, world.counter)
    assert change.refusal is None
    complaints.forgive_absence()


def test_a_tablet_leaves_its_place_and_keeps_what_it_has_not_sent(
    page: Page,
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> None:
    kiosk.pair(page, server.url, kiosk.code_for(session, world.tablet))
    complaints.forgive("401")
    page.route("**/tablet/sync", lambda route: route.abort())
    kiosk.tap(page, "yes", "yes", "yes", 5)
    kiosk.done(page)
    page.wait_for_timeout(kiosk.GUARD)

    open_corner(page)
    page.locator("[data-unpair]").click()
    expect(page.locator("[data-waiting]")).to_contain_text("Còn 1 mục chưa gửi")
    page.get_by_role("button", name="Gỡ ghép máy này").click()

    expect(page.get_by_role("textbox", name="Mã ghép máy")).to_be_visible()
    page.unroute("**/tablet/sync")
    # Or only the fragment would change, while the page still starts.
    page.goto("about:blank")
    kiosk.pair(page, server.url, kiosk.code_for(session, world.tablet))
    kiosk.sent(page)
    complaints.forgive("ERR_FAILED")
