"""Sums by month that a run writes beside its blocks: of the unit as they grow, of each officer
once the month is final.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import FINAL_AFTER, month_end
from kiosk.domain.tallies import new_key
from kiosk.models.blocks import Block
from kiosk.models.sums import AnswerCounts, OfficerMonth, UnitMonth

ANSWERS = tuple(AnswerCounts.__annotations__)
# What a row of each table adds to its month, by column of UnitMonth.
ADDED: Mapping[str, Mapping[str, str]] = {
    "block": {column: column for column in ANSWERS},
    "unit_tally": {"tallied": "n", "all_three": "all_three", "unsure": "unsure"},
}
SUMMED = tuple(column for columns in ADDED.values() for column in columns)
_DAY = timedelta(days=1)

Values = dict[str, Any]
Written = Mapping[str, Sequence[Mapping[str, Any]]]


def sum_up(
    session: Session, *, unit_id: int, written: Written, today: date
) -> dict[str, list[Values]]:
    """What today's run adds to its months; and, of months final since the last run, each officer.

    ``written`` are the run's rows by table; none of them is in the store yet.
    """
    found = {
        "unit_month": _units(session, unit_id, written, today),
        "officer_month": _officers(session, unit_id, today),
    }
    return {table: rows for table, rows in found.items() if rows}


def _units(
    session: Session, unit_id: int, written: Written, today: date
) -> list[Values]:
    rows = []
    for month, added in sorted(_added(written).items()):
        last = session.execute(_LAST, {"unit_id": unit_id, "month": month}).first()
        before = last if last is not None else (0,) * len(SUMMED)
        pairs = zip(SUMMED, before, strict=True)
        sums = {column: count + added[column] for column, count in pairs}
        head = {"unit_id": unit_id, "month": month, "released_on": today}
        rows.append({**head, **sums})
    return rows


def _added(written: Written) -> dict[date, Counter[str]]:
    months: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for table, columns in ADDED.items():
        for row in written.get(table, ()):
            month = months[row["counted_on"].replace(day=1)]
            month.update({column: row[name] for column, name in columns.items()})
    return months


def _officers(session: Session, unit_id: int, today: date) -> list[Values]:
    summed = session.scalar(_SUMMED_UNTIL, {"unit_id": unit_id})
    after = month_end(summed) if summed else date.min
    rows = []
    while first := session.scalar(_NEXT, {"unit_id": unit_id, "after": after}):
        end = month_end(first)
        if end + FINAL_AFTER >= today:
            break
        values = {"unit_id": unit_id, "first": first, "last": end}
        head = {"unit_id": unit_id, "month": first.replace(day=1), "released_on": today}
        for officer_id, *sums in session.execute(_OF_MONTH, values):
            rows.append(_officer(head, officer_id, sums))
        after = end
    return rows


def _officer(
    head: Mapping[str, Any], officer_id: int | None, sums: Iterable[int]
) -> Values:
    counts = dict(zip(ANSWERS, map(int, sums), strict=True))
    return {**head, "key": new_key(), "officer_id": officer_id, **counts}


# Built once, for they are asked of every unit every day (see pools).
_LAST = (
    select(*(UnitMonth.__table__.c[column] for column in SUMMED))
    .where(UnitMonth.unit_id == bindparam("unit_id"))
    .where(UnitMonth.month == bindparam("month"))
    .order_by(UnitMonth.released_on.desc())
    .limit(1)
)
_SUMMED_UNTIL = select(func.max(OfficerMonth.month)).where(
    OfficerMonth.unit_id == bindparam("unit_id")
)
_NEXT = select(func.min(Block.counted_on)).where(
    Block.unit_id == bindparam("unit_id"), Block.counted_on > bindparam("after")
)
_OF_MONTH = (
    select(
        Block.officer_id,
        *(func.sum(Block.__table__.c[column]) for column in ANSWERS),
    )
    .where(Block.unit_id == bindparam("unit_id"))
    .where(Block.counted_on.between(bindparam("first"), bindparam("last")))
    .group_by(Block.officer_id)
)
