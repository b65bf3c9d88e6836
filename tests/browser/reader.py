"""The whole rating by keyboard alone, and what a screen reader is told on each of its screens."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from playwright.sync_api import Page

from kiosk.domain.questionnaire import VERSION_1
from tests.browser import kiosk

Language = Literal["vi", "en"]
WIDGETS = {"button", "textbox", "link", "checkbox", "radio", "combobox"}
MOST_TABS = 30
OFFICER, COMMENT = "Nguyễn Thị Minh Hạnh", "Cho xin so thu tu"
LEVELS = (0, 1, 2, 3)  # the answers given, by their place


class Words(NamedTuple):
    """What stands on the screens beside the questions."""

    choice: str
    thanks: str
    reason: str
    write: str
    writing: str
    written: str
    done: str


WORDS: dict[Language, Words] = {
    "vi": Words(
        "Ai vừa phục vụ ông/bà?",
        "Xin cảm ơn ông/bà!",
        "Phải chờ lâu",
        "Viết thêm một câu",
        "Ông/bà muốn nói điều gì?",
        "Viết xong",
        "Xong",
    ),
    "en": Words(
        "Who has just served you?",
        "Thank you!",
        "Long wait",
        "Write a sentence",
        "What would you like to say?",
        "Finish writing",
        "Done",
    ),
}


@dataclass(frozen=True)
class Told:
    """A node of the accessibility tree, as a screen reader gets it."""

    role: str
    name: str
    focused: bool
    pressed: bool


class Screen(NamedTuple):
    """What is told of a screen as it opens, and what is missing or wrong in it."""

    name: str
    told: list[Told]
    faults: list[str]


def tree(page: Page) -> list[Told]:
    """All that is not hidden from a screen reader, in the order of the page."""
    devtools = page.context.new_cdp_session(page)
    nodes = devtools.send("Accessibility.getFullAXTree")["nodes"]
    devtools.detach()
    found = []
    for node in nodes:
        if node["ignored"]:
            continue
        facts = {f["name"]: f["value"].get("value") for f in node.get("properties", [])}
        name = str(node.get("name", {}).get("value", "")).replace("\u00a0", " ")
        found.append(
            Told(
                node["role"]["value"],
                name.strip(),
                facts.get("focused") is True,
                facts.get("pressed") == "true",
            )
        )
    return found


def journey(page: Page, language: Language) -> Iterator[Screen]:
    """From the officers of a hall tablet to the thanks and back, a remark written on the way."""
    words = WORDS[language]
    if language == "en":
        _press(page, "English")
    yield _screen(page, words.choice, [OFFICER])
    _press(page, OFFICER)
    for question, place in zip(VERSION_1.questions, LEVELS, strict=True):
        names = [getattr(answer.text, language) for answer in question.answers]
        yield _screen(page, getattr(question.text, language), names)
        _press(page, names[place])
    page.locator("[data-done]").wait_for()
    yield _screen(page, words.thanks, [words.reason, words.write, words.done])
    _press(page, words.reason)
    _press(page, words.write)
    yield _screen(page, words.writing, [words.written], focus="textbox")
    page.keyboard.type(COMMENT)
    _press(page, words.written)
    thanks = _screen(page, words.thanks, [words.reason, COMMENT])
    if words.reason not in [told.name for told in thanks.told if told.pressed]:
        thanks.faults.append("the reason is not told as chosen")
    yield thanks
    _press(page, words.done)
    yield _screen(page, WORDS["vi"].choice, [OFFICER])


def _screen(
    page: Page, title: str, names: Iterable[str], focus: str = "heading"
) -> Screen:
    """What is told once the screen with the title stands."""
    page.get_by_role("heading", name=title).wait_for()
    told = tree(page)
    buttons = [node.name for node in told if node.role == "button"]
    faults = [
        f"{n.role} without a name" for n in told if n.role in WIDGETS if not n.name
    ]
    faults += [f"no button {n}" for n in names if not any(n in b for b in buttons)]
    headings = [node.name for node in told if node.role == "heading"]
    if [title] != headings:
        faults.append(f"headings {headings}")
    focused = [
        node.role for node in told if node.focused and node.role != "RootWebArea"
    ]
    if focused != [focus]:
        faults.append(f"the focus is on {focused}")
    return Screen(title, told, faults)


def _press(page: Page, name: str) -> None:
    """Walk there by Tab, and press it when the guard against double taps is over."""
    over = time.monotonic() + kiosk.GUARD / 1000
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if any(node.focused and name in node.name for node in tree(page)):
            page.wait_for_timeout(max(0, over - time.monotonic()) * 1000)
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no key leads to {name!r}")
