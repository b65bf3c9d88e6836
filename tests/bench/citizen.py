"""The citizen's page: what its first load weighs, and how soon a tap shows on a slow tablet.

    python -m tests.bench.citizen [--taps 40]

The real server, the real Chromium with its CPU slowed six times. A tap's time runs from the moment
the finger is lifted, as the browser stamps it, until the frame that shows the changed screen has
been drawn. Fingers are sent through the browser's protocol to a place found beforehand: the click
of Playwright works inside the page, before the tap and after it, on the same slowed thread.

The answer to the last question is told twice: until the screen shows that it was taken, and until
the thanks, which may not come before the disk has said that the rating is on it.
"""

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import CDPSession, Page, Response
from sqlalchemy.orm import Session

from kiosk.db import db
from tests import cast, servers, stores
from tests.browser import kiosk

SLOWER = 6
FINGER = 80  # ms that a finger rests on the glass; the screen changes when it is lifted
ANSWERS = ("yes", "no", "unsure", "4")
DONE = "Xong"
THANKS = "the thanks, once on the disk"
# The clock starts with the event itself, before any of our listeners runs.
WATCH = """() => {
  window.taps = [];
  let tap = null;
  const drawn = (name) => {
    const mine = tap;
    requestAnimationFrame(() => setTimeout(() => { mine[name] = performance.now() - mine.began; }));
  };
  addEventListener("pointerup", ({ timeStamp }) => {
    tap = { began: timeStamp };
    taps.push(tap);
  }, {capture: true});
  new MutationObserver((changes) => {
    if (!tap) return;
    if (!("first" in tap)) {
      tap.first = null;
      drawn("first");
    }
    if (tap.screen === undefined && changes.some(({ target }) => target.matches(".stages"))) {
      tap.screen = null;
      drawn("screen");
    }
  }).observe(document.body, {childList: true, subtree: true, attributes: true});
}"""
PLACE = """(selector) => {
  const seen = [...document.querySelectorAll(selector)]
    .find((element) => element.checkVisibility({visibilityProperty: true}));
  const { x, y, width, height } = seen.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}"""


# When the first screen that takes a tap has been drawn.
READY = """new MutationObserver((_, observer) => {
  if (!document.querySelector("[data-screen] button")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.ready = performance.now(); }));
}).observe(document, {childList: true, subtree: true});"""


def weigh(page: Page, url: str) -> dict[str, tuple[int, bool]]:
    """By path: the bytes on the wire without headers, and whether the first paint waits for it."""
    found: dict[str, tuple[int, bool]] = {}

    def note(response: Response) -> None:
        kind = response.request.resource_type
        path = response.url.removeprefix(url).partition("?")[0]
        if kind not in {"font", "fetch", "xhr"}:
            found[path] = response.request.sizes()["responseBodySize"], False

    page.on("response", note)
    page.goto(f"{url}/tablet/")
    page.wait_for_load_state("networkidle")
    blocking = page.evaluate(
        "() => performance.getEntriesByType('resource')"
        ".filter((entry) => entry.renderBlockingStatus === 'blocking')"
        ".map((entry) => new URL(entry.name).pathname)"
    )
    return {path: (size, path in blocking) for path, (size, _) in found.items()}


def time_taps(page: Page, number: int) -> dict[str, list[float]]:
    """By kind of tap, milliseconds from the finger lifted to the frame, over whole ratings."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(WATCH)
    found: dict[str, list[float]] = {}
    while sum(map(len, found.values())) < number:
        for value in ANSWERS:
            tap(page, session, f'[data-value="{value}"]')
        page.locator("[data-done]:visible").wait_for()
        tap(page, session, "[data-done]")
        page.wait_for_timeout(kiosk.GUARD)
        taps = page.evaluate("() => taps.splice(0)")
        for value, each in zip((*ANSWERS, DONE), taps, strict=True):
            found.setdefault(value, []).append(each["first"])
        found.setdefault(THANKS, []).append(taps[-2]["screen"])
    return found


def tap(page: Page, session: CDPSession, selector: str) -> None:
    """A finger on the glass, as long as fingers rest, when the guard against double taps allows."""
    page.wait_for_timeout(kiosk.GUARD)
    place = page.evaluate(PLACE, selector)
    touch = {"type": "touchStart", "touchPoints": [place]}
    session.send("Input.dispatchTouchEvent", touch)
    page.wait_for_timeout(FINGER)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(kiosk.GUARD)


def time_starts(page: Page, number: int) -> list[float]:
    """Milliseconds from the start of a load until the first answer can be tapped."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(READY)
    starts = []
    for _ in range(number):
        page.reload()
        page.wait_for_function("() => window.ready !== undefined")
        starts.append(float(page.evaluate("() => ready")))
    return starts


def prepare(environment: dict[str, str]) -> str:
    """A city, and a code for the tablet of its first counter."""
    stores.initialise(environment)
    app = stores.application(environment)
    with app.app_context(), Session(db.engine) as session:
        world = cast.build_world(session)
        code = kiosk.code_for(session, world.tablet)
    stores.dispose(app)
    return code


def report(weights: dict[str, tuple[int, bool]], taps: dict[str, list[float]]) -> None:
    total = sum(size for size, _ in weights.values())
    blocking = [path for path, (_, waits) in weights.items() if waits]
    click.echo(
        f"\nfirst load without fonts: {total / 1000:.1f} KB in {len(weights)} requests"
    )
    click.echo(f"the first paint waits for {len(blocking)}: {', '.join(blocking)}")
    click.echo(f"\ntap to changed screen, CPU slowed {SLOWER} times")
    for name, values in taps.items():
        tell(name, values)
    tell("all taps", [ms for name in (*ANSWERS, DONE) for ms in taps[name]])


def tell(name: str, values: list[float]) -> None:
    quantiles: Any = statistics.quantiles(values, n=20)
    median = statistics.median(values)
    click.echo(
        f"{name:28} {len(values):4} taps: median {median:4.0f} ms, p95 {quantiles[-1]:4.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--taps", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, servers.chromium() as chromium:
        folder = Path(scratch)
        file = f"sqlite:///{folder}/kiosk.sqlite3"
        environment = stores.variables(folder, file, file)
        code = prepare(environment)
        with servers.gunicorn(environment, folder / "log", forked=False) as server:
            context = chromium.new_context(
                viewport={"width": 1280, "height": 800},
                locale="vi-VN",
                has_touch=True,
            )
            weights = weigh(context.new_page(), server.url)
            page = context.new_page()
            kiosk.pair(page, server.url, code)
            report(weights, time_taps(page, options.taps))


if __name__ == "__main__":
    main()
