"""Opens the pools that may be cut, and says what a run will write and what it will delete.

The only place where a waiting answer is opened. A row that cannot be (its key is missing, or
somebody changed it) waits on and holds up nobody, as long as the others are enough without it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from sqlalchemy.orm import Session

from kiosk.domain.answers import Rating, decode_reasons
from kiosk.domain.errors import RoomKeyMissing
from kiosk.domain.pools import PoolKey, Row, Rules, expired, may_be_cut, pools_of
from kiosk.domain.remarks import comment_block, reason_block
from kiosk.domain.sealing import KeyRing, bound_to, unpad_text
from kiosk.domain.tallies import Joint, joint, partial_block, rating_block, tally_unit

Answers = TypeVar("Answers")
# No key, another row's or a changed seal, and bytes that mean no answer.
UNREADABLE = (RoomKeyMissing, InvalidTag, IndexError, ValueError)


@dataclass(slots=True)
class Cut:
    """What a run is about to do: rows to write by table, keys to delete, and its counts."""

    written: defaultdict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    gone: list[bytes] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    held_taken: list[bytes] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    never_published: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0


def cut_pools(
    session: Session,
    *,
    unit_id: int,
    ring: KeyRing,
    rows: Sequence[Row],
    rules: Rules,
) -> Cut:
    """Cut every pool of the unit that may be cut, whole; drop what has waited too long."""
    cutter = _Cutter(unit_id, ring, rules)
    for key, pool in pools_of(rows).items():
        cutter.cut(key, pool)
    cutter.tally(session)
    return cutter.result


def open_row(ring: KeyRing, unit_id: int, row: Any) -> bytes:
    """The answers, in bytes, of something with a waiting row's columns; or one of UNREADABLE."""
    bound = bound_to(
        unit_id=unit_id,
        key=row.key,
        kind=row.kind,
        officer_id=row.officer_id,
        questionnaire=row.questionnaire,
        channel=row.channel,
        day=row.day,
        mark=row.mark,
    )
    return ring.open(row.sealed, bound)


class _Cutter:
    """Goes through the pools of one unit and gathers what the run is to do."""

    def __init__(self, unit_id: int, ring: KeyRing, rules: Rules) -> None:
        self.unit_id, self.ring, self.rules = unit_id, ring, rules
        self.result = Cut()
        self.joints: defaultdict[tuple[int, str], list[Joint]] = defaultdict(list)

    def cut(self, key: PoolKey, pool: Sequence[Row]) -> None:
        gone = len(self.result.gone)
        _CUTS[key.kind](self, key, pool)
        if len(self.result.gone) == gone:
            self._drop_expired(key, pool)

    def ratings(self, key: PoolKey, pool: Sequence[Row]) -> None:
        if opened := self._take(key, pool, _complete):
            block = rating_block(key, opened, rules=self.rules)
            self._write("block", block)
            stream = (key.questionnaire, key.channel)
            self.joints[stream].append(joint(opened, day=block["counted_on"]))

    def partials(self, key: PoolKey, pool: Sequence[Row]) -> None:
        if opened := self._take(key, pool, Rating.decode):
            self._write("partial_block", partial_block(key, opened, rules=self.rules))

    def reasons(self, key: PoolKey, pool: Sequence[Row]) -> None:
        if opened := self._take(key, pool, decode_reasons):
            self._write("reason_block", reason_block(key, opened, rules=self.rules))

    def comments(self, key: PoolKey, pool: Sequence[Row]) -> None:
        if opened := self._take(key, pool, unpad_text):
            block, comments = comment_block(key, opened, rules=self.rules)
            self._write("comment_block", block)
            self._write("comment", *comments)

    def tally(self, session: Session) -> None:
        tallied = tally_unit(
            session,
            unit_id=self.unit_id,
            ring=self.ring,
            joints=self.joints,
            today=self.rules.today,
        )
        if tallied.tallies:
            self._write("unit_tally", *tallied.tallies)
        self.result.held = tallied.held
        self.result.held_taken = tallied.taken
        self.result.unreadable += tallied.unreadable

    def _take(
        self, key: PoolKey, pool: Sequence[Row], decode: Callable[[bytes], Answers]
    ) -> list[tuple[Row, Answers]]:
        """The pool's rows with their answers, marked as counted; none if it may not be cut."""
        if not may_be_cut(key, pool, self.rules):
            return []
        opened = []
        for row in pool:
            try:
                opened.append((row, decode(open_row(self.ring, self.unit_id, row))))
            except UNREADABLE:
                continue
        unreadable = len(pool) - len(opened)
        self.result.unreadable += unreadable
        rows = [row for row, _ in opened]
        if unreadable and not may_be_cut(key, rows, self.rules):
            return []
        self.result.gone += [row.key for row in rows]
        self.result.counted[key.kind] += len(rows)
        return opened

    def _drop_expired(self, key: PoolKey, pool: Sequence[Row]) -> None:
        old = [row for row in pool if expired(key, row, today=self.rules.today)]
        if old:
            self.result.gone += [row.key for row in old]
            self.result.never_published[key.kind] += len(old)

    def _write(self, table: str, *rows: dict[str, Any]) -> None:
        self.result.written[table] += [{"unit_id": self.unit_id, **row} for row in rows]


_CUTS: dict[str, Callable[[_Cutter, PoolKey, Sequence[Row]], None]] = {
    "rating": _Cutter.ratings,
    "partial": _Cutter.partials,
    "reasons": _Cutter.reasons,
    "comment": _Cutter.comments,
}


def _complete(plain: bytes) -> Rating:
    rating = Rating.decode(plain)
    if not rating.complete:
        raise ValueError("a complete rating was expected")
    return rating
