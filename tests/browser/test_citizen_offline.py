"""The installed tablet: it starts without a server, and changes its shell between citizens."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain import pairing
from kiosk.models.organisation import OfficerPhoto
from kiosk.models.waiting import Waiting
from kiosk.web import assets
from kiosk.web.clock import now
from tests import cast
from tests.browser import kiosk
from tests.browsing import Complaints
from tests.cast import World
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]
WAITING = 0
FIRST_QUESTION = "Cán bộ có chào ông/bà không?"
# What the page shows of a newer shell.
NEWER = 'document.documentElement.dataset.shell = "newer";\n'
HELD = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  }
  return found;
}"""
COUNTED = ".then((cache) => cache.keys()).then((all) => all.length"
CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"
# As the browser does each day and the page each hour.
LOOK = "() => navigator.serviceWorker.getRegistration().then((known) => known.update())"
INSTALLED = (
    "() => navigator.serviceWorker.getRegistration().then((known) => !known.installing)"
)


@pytest.fixture
def world(session: Session) -> World:
    """A city where the officer of counter 1 has a photo."""
    world = cast.build_world(session)
    photo = (assets.FOLDER / "icons" / "mark-192.png").read_bytes()
    session.add(
        OfficerPhoto(
            officer_id=world.hanh, media_type="image/png", etag="e" * 64, body=photo
        )
    )
    session.commit()
    return world


@pytest.fixture
def tablet(
    page: Page,
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> Page:
    """A tablet on which the shell is whole and the face is there."""
    page.set_viewport_size({"width": 1280, "height": 800})
    kiosk.pair(page, server.url, kiosk.code_for(session, world.tablet))
    complaints.forgive("401")  # it asked for its desk before it was paired
    until(page, CONTROLLED)
    until(page, f"() => caches.open('photos'){COUNTED} === 1)")
    return page


@pytest.fixture
def newer(server: Gunicorn, tmp_path: Path) -> Callable[[], None]:
    """Starts the server again with a shell in which one file is another."""
    copy = shutil.copytree(assets.FOLDER, tmp_path / "static")
    with (copy / "js" / "kiosk" / "words.js").open("a") as script:
        script.write(NEWER)

    def start() -> None:
        server.stop()
        server.application = "tests.browser.newer:app"
        server.environment = {**server.environment, "TEST_STATIC_FOLDER": str(copy)}
        server.start()

    return start


def until(page: Page, condition: str) -> None:
    """Wait for what takes a promise to find out; fails after fifteen seconds."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(condition)


def taken_over(page: Page) -> None:
    """Wait for the newer shell. A browser gives an old worker up to five minutes to end its work;
    after five seconds it is ended here."""
    shell = page.locator("html[data-shell=newer]")
    try:
        expect(shell).to_be_visible(timeout=5_000)
    except AssertionError:
        devtools = page.context.new_cdp_session(page)
        devtools.send("ServiceWorker.enable")
        devtools.send("ServiceWorker.stopAllWorkers")
        expect(shell).to_be_visible()


def ratings(session: Session) -> int:
    session.rollback()
    return session.scalars(select(func.count()).select_from(Waiting)).one()


def test_a_tablet_starts_without_its_server_and_loses_nothing(
    tablet: Page, server: Gunicorn, session: Session, complaints: Complaints
) -> None:
    server.stop()

    tablet.reload()

    expect(tablet.get_by_role("heading")).to_have_text(FIRST_QUESTION)
    expect(tablet.locator(".portrait__photo:visible")).to_be_visible()
    assert tablet.evaluate("() => document.fonts.check('600 20px \"Be Vietnam Pro\"')")
    kiosk.tap(tablet, "yes", "no", "unsure", 4)
    kiosk.done(tablet)

    server.start()
    tablet.reload()
    kiosk.sent(tablet)
    complaints.forgive_absence()
    assert ratings(session) == 1


def test_nothing_but_the_shell_and_the_faces_is_held(
    tablet: Page, server: Gunicorn
) -> None:
    kiosk.tap(tablet, "yes", "no", "unsure", 4)
    kiosk.done(tablet)
    kiosk.sent(tablet)
    tablet.goto(f"{server.url}/tablet/form")
    tablet.goto(f"{server.url}/tablet/")
    expect(tablet.get_by_role("heading")).to_have_text(FIRST_QUESTION)

    held: list[str] = tablet.evaluate(HELD)

    beside = [path for path in held if not path.startswith("/static/")]
    photos = [path for path in beside if path.startswith("/tablet/photo/")]
    parts = {"/tablet/", "/tablet/staff", "/tablet/manifest.webmanifest"}
    assert {*beside} - {*photos} == parts
    assert len(photos) == 1
    assert "/static/css/citizen-form.css" not in held


def test_a_face_is_dropped_when_the_tablet_is_revoked(
    tablet: Page, session: Session, world: World, complaints: Complaints
) -> None:
    pairing.revoke(session, tablet_id=world.tablet, now=now())
    session.commit()

    tablet.reload()

    expect(tablet.get_by_role("heading")).to_contain_text("ngừng sử dụng")
    tablet.wait_for_load_state("networkidle")
    until(tablet, f"() => caches.open('photos'){COUNTED} === 0)")
    complaints.forgive("403")


def test_a_new_shell_is_taken_over_between_citizens_and_the_queue_stays(
    tablet: Page,
    server: Gunicorn,
    newer: Callable[[], None],
    session: Session,
    complaints: Complaints,
) -> None:
    newer()
    kiosk.tap(tablet, "yes")
    tablet.evaluate(LOOK)
    until(tablet, INSTALLED)
    server.stop()
    loads = loads_of(tablet)

    kiosk.tap(tablet, "no", "unsure", 4)
    kiosk.thanked(tablet)
    assert loads == []
    assert tablet.locator("html[data-shell]").count() == 0
    kiosk.done(tablet)

    taken_over(tablet)
    expect(tablet.get_by_role("heading")).to_have_text(FIRST_QUESTION)
    assert tablet.evaluate(kiosk.STATES) == [WAITING]
    shells = (
        "() => caches.keys().then((all) => all.filter((name) => name !== 'photos'))"
    )
    assert len(tablet.evaluate(shells)) == 1

    server.start()
    tablet.reload()
    kiosk.sent(tablet)
    complaints.forgive_absence()
    assert len(loads) == 2  # ours, and the one just now
    assert ratings(session) == 1


def test_two_tabs_send_each_item_once(
    tablet: Page, server: Gunicorn, session: Session, complaints: Complaints
) -> None:
    other = tablet.context.new_page()
    other.goto(tablet.url)
    tabs = (tablet, other)
    server.stop()
    for tab in tabs:
        tab.bring_to_front()
        for _ in range(2):
            kiosk.tap(tab, "yes", "no", "unsure", 4)
            kiosk.done(tab)
    sent = items_sent(tablet.context)

    server.start()
    for tab in tabs:
        tab.evaluate("() => { dispatchEvent(new Event('online')); }")
    kiosk.sent(tablet)
    complaints.forgive_absence()

    assert len(sent) == len({*sent}) == ratings(session) == 4


def loads_of(page: Page) -> list[str]:
    """Grows by the address with each load of the page."""
    found: list[str] = []

    def note(loaded: Page) -> None:
        found.append(loaded.url)

    page.on("load", note)
    return found


def items_sent(context: BrowserContext) -> list[str]:
    """Grows by the id of each item in a request that was answered."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/tablet/sync"):
            asked = json.loads(request.post_data or "{}")
            found.extend(item["id"] for item in asked["items"])

    context.on("requestfinished", note)
    return found
