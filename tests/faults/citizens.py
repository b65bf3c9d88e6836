"""What the simulated citizens tap, and what the waiting room must hold of each item.

The rows are worked out from the item's own text by the protocol's words, not by the application.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import msgspec

from kiosk.domain.seals import SealedItem
from tests.stores import RING

COURTESIES = ("greeted", "asked", "thanked")
COURTESY_ANSWERS = ("yes", "no", "unsure")
REASONS = "fast caring clear punctual waited attitude unclear returned".split()
WORDS = 'cán bộ nhiệt tình nhưng phải chờ hơi lâu, xin cảm ơn 🙂 \\ " Hạnh'.split()
Content = tuple[Any, ...]
_ROOM = RING.seals


@dataclass(frozen=True)
class Row:
    """What waits, in the open: of whom, and what was said."""

    unit: int
    officer: int | None
    questionnaire: int
    kind: str
    content: Content


def citizen(random: Random, officers: Sequence[int | None]) -> dict[str, Any]:
    """A rating of one of these officers, some of them partial; one in six is a remark."""
    officer = random.choice(officers)
    if random.random() < 1 / 6:
        return {"kind": "remark", "officer": officer} | _remark(random)
    return {"kind": "rating", "officer": officer} | _rating(random)


def said(text: str) -> dict[str, Any]:
    """What an item says, plain or sealed to the room of the tests."""
    item: dict[str, Any] = json.loads(text)
    if item.get("kind") != "sealed":
        return item
    inside = _ROOM.open(msgspec.json.decode(text, type=SealedItem))
    item |= json.loads(inside)
    return item


def rows_of(text: str) -> Iterator[Row]:
    """The waiting rows that one item becomes."""
    item = said(text)
    place = (item["unit"], item["officer"], item["questionnaire"])
    if item["kind"] == "rating":
        answers = tuple(item.get(key) for key in (*COURTESIES, "satisfaction"))
        yield Row(*place, "partial" if None in answers else "rating", answers)
        return
    if item.get("reasons"):
        yield Row(*place, "reasons", tuple(sorted(set(item["reasons"]))))
    comment = unicodedata.normalize("NFC", item.get("comment", "")).strip()
    if comment:
        yield Row(*place, "comment", (comment,))


def _rating(random: Random) -> dict[str, Any]:
    answers: dict[str, Any] = {
        key: random.choice(COURTESY_ANSWERS) for key in COURTESIES
    }
    answers["satisfaction"] = random.randint(1, 5)
    if random.random() < 1 / 8:
        given = random.randint(1, 3)
        return dict(list(answers.items())[:given])
    return answers


def _remark(random: Random) -> dict[str, Any]:
    """Reasons, a comment that no other citizen writes, or both."""
    reasons = random.sample(REASONS, random.randint(1, 4))
    words = random.sample(WORDS, random.randint(1, len(WORDS)))
    comment = f"{' '.join(words)} {random.randbytes(8).hex()}"
    both = {"reasons": reasons, "comment": comment}
    only = random.choice((("reasons",), ("comment",), ("reasons", "comment")))
    return {key: both[key] for key in only}
