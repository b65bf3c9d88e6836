"""Sums over whole areas, written once all units below had their run of a day.

So the page of a province or of the whole country costs by areas and not by wards. An area's
transaction writes the area's own rows alone. Where a unit failed, or a run came later, the sums of
the area wait for the next day, and reports add up its units instead.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Table, and_, case, func, insert, select
from sqlalchemy.orm import Session

from kiosk.domain.access import units_below
from kiosk.domain.counting import insert_on
from kiosk.domain.questionnaire import REASONS
from kiosk.domain.sums import ADDED
from kiosk.domain.units import areas, digest_of, heads_digest
from kiosk.models.base import Base
from kiosk.models.blocks import ReleaseRun
from kiosk.models.organisation import Posting
from kiosk.models.sums import AreaRun, AreaSum
from kiosk.models.tablets import Enrolment, Tablet

WEEK, MONTH = "week", "month"
# What a table adds to the periods of an area: its column of days, and per column what of it.
SOURCES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "block": ("counted_on", ADDED["block"]),
    "unit_tally": ("counted_on", ADDED["unit_tally"]),
    "partial_block": ("counted_on", {"partials": "n"}),
    "reason_block": ("counted_on", {"remarks": "n", **{key: key for key in REASONS}}),
    "coverage_week": (
        "week",
        {
            "taps": "taps",
            "opening_hours": "opening_hours",
            "silent_stretches": "silent_stretches",
            "silent_hours": "silent_hours",
        },
    ),
    "coverage_month": ("month", {"left_half_way": "partials"}),
}
KEYS = ("unit_id", "kind", "began", "day")
COUNTED = tuple(
    column.name for column in AreaSum.__table__.c if column.name not in KEYS
)
_SUMS = Base.metadata.tables[AreaSum.__tablename__]
# Nothing counts, and no tablet's week or month is written, longer than this after its day.
_OPEN = timedelta(days=62)

Period = tuple[str, date]
OpenSession = Callable[[], AbstractContextManager[Session]]

logger = logging.getLogger(__name__)


def known_units() -> CompoundSelect[int]:
    """The units that may have something to release."""
    return select(Tablet.unit_id).union(
        select(Enrolment.unit_id), select(Posting.unit_id)
    )


def sum_areas(open_session: OpenSession, *, today: date) -> list[int]:
    """Sums up every area whose units have all had today's run; which ones.

    Committed one by one; one area's failure is logged and does not keep the others waiting.
    """
    with open_session() as session:
        done = select(AreaRun.unit_id).where(AreaRun.day == today)
        past = set(session.scalars(done))
        due = [each for each in areas(session, day=today) if each not in past]
    summed = []
    for area_id in due:
        try:
            with open_session() as session:
                if sum_area(session, area_id=area_id, today=today):
                    summed.append(area_id)
                session.commit()
        except Exception:
            logger.exception("the sums of area %s failed", area_id)
    return summed


def sum_area(session: Session, *, area_id: int, today: date) -> bool:
    """Writes an area's sums as of today; False where they are there, or must wait."""
    units = units_below(session, unit_ids=frozenset({area_id}), day=today) | {area_id}
    last = _last_run(session, area_id)
    if (last is not None and last.day >= today) or _waiting(session, units, today):
        return False
    heads = _heads(session, units)
    if not heads:
        return False
    made = digest_of(units)
    # Of other units than before, all is another.
    same = last is not None and last.members == made
    since = (last.day - _OPEN).replace(day=1) if same else date.min
    run = {
        "unit_id": area_id,
        "day": today,
        "members": made,
        "runs": len(heads),
        "released_on": max(each.day for each in heads),
        "k": max(each.k for each in heads),
        "heads": heads_digest(each.chain for each in heads),
    }
    begun = insert_on(session, AreaRun).values(**run).on_conflict_do_nothing()
    if session.execute(begun.returning(AreaRun.day)).first() is None:
        return False
    rows = _changed(session, area_id, units, since)
    if rows:
        head = {"unit_id": area_id, "day": today}
        session.execute(insert(_SUMS), [head | row for row in rows])
    return True


def altered(session: Session, area_id: int) -> list[date]:
    """The beginnings of weeks and months whose last sums are not those of what the units released;
    the day of the area's run where that says of other chains.

    None where a unit has had a run since: no report reads the sums until the next release.
    """
    last = _last_run(session, area_id)
    if last is None:
        return []
    units = units_below(session, unit_ids=frozenset({area_id}), day=last.day)
    heads = _heads(session, units | {area_id})
    if any(each.day > last.day for each in heads):
        return []
    if last.heads != heads_digest(each.chain for each in heads):
        return [last.day]
    rows = _changed(session, area_id, units | {area_id}, date.min)
    return sorted({row["began"] for row in rows})


def _waiting(session: Session, units: Iterable[int], today: date) -> bool:
    """Whether any of the units has yet to have its run of the day."""
    ran = select(ReleaseRun.unit_id).where(ReleaseRun.day == today)
    missing = set(session.scalars(known_units())) - set(session.scalars(ran))
    return not missing.isdisjoint(units)


def _last_run(session: Session, area_id: int) -> Any:
    query = select(*AreaRun.__table__.c).where(AreaRun.unit_id == area_id)
    return session.execute(query.order_by(AreaRun.day.desc()).limit(1)).first()


def _heads(session: Session, units: Iterable[int]) -> Sequence[Any]:
    """The last run of each unit, by unit number."""
    run = ReleaseRun.__table__
    last = (
        select(run.c.unit_id, func.max(run.c.day).label("day"))
        .where(run.c.unit_id.in_(units))
        .group_by(run.c.unit_id)
        .subquery()
    )
    same = and_(run.c.unit_id == last.c.unit_id, run.c.day == last.c.day)
    query = select(run.c.unit_id, run.c.day, run.c.k, run.c.chain)
    query = query.join_from(last, run, same).order_by(run.c.unit_id)
    return session.execute(query).all()


def _changed(
    session: Session, area_id: int, units: Iterable[int], since: date
) -> list[dict[str, Any]]:
    """The sums that are not what was written last, of all periods that begin since a day."""
    before = _written(session, area_id, since)
    now = _summed(session, sorted(units), since)
    nothing = (0,) * len(COUNTED)
    rows = []
    for kind, began in sorted({*before, *now}):
        counts = tuple(now[kind, began][column] for column in COUNTED)
        if counts != before.get((kind, began), nothing):
            sums = dict(zip(COUNTED, counts, strict=True))
            rows.append({"kind": kind, "began": began, **sums})
    return rows


def _written(
    session: Session, area_id: int, since: date
) -> dict[Period, tuple[int, ...]]:
    columns = AreaSum.__table__.c
    query = (
        select(*(columns[name] for name in ("kind", "began", *COUNTED)))
        .where(columns.unit_id == area_id, columns.began >= since)
        .order_by(columns.day)
    )
    return {(row[0], row[1]): tuple(row[2:]) for row in session.execute(query)}


def _summed(
    session: Session, units: list[int], since: date
) -> defaultdict[Period, Counter[str]]:
    """What counts in each week and month, from sums by day."""
    found: defaultdict[Period, Counter[str]] = defaultdict(Counter)
    for name, (day_column, columns) in SOURCES.items():
        table = Base.metadata.tables[name]
        day = table.c[day_column]
        sums = {column: func.sum(table.c[of]) for column, of in columns.items()}
        if name == "coverage_week":
            sums |= _weeks_of_tablets(table)
        query = (
            select(day, *sums.values())
            .where(table.c.unit_id.in_(units), day >= since)
            .group_by(day)
        )
        for at, *counts in session.execute(query):
            added = {key: int(n) for key, n in zip(sums, counts, strict=True)}
            for period in _periods(at, months_only=name == "coverage_month"):
                if period[1] >= since:
                    found[period].update(added)
    return found


def _weeks_of_tablets(table: Table) -> dict[str, Any]:
    untouched = and_(table.c.taps == 0, table.c.opening_hours > 0)
    return {
        "tablet_weeks": func.count(),
        "untouched": func.sum(case((untouched, 1), else_=0)),
    }


def _periods(day: date, *, months_only: bool) -> list[Period]:
    month = (MONTH, day.replace(day=1))
    monday = day - timedelta(days=day.weekday())
    return [month] if months_only else [month, (WEEK, monday)]
