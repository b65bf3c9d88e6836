"""Nothing lost, shown by two books: what was received is released, waiting, kept apart or dropped.

The first book compares the ledger, which intake and release add to, with the rows themselves. The
second compares the receipts with what the ledger says they were for.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from kiosk.domain.cutting import UNREADABLE, open_row
from kiosk.domain.sealing import KeyRing
from kiosk.models.base import Base
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Ledger, Quarantined, Waiting

BLOCKS = {
    "rating": "block",
    "partial": "partial_block",
    "reasons": "reason_block",
    "comment": "comment_block",
}
ITEMS = (
    "rating",
    "partial",
    "remark",
)  # what a tablet sends; a remark is one or two rows

Counts = Mapping[tuple[int, str], int]  # by unit and kind


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's account of one kind: rating, partial, reasons, comment or quarantined.

    ``unreadable`` are those among the waiting that the key ring does not open; 0 if none was given.
    """

    unit_id: int
    kind: str
    received: int
    released: int
    waiting: int
    quarantined: int
    never_published: int
    unreadable: int

    @property
    def difference(self) -> int:
        """Received but nowhere to be found; 0 when the account closes."""
        kept = self.released + self.waiting + self.quarantined + self.never_published
        return self.received - kept


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A unit's second account: receipts, and the items and quarantined bodies they are for."""

    unit_id: int
    receipts: int
    items: int
    quarantined: int

    @property
    def difference(self) -> int:
        """Receipts for nothing, or, below 0, items without a receipt."""
        return self.receipts - self.items - self.quarantined


def balance(
    session: Session, unit_id: int | None = None, *, ring: KeyRing | None = None
) -> list[Line]:
    """The first book of a unit or of all, by unit and kind."""
    received, dropped = _ledger(session, unit_id)
    released = _released(session, unit_id)
    waiting = _counts(session, Waiting.kind, Waiting, unit_id)
    apart = _counts(session, literal("quarantined"), Quarantined, unit_id)
    unreadable = {} if ring is None else _unreadable(session, unit_id, ring)
    books = (received, dropped, released, waiting, apart)
    keys = {key for book in books for key in book if key[1] != "remark"}
    return [
        Line(
            unit_id=key[0],
            kind=key[1],
            received=received.get(key, 0),
            released=released.get(key, 0),
            waiting=waiting.get(key, 0),
            quarantined=apart.get(key, 0),
            never_published=dropped.get(key, 0),
            unreadable=unreadable.get(key, 0),
        )
        for key in sorted(keys)
    ]


def receipts_balance(session: Session, unit_id: int | None = None) -> list[ReceiptLine]:
    """The second book of a unit or of all; a replayed item stands among the items."""
    received, _ = _ledger(session, unit_id)
    items: Counter[int] = Counter()
    for (unit, kind), count in received.items():
        items[unit] += count if kind in ITEMS else 0
    receipts = _counts(session, literal("receipt"), Receipt, unit_id)
    apart = _counts(
        session,
        literal("receipt"),
        Quarantined,
        unit_id,
        Quarantined.receipted,
        Quarantined.replayed_on.is_(None),
    )
    return [
        ReceiptLine(
            unit_id=unit,
            receipts=receipts.get((unit, "receipt"), 0),
            items=items[unit],
            quarantined=apart.get((unit, "receipt"), 0),
        )
        for unit in sorted({*items, *(u for u, _ in receipts), *(u for u, _ in apart)})
    ]


def _ledger(session: Session, unit_id: int | None) -> tuple[Counts, Counts]:
    """What was ever received, and what will never be published."""
    rows = session.execute(_of_unit(select(*Ledger.__table__.c), Ledger, unit_id)).all()
    return (
        {(row.unit_id, row.kind): row.received for row in rows},
        {(row.unit_id, row.kind): row.never_published for row in rows},
    )


def _released(session: Session, unit_id: int | None) -> Counts:
    released = {}
    for kind, name in BLOCKS.items():
        columns = Base.metadata.tables[name].c
        query = select(columns.unit_id, func.sum(columns.n)).group_by(columns.unit_id)
        for unit, count in session.execute(_of_unit(query, columns, unit_id)):
            released[unit, kind] = count
    return released


def _counts(
    session: Session, kind: Any, model: Any, unit_id: int | None, *which: Any
) -> Counts:
    query = select(model.unit_id, kind.label("kind"), func.count().label("rows"))
    query = query.where(*which).group_by(model.unit_id, "kind")
    found = session.execute(_of_unit(query, model, unit_id))
    return {(row.unit_id, row.kind): row.rows for row in found}


def _unreadable(session: Session, unit_id: int | None, ring: KeyRing) -> Counts:
    counts: defaultdict[tuple[int, str], int] = defaultdict(int)
    query = _of_unit(select(*Waiting.__table__.c), Waiting, unit_id)
    for row in session.execute(query.execution_options(yield_per=1000)):
        try:
            open_row(ring, row.unit_id, row)
        except UNREADABLE:
            counts[row.unit_id, row.kind] += 1
    return counts


def _of_unit(query: Select[Any], columns: Any, unit_id: int | None) -> Select[Any]:
    return query if unit_id is None else query.where(columns.unit_id == unit_id)
