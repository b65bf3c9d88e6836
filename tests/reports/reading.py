"""What a reader finds on a report: its words, its pictures' data, its links."""

import json
from collections.abc import Iterator
from typing import Any

from tests.markup import Element, parse


def words_of(html: str) -> str:
    """The words of the page's main part, with one space between any two pieces."""
    root, _ = parse(html)
    return " ".join(" ".join(_texts(next(root.all("main")))).split())


def figures_of(html: str) -> list[Any]:
    """The data of the page's pictures, in their order."""
    root, _ = parse(html)
    blocks = [e for e in root.all("script") if e.get("type") == "application/json"]
    return [json.loads(block.text()) for block in blocks]


def links_of(html: str) -> list[str]:
    """Where the links of the page's main part lead."""
    root, _ = parse(html)
    return [link.get("href") for main in root.all("main") for link in main.all("a")]


def _texts(element: Element) -> Iterator[str]:
    if element.tag == "script":
        return
    for child in element.content:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child)
