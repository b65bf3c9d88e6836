"""A page as a tree, read strictly: an element that is not closed where it should be is an error."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}
VOID |= {"param", "source", "track", "wbr"}


@dataclass
class Element:
    """One element; `content` holds its texts and its children in their order."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    content: "list[Element | str]" = field(default_factory=list)

    def __repr__(self) -> str:
        shown = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.tag}{shown}>"

    def get(self, name: str) -> str:
        """The attribute, or nothing where it is absent or empty."""
        return self.attributes.get(name, "")

    def all(self, *tags: str) -> "Iterator[Element]":
        """Itself and all below it in the order of the page; only of these tags, if any."""
        if not tags or self.tag in tags:
            yield self
        for child in self.content:
            if isinstance(child, Element):
                yield from child.all(*tags)

    def ancestors(self) -> "Iterator[Element]":
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def text(self) -> str:
        """All text inside, with the spaces that separate words and no others."""
        pieces = (
            child if isinstance(child, str) else child.text() for child in self.content
        )
        return " ".join("".join(pieces).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, given, self.open[-1])
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> where {self.open[-1]} is open")

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def parse(source: str) -> tuple[Element, list[str]]:
    """The tree below an element without a name, and what was not well formed."""
    builder = _Builder()
    builder.feed(source)
    builder.close()
    left = [f"{element!r} is never closed" for element in builder.open[1:]]
    return builder.root, builder.faults + left
