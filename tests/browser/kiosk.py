"""A tablet in a real browser: paired with the server by its code, tapped as a citizen taps."""

import time
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from kiosk.domain import pairing
from kiosk.web.clock import now

LANDSCAPE = {"width": 1280, "height": 800}
UPRIGHT = {"width": 800, "height": 1280}
PHONE = {"width": 390, "height": 844}
ACKED = 1
STATES = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("kiosk");
  opening.onerror = reject;
  opening.onsuccess = () => {
    const items = opening.result.transaction("items").objectStore("items").getAll();
    items.onsuccess = () => {
      opening.result.close();
      resolve(items.result.map((item) => item.state));
    };
  };
})"""
# A second tap within 350 ms is the same tap (static/js/kiosk/flow.js).
GUARD = 400


def code_for(session: Session, tablet_id: int) -> str:
    code = pairing.new_code(session, tablet_id=tablet_id, now=now())
    session.commit()
    return code


def pair(page: Page, url: str, code: str) -> None:
    """Open the address with the code in its fragment and press the one button."""
    page.goto(f"{url}/tablet/#{code}")
    page.get_by_role("button", name="Ghép máy này").click()
    expect(page.locator(".answers:visible, .officers:visible")).to_be_visible()


def tap(page: Page, *values: Any) -> None:
    """Tap the answers, one a screen, as slowly as the guard against double taps asks."""
    for value in values:
        page.wait_for_timeout(GUARD)
        page.locator(f'[data-value="{value}"]:visible').click()


def thanked(page: Page) -> None:
    """Wait for the thanks, which stand when the disk has answered, and for its guard to pass."""
    expect(page.locator("[data-done]")).to_be_visible()
    page.wait_for_timeout(GUARD)


def done(page: Page) -> None:
    """Press Xong (Done) on the thanks."""
    thanked(page)
    page.locator("[data-done]").click()


def sent(page: Page) -> None:
    """Wait until the outbox holds items and none that waits; fails after ten seconds."""
    states: list[int] = []
    for _ in range(200):
        states = page.evaluate(STATES)
        if set(states) == {ACKED}:
            break
        time.sleep(0.05)
    assert set(states) == {ACKED}
