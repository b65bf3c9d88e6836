"""What lies kept apart: how much, where and why; and judging it again when the rules have changed.

An officer whose posting was registered late, a questionnaire not known yet, a key not in the ring:
what came before then is good today. A conflict stays, for its first item was taken; so does what
has no readable id, and what names a unit that its install never served.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from kiosk.domain.calendar import local_day
from kiosk.domain.cutting import UNREADABLE
from kiosk.domain.intake import Came, Candidate, Posted, judge_again
from kiosk.domain.items import parse_item
from kiosk.domain.sealing import KeyRing, unpad_raw
from kiosk.domain.storing import store_replayed
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Quarantined

CONFLICT = "conflict"
# Rows read and locked at a time: each may be as long as a request.
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Group:
    """How many lie apart in a unit for one reason since one day; ``replayed`` lie there no more."""

    unit_id: int
    reason: str
    day: date
    count: int
    replayed: int


@dataclass(slots=True)
class Replayed:
    """What became of a unit's quarantine: how many were good, stay, and of those stay shut."""

    replayed: int = 0
    stay: int = 0
    unopened: int = 0


def groups(session: Session, *, unit_id: int | None = None) -> list[Group]:
    """What was ever kept apart, of one unit or of all, by unit, reason and day."""
    replayed = func.count(Quarantined.replayed_on)
    query = (
        select(
            Quarantined.unit_id,
            Quarantined.reason,
            Quarantined.day,
            (func.count() - replayed).label("count"),
            replayed.label("replayed"),
        )
        .group_by(Quarantined.unit_id, Quarantined.reason, Quarantined.day)
        .order_by(Quarantined.unit_id, Quarantined.reason, Quarantined.day)
    )
    if unit_id is not None:
        query = query.where(Quarantined.unit_id == unit_id)
    return [Group(**row._mapping) for row in session.execute(query)]


def reasons_by_unit(session: Session) -> Mapping[int, Mapping[str, int]]:
    """How many lie apart now, by unit and reason; units and reasons without any are left out."""
    query = (
        select(Quarantined.unit_id, Quarantined.reason, func.count())
        .where(Quarantined.replayed_on.is_(None))
        .group_by(Quarantined.unit_id, Quarantined.reason)
        .order_by(Quarantined.unit_id, Quarantined.reason)
    )
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for unit_id, reason, count in session.execute(query):
        found[unit_id][reason] = count
    return found


def replay_unit(
    session: Session,
    *,
    ring: KeyRing,
    unit_id: int,
    reason: str | None = None,
    now: datetime,
) -> Replayed:
    """Judge again what lies apart in a unit, all or for one reason; within one transaction.

    What is good becomes waiting rows, as if it had come so, and its bytes are erased; its receipt
    is there already. The rest stays as it is.
    """
    posted, told = Posted(session), Replayed()
    for rows in _lying_apart(session, unit_id, reason):
        opened = _opened(ring, rows, told)
        installs = _installs(session, unit_id, opened.values())
        good: defaultdict[int | None, list[Candidate]] = defaultdict(list)
        keys = []
        for row in rows:
            raw = opened.get(row.key, b"")
            digest = hashlib.sha256(raw).digest()
            if digest not in installs:
                continue
            came = Came(row.day, installs[digest])
            candidate = judge_again(
                raw, seals=ring.seals, unit_id=unit_id, posted=posted, came=came
            )
            if candidate.item is not None:
                good[row.tablet_id].append(candidate)
                keys.append(row.key)
        if keys:
            store_replayed(session, ring=ring, unit_id=unit_id, good=good)
            _erase(session, unit_id, keys, local_day(now))
        told.replayed += len(keys)
    told.stay = _still_apart(session, unit_id, reason)
    return told


def _still_apart(session: Session, unit_id: int, reason: str | None) -> int:
    counts = reasons_by_unit(session).get(unit_id, {})
    return sum(count for word, count in counts.items() if reason in {None, word})


def _lying_apart(
    session: Session, unit_id: int, reason: str | None
) -> Iterator[Sequence[Row[Any]]]:
    """The rows that may be judged again, a few at a time, locked until the transaction ends."""
    query = (
        select(*Quarantined.__table__.c)
        .where(Quarantined.unit_id == unit_id, Quarantined.reason != CONFLICT)
        .where(Quarantined.receipted, Quarantined.replayed_on.is_(None))
        .order_by(Quarantined.key)
        .limit(MOST_AT_ONCE)
        .with_for_update()
    )
    if reason is not None:
        query = query.where(Quarantined.reason == reason)
    last = b""
    while rows := session.execute(query.where(Quarantined.key > last)).all():
        yield rows
        last = rows[-1].key


def _opened(
    ring: KeyRing, rows: Iterable[Row[Any]], told: Replayed
) -> dict[bytes, bytes]:
    """By key, the bytes as they came, of those that the ring opens."""
    opened = {}
    for row in rows:
        try:
            opened[row.key] = unpad_raw(ring.open(row.sealed, row.key))
        except UNREADABLE:
            told.unopened += 1
    return opened


def _installs(
    session: Session, unit_id: int, raws: Iterable[bytes]
) -> Mapping[bytes, bytes | None]:
    """By digest, from which install these bytes came; only those that have their receipt."""
    ids = [parsed.id.bytes for raw in raws if (parsed := parse_item(raw)).id]
    query = select(Receipt.digest, Receipt.install).where(
        Receipt.unit_id == unit_id, Receipt.item_id.in_(ids)
    )
    return {row.digest: row.install for row in session.execute(query)}


def _erase(session: Session, unit_id: int, keys: Sequence[bytes], day: date) -> None:
    session.execute(
        update(Quarantined)
        .where(Quarantined.unit_id == unit_id, Quarantined.key.in_(keys))
        .values(sealed=b"", replayed_on=day)
    )
