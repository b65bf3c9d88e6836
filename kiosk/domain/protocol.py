"""The envelope of a sync request, and how it is split into items that are judged on their own.

The envelope ignores fields it does not know, so that a tablet newer than the server is heard;
items are strict, for what is not understood of an answer must not be dropped.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw, Struct

from kiosk.domain.errors import DomainError
from kiosk.domain.items import SAFE, Milliseconds

MOST_ITEMS = 50
MOST_BYTES = 256 * 1024
MOST_SEATS = (
    20  # changes of seats that are read of one request; the tablet sends no more
)
Hex16 = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Number = Annotated[int, Meta(ge=0, le=SAFE)]
Range = tuple[Number, Number]


class RequestUnreadable(DomainError):
    """The request as a whole is no sync request; ``detail`` names what, never a value."""

    kind = "unreadable"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class RequestTooLarge(DomainError):
    """More than 50 items or 256 KiB; the tablet sends less at a time."""

    kind = "too_large"


class _Envelope(Struct):
    install: Hex16
    nonce: Hex16
    sent_at: Milliseconds
    items: list[Raw]
    acked_through: Number = 0
    gone: Annotated[list[Range], Meta(max_length=1000)] = []
    wiped: Number = 0
    queued: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    persisted: bool = False
    client: Annotated[str, Meta(max_length=40, pattern=r"^[\w.+-]*$")] = ""
    seats: list[Raw] = []


class SyncRequest(Struct, frozen=True):
    """A request as understood; each item, each change of a seat is still its JSON text."""

    install: bytes
    nonce: str
    sent_at: int
    items: tuple[bytes, ...]
    acked_through: int
    gone: tuple[tuple[int, int], ...]
    wiped: int
    queued: int
    persisted: bool
    client: str
    seats: tuple[bytes, ...] = ()


_DECODER = msgspec.json.Decoder(_Envelope)


def parse_request(body: bytes) -> SyncRequest:
    """The request in these bytes. Raises RequestUnreadable or RequestTooLarge."""
    if len(body) > MOST_BYTES:
        raise RequestTooLarge
    envelope, items = _split(body)
    if len(items) > MOST_ITEMS:
        raise RequestTooLarge
    return SyncRequest(
        install=bytes.fromhex(envelope.install),
        nonce=envelope.nonce,
        sent_at=envelope.sent_at,
        items=items,
        acked_through=envelope.acked_through,
        gone=tuple((first, last) for first, last in envelope.gone if first <= last),
        wiped=envelope.wiped,
        queued=envelope.queued,
        persisted=envelope.persisted,
        client=envelope.client,
        seats=tuple(bytes(each) for each in envelope.seats[:MOST_SEATS]),
    )


def _split(body: bytes) -> tuple[_Envelope, tuple[bytes, ...]]:
    try:
        envelope = _DECODER.decode(body)
    except msgspec.ValidationError as problem:
        raise RequestUnreadable(str(problem)) from None
    except msgspec.DecodeError:
        return _split_leniently(body)
    except (UnicodeDecodeError, RecursionError):
        raise RequestUnreadable("not JSON in UTF-8") from None
    return envelope, tuple(bytes(item) for item in envelope.items)


def _split_leniently(body: bytes) -> tuple[_Envelope, tuple[bytes, ...]]:
    """Split what only the standard library reads: one lone surrogate makes msgspec refuse all."""
    try:
        text = body.decode()
        members = dict(_members(text))
        items, seats = members.pop("items", []), members.pop("seats", [])
        if not isinstance(items, list) or not isinstance(seats, list):
            raise RequestUnreadable("items must be a list")
        envelope = msgspec.convert(members | {"items": []}, _Envelope)
    except msgspec.ValidationError as problem:
        raise RequestUnreadable(str(problem)) from None
    except (ValueError, RecursionError):
        raise RequestUnreadable("not JSON in UTF-8") from None
    envelope.seats = [Raw(json.dumps(each).encode()) for each in seats]
    return envelope, tuple(item.encode() for item in items)


_json = json.JSONDecoder()
_SPACE = " \t\n\r"


def _members(text: str) -> Iterator[tuple[str, Any]]:
    """The members of the object that is the text; of ``items`` the text of each element."""
    at = _expect(text, _skip(text, 0), "{")
    if text[at : at + 1] == "}":
        return
    while True:
        name, at = _json.raw_decode(text, at)
        at = _expect(text, _skip(text, at), ":")
        if name == "items" and text[at : at + 1] == "[":
            value, at = _elements(text, at)
        else:
            value, at = _json.raw_decode(text, at)
        yield name, value
        at = _skip(text, at)
        if text[at : at + 1] == "}":
            _end(text, at + 1)
            return
        at = _expect(text, at, ",")


def _elements(text: str, at: int) -> tuple[list[str], int]:
    """The texts of an array's elements, and where the array ends."""
    at = _expect(text, at, "[")
    found: list[str] = []
    if text[at : at + 1] == "]":
        return found, at + 1
    while True:
        end = _json.raw_decode(text, at)[1]
        found.append(text[at:end])
        at = _skip(text, end)
        if text[at : at + 1] == "]":
            return found, at + 1
        at = _expect(text, at, ",")


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _SPACE:
        at += 1
    return at


def _expect(text: str, at: int, character: str) -> int:
    if text[at : at + 1] != character:
        raise ValueError(at)
    return _skip(text, at + 1)


def _end(text: str, at: int) -> None:
    if _skip(text, at) != len(text):
        raise ValueError(at)
