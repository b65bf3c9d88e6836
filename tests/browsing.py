"""Pages in a real browser that report what went wrong while nobody looked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    WebError,
    expect,
)

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Two cores that run two workers, their servers and their browsers are slow at times.
expect.set_options(timeout=15_000)
# Init scripts run outside the page's own policy.
REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
# What a server says that is not there, and what it does to whom it has not heard as it ends.
REFUSED, RESET = "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET"


class Complaints(list[str]):
    """Console errors and warnings, uncaught errors and CSP violations, as they came."""

    def __init__(self) -> None:
        super().__init__()
        self._forgiven: list[str] = []

    def forgive(self, part: str) -> None:
        """Forgets those that contain `part`, which the test meant, and any that come after;
        fails when there is none."""
        kept = [text for text in self if part not in text]
        assert len(kept) < len(self), f"nothing said {part!r}, only {[*self]}"
        self[:] = kept
        self._forgiven.append(part)

    def forgive_absence(self) -> None:
        """The same of a server that the test has stopped; it breaks off whom it has not heard."""
        kept = [text for text in self if REFUSED not in text and RESET not in text]
        assert len(kept) < len(self), f"nothing said of an absence, only {[*self]}"
        self[:] = kept
        self._forgiven += [REFUSED, RESET]

    def append(self, text: str) -> None:
        if not any(part in text for part in self._forgiven):
            super().append(text)

    def listen(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = f"{message.location['url']}:{message.location['lineNumber']}"
            self.append(f"{message.text} ({where})")

    def _on_error(self, error: WebError) -> None:
        self.append(f"uncaught: {error.error.message}")


@contextmanager
def pages(browser: Browser, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """A function that opens pages, each in a new context with the options given."""
    contexts: list[BrowserContext] = []

    def new_page(**options: Any) -> Page:
        local = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
        context = browser.new_context(**(local | options))
        contexts.append(context)
        complaints.listen(context)
        return context.new_page()

    try:
        yield new_page
    finally:
        for context in contexts:
            context.close()


def barriers(page: Page) -> list[str]:
    """What axe finds that keeps somebody out of the page as it stands, one line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "(rules) => axe.run(document, {runOnly: rules}).then((result) => result.violations)",
        RULES,
    )
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
