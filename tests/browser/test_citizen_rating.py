"""Four taps on a real tablet page reach the server; nothing of them is left for the next person."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk import __version__
from kiosk.models.tablets import Contact
from kiosk.models.waiting import Waiting
from tests import cast
from tests.browser import kiosk
from tests.browsing import Complaints
from tests.cast import World
from tests.servers import Gunicorn

pytestmark = pytest.mark.browser
# How many ratings under way lie on the tablet's disk.
DRAFTS = """() => import("/static/js/kiosk/store.js")
  .then(({ createStore }) => createStore().draftPages()).then((pages) => pages.length)"""
sqlite_only = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def tablet(
    page: Page,
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> Page:
    """The tablet of counter 1, where only Hạnh sits."""
    page.set_viewport_size({"width": 1280, "height": 800})
    kiosk.pair(page, server.url, kiosk.code_for(session, world.tablet))
    complaints.forgive("401")  # it asked for its desk before it was paired
    return page


def kinds(session: Session) -> list[tuple[str, str, int | None]]:
    session.rollback()
    columns = (Waiting.kind, Waiting.channel, Waiting.officer_id)
    rows = session.execute(select(*columns).order_by(Waiting.kind))
    return [(kind, channel, officer) for kind, channel, officer in rows]


def test_four_taps_reach_the_server(
    tablet: Page, session: Session, world: World
) -> None:
    expect(tablet.get_by_role("heading")).to_have_text("Cán bộ có chào ông/bà không?")
    expect(
        tablet.get_by_text("Nguyễn Thị Minh Hạnh").filter(visible=True)
    ).to_be_visible()

    kiosk.tap(tablet, "yes", "no", "unsure", 4)

    expect(tablet.get_by_role("heading")).to_contain_text("Xin cảm ơn ông/bà!")
    kiosk.sent(tablet)
    assert kinds(session) == [("rating", "tablet", world.hanh)]
    assert session.scalars(select(Contact.client)).all() == [__version__]


@sqlite_only
def test_a_remark_is_an_item_of_its_own(
    tablet: Page, session: Session, world: World
) -> None:
    kiosk.tap(tablet, "yes", "yes", "yes", 5)

    kiosk.thanked(tablet)
    tablet.get_by_role("button", name="Tận tình").click()
    tablet.get_by_role("button", name="Viết thêm một câu").click()
    for key in ("c", "h", "ơ", "sắc ´"):
        tablet.get_by_role("button", name=key, exact=True).or_(
            tablet.get_by_role("button", name=key.upper(), exact=True)
        ).click()
    expect(tablet.get_by_role("textbox")).to_have_value("Chớ")
    tablet.get_by_role("button", name="Viết xong").click()
    expect(tablet.get_by_text("Chớ").filter(visible=True)).to_be_visible()
    kiosk.done(tablet)

    expect(tablet.get_by_role("heading")).to_have_text("Cán bộ có chào ông/bà không?")
    kiosk.sent(tablet)
    assert kinds(session) == [
        ("comment", "tablet", world.hanh),
        ("rating", "tablet", world.hanh),
        ("reasons", "tablet", world.hanh),
    ]


@sqlite_only
def test_the_next_person_sees_nothing_of_the_last_one_by_back(tablet: Page) -> None:
    kiosk.tap(tablet, "yes", "no", "unsure", 1)
    kiosk.thanked(tablet)
    tablet.get_by_role("button", name="Phải chờ lâu").click()
    kiosk.done(tablet)
    expect(tablet.get_by_role("heading")).to_have_text("Cán bộ có chào ông/bà không?")

    tablet.go_back()
    tablet.go_forward()

    expect(tablet.get_by_role("heading")).to_have_text("Cán bộ có chào ông/bà không?")
    assert "/tablet/" in tablet.url
    assert tablet.locator("[aria-pressed=true]").count() == 0
    assert tablet.get_by_role("button", name="Quay lại").count() == 0


@sqlite_only
def test_who_leaves_half_way_leaves_a_partial_rating(
    new_page: Callable[..., Page],
    server: Gunicorn,
    session: Session,
    world: World,
    complaints: Complaints,
) -> None:
    page = new_page()
    page.clock.install()
    kiosk.pair(page, server.url, kiosk.code_for(session, world.hall_tablet))
    complaints.forgive("401")
    page.clock.fast_forward(1000)
    page.get_by_role("button", name="Tôi không chắc là ai").click()
    page.clock.fast_forward(1000)
    page.locator('[data-value="no"]:visible').click()

    page.clock.fast_forward(30_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.clock.fast_forward(20_000)

    expect(page.get_by_role("heading")).to_have_text("Ai vừa phục vụ ông/bà?")
    kiosk.sent(page)
    assert kinds(session) == [("partial", "tablet", None)]


@sqlite_only
@pytest.mark.parametrize("end", ["reload", "close"])
def test_what_was_answered_outlives_its_page_and_comes_once(
    tablet: Page, session: Session, world: World, end: str
) -> None:
    kiosk.tap(tablet, "yes", "no")
    expect(tablet.get_by_role("heading")).to_have_text("Cán bộ có cảm ơn ông/bà không?")
    for _ in range(100):
        if tablet.evaluate(DRAFTS):
            break
        tablet.wait_for_timeout(50)

    page, address = tablet, tablet.url
    if end == "close":
        page = tablet.context.new_page()
        tablet.close()
    page.goto(address)
    kiosk.sent(page)
    kiosk.tap(page, "yes", "yes", "yes", 5)
    kiosk.done(page)
    kiosk.sent(page)

    assert page.evaluate(DRAFTS) == 0
    assert kinds(session) == [
        ("partial", "tablet", world.hanh),
        ("rating", "tablet", world.hanh),
    ]


@sqlite_only
def test_a_rating_that_cannot_be_stored_is_never_thanked_for(
    tablet: Page, session: Session
) -> None:
    tablet.evaluate(
        """() => {
          const add = IDBObjectStore.prototype.add;
          window.repair = () => { IDBObjectStore.prototype.add = add; };
          IDBObjectStore.prototype.add = () => {
            throw new DOMException("full", "QuotaExceededError");
          };
        }"""
    )
    kiosk.tap(tablet, "yes", "yes", "yes", 5)

    expect(tablet.get_by_role("heading")).to_contain_text("Chưa lưu được")
    tablet.evaluate("() => window.repair()")
    tablet.wait_for_timeout(kiosk.GUARD)
    tablet.get_by_role("button", name="Thử lại lần nữa").click()

    expect(tablet.get_by_role("heading")).to_contain_text("Xin cảm ơn ông/bà!")
    kiosk.sent(tablet)
    assert len(kinds(session)) == 1


@sqlite_only
def test_a_tablet_without_its_server_takes_ratings_and_sends_them_later(
    tablet: Page, server: Gunicorn, session: Session, complaints: Complaints
) -> None:
    server.stop()
    kiosk.tap(tablet, "yes", "yes", "yes", 5)
    expect(tablet.get_by_role("heading")).to_contain_text("Xin cảm ơn ông/bà!")

    server.start()
    tablet.evaluate("() => dispatchEvent(new Event('online'))")

    kiosk.sent(tablet)
    complaints.forgive_absence()
    assert len(kinds(session)) == 1
