"""Draws the icons of the installed application from static/icons/mark.svg, with Chromium.

    python -m tests.tools.icons

Two with the mark's own round corners, and one that fills its square and leaves the edge to be cut.
"""

from playwright.sync_api import Browser

from tests.servers import ROOT, chromium

FOLDER = ROOT / "static" / "icons"
PAPER = "#faf7f2"
# A circle of 80 % of the width stays whole on every tablet; the mark is made to fit into it.
SAFE = 0.85


def draw(browser: Browser, name: str, size: int, share: float, ground: str) -> None:
    """One square picture with the mark in its middle."""
    mark = (FOLDER / "mark.svg").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(
        "<style>body { margin: 0; display: grid; place-items: center; height: 100vh;"
        f" background: {ground} }} svg {{ width: {share:.0%} }}</style>{mark}"
    )
    page.screenshot(path=FOLDER / name, omit_background=True)
    page.close()


def main() -> None:
    with chromium() as browser:
        for size in (192, 512):
            draw(browser, f"mark-{size}.png", size, 1, "transparent")
        draw(browser, "mark-maskable-512.png", 512, SAFE, PAPER)


if __name__ == "__main__":
    main()
