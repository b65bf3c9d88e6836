"""`visit()`: opens a page as a browser would ask for it, and checks what every page owes.

page = visit(client, "/reports/")           # status 200, Vietnamese
page = visit(client, "/nowhere", status=404)
assert "Trúc Bạch" in page.text
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.web.headers import HEADERS
from tests.markup import Element, parse
from tests.tools.translate import LOCALES, OWNERS, load

FIELDS = ("input", "select", "textarea")
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "list",
    "form",
)
SAID = ("alt", "title", "aria-label", "placeholder")
NOT_SHOWN = {"script", "style"}


def visit(
    client: FlaskClient, url: str, *, status: int = 200, language: str = "vi"
) -> TestResponse:
    """The page at `url`; fails with everything that is wrong with it at once."""
    response = client.get(url)
    check(response, url=url, status=status, language=language)
    return response


def check(
    response: TestResponse, *, url: str = "", status: int = 200, language: str = "vi"
) -> None:
    """The same for an answer that is there already, as after a POST."""
    assert response.status_code == status, f"{url}: {response.status}\n{response.text}"
    assert response.mimetype == "text/html", f"{url}: {response.mimetype}"
    root, faults = parse(response.text)
    found = [*faults, *header_problems(response), *problems(root, language)]
    assert not found, f"{url}:\n" + "\n".join(found)


def header_problems(response: TestResponse) -> Iterator[str]:
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"header {name} is {response.headers.get(name)!r}"
    if "Cache-Control" not in response.headers:
        yield "no Cache-Control"


def problems(root: Element, language: str) -> Iterator[str]:
    """What is wrong with a page, one line each."""
    yield from _frame(root, language)
    yield from _identifiers(root)
    yield from _controls(root)
    yield from _forms(root)
    yield from _inline(root)
    yield from _words(root, language)


def _frame(root: Element, language: str) -> Iterator[str]:
    html = next(root.all("html"), None)
    if html is None or html.get("lang") != language:
        yield f"<html> does not say lang={language!r}"
    for tag in ("title", "h1", "main"):
        found = list(root.all(tag))
        if len(found) != 1 or not found[0].text():
            yield f"{len(found)} <{tag}> where there must be one, with words"


def _identifiers(root: Element) -> Iterator[str]:
    counts = Counter(e.get("id") for e in root.all() if "id" in e.attributes)
    yield from (
        f"id {name!r} is there {n} times" for name, n in counts.items() if n > 1
    )
    for element in root.all():
        for attribute in REFERENCES:
            for name in element.get(attribute).split():
                if name not in counts:
                    yield f"{element}: nothing has the id {name!r}"
        href = element.get("href")
        if href.startswith("#") and href[1:] not in counts:
            yield f"{element}: nothing has the id {href[1:]!r}"


def _controls(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.all("label") if label.text()} - {""}
    for element in root.all(*FIELDS):
        within = any(e.tag == "label" and e.text() for e in element.ancestors())
        said = element.get("aria-label") or element.get("aria-labelledby")
        hidden = element.tag == "input" and element.get("type") in UNLABELLED
        if not (hidden or within or said or element.get("id") in labelled):
            yield f"{element} has no label"
    for element in root.all("a", "button", "summary"):
        if not (
            _name(element)
            or element.get("aria-label")
            or element.get("aria-labelledby")
        ):
            yield f"{element} has no name"
    yield from (f"{e} has no alt" for e in root.all("img") if "alt" not in e.attributes)


def _name(element: Element) -> str:
    pictures = " ".join(image.get("alt") for image in element.all("img"))
    return f"{element.text()} {pictures}".strip()


def _forms(root: Element) -> Iterator[str]:
    for form in root.all("form"):
        tokens = [e for e in form.all("input") if e.get("name") == "csrf_token"]
        post = form.get("method").lower() == "post"
        if post and not (len(tokens) == 1 and tokens[0].get("value")):
            yield f"{form} sends no CSRF token"
        if not post and tokens:
            yield f"{form} shows its CSRF token in the address"


def _inline(root: Element) -> Iterator[str]:
    for element in root.all():
        if element.tag == "style" or "style" in element.attributes:
            yield f"{element} carries style"
        data = element.get("type") == "application/json"
        if element.tag == "script" and not element.get("src") and not data:
            yield f"{element} is an inline script"
        yield from (f"{element}: {n}" for n in element.attributes if n.startswith("on"))
        for name in ("src", "href", "action"):
            if element.get(name).strip().lower().startswith("javascript:"):
                yield f"{element}: {name} is a script"
        loads = element.tag in {"script", "link", "img"}
        if loads and "//" in element.get("src") + element.get("href"):
            yield f"{element} comes from another host"


def _words(root: Element, language: str) -> Iterator[str]:
    """Words of the other language, where no lang attribute says that they are meant."""
    for element in root.all():
        if element.tag in NOT_SHOWN or _language(element, language) != language:
            continue
        texts = [child for child in element.content if isinstance(child, str)]
        texts += [element.get(name) for name in SAID]
        for text in texts:
            words = " ".join(text.split())
            if words in foreign_words(language) or _looks_english(words, language):
                yield f"{element}: {words!r} is not translated"


def _language(element: Element, default: str) -> str:
    said = (e.get("lang") for e in (element, *element.ancestors()))
    return next((value for value in said if value), default)


def _looks_english(words: str, language: str) -> bool:
    """Four words and more without one accent: no Vietnamese sentence is like that."""
    letters = [word for word in words.split() if word.isalpha()]
    return language == "vi" and len(letters) > 3 and " ".join(letters).isascii()


@cache
def foreign_words(language: str) -> frozenset[str]:
    """Entries of the catalogues as they stand in the other language."""
    words = set()
    for locale in LOCALES:
        for domain in OWNERS:
            for message in load(locale, domain):
                plain = isinstance(message.id, str) and isinstance(message.string, str)
                if plain and message.id and message.id != message.string:
                    words.add(message.id if language == "vi" else message.string)
    return frozenset(" ".join(str(text).split()) for text in words)
