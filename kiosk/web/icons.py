"""Tabler icons as inline SVG, so that they take the colour and size of the words beside them.

The files are vendored and unchanged; what the page does not need of them is left out here.
"""

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).resolve().parents[2] / "static" / "icons" / "tabler"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EMPTY_FRAME = re.compile(r'<path stroke="none"[^>]*/>')
OPENING = (
    '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
)


@cache
def icon_svg(name: str) -> Markup:
    """The icon of that name, hidden from screen readers: the words beside it speak."""
    if not NAME.fullmatch(name):
        raise ValueError(name)
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    shapes = EMPTY_FRAME.sub("", source[source.index(">") + 1 : source.index("</svg>")])
    return Markup(
        OPENING + "".join(line.strip() for line in shapes.splitlines()) + "</svg>"
    )
