"""A store in memory, a cast of units and officers, and rows put straight into the waiting room.

For tests of the release, which must not depend on how tablets send. Everything is booked in the
ledger as intake books it, so that the balance can be asked.
"""

import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from sqlalchemy import Engine, StaticPool, create_engine, insert, select, text
from sqlalchemy.orm import Session

from kiosk.db import prepare, writing
from kiosk.domain.answers import Rating, encode_reasons
from kiosk.domain.calendar import HANOI
from kiosk.domain.counting import book
from kiosk.domain.release import UnitRun, release_unit
from kiosk.domain.sealing import KeyRing, bound_to, pad_text
from kiosk.models import Base
from kiosk.models.immutability import create_triggers, frozen_tables
from kiosk.models.organisation import Officer, Posting, Unit
from kiosk.models.store import Epoch
from kiosk.models.waiting import Waiting

RING = KeyRing({1: b"a room key that opens only tests"})
WARD, OTHER_WARD = 1, 2
HOA, LAN, MINH = 11, 12, 13  # three officers of the ward
LONG_AGO = date(2020, 1, 1)
GOOD = Rating("yes", "yes", "yes", 5)
POOR = Rating("no", "unsure", "yes", 2)
LEFT_EARLY = Rating("yes", None, None, None)


class MemoryStore:
    """A SQLite database in memory with all tables and triggers; an image of it is a backup."""

    def __init__(self, image: bytes | None = None) -> None:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.deserialize(empty_image() if image is None else image)
        self.engine = create_engine(
            "sqlite://", creator=lambda: connection, poolclass=StaticPool
        )
        prepare(self.engine)
        self._connection = connection

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that writes, as the release asks for; the caller commits."""
        with writer(self.engine) as session:
            yield session

    def image(self) -> bytes:
        return self._connection.serialize()

    def close(self) -> None:
        self.engine.dispose()
        self._connection.close()


@contextmanager
def memory_store(image: bytes | None = None) -> Iterator[MemoryStore]:
    store = MemoryStore(image)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def writer(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        writing(session)
        yield session


@cache
def empty_image() -> bytes:
    """The file of a SQLite store with all tables and triggers and nothing in it."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    engine = create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool
    )
    with engine.begin() as transaction:
        Base.metadata.create_all(transaction)
        create_triggers(transaction)
    image = connection.serialize()
    engine.dispose()
    connection.close()
    return image


def add_ward(
    session: Session, unit_id: int = WARD, officers: Iterable[int] = (HOA, LAN, MINH)
) -> None:
    """A ward and its officers, in office since long ago."""
    session.add(Unit(id=unit_id, kind="ward"))
    session.flush()
    for officer_id in officers:
        session.add(Officer(id=officer_id, code=f"{officer_id}", name=f"N{officer_id}"))
        session.flush()
        post(session, officer_id, unit_id=unit_id)


def post(
    session: Session,
    officer_id: int,
    *,
    unit_id: int = WARD,
    first: date = LONG_AGO,
    last: date | None = None,
) -> None:
    """An officer's posting in a unit."""
    session.add(
        Posting(
            unit_id=unit_id,
            officer_id=officer_id,
            title="Công chức",
            first_day=first,
            last_day=last,
        )
    )
    session.flush()


def end_posting(
    session: Session, officer_id: int, last: date, *, unit_id: int = WARD
) -> None:
    """Write down, perhaps afterwards, that his postings in the unit ended on a day."""
    query = select(Posting).where(
        Posting.unit_id == unit_id, Posting.officer_id == officer_id
    )
    for posting in session.scalars(query):
        posting.last_day = last
    session.flush()


def wait(
    session: Session,
    officer_id: int | None,
    day: date,
    *answers: Rating | frozenset[str] | str,
    unit_id: int = WARD,
    channel: str = "tablet",
    mark: str | None = None,
    ring: KeyRing = RING,
) -> list[bytes]:
    """One waiting row for each rating, set of reasons or comment; their keys in order."""
    rows, keys, kinds = [], [], []
    for answer in answers:
        kind, plain = _plain(answer)
        key = secrets.token_bytes(16)
        keys.append(key)
        kinds.append(kind)
        bound = bound_to(
            unit_id=unit_id,
            key=key,
            kind=kind,
            officer_id=officer_id,
            questionnaire=1,
            channel=channel,
            day=day,
            mark=mark,
        )
        rows.append(
            {
                "unit_id": unit_id,
                "key": key,
                "kind": kind,
                "officer_id": officer_id,
                "questionnaire": 1,
                "channel": channel,
                "day": day,
                "mark": mark,
                "sealed": ring.seal(plain, bound),
            }
        )
    session.execute(insert(Waiting), rows)
    book(session.connection(), unit_id, Counter(kinds))
    return keys


def _plain(answer: Rating | frozenset[str] | str) -> tuple[str, bytes]:
    if isinstance(answer, Rating):
        return "rating" if answer.complete else "partial", answer.encode()
    if isinstance(answer, str):
        return "comment", pad_text(answer)
    return "reasons", encode_reasons(answer)


def restore_on(session: Session, day: date, number: int = 2) -> None:
    """The store was restored from a backup on that day."""
    session.add(Epoch(number=number, began_at=at(day, 10)))
    session.flush()


def at(day: date, hour: int = 6) -> datetime:
    """An instant of a day in Vietnam, by default that of the release."""
    return datetime.combine(day, time(hour), HANOI).astimezone(UTC)


def release(
    session: Session, today: date, *, unit_id: int = WARD, k: int = 5
) -> UnitRun:
    """The unit's run of a day that has none yet."""
    run = release_unit(session, unit_id=unit_id, ring=RING, k=k, now=at(today))
    assert run is not None
    return run


def days_after(day: date, count: int) -> date:
    return day + timedelta(days=count)


def drop_triggers(session: Session) -> None:
    """What refuses to change a released row goes; so may somebody with the database's password."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    for table in frozen_tables():
        for verb in ("update", "delete"):
            where = f' ON "{table.name}"' if postgresql else ""
            session.execute(text(f'DROP TRIGGER "{table.name}_no_{verb}"{where}'))
