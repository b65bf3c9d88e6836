"""How much a simulated tablet dares to send, and how long it waits: the back-off of the protocol.

A request that cannot be read, or fails three times by the server's fault, is halved down to one
item. That one is given up only when an empty request passes and the item alone then fails again.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Literal

MOST_ITEMS = 50
FAULTS = 3
FIRST, LONGEST = 2.0, 300.0

Verdict = Literal["ok", "unreadable", "fault", "busy", "offline"]


@dataclass
class Caution:
    """What the answers so far have taught; ``pace`` shortens every wait of a test."""

    random: Random
    pace: float = 0.005
    limit: int = MOST_ITEMS
    faults: int = 0
    failures: int = 0
    suspect: int | None = None
    acquitted: bool = field(
        default=False
    )  # an empty request has passed: not the server

    @property
    def asks_alone(self) -> bool:
        """The next request is to be empty, to tell a bad item from a bad server."""
        return self.suspect is not None and not self.acquitted

    def learn(self, verdict: Verdict, sent: tuple[int, ...]) -> int | None:
        """Take in what became of a request; the seq of an item to give up, if any."""
        if verdict == "ok":
            self._succeeded(empty=not sent)
            return None
        if not sent or verdict in {"busy", "offline"}:
            self.failures += 1
            return None
        if self.acquitted and sent == (self.suspect,):
            self._forget()
            return sent[0]
        self.faults += 1
        self.failures += verdict == "fault"
        if verdict == "unreadable" or self.faults >= FAULTS:
            self._halve(sent)
        return None

    def wait(self, retry_after: float) -> float:
        """Seconds until the next request: full jitter, and never before the server said."""
        if not self.failures:
            return 0.0
        ceiling = min(LONGEST, FIRST * 2 ** min(self.failures, 10))
        return self.pace * (retry_after + self.random.uniform(0, ceiling))

    def _succeeded(self, *, empty: bool) -> None:
        if empty and self.suspect is not None:
            self.acquitted, self.failures = True, 0
            return
        limit = min(MOST_ITEMS, self.limit * 2)
        self._forget()
        self.limit = limit

    def _halve(self, sent: tuple[int, ...]) -> None:
        self.faults = 0
        if len(sent) > 1:
            self.limit = len(sent) // 2
        else:
            self.limit, self.suspect, self.acquitted = 1, sent[0], False

    def _forget(self) -> None:
        self.limit, self.faults, self.failures = MOST_ITEMS, 0, 0
        self.suspect, self.acquitted = None, False
