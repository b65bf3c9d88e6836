"""A browser that wipes the tablet's storage: the row goes on, and what was lost is told."""

import json
import time

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.tablets import Contact
from tests import cast
from tests.browser import kiosk
from tests.browsing import Complaints
from tests.faults.browsers import dump
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]
WIPE = """() => new Promise((resolve, reject) => {
  const deleting = indexedDB.deleteDatabase("kiosk");
  deleting.onsuccess = resolve;
  deleting.onerror = reject;
})"""
FORGET = "() => localStorage.clear()"
Told = tuple[int, int, bool]


def told(session: Session) -> Told:
    """How far the row has come, how much of it was lost, and whether a wipe was heard of."""
    session.rollback()
    contact = session.scalars(select(Contact)).one()
    return contact.have_through, contact.lost, contact.wiped_at is not None


def until(session: Session, expected: Told) -> None:
    for _ in range(200):
        if told(session) == expected:
            break
        time.sleep(0.05)
    assert told(session) == expected


def test_a_wiped_tablet_goes_on_and_says_how_many_were_lost(
    page: Page, server: Gunicorn, session: Session, complaints: Complaints
) -> None:
    world = cast.build_world(session)
    kiosk.pair(page, server.url, kiosk.code_for(session, world.tablet))
    complaints.forgive("401")  # it asked for its desk before it was paired
    kiosk.tap(page, "yes", "yes", "yes", 5)
    kiosk.done(page)
    kiosk.sent(page)
    (text,) = (item["text"] for item in dump(page)["items"])
    assert json.loads(text)["kind"] == "sealed"
    assert "greeted" not in text

    # One more is thanked for and cannot be sent; then all is gone but the cookie and the trace.
    page.route("**/tablet/sync", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        kiosk.tap(page, "no", "no", "no", 1)
        kiosk.done(page)
    complaints.forgive("ERR_FAILED")
    page.evaluate(WIPE)
    page.unroute("**/tablet/sync")
    page.reload()
    expect(page.locator(".answers:visible")).to_be_visible()
    until(session, (2, 1, True))

    kiosk.tap(page, "yes", "no", "yes", 4)
    kiosk.done(page)
    until(session, (3, 1, True))

    # The trace is gone as well: the server still knows whose cookie it is.
    page.evaluate(WIPE)
    page.evaluate(FORGET)
    page.reload()
    expect(page.locator(".answers:visible")).to_be_visible()
    kiosk.tap(page, "yes", "no", "yes", 4)
    until(session, (4, 1, True))
    assert dump(page)["facts"]["nextSeq"] == 5
