"""The chain: each run's hash covers the run before it and every row that the run wrote.

Whoever changes, adds or removes a released row, or a run, breaks it. The end of the chain stands
on reports and dossiers, for only paper can tell that the last runs were cut off.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from kiosk.models.base import Base
from kiosk.models.blocks import ReleaseRun

FIRST = bytes(32)
_VERSION = "kiosk release 1"
# Written after all runs, by areas; see ``kiosk.domain.areas.altered``.
_NOT_OF_A_RUN = {"area_run"}

Released = Mapping[str, Sequence[Mapping[str, Any]]]  # rows by the name of their table


@dataclass(frozen=True, slots=True)
class Break:
    """Where a unit's chain breaks: a link that is missing, rows that are not what was written,
    a k lower than before, or rows of a day without a run."""

    day: date
    reason: Literal["link", "rows", "k", "no_run"]


@dataclass(frozen=True, slots=True)
class Head:
    """What a run says of itself."""

    unit_id: int
    day: date
    k: int
    epoch: int


def link(previous: bytes, head: Head, released: Released) -> bytes:
    """SHA-256 over the run before and this run's rows in their canonical form."""
    lines = [_line(table, row) for table, rows in released.items() for row in rows]
    return _hash(previous, head, lines)


def verify(session: Session, unit_id: int) -> Break | None:
    """Compute a unit's chain anew from the released tables; the first break, or None."""
    written = _written(session, unit_id)
    runs = select(*ReleaseRun.__table__.c).where(ReleaseRun.unit_id == unit_id)
    previous, k = FIRST, 0
    for run in session.execute(runs.order_by(ReleaseRun.day)).all():
        lines = written.pop(run.day, [])
        head = Head(unit_id, run.day, run.k, run.epoch)
        if run.previous != previous:
            return Break(run.day, "link")
        if run.chain != _hash(previous, head, lines):
            return Break(run.day, "rows")
        if run.k < k:
            return Break(run.day, "k")
        previous, k = run.chain, run.k
    return Break(min(written), "no_run") if written else None


def _hash(previous: bytes, head: Head, lines: Iterable[bytes]) -> bytes:
    says = [_VERSION, head.unit_id, head.day.isoformat(), head.k, head.epoch]
    text = b"\n".join([previous, json.dumps(says).encode(), *sorted(lines)])
    return hashlib.sha256(text).digest()


def _line(table: str, row: Mapping[str, Any]) -> bytes:
    """A row in canonical form: JSON, columns by name, nulls left out.

    So a column added later changes nothing in the hash of older rows.
    """
    values = {name: _plain(value) for name, value in row.items() if value is not None}
    return json.dumps([table, values], sort_keys=True).encode()


def _plain(value: Any) -> int | str:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date) else value


def _written(session: Session, unit_id: int) -> dict[date, list[bytes]]:
    """The canonical lines of all rows that the unit's runs wrote, by day."""
    lines: defaultdict[date, list[bytes]] = defaultdict(list)
    for table in Base.metadata.sorted_tables:
        query = _rows_of(table)
        if query is None:
            continue
        for row in session.execute(query.where(table.c.unit_id == unit_id)):
            values = dict(zip(table.c.keys(), row, strict=False))
            lines[row[-1]].append(_line(table.name, values))
    return dict(lines)


def _rows_of(table: Table) -> Select[Any] | None:
    """A table's rows and, last, the day each was released; None if runs do not write it."""
    if table.name in _NOT_OF_A_RUN:
        return None
    if "released_on" in table.c:
        return select(*table.c, table.c.released_on.label("_released"))
    if table.name != "comment":
        return None
    block = Base.metadata.tables["comment_block"]
    return select(*table.c, block.c.released_on.label("_released")).join(
        block,
        (block.c.unit_id == table.c.unit_id) & (block.c.key == table.c.block_key),
    )
