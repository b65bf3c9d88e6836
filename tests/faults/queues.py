"""Queues as a tablet's IndexedDB holds them, kept from each client version for all that follow.

`python -m tests.faults.queues tests/faults/queues/2.json` records one with the client of today.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, expect

from kiosk.web.clock import now
from tests import cast, servers
from tests.browser import kiosk
from tests.faults.browsers import dump
from tests.faults.citizens import citizen
from tests.faults.stage import Stage, session, sqlite_stage
from tests.faults.tablet import Kept, State, Tablet

FOLDER = Path(__file__).parent / "queues"
ACKED, ASIDE = 1, 2  # the states of items in IndexedDB; 0 waits
TORN = '{"kind":"rating","id":"5d3f1c7e-8f7a-4c39-9f0e-'
SCHEMA = """async () => {
  const opened = await new Promise((resolve) => {
    indexedDB.open("kiosk").onsuccess = (event) => resolve(event.target.result);
  });
  const stores = {};
  for (const name of opened.objectStoreNames) {
    const store = opened.transaction(name).objectStore(name);
    const indexes = {};
    for (const index of store.indexNames) indexes[index] = store.index(index).keyPath;
    stores[name] = { keyPath: store.keyPath, indexes };
  }
  const { version } = opened;
  opened.close();
  return { version, stores };
}"""
PLANT = """async ({ version, stores, items, facts }) => {
  const opened = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("kiosk", version);
    opening.onupgradeneeded = () => {
      for (const [name, { keyPath, indexes }] of Object.entries(stores)) {
        const store = opening.result.createObjectStore(name, { keyPath });
        for (const [index, path] of Object.entries(indexes)) store.createIndex(index, path);
      }
    };
    opening.onerror = reject;
    opening.onsuccess = () => resolve(opening.result);
  });
  const transaction = opened.transaction(["items", "facts"], "readwrite");
  for (const item of items) transaction.objectStore("items").put(item);
  for (const [name, value] of Object.entries(facts)) {
    transaction.objectStore("facts").put(value, name);
  }
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = reject;
  });
  opened.close();
}"""
PUT = """(item) => new Promise((resolve, reject) => {
  indexedDB.open("kiosk").onsuccess = ({ target: { result } }) => {
    const transaction = result.transaction(["items", "facts"], "readwrite");
    transaction.objectStore("items").put(item);
    transaction.objectStore("facts").put(item.seq + 1, "nextSeq");
    transaction.oncomplete = () => { result.close(); resolve(); };
    transaction.onabort = reject;
  };
})"""

Queue = dict[str, Any]


def load(name: str) -> Queue:
    """A queue of the folder."""
    queue: Queue = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return queue


def longer(queue: Queue, stage: Stage, count: int) -> Queue:
    """The same tablet with so many more items waiting."""
    tablet = tablet_of(queue, stage)
    for _ in range(count):
        tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
    more = [
        {"seq": kept.seq, "state": 0, "text": kept.text}
        for kept in tablet.tapped[-count:]
    ]
    facts = queue["facts"] | {"nextSeq": queue["facts"]["nextSeq"] + count}
    return queue | {"items": queue["items"] + more, "facts": facts}


def tablet_of(queue: Queue, stage: Stage) -> Tablet:
    """What the checker must find of the queue: all but what no server can read."""
    unit = stage.world.truc_bach
    tablet = Tablet(queue["facts"]["install"], "", unit, Random(8))
    for item in queue["items"]:
        state = State.ASIDE if item["state"] == ASIDE else State.ACKED
        outcome = "" if state == State.ASIDE else "stored"
        item_id = UUID(int=0) if outcome == "" else UUID(json.loads(item["text"])["id"])
        kept = Kept(item["seq"], item_id, item["text"], state, outcome=outcome)
        tablet.tapped.append(kept)
    return tablet


def plant(page: Page, url: str, stage: Stage, queue: Queue) -> None:
    """Make the page's browser the tablet that left the queue; it has not been opened yet."""
    with session(stage.environment) as opened:
        install, place = queue["facts"]["install"], stage.world.tablet
        device = cast.pair(opened, place, install=install, now=now())
    cookie = {"name": "kiosk_tablet", "value": device.secret, "url": f"{url}/tablet/"}
    _add_cookie(page.context, cookie)
    page.goto(f"{url}/sign-in")
    page.evaluate(PLANT, queue)


def delivered(page: Page, *, seconds: float) -> Queue:
    """Wait until nothing in the outbox waits; what it then holds."""
    held: Queue = {}
    for _ in range(int(seconds * 10)):
        held = dump(page)
        if all(item["state"] for item in held["items"]):
            return held
        page.wait_for_timeout(100)
    waiting = sum(not item["state"] for item in held["items"])
    raise AssertionError(f"{waiting} items still wait")


def record(page: Page, stage: Stage, server: servers.Gunicorn) -> Queue:
    """A queue with everything in it: sent and unsent, whole and partial, remarks, one torn item."""
    page.clock.install()
    with session(stage.environment) as opened:
        code = kiosk.code_for(opened, stage.world.tablet)
    page.goto(f"{server.url}/tablet/#{code}")
    page.get_by_role("button", name="Ghép máy này").click()
    expect(page.locator(".answers:visible")).to_be_visible()
    _rate(page, "yes", "yes", "unsure", 5)
    _leave(page)
    page.evaluate(PUT, {"seq": 2, "state": 0, "text": TORN})
    page.reload()
    _rate(page, "no", "no", "no", 1)
    _leave(page)
    _wait(page, lambda states: set(states) == {ACKED, ASIDE})
    server.stop()
    _rate(page, "yes", "no", "unsure", 3)
    _remark(page)
    _tap(page, "yes", "no")
    page.clock.fast_forward(30_000)
    page.clock.fast_forward(20_000)
    _rate(page, "unsure", "unsure", "unsure", 2)
    _wait(page, lambda states: states.count(0) == 4)
    return {**page.evaluate(SCHEMA), **dump(page)}


def _rate(page: Page, *values: str | int) -> None:
    _tap(page, *values)
    expect(page.locator("[data-done]")).to_be_visible()
    page.clock.fast_forward(500)


def _tap(page: Page, *values: str | int) -> None:
    for value in values:
        page.clock.fast_forward(500)
        page.locator(f'[data-value="{value}"]:visible').click()


def _leave(page: Page) -> None:
    page.locator("[data-done]").click()
    expect(page.locator(".answers:visible")).to_be_visible()


def _remark(page: Page) -> None:
    page.get_by_role("button", name="Phải chờ lâu").click()
    page.get_by_role("button", name="Viết thêm một câu").click()
    page.get_by_role("textbox").fill('Chờ 40 phút 🙂 "\\" chị Hạnh')
    page.get_by_role("button", name="Viết xong").click()
    page.clock.fast_forward(500)
    _leave(page)


def _wait(page: Page, ready: Callable[[list[int]], bool]) -> None:
    for _ in range(200):
        if ready([item["state"] for item in dump(page)["items"]]):
            return
        page.clock.fast_forward(4000)
        page.wait_for_timeout(50)
    raise AssertionError(dump(page)["items"])


def _add_cookie(context: BrowserContext, cookie: dict[str, str]) -> None:
    context.add_cookies(
        [{"name": cookie["name"], "value": cookie["value"], "url": cookie["url"]}]
    )


def main(target: Path) -> None:
    with (
        tempfile.TemporaryDirectory() as scratch,
        sqlite_stage(Path(scratch)) as stage,
        servers.gunicorn(stage.environment, stage.log) as server,
        servers.chromium() as browser,
    ):
        page = browser.new_page(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        queue = record(page, stage, server)
    text = json.dumps(queue, ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
