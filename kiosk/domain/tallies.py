"""What blocks of ratings say: the count of each answer, and a unit's courtesies taken together."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from struct import Struct
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.answers import Rating
from kiosk.domain.errors import RoomKeyMissing
from kiosk.domain.pools import PoolKey, Row, Rules, counted_on, hides_each
from kiosk.domain.questionnaire import COURTESIES, COURTESY_ANSWERS
from kiosk.domain.sealing import KeyRing
from kiosk.models.waiting import Held

LEVELS = (1, 2, 3, 4, 5)
LEAST_TALLY = 20
_ENTRY = Struct(">IBBB")  # the day's ordinal, n, all three, unsure
_MOST_ENTRIES = 3  # under 20 ratings in blocks of 5 and more

Values = dict[str, Any]
Opened = Sequence[tuple[Row, Rating]]
Stream = tuple[int, str]  # questionnaire and channel


def new_key() -> bytes:
    """A key that tells no order."""
    return secrets.token_bytes(16)


def rating_block(key: PoolKey, opened: Opened, *, rules: Rules) -> Values:
    """The row of ``Block`` for complete ratings of one pool."""
    counts: Counter[str] = Counter()
    for _, rating in opened:
        counts.update(_columns(rating))
    return {
        "key": new_key(),
        "pool": key.pool,
        "officer_id": key.officer_id,
        **_block_head(key, [row for row, _ in opened], rules),
        **{column: counts[column] for column in _COLUMNS},
    }


def partial_block(key: PoolKey, opened: Opened, *, rules: Rules) -> Values:
    """The row of ``PartialBlock``: a question shows only where its own answers hide each other."""
    values: Values = {
        "key": new_key(),
        **_block_head(key, [row for row, _ in opened], rules),
    }
    for question, columns in _COLUMNS_OF.items():
        answered = [(row, r) for row, r in opened if getattr(r, question) is not None]
        shown = hides_each([row for row, _ in answered], rules)
        counts = Counter(
            f"{_STEM[question]}_{getattr(r, question)}" for _, r in answered
        )
        values |= {column: counts[column] if shown else None for column in columns}
    return values


def _block_head(key: PoolKey, rows: Sequence[Row], rules: Rules) -> Values:
    return {
        "questionnaire": key.questionnaire,
        "channel": key.channel,
        "n": len(rows),
        "k": rules.k,
        "counted_on": counted_on((row.day for row in rows), today=rules.today),
        "released_on": rules.today,
    }


_STEM = {**{courtesy: courtesy for courtesy in COURTESIES}, "satisfaction": "level"}
_COLUMNS_OF = {
    **{c: [f"{c}_{answer}" for answer in COURTESY_ANSWERS] for c in COURTESIES},
    "satisfaction": [f"level_{level}" for level in LEVELS],
}
_COLUMNS = [column for columns in _COLUMNS_OF.values() for column in columns]


def _columns(rating: Rating) -> tuple[str, str, str, str]:
    return (
        f"greeted_{rating.greeted}",
        f"asked_{rating.asked}",
        f"thanked_{rating.thanked}",
        f"level_{rating.satisfaction}",
    )


class Joint(NamedTuple):
    """Of the n ratings of a block, how many had all three courtesies and how many are unsure."""

    counted_on: date
    n: int
    all_three: int
    unsure: int


def joint(opened: Opened, *, day: date) -> Joint:
    """A block's joint count, which no row shows before it is one of 20 ratings or more."""
    outcomes = Counter(rating.all_three for _, rating in opened)
    return Joint(day, len(opened), outcomes["yes"], outcomes["unsure"])


@dataclass(slots=True)
class Tallied:
    """What a run makes of joint counts: tallies to show, what is held, and what no longer is."""

    tallies: list[Values] = field(default_factory=list)
    held: list[Values] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    unreadable: int = 0


def tally_unit(
    session: Session,
    *,
    unit_id: int,
    ring: KeyRing,
    joints: Mapping[Stream, Sequence[Joint]],
    today: date,
) -> Tallied:
    """Join a run's blocks with the held ones: 20 ratings or more are shown, fewer are held."""
    result = Tallied()
    if not joints:
        return result
    held = _open_held(session, unit_id, ring, joints, result)
    for stream, new in joints.items():
        together = [*held[stream], *new]
        if sum(block.n for block in together) >= LEAST_TALLY:
            result.tallies.append(_tally(stream, together, today))
        else:
            result.held.append(_seal(ring, unit_id, stream, together))
    return result


def _tally(stream: Stream, blocks: Iterable[Joint], today: date) -> Values:
    blocks = list(blocks)
    days = [block.counted_on for block in blocks for _ in range(block.n)]
    return {
        "key": new_key(),
        "questionnaire": stream[0],
        "channel": stream[1],
        "n": len(days),
        "all_three": sum(block.all_three for block in blocks),
        "unsure": sum(block.unsure for block in blocks),
        "counted_on": counted_on(days, today=today),
        "released_on": today,
    }


def _open_held(
    session: Session,
    unit_id: int,
    ring: KeyRing,
    streams: Iterable[Stream],
    result: Tallied,
) -> Mapping[Stream, list[Joint]]:
    opened: defaultdict[Stream, list[Joint]] = defaultdict(list)
    query = select(*Held.__table__.c).where(Held.unit_id == unit_id).with_for_update()
    for row in session.execute(query):
        stream = (row.questionnaire, row.channel)
        if stream not in streams:
            continue
        try:
            plain = ring.open(row.sealed, _bound(unit_id, stream, row.key))
        except (RoomKeyMissing, InvalidTag, IndexError):
            result.unreadable += 1
            continue
        opened[stream] += _decode(plain)
        result.taken.append(row.key)
    return opened


def _seal(
    ring: KeyRing, unit_id: int, stream: Stream, blocks: Iterable[Joint]
) -> Values:
    """A row of ``Held``; its length is the same for one block and for three."""
    key = new_key()
    plain = b"".join(
        _ENTRY.pack(b.counted_on.toordinal(), b.n, b.all_three, b.unsure)
        for b in blocks
    ).ljust(_MOST_ENTRIES * _ENTRY.size, b"\0")
    return {
        "unit_id": unit_id,
        "key": key,
        "questionnaire": stream[0],
        "channel": stream[1],
        "sealed": ring.seal(plain, _bound(unit_id, stream, key)),
    }


def _decode(plain: bytes) -> list[Joint]:
    entries = _ENTRY.iter_unpack(plain)
    return [
        Joint(date.fromordinal(day), n, all_three, unsure)
        for day, n, all_three, unsure in entries
        if n
    ]


def _bound(unit_id: int, stream: Stream, key: bytes) -> bytes:
    questionnaire, channel = stream
    return f"{unit_id}|held|{questionnaire}|{channel}|".encode() + key
