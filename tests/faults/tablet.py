"""A simulated tablet, written from the protocol (DESIGN 5) and not from the JavaScript.

It holds its outbox in memory and neither sends nor sleeps: it says what to send, hears what came
back (an answer, or nothing), and says how long to wait. It also remembers all that was ever tapped.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any
from uuid import UUID

from tests.faults.caution import MOST_ITEMS, Caution, Verdict
from tests.seals import pad

MOST_BYTES = 256 * 1024
MINUTE_MS = SET_MS = 60_000
KEPT_MS = 90 * 24 * 3600 * 1000
SAFE = {"stored", "duplicate", "quarantined", "conflict"}
WITHOUT_RECEIPT = {"quarantined", "conflict"}


class State(StrEnum):
    """Where an item stands; ASIDE is the tablet's own quarantine."""

    WAITING = "waiting"
    ACKED = "acked"
    ASIDE = "aside"


@dataclass
class Kept:
    """An item as stored at the tap; ``acked_at`` by the server's clock, in ms."""

    seq: int
    id: UUID
    text: str
    state: State = State.WAITING
    acked_at: int = 0
    outcome: str = ""


@dataclass(frozen=True)
class Request:
    """What is sent, and what a reply to it will be about."""

    body: bytes
    nonce: str
    seqs: tuple[int, ...]
    sent_at: int


@dataclass(frozen=True)
class Answer:
    """What the network brought back, from whomever; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def wall_clock() -> int:
    return time.time_ns() // 1_000_000


@dataclass
class Tablet:
    """One browser's storage and its rules."""

    install: str
    secret: str
    unit: int
    random: Random
    seal: Callable[[str], str] = str  # an older client stores what it was told
    clock: Callable[[], int] = wall_clock  # may be wrong, and may be set
    steady: Callable[[], int] = wall_clock  # only ticks
    tapped: list[Kept] = field(default_factory=list)
    outbox: dict[int, Kept] = field(default_factory=dict)
    waiting: dict[int, Kept] = field(default_factory=dict)  # oldest first
    gone: set[int] = field(default_factory=set)
    skew: int | None = None
    heard: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    asked_again: int = 0

    def __post_init__(self) -> None:
        self.caution = Caution(self.random)
        self._lead = self.clock() - self.steady()

    def tap(self, content: dict[str, Any]) -> Kept:
        """Store what a citizen gave; from here on it must not be lost."""
        head = {
            "kind": content["kind"],
            "id": str(self._uuid()),
            "seq": len(self.tapped) + 1,
            "salt": self.random.randbytes(16).hex(),
            "unit": self.unit,
            "officer": content["officer"],
            "tapped_at": self._minute(),
            "skew": self._skew(),
            "questionnaire": 1,
        }
        return self.keep(UUID(head["id"]), self.seal(_text(head | content)))

    def keep(self, item_id: UUID, text: str) -> Kept:
        """Store the text of an item, whatever it says."""
        item = Kept(len(self.tapped) + 1, item_id, text)
        self.tapped.append(item)
        self.outbox[item.seq] = self.waiting[item.seq] = item
        return item

    def request(self) -> Request:
        """The oldest items that fit, or none while the server itself is in doubt."""
        nonce, sent_at = self.random.randbytes(16).hex(), self.clock()
        head = _text(
            {
                "install": self.install,
                "nonce": nonce,
                "sent_at": sent_at,
                "acked_through": min(self.waiting, default=len(self.tapped) + 1) - 1,
                "gone": list(_ranges(self.gone))[:1000],
                "queued": len(self.waiting),
                "persisted": True,
                "client": "simulated-1",
                "items": [],
            }
        )[:-2]
        items = [] if self.caution.asks_alone else self._oldest(len(head) + 2)
        body = pad(head + ",".join(item.text for item in items) + "]}")
        return Request(body.encode(), nonce, tuple(i.seq for i in items), sent_at)

    def hear(self, request: Request, answer: Answer | None) -> float:
        """Settle what the answer settles; seconds to wait before the next request."""
        verdict, reply = _judge(request, answer)
        told = answer.headers.get("retry-after", "0") if answer else "0"
        self.heard[_name(verdict, answer)] += 1
        given_up = self.caution.learn(verdict, request.seqs)
        if given_up is not None:
            self._set_aside(given_up)
        if reply is not None:
            self._settle(request, reply)
        return self.caution.wait(float(told))

    def _oldest(self, size: int) -> list[Kept]:
        chosen: list[Kept] = []
        for item in self.waiting.values():
            size += len(item.text.encode()) + 1
            if len(chosen) == min(MOST_ITEMS, self.caution.limit):
                break
            if chosen and size > MOST_BYTES:
                break
            chosen.append(item)
        return chosen

    def _settle(self, request: Request, reply: dict[str, Any]) -> None:
        now = reply["server_time"]
        self.skew = (request.sent_at + self.clock()) // 2 - now
        self._lead = self.clock() - self.steady()
        self.gone = {seq for seq in self.gone if seq > reply["have_through"]}
        for result in reply["results"]:
            self._acknowledge(request.seqs[result["index"]], result["outcome"], reply)
        for seq, item in list(self.outbox.items()):
            old = seq <= reply["durable_through"] or item.acked_at < now - KEPT_MS
            if item.state == State.ACKED and old:
                del self.outbox[seq]
        for first, last in reply["need"]:
            self._send_again(range(first, last + 1))

    def _acknowledge(self, seq: int, outcome: str, reply: dict[str, Any]) -> None:
        item = self.outbox.get(seq)
        self.outcomes[outcome] += 1
        if outcome not in SAFE or item is None:
            return
        self.waiting.pop(seq, None)
        item.state, item.acked_at = State.ACKED, reply["server_time"]
        item.outcome = item.outcome or outcome
        if outcome in WITHOUT_RECEIPT and seq > reply["have_through"]:
            self.gone.add(seq)

    def _send_again(self, seqs: Iterable[int]) -> None:
        for seq in seqs:
            self.asked_again += 1
            item = self.outbox.get(seq)
            if item is None or item.state == State.ASIDE:
                self.gone.add(seq)
            else:
                item.state = State.WAITING
                self.waiting[seq] = item
        self.waiting = dict(sorted(self.waiting.items()))

    def _set_aside(self, seq: int) -> None:
        self.waiting.pop(seq).state = State.ASIDE
        self.gone.add(seq)

    def _skew(self) -> int | None:
        """None where the clock has been set since the last contact: it proves nothing now."""
        was_set = abs(self.clock() - self.steady() - self._lead) > SET_MS
        return None if was_set else self.skew

    def _minute(self) -> int:
        """The time now, cut to the minute of the server's clock, as far as it is known."""
        skew = self._skew() or 0
        return max(0, (self.clock() - skew) // MINUTE_MS * MINUTE_MS + skew)

    def _uuid(self) -> UUID:
        return UUID(bytes=self.random.randbytes(16), version=4)


def _judge(
    request: Request, answer: Answer | None
) -> tuple[Verdict, dict[str, Any] | None]:
    """Whatever does not prove that our server spoke is a fault of the network."""
    if answer is None:
        return "offline", None
    said = _json(answer)
    if answer.status == 200:
        ours = said is not None and said.get("nonce") == request.nonce
        return ("ok", said) if ours else ("offline", None)
    if answer.status == 413 or (answer.status == 400 and said and "kind" in said):
        return "unreadable", None
    if answer.status in {429, 503}:
        return "busy", None
    # Ours says 500; a 502 or 504 comes from a gateway that does not find ours.
    return ("fault" if answer.status == 500 else "offline"), None


def _name(verdict: Verdict, answer: Answer | None) -> str:
    """What was heard, for counting: 200, 503 storage_full, offline (302)."""
    if answer is None:
        return "offline"
    kind = (_json(answer) or {}).get("kind", "")
    said = f"{answer.status} {kind}".strip()
    if verdict == "busy" and "retry-after" not in answer.headers:
        said += " without Retry-After"
    return f"offline ({said})" if verdict == "offline" else said


def _json(answer: Answer) -> dict[str, Any] | None:
    try:
        said = json.loads(answer.body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _ranges(numbers: Iterable[int]) -> Iterable[tuple[int, int]]:
    first = last = 0
    for number in sorted(numbers):
        if first and number == last + 1:
            last = number
            continue
        if first:
            yield first, last
        first = last = number
    if first:
        yield first, last
