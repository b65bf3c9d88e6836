"""What a tablet sends, parsed into typed values: every limit is checked here, item by item.

An item comes sealed, or plain from an older tablet or one that knows no key yet; both are read.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from kiosk.domain.answers import Rating
from kiosk.domain.questionnaire import COMMENT_LIMIT
from kiosk.domain.seals import SealedItem, SealKeys, Unsealable

SAFE = 2**53 - 1
Salt = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Seq = Annotated[int, Meta(ge=1, le=SAFE)]
Key = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Milliseconds = Annotated[int, Meta(ge=0, le=SAFE)]
Skew = Annotated[int, Meta(ge=-SAFE, le=SAFE)]
Version = Annotated[int, Meta(ge=1, le=2**15 - 1)]
Courtesy = Literal["yes", "no", "unsure"]
Level = Annotated[int, Meta(ge=1, le=5)]
ReasonKey = Literal[
    "fast", "caring", "clear", "punctual", "waited", "attitude", "unclear", "returned"
]


class RatingItem(
    Struct, tag_field="kind", tag="rating", forbid_unknown_fields=True, frozen=True
):
    """A rating as sent; absent answers make it partial. Times in ms since 1970."""

    id: UUID
    seq: Seq
    salt: Salt
    unit: Key
    officer: Key | None
    tapped_at: Milliseconds
    skew: Skew | None
    questionnaire: Version
    greeted: Courtesy | None = None
    asked: Courtesy | None = None
    thanked: Courtesy | None = None
    satisfaction: Level | None = None

    @property
    def rating(self) -> Rating:
        return Rating(self.greeted, self.asked, self.thanked, self.satisfaction)


class RemarkItem(
    Struct, tag_field="kind", tag="remark", forbid_unknown_fields=True, frozen=True
):
    """Reasons tapped and a comment, a thing of its own: nothing ties it to a rating."""

    id: UUID
    seq: Seq
    salt: Salt
    unit: Key
    officer: Key | None
    tapped_at: Milliseconds
    skew: Skew | None
    questionnaire: Version
    reasons: list[ReasonKey] = []
    comment: str = ""


Item = RatingItem | RemarkItem
_DECODER = msgspec.json.Decoder(Item | SealedItem)
_SAID = msgspec.json.Decoder(dict[str, Any])
_NO_SALT = "0" * 32  # the seal does what a plain item's salt does for its digest


class _Head(Struct):
    """What can be known of an item that cannot be read as a whole."""

    id: UUID
    seq: Seq


class _Place(Struct):
    """Where an item says it was tapped."""

    unit: Key


_Part = TypeVar("_Part", _Head, _Place)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why an item is no item; its id and seq, and its unit, where these at least can be read."""

    reason: str
    id: UUID | None = None
    seq: int | None = None
    unit: int | None = None


def parse_item(raw: bytes, seals: SealKeys | None = None) -> Item | Unreadable:
    """An item from its JSON text, or what is wrong with it; never raises.

    Without keys a seal stays shut, and of what is sealed only the head is read.
    """
    try:
        item = _DECODER.decode(raw)
        if isinstance(item, SealedItem):
            item = _whole(item, seals)
    except Unsealable as problem:
        return _unreadable(raw, problem.reason)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        return _unreadable(raw, _reason(problem))
    fault = _fault(item)
    return item if fault is None else Unreadable(fault, item.id, item.seq, item.unit)


def clean_comment(comment: str) -> str:
    """The comment in NFC, without white space around it."""
    return unicodedata.normalize("NFC", comment).strip()


def comment_fault(comment: str) -> str | None:
    """What is wrong with a comment: too long in code points after NFC, or a NUL in it."""
    if len(clean_comment(comment)) > COMMENT_LIMIT:
        return "comment_too_long"
    return "comment_has_nul" if "\0" in comment else None


def _whole(sealed: SealedItem, seals: SealKeys | None) -> Item:
    """What was sealed, with the head that stands outside."""
    if seals is None:
        raise Unsealable("unsealable")
    head = {"id": sealed.id, "seq": sealed.seq, "unit": sealed.unit, "salt": _NO_SALT}
    said = _SAID.decode(seals.open(sealed))
    # A union as the type would cost three times as much.
    if said.get("kind") == "remark":
        return msgspec.convert(said | head, RemarkItem)
    return msgspec.convert(said | head, RatingItem)


def _fault(item: Item) -> str | None:
    if isinstance(item, RatingItem):
        return "no_answer" if item.rating == Rating(None, None, None, None) else None
    fault = comment_fault(item.comment)
    if fault is None and not item.reasons and not clean_comment(item.comment):
        return "no_answer"
    return fault


def _unreadable(raw: bytes, reason: str) -> Unreadable:
    head, place = _part(raw, _Head), _part(raw, _Place)
    unit = None if place is None else place.unit
    if head is None:
        return Unreadable(reason, unit=unit)
    return Unreadable(reason, head.id, head.seq, unit)


def _part(raw: bytes, part: type[_Part]) -> _Part | None:
    """Read by the standard library where msgspec stumbles over a lone surrogate."""
    try:
        try:
            return msgspec.json.decode(raw, type=part)
        except msgspec.ValidationError:
            return None
        except msgspec.DecodeError:
            return msgspec.convert(json.loads(raw), part)
    except (ValueError, RecursionError):
        return None


def _reason(problem: Exception) -> str:
    """A stable word for what the decoder found, never the value itself."""
    if not isinstance(problem, msgspec.ValidationError):
        return "unreadable"
    text = str(problem)
    if "unknown field" in text:
        return "unknown_field"
    if "missing required field" in text:
        return "missing_field"
    field = re.search(r"at `\$\.(\w+)", text)
    return f"invalid_{field[1]}" if field else "not_an_item"
