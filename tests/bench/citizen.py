"""The citizen's page: what its first load weighs, and how soon a tap shows on a slow tablet.

    python -m tests.bench.citizen [--taps 40]

The real server, the real Chromium with its CPU slowed six times. A tap's time runs from the input
event until the frame that shows the changed screen has been drawn.
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
ROUND = (
    ("yes", "greeted"),
    ("no", "asked"),
    ("unsure", "thanked"),
    (4, "satisfaction"),
)
# The clock starts with the event itself, before any of our listeners runs.
WATCH = """() => {
  window.taps = [];
  const screen = document.querySelector("[data-screen]");
  let began = 0;
  addEventListener("click", (event) => { began = event.timeStamp; }, {capture: true});
  new MutationObserver(() => {
    if (began === 0) return;
    const start = began;
    began = 0;
    requestAnimationFrame(() => setTimeout(() => taps.push(performance.now() - start)));
  }).observe(screen, {childList: true, subtree: true});
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


def time_taps(page: Page, number: int) -> list[float]:
    """Milliseconds from tap to drawn screen, over whole ratings."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(WATCH)
    while len(page.evaluate("() => taps")) < number:
        for value, _ in ROUND:
            page.wait_for_timeout(kiosk.GUARD)
            page.locator(f'[data-value="{value}"]').click(delay=FINGER)
        page.wait_for_timeout(kiosk.GUARD)
        page.get_by_role("button", name="Xong").click()
        page.wait_for_timeout(kiosk.GUARD)
    taps: list[float] = page.evaluate("() => taps")
    return taps


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


def report(weights: dict[str, tuple[int, bool]], taps: list[float]) -> None:
    total = sum(size for size, _ in weights.values())
    blocking = [path for path, (_, waits) in weights.items() if waits]
    click.echo(
        f"\nfirst load without fonts: {total / 1000:.1f} KB in {len(weights)} requests"
    )
    click.echo(f"the first paint waits for {len(blocking)}: {', '.join(blocking)}")
    quantiles: Any = statistics.quantiles(taps, n=20)
    click.echo(
        f"tap to next screen, CPU slowed {SLOWER} times, {len(taps)} taps: "
        f"median {statistics.median(taps):.0f} ms, p95 {quantiles[-1]:.0f} ms"
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
        with servers.gunicorn(environment, folder / "log") as server:
            context = chromium.new_context(
                viewport={"width": 1280, "height": 800}, locale="vi-VN"
            )
            weights = weigh(context.new_page(), server.url)
            page = context.new_page()
            kiosk.pair(page, server.url, code)
            report(weights, time_taps(page, options.taps))


if __name__ == "__main__":
    main()
