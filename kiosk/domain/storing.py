"""Writes a unit's judged items: receipts first, for a receipt decides whether an item is new."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from kiosk.domain.answers import encode_reasons
from kiosk.domain.counting import book, count_activity, insert_into, insert_on
from kiosk.domain.intake import Candidate
from kiosk.domain.items import RatingItem, RemarkItem, clean_comment
from kiosk.domain.sealing import KeyRing, bound_to, pad_raw, pad_text
from kiosk.models.base import Base
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Quarantined, Waiting

_INTO_WAITING = insert(Base.metadata.tables[Waiting.__tablename__])
Outcome = Literal["stored", "duplicate", "quarantined", "conflict"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the item at ``index`` of the request."""

    index: int
    id: str | None
    outcome: Outcome
    reason: str | None


def store_group(
    session: Session,
    *,
    ring: KeyRing,
    unit_id: int,
    tablet_id: int,
    candidates: Sequence[Candidate],
) -> list[Result]:
    """Write one unit's candidates; within the caller's transaction, all or nothing."""
    # Asked for once: each time costs as much as an INSERT.
    connection = session.connection()
    outcomes = _receive(connection, unit_id, candidates)
    good = [c for c in candidates if outcomes[c.index] == "stored"]
    bad = [c for c in candidates if outcomes[c.index] in {"quarantined", "conflict"}]
    books: Counter[str] = Counter()
    if good:
        _store_waiting(connection, ring, unit_id, good, books)
        count_activity(connection, unit_id, tablet_id, good)
    if bad:
        books["quarantined"] = _quarantine(
            session,
            ring,
            unit_id=unit_id,
            tablet_id=tablet_id,
            bad=bad,
            outcomes=outcomes,
        )
    book(connection, unit_id, books)
    return [_result(candidate, outcomes[candidate.index]) for candidate in candidates]


def store_replayed(
    session: Session,
    *,
    ring: KeyRing,
    unit_id: int,
    good: Mapping[int | None, Sequence[Candidate]],
) -> None:
    """Write what was kept apart and has its receipt, by tablet; within the caller's transaction."""
    books: Counter[str] = Counter()
    every = [candidate for group in good.values() for candidate in group]
    connection = session.connection()
    _store_waiting(connection, ring, unit_id, every, books)
    for tablet_id, candidates in good.items():
        if tablet_id is not None:
            count_activity(connection, unit_id, tablet_id, candidates)
    book(connection, unit_id, books)


def receipted(
    groups: Mapping[int, Sequence[Candidate]], results: Iterable[Result]
) -> set[int]:
    """The seqs of which there are receipts now, by what became of the items."""
    without = {r.index for r in results if r.id is None or r.outcome == "conflict"}
    return {
        candidate.seq
        for group in groups.values()
        for candidate in group
        if candidate.seq is not None and candidate.index not in without
    }


def _result(candidate: Candidate, outcome: Outcome) -> Result:
    reason = {"quarantined": candidate.reason, "conflict": "conflict"}.get(outcome)
    item_id = None if candidate.id is None else str(candidate.id)
    return Result(candidate.index, item_id, outcome, reason)


def _receive(
    connection: Connection, unit_id: int, candidates: Iterable[Candidate]
) -> dict[int, Outcome]:
    """Write the receipts and say, by index, what each item is."""
    firsts: dict[bytes, Candidate] = {}
    outcomes: dict[int, Outcome] = {}
    repeated: list[Candidate] = []
    for candidate in candidates:
        if candidate.id is None:
            outcomes[candidate.index] = "quarantined"
        elif candidate.id.bytes in firsts:
            repeated.append(candidate)
        else:
            firsts[candidate.id.bytes] = candidate
    new = _insert_receipts(connection, unit_id, firsts) if firsts else set()
    for key in new:
        first = firsts[key]
        outcomes[first.index] = "quarantined" if first.item is None else "stored"
    known = [c for key, c in firsts.items() if key not in new] + repeated
    if known:
        outcomes.update(_compare(connection, unit_id, known))
    return outcomes


def _insert_receipts(
    connection: Connection, unit_id: int, firsts: Mapping[bytes, Candidate]
) -> set[bytes]:
    """The ids that were new; two requests at once with the same id get one receipt."""
    rows = [
        {
            "unit_id": unit_id,
            "item_id": key,
            "install": candidate.install,
            "seq": candidate.seq,
            "digest": candidate.digest,
        }
        for key, candidate in firsts.items()
    ]
    statement = _if_new(connection.dialect.name)
    return set(connection.execute(statement, rows).scalars())


@cache
def _if_new(dialect: str) -> ReturningInsert[bytes]:
    """Insert receipts, and give the ids of those that were not there."""
    statement = insert_into(dialect, Receipt).on_conflict_do_nothing()
    return statement.returning(Receipt.item_id)


def _compare(
    connection: Connection, unit_id: int, known: Sequence[Candidate]
) -> dict[int, Outcome]:
    """Same id and same digest is a duplicate; same id and other digest a conflict."""
    ids = {candidate.id.bytes for candidate in known if candidate.id is not None}
    query = select(Receipt.item_id, Receipt.digest).where(
        Receipt.unit_id == unit_id, Receipt.item_id.in_(ids)
    )
    digests = {row.item_id: row.digest for row in connection.execute(query)}
    return {
        c.index: "duplicate" if digests[c.id.bytes] == c.digest else "conflict"
        for c in known
        if c.id is not None
    }


def _store_waiting(
    connection: Connection,
    ring: KeyRing,
    unit_id: int,
    good: Iterable[Candidate],
    books: Counter[str],
) -> None:
    rows = []
    for candidate in good:
        for kind, plain in _parts(candidate, books):
            rows.append(_sealed_row(ring, unit_id, candidate, kind, plain))
            books[kind] += 1
    secrets.SystemRandom().shuffle(
        rows
    )  # the order of the rows is not the order of the taps
    connection.execute(_INTO_WAITING, rows)


def _parts(candidate: Candidate, books: Counter[str]) -> list[tuple[str, bytes]]:
    """The kinds and plaintexts of an item: a rating is one row, a remark up to two."""
    item = candidate.item
    if isinstance(item, RatingItem):
        rating = item.rating
        return [("rating" if rating.complete else "partial", rating.encode())]
    parts = []
    if isinstance(item, RemarkItem):
        books["remark"] += 1
        if item.reasons:
            parts.append(("reasons", encode_reasons(frozenset(item.reasons))))
        if comment := clean_comment(item.comment):
            parts.append(("comment", pad_text(comment)))
    return parts


def _sealed_row(
    ring: KeyRing, unit_id: int, candidate: Candidate, kind: str, plain: bytes
) -> dict[str, Any]:
    item = candidate.item
    row: dict[str, Any] = {
        "unit_id": unit_id,
        "key": secrets.token_bytes(16),
        "kind": kind,
        "officer_id": None if item is None else item.officer,
        "questionnaire": 0 if item is None else item.questionnaire,
        "channel": candidate.channel,
        "day": candidate.dated.day,
        "mark": candidate.dated.mark,
    }
    return row | {"sealed": ring.seal(plain, bound_to(**row))}


def _quarantine(
    session: Session,
    ring: KeyRing,
    *,
    unit_id: int,
    tablet_id: int,
    bad: Iterable[Candidate],
    outcomes: Mapping[int, Outcome],
) -> int:
    """Keep the raw bytes, sealed; how many were not there yet."""
    rows = {}
    for candidate in bad:
        conflict = outcomes[candidate.index] == "conflict"
        key = ring.fingerprint(unit_id.to_bytes(8, "big") + candidate.raw)
        rows[key] = {
            "unit_id": unit_id,
            "key": key,
            "tablet_id": tablet_id,
            "day": candidate.dated.day,
            "reason": "conflict" if conflict else candidate.reason,
            "receipted": not conflict and candidate.id is not None,
            "sealed": ring.seal(pad_raw(candidate.raw), key),
        }
    statement = (
        insert_on(session, Quarantined)
        .on_conflict_do_nothing()
        .returning(Quarantined.key)
    )
    return len(session.execute(statement, list(rows.values())).all())
