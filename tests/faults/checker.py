"""Compares all that tablets hold against all that the store holds, item by item.

Receipts prove that an item came, by its id and the digest of its text. Waiting rows share no key
with them, so what the receipts stand for and what lies in the room are compared as multisets of
opened rows; the comments among them are unlike each other.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from kiosk.domain.answers import Rating, decode_reasons
from kiosk.domain.balance import balance, receipts_balance
from kiosk.domain.cutting import open_row
from kiosk.domain.sealing import KeyRing, unpad_text
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Activity, Quarantined, Waiting
from tests.faults.citizens import Content, Row, rows_of
from tests.faults.tablet import Kept, State, Tablet


@dataclass(frozen=True)
class Verdict:
    """What was found; every number after the first two must be 0.

    ``lost``: acknowledged, and no receipt, or asked for again. ``outstanding``: never acknowledged.
    ``doubled``: a receipt, row or count too many. ``half_written``: a receipt without its rows.
    ``altered``: a receipt for another text. ``refused``: set aside by a tablet or quarantined.
    ``unbalanced``: books that do not close.
    """

    items: int
    acknowledged: int
    lost: int
    outstanding: int
    doubled: int
    half_written: int
    altered: int
    refused: int
    unbalanced: int

    @property
    def clean(self) -> bool:
        return not any(self.faults)

    @property
    def faults(self) -> tuple[int, ...]:
        return (
            self.lost,
            self.outstanding,
            self.doubled,
            self.half_written,
            self.altered,
            self.refused,
            self.unbalanced,
        )

    def __str__(self) -> str:
        return (
            f"{self.items} items: {self.lost} lost, {self.doubled} doubled, "
            f"{self.half_written} half-written, {self.refused} refused"
            + (
                f", {self.outstanding} outstanding, {self.altered} altered, "
                f"{self.unbalanced} books open"
                if self.outstanding or self.altered or self.unbalanced
                else ""
            )
        )


def check(session: Session, ring: KeyRing, tablets: Sequence[Tablet]) -> Verdict:
    """The verdict on a store that has received from these tablets and from nobody else."""
    session.rollback()
    items = {kept.id.bytes: kept for tablet in tablets for kept in tablet.tapped}
    acknowledged = [kept for kept in items.values() if kept.outcome]
    receipts = _receipts(session)
    known = {key: items[key] for key in receipts if key in items}
    missing, extra = _compare(session, ring, known.values())
    return Verdict(
        items=len(items),
        acknowledged=len(acknowledged),
        lost=_lost(acknowledged, receipts) + sum(t.asked_again for t in tablets),
        outstanding=sum(kept.state == State.WAITING for kept in items.values()),
        doubled=len(receipts.keys() - items.keys()) + extra + _repeated(receipts),
        half_written=missing,
        altered=sum(_digest(kept) not in receipts[key] for key, kept in known.items()),
        refused=_quarantined(session)
        + sum(kept.state == State.ASIDE for kept in items.values()),
        unbalanced=_unbalanced(session, ring, known.values()),
    )


def opened_rows(session: Session, ring: KeyRing) -> Iterable[tuple[Row, Waiting]]:
    """Every waiting row, opened with the room's key."""
    for row in session.scalars(select(Waiting)):
        content = _content(row.kind, open_row(ring, row.unit_id, row))
        yield (
            Row(row.unit_id, row.officer_id, row.questionnaire, row.kind, content),
            row,
        )


def _receipts(session: Session) -> dict[bytes, list[bytes]]:
    """The digests by item id; more than one where two units have the same item."""
    found: dict[bytes, list[bytes]] = {}
    for item_id, digest in session.execute(select(Receipt.item_id, Receipt.digest)):
        found.setdefault(item_id, []).append(digest)
    return found


def _repeated(receipts: dict[bytes, list[bytes]]) -> int:
    return sum(len(digests) - 1 for digests in receipts.values())


def _lost(acknowledged: Iterable[Kept], receipts: dict[bytes, list[bytes]]) -> int:
    """Quarantined and conflicting items are kept, but need have no receipt."""
    kept = {"stored", "duplicate"}
    return sum(k.outcome in kept and k.id.bytes not in receipts for k in acknowledged)


def _compare(
    session: Session, ring: KeyRing, received: Iterable[Kept]
) -> tuple[int, int]:
    """Rows that the receipts call for and that are not there, and the reverse."""
    wanted = Counter(
        row
        for kept in received
        if not _is_quarantined(kept)
        for row in rows_of(kept.text)
    )
    found = Counter(row for row, _ in opened_rows(session, ring))
    return (wanted - found).total(), (found - wanted).total()


def _is_quarantined(kept: Kept) -> bool:
    return kept.outcome == "quarantined"


def _content(kind: str, plain: bytes) -> Content:
    if kind in {"rating", "partial"}:
        rating = Rating.decode(plain)
        return (rating.greeted, rating.asked, rating.thanked, rating.satisfaction)
    if kind == "reasons":
        return tuple(sorted(decode_reasons(plain)))
    return (unpad_text(plain),)


def _digest(kept: Kept) -> bytes:
    return hashlib.sha256(kept.text.encode()).digest()


def _quarantined(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Quarantined)).scalar_one()


def _unbalanced(session: Session, ring: KeyRing, received: Iterable[Kept]) -> int:
    """Books that do not close: ledger, receipts, activity, and SQLite's own."""
    lines = balance(session, ring=ring)
    wrong = sum(abs(line.difference) + line.unreadable for line in lines)
    wrong += sum(abs(line.difference) for line in receipts_balance(session))
    ratings = sum(
        row.kind in {"rating", "partial"}
        for kept in received
        if not _is_quarantined(kept)
        for row in rows_of(kept.text)
    )
    taps = session.execute(select(func.coalesce(func.sum(Activity.taps), 0)))
    wrong += abs(taps.scalar_one() - ratings)
    return wrong + _corrupt(session)


def _corrupt(session: Session) -> int:
    if session.get_bind().dialect.name != "sqlite":
        return 0
    return int(session.scalar(text("PRAGMA integrity_check")) != "ok")
