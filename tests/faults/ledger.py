"""What the parts of a row have shown, how they add up to the row, and where they are kept.

A long row is played in parts, each with a seed of its own, so that it can be broken off and taken
up again.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.faults.checker import Verdict

Counts = dict[str, int]


@dataclass(frozen=True)
class Shown:
    """Whether it holds, what was counted, and the worst of what was measured."""

    holds: bool
    counts: Counts
    worst: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        said = [f"{count:,} {what}" for what, count in self.counts.items()]
        said += [f"{what} {value:.3g}" for what, value in self.worst.items()]
        return ", ".join(said)


class Key(NamedTuple):
    """Which part of which row."""

    row: str
    length: int
    seed: int


@dataclass(frozen=True)
class Played:
    """A part that was played, and how many seconds it took."""

    key: Key
    shown: Shown
    seconds: float


class Ledger:
    """The parts played so far, the last word on each, in a file if there is one."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._played: dict[Key, Played] = {}
        if path is not None and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self._note(_read(line))

    def __contains__(self, key: Key) -> bool:
        """A part that fell short is to be played again."""
        played = self._played.get(key)
        return played is not None and played.shown.holds

    def add(self, played: Played) -> None:
        """Write it down at once: the next part may be the last."""
        self._note(played)
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(played), ensure_ascii=False) + "\n")

    def of(self, keys: Iterable[Key]) -> list[Played]:
        """Those of the parts that were played."""
        return [self._played[key] for key in keys if key in self._played]

    def _note(self, played: Played) -> None:
        self._played[played.key] = played


def together(every: Iterable[Shown]) -> Shown:
    """Counts are added, of what was measured the largest is told."""
    holds, counts, worst = True, Counter[str](), dict[str, float]()
    for shown in every:
        holds = holds and shown.holds
        counts.update(shown.counts)
        for what, value in shown.worst.items():
            worst[what] = max(value, worst.get(what, value))
    return Shown(holds, dict(counts), worst)


def counts_of(verdict: Verdict) -> Counts:
    """The words of the table; what is seldom wrong is named only where it is."""
    seldom = {
        "outstanding": verdict.outstanding,
        "altered": verdict.altered,
        "books open": verdict.unbalanced,
    }
    return {
        "items": verdict.items,
        "lost": verdict.lost,
        "doubled": verdict.doubled,
        "half-written": verdict.half_written,
        "refused": verdict.refused,
    } | {what: count for what, count in seldom.items() if count}


def _read(line: str) -> Played:
    said = json.loads(line)
    return Played(Key(*said["key"]), Shown(**said["shown"]), said["seconds"])
