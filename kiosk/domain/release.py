"""The daily release: cuts what waits into blocks, and keeps nothing of what it counted.

One transaction per unit. A caller on SQLite must have begun it as a writer (``kiosk.db.writing``);
on PostgreSQL the rows are locked here. Both make two runs at once safe: one of them finds the day
done. Every statement names its unit. What a run does with answers lies in ``cutting``.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from kiosk.domain import chain, coverage, sums
from kiosk.domain.areas import OpenSession, known_units, sum_areas
from kiosk.domain.calendar import local_day
from kiosk.domain.counting import insert_on
from kiosk.domain.cutting import Cut, cut_pools
from kiosk.domain.epochs import lives_of
from kiosk.domain.errors import DomainError
from kiosk.domain.landmark import Landmark
from kiosk.domain.pools import Rules, read_waiting
from kiosk.domain.sealing import KeyRing
from kiosk.models.base import Base
from kiosk.models.blocks import ReleaseRun
from kiosk.models.waiting import Held, Ledger, Waiting

LEAST_K = 5
_CHUNK = 500  # keys of one DELETE

logger = logging.getLogger(__name__)


class KLowered(DomainError):
    """k is lower than in an earlier run of the unit, or than 5; it may only be raised."""

    kind = "k_lowered"

    def __init__(self, k: int, least: int) -> None:
        super().__init__(k, least)
        self.k, self.least = k, least


class ClockSetBack(DomainError):
    """The unit has a run of a later day than today: the clock was or is wrong."""

    kind = "clock_set_back"

    def __init__(self, today: date, last: date) -> None:
        super().__init__(today, last)
        self.today, self.last = today, last


class RowsLost(DomainError):
    """Another run took rows that this one had read; roll back, the other one counts."""

    kind = "rows_lost"


@dataclass(frozen=True, slots=True)
class UnitRun:
    """What a run did in a unit: rows counted and never to be published, by kind of row; rows
    written, by table; and how many sealed rows of its pools could not be opened and wait on."""

    unit_id: int
    day: date
    chain: bytes
    counted: Mapping[str, int]
    never_published: Mapping[str, int]
    written: Mapping[str, int]
    unreadable: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a release did: its runs, and the units that failed and will be tried again."""

    runs: list[UnitRun] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)


OnUnit = Callable[[int, UnitRun | None], None]


def run_release(
    open_session: OpenSession,
    *,
    ring: KeyRing,
    k: int,
    now: datetime,
    landmark: Landmark | None = None,
    on_unit: OnUnit | None = None,
) -> Outcome:
    """Release every unit that is due, in the order of their keys, committing one by one; then sum
    up the areas above them.

    ``open_session`` yields a session that is fit for writing and rolls back what was not
    committed. One unit's failure is logged and does not keep the others waiting. ``landmark``
    tells whether the store was set back, and is told of each run.
    """
    with open_session() as session:
        due = units_due(session, now=now)
        if due and landmark is not None and landmark.look(session, now=now):
            session.commit()
    outcome = Outcome()
    for unit_id in due:
        run = None
        try:
            with open_session() as session:
                run = release_unit(session, unit_id=unit_id, ring=ring, k=k, now=now)
                session.commit()
                if run is not None and landmark is not None:
                    landmark.set(session, unit_id=unit_id, chain=run.chain)
        except RowsLost:
            logger.info("unit %s was released by another process", unit_id)
        except Exception:
            logger.exception("the release of unit %s failed", unit_id)
            outcome.failed.append(unit_id)
        if run is not None:
            outcome.runs.append(run)
        if on_unit is not None:
            on_unit(unit_id, run)
    sum_areas(open_session, today=local_day(now))
    return outcome


def units_due(session: Session, *, now: datetime) -> list[int]:
    """The units that may have something to release and have no run of the local day yet."""
    today = local_day(now)
    units = sorted(session.execute(known_units()).scalars())
    return [unit_id for unit_id in units if not _done(session, unit_id, today)]


def release_unit(
    session: Session, *, unit_id: int, ring: KeyRing, k: int, now: datetime
) -> UnitRun | None:
    """Run the release of a unit for the local day of ``now``; None if it has its run already.

    Raises KLowered, ClockSetBack, and RowsLost when the transaction must be rolled back because
    another run was faster.
    """
    today = local_day(now)
    rows = read_waiting(session, unit_id=unit_id, today=today)
    last = _last_run(session, unit_id)
    if last is not None and last.day >= today:
        if last.day > today and not _done(session, unit_id, today):
            raise ClockSetBack(today, last.day)
        return None
    least = max(LEAST_K, last.k if last is not None else 0)
    if k < least:
        raise KLowered(k, least)
    lives = lives_of(session)
    rules = Rules(k=k, today=today, restored_on=lives.restored_on)
    cut = cut_pools(session, unit_id=unit_id, ring=ring, rows=rows, rules=rules)
    cut.written |= coverage.cover(session, unit_id=unit_id, k=k, today=today)
    cut.written |= sums.sum_up(
        session, unit_id=unit_id, written=cut.written, today=today
    )
    head = chain.Head(unit_id, today, k, lives.number)
    previous = last.chain if last is not None else chain.FIRST
    digest = chain.link(previous, head, cut.written)
    if not _begin(session, {**asdict(head), "previous": previous, "chain": digest}):
        return None
    # Activity before the ledger, as intake locks them: the two never wait for each other.
    if "coverage_week" in cut.written:
        coverage.erase_counted(session, unit_id=unit_id, today=today)
    _write(session, unit_id, cut)
    return _reported(unit_id, today, digest, cut)


def _done(session: Session, unit_id: int, today: date) -> bool:
    query = select(ReleaseRun.day).where(
        ReleaseRun.unit_id == unit_id, ReleaseRun.day == today
    )
    return session.execute(query).first() is not None


def _last_run(session: Session, unit_id: int) -> Any:
    return session.execute(_LAST_RUN, {"unit_id": unit_id}).first()


# Built once, for it is asked of every unit every day (see pools).
_LAST_RUN = (
    select(*ReleaseRun.__table__.c)
    .where(ReleaseRun.unit_id == bindparam("unit_id"))
    .order_by(ReleaseRun.day.desc())
    .limit(1)
)


def _begin(session: Session, run: Mapping[str, Any]) -> bool:
    """Write the run itself first: whoever comes second finds it and has written nothing."""
    statement = insert_on(session, ReleaseRun).values(**run).on_conflict_do_nothing()
    return session.execute(statement.returning(ReleaseRun.day)).first() is not None


def _write(session: Session, unit_id: int, cut: Cut) -> None:
    for name, rows in cut.written.items():
        session.execute(insert(Base.metadata.tables[name]), rows)
    if cut.held:
        session.execute(insert(Base.metadata.tables["held"]), cut.held)
    _delete(session, Held, unit_id, cut.held_taken)
    _delete(session, Waiting, unit_id, cut.gone)
    for kind, count in sorted(cut.never_published.items()):
        _book(session, unit_id, kind, count)


def _delete(
    session: Session, model: type[Held] | type[Waiting], unit_id: int, keys: list[bytes]
) -> None:
    table = Base.metadata.tables[model.__tablename__]
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        statement = delete(table).where(
            table.c.unit_id == unit_id, table.c.key.in_(chunk)
        )
        if session.connection().execute(statement).rowcount != len(chunk):
            raise RowsLost


def _book(session: Session, unit_id: int, kind: str, count: int) -> None:
    ledger = Base.metadata.tables[Ledger.__tablename__]
    session.execute(
        update(ledger)
        .where(ledger.c.unit_id == unit_id, ledger.c.kind == kind)
        .values(never_published=ledger.c.never_published + count)
    )


def _reported(unit_id: int, today: date, digest: bytes, cut: Cut) -> UnitRun:
    if cut.unreadable:
        logger.warning(
            "unit %s: %s sealed rows cannot be opened and wait on",
            unit_id,
            cut.unreadable,
        )
    return UnitRun(
        unit_id=unit_id,
        day=today,
        chain=digest,
        counted=dict(cut.counted),
        never_published=dict(cut.never_published),
        written={name: len(rows) for name, rows in cut.written.items()},
        unreadable=cut.unreadable,
    )
