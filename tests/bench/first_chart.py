"""How soon a report shows its first chart in a browser whose CPU is slowed four times.

    python -m tests.bench.first_chart [--loads 10]

The real server and Chromium, a city of the demonstration's size. From the start of the load until
the frame with the first chart has been drawn; first with nothing in the browser's cache, then with
the library that one page of a sitting leaves there.
"""

import argparse
import random
import statistics
import tempfile
from pathlib import Path

import click
from playwright.sync_api import Browser, BrowserContext, Page

from tests import people, servers, stores
from tests.bench.report_pages import SIZES, filled, pages

SLOWER = 4
SHOWN = ("head: ward, month", "head: officer", "province: overview, month")
DRAWN = """new MutationObserver((_, observer) => {
  if (!document.querySelector(".chart[data-drawn]")) return;
  observer.disconnect();
  // A message comes right behind the frame, before the page goes on to its next chart.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.chart = performance.now(); };
  requestAnimationFrame(() => port2.postMessage(""));
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["data-drawn"]});"""


def time_load(page: Page, url: str) -> float:
    """Milliseconds until the first chart."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url)
    page.wait_for_function("() => window.chart !== undefined")
    taken = float(page.evaluate("() => chart"))
    page.close()
    return taken


def reader(chromium: Browser, server: str, role: str) -> BrowserContext:
    """Signed in, with an empty cache."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(DRAWN)
    page = context.new_page()
    page.goto(f"{server}/sign-in")
    page.locator("[name=username]").fill(people.NAMES[role])
    page.locator("[name=password]").fill(people.PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_url("**/reports/**")
    page.close()
    return context


def tell(name: str, times: list[float]) -> None:
    click.echo(
        f"{name:40} {len(times):3} loads: median {statistics.median(times):5.0f} ms,"
        f" slowest {max(times):5.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loads", type=int, default=10)
    dice = random.Random(7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, servers.chromium() as chromium:
        folder = Path(scratch)
        file = f"sqlite:///{folder}/kiosk.sqlite3"
        environment = stores.variables(folder, file, file)
        with (
            filled(environment, SIZES["demonstration"]) as (_, made),
            servers.gunicorn(environment, folder / "log", forked=False) as server,
        ):
            for shown in (page for page in pages(made) if page.name in SHOWN):
                address = server.url + shown.addresses(dice)
                cold, warm = list[float](), list[float]()
                for _ in range(options.loads):
                    context = reader(chromium, server.url, shown.reader)
                    cold.append(time_load(context.new_page(), address))
                    warm.append(time_load(context.new_page(), address))
                    context.close()
                tell(f"{shown.name}, nothing in the cache", cold)
                tell(f"{shown.name}, library in the cache", warm)


if __name__ == "__main__":
    main()
