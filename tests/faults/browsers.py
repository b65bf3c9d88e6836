"""A Chromium of our own that can be killed: its process group, its profile, and what is in it.

Playwright is only connected to it, so that the end of the process is ours to choose.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType, Page
from playwright.sync_api import Error as BrowserError

from tests.servers import CHROMIUM_FLAGS, chromium_path

DUMP = """async () => {
  const opened = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("kiosk");
    opening.onerror = reject;
    opening.onsuccess = () => resolve(opening.result);
  });
  const all = (request) => new Promise((resolve, reject) => {
    request.onerror = reject;
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = opened.transaction(["items", "facts"]);
  const items = await all(transaction.objectStore("items").getAll());
  const names = await all(transaction.objectStore("facts").getAllKeys());
  const values = await all(transaction.objectStore("facts").getAll());
  opened.close();
  return { items, facts: Object.fromEntries(names.map((name, at) => [name, values[at]])) };
}"""


def dump(page: Page) -> dict[str, Any]:
    """The outbox as IndexedDB holds it: items with seq, state and text, and the facts."""
    held: dict[str, Any] = page.evaluate(DUMP)
    return held


@dataclass
class Chromium:
    """A browser with a profile that outlives it."""

    profile: Path
    kind: BrowserType
    process: "subprocess.Popen[bytes] | None" = field(default=None)
    browser: Browser | None = field(default=None)

    def start(self) -> Page:
        """Start it on its profile; its one page."""
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                chromium_path(),
                *CHROMIUM_FLAGS,
                "--headless=new",
                "--remote-debugging-port=0",
                f"--user-data-dir={self.profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{_wait_for(port)}"
        self.browser = self.kind.connect_over_cdp(address, timeout=30_000)
        return self.browser.contexts[0].pages[0]

    def kill(self) -> None:
        """SIGKILL to all of it, at once; safe from another thread."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def bury(self) -> None:
        """Wait for the end of what was killed, and let go of it."""
        assert self.process is not None
        self.process.wait(timeout=30)
        if self.browser is not None:
            with suppress(BrowserError):
                self.browser.close()
        self.process = self.browser = None

    def close(self) -> None:
        """An orderly end, which writes the cookies out."""
        assert self.browser is not None
        with suppress(BrowserError):
            self.browser.new_browser_cdp_session().send("Browser.close")
        self.bury()


@contextmanager
def chromium(profile: Path, kind: BrowserType) -> Iterator[Chromium]:
    """A browser that is gone at the end of the block, whatever was done to it."""
    profile.mkdir()
    browser = Chromium(profile, kind)
    try:
        yield browser
    finally:
        if browser.process is not None:
            browser.kill()
            browser.bury()


def _wait_for(file: Path) -> int:
    """The port that the browser wrote down."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError, ValueError, IndexError):
            return int(file.read_text().splitlines()[0])
        time.sleep(0.02)
    raise TimeoutError("Chromium does not say where it listens")
