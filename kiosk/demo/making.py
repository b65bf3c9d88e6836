"""Makes the demonstration: half of its wards in this process, the other half in another.

Each has a database of its own while it fills, for SQLite takes one writer at a time; the rows of
wards are then put together. Wards share nothing but the register, which both have.
"""

import gc
import multiprocessing
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import column, event, select, table

from kiosk import db as store_db
from kiosk.config import CHECKOUT
from kiosk.db import db, writing_session
from kiosk.demo.cast import WARDS
from kiosk.demo.filling import Filling
from kiosk.demo.plan import Plan, Progress
from kiosk.demo.store import DemoStore
from kiosk.domain.sealing import KeyRing
from kiosk.models import Base

WORTH_SHARING = 30  # days: beginning another process takes as long as filling ten


class OtherHalfFailed(Exception):
    """The other process ended before its wards were filled; what it wrote says why."""


@dataclass(frozen=True)
class Making:
    """A demonstration's store, and the days that are to be added to it."""

    store: DemoStore
    plan: Plan
    days: Sequence[date]

    def run(self, tell: Callable[[], None], *, shared: bool) -> None:
        """Fill it, within its application's context; ``tell`` is called after each day.

        Shared, it is all or nothing: until the end the plan says that nothing is filled.
        """
        with relaxed():
            if shared:
                self._share(tell)
            else:
                for day in self._filling().play(self.days):
                    Progress(self.plan, day).save(self.store.plan_file)
                    tell()

    def play_other_half(self, wards: frozenset[str]) -> None:
        """What the other process does."""
        with application(self.store).app_context(), relaxed():
            for _ in self._filling(wards).play(self.days):
                pass

    def _filling(self, wards: frozenset[str] = frozenset(WARDS)) -> Filling:
        settings = self.store.settings()
        return Filling(
            open_session=writing_session,
            ring=KeyRing(settings.room_keys or {}),
            k=settings.k,
            plan=self.plan,
            wards=wards,
        )

    def _share(self, tell: Callable[[], None]) -> None:
        half, other_half = halves()
        self._filling().prepare(self.days[0])
        db.engine.dispose()
        part = self.store.part()
        shutil.copyfile(self.store.database, part.database)
        other = Making(part, self.plan, self.days)
        try:
            with begin_process(other, other_half) as finish:
                for _ in self._filling(half).play(self.days):
                    tell()
                finish()
            put_together(part)
        finally:
            part.delete_database()
        Progress(self.plan, self.days[-1]).save(self.store.plan_file)


def worth_sharing(days: Sequence[date]) -> bool:
    """Whether there is enough to do, and a second processor to do it."""
    return len(days) >= WORTH_SHARING and (os.cpu_count() or 1) > 1


def application(store: DemoStore) -> Flask:
    """An application that has the store and nothing else."""
    app = Flask("kiosk", root_path=str(CHECKOUT))
    app.extensions["kiosk.settings"] = settings = store.settings()
    store_db.init_app(app, settings)
    return app


@contextmanager
def relaxed() -> Iterator[None]:
    """Write without waiting for the disk, for all can be made anew.

    Python's search for cycles is put off meanwhile; it took an eighth of the time.
    """

    def relax(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(db.engine, "connect", relax)
    db.engine.dispose()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        event.remove(db.engine, "connect", relax)
        db.engine.dispose()


def halves() -> tuple[frozenset[str], frozenset[str]]:
    """The wards in two parts that have about as many visits."""
    parts: tuple[list[str], list[str]] = ([], [])
    for ward in sorted(WARDS, key=lambda ward: -WARDS[ward][0]):
        lighter = min(parts, key=lambda part: sum(WARDS[w][0] for w in part))
        lighter.append(ward)
    return frozenset(parts[0]), frozenset(parts[1])


def put_together(part: DemoStore) -> None:
    """Copy the rows of units from the part's database; no unit may stand in both."""
    tables = [t for t in Base.metadata.sorted_tables if t.info.get("distributed")]
    with db.engine.connect() as connection:
        # Before a transaction begins: within one SQLite attaches nothing.
        cursor = connection.connection.cursor()
        cursor.execute("ATTACH DATABASE ? AS part", (str(part.database),))
        with connection.execution_options(write=True).begin():
            for into in tables:
                names = [c.name for c in into.c]
                there = table(into.name, *map(column, names), schema="part")
                rows = select(*(there.c[name] for name in names))
                connection.execute(into.insert().from_select(names, rows))
        cursor.execute("DETACH DATABASE part")


@contextmanager
def begin_process(other: Making, wards: frozenset[str]) -> Iterator[Callable[[], None]]:
    """Begin the other half; what is given back waits for its end."""
    process = multiprocessing.get_context("spawn").Process(
        target=_other_process, args=(other, wards), daemon=True
    )
    process.start()

    def finish() -> None:
        process.join()
        if process.exitcode:
            raise OtherHalfFailed

    try:
        yield finish
    finally:
        process.terminate()
        process.join()


def _other_process(making: Making, wards: frozenset[str]) -> None:
    """Ctrl+C reaches both processes; the first one ends the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    making.play_other_half(wards)
