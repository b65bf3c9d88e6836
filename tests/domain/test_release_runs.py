"""The driver: unit by unit, idempotent, safe when two start at once, stopped by no failure."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, event, func, select, text
from sqlalchemy.orm import Session

from kiosk.domain import chain
from kiosk.domain.balance import balance
from kiosk.domain.release import Outcome, UnitRun, release_unit, run_release
from kiosk.models.blocks import Block, ReleaseRun
from kiosk.models.waiting import Waiting
from tests.domain.waiting_room import (
    GOOD,
    OTHER_WARD,
    RING,
    WARD,
    add_ward,
    at,
    wait,
    writer,
)

MONDAY = date(2026, 6, 8)
TUESDAY = MONDAY + timedelta(days=1)
WARDS = {WARD: [11, 12], OTHER_WARD: [21, 22], 3: [31, 32]}


def fill(engine: Engine, day: date = MONDAY) -> None:
    with writer(engine) as session:
        for unit_id, officers in WARDS.items():
            for officer in officers:
                wait(session, officer, day, *[GOOD] * 12, unit_id=unit_id)
        session.commit()


@pytest.fixture
def city(engine: Engine) -> Engine:
    """Three wards of two officers, each with twelve ratings of Monday."""
    with writer(engine) as session:
        for unit_id, officers in WARDS.items():
            add_ward(session, unit_id, officers)
        session.commit()
    fill(engine)
    return engine


def run(
    engine: Engine,
    today: date = TUESDAY,
    on_unit: Callable[[int, UnitRun | None], None] | None = None,
) -> Outcome:
    def open_session() -> AbstractContextManager[Session]:
        return writer(engine)

    return run_release(open_session, ring=RING, k=5, now=at(today), on_unit=on_unit)


def count(engine: Engine, model: type) -> int:
    with Session(engine) as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_every_unit_that_is_due_is_released_in_order(city: Engine) -> None:
    seen: list[int] = []

    outcome = run(city, on_unit=lambda unit_id, _: seen.append(unit_id))

    assert seen == sorted(WARDS)
    assert [unit.counted for unit in outcome.runs] == [{"rating": 24}] * 3
    assert (count(city, Block), count(city, Waiting)) == (6, 0)


def test_a_second_release_of_the_day_finds_nothing_due(city: Engine) -> None:
    run(city)
    fill(city)

    again = run(city)

    assert (again.runs, again.failed) == ([], [])
    assert count(city, Block) == 6


def test_a_unit_that_fails_is_logged_and_does_not_stop_the_others(
    city: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with writer(city) as session:
        release_unit(session, unit_id=OTHER_WARD, ring=RING, k=9, now=at(MONDAY))
        session.commit()

    outcome = run(city)

    assert [unit.unit_id for unit in outcome.runs] == [WARD, 3]
    assert outcome.failed == [OTHER_WARD]
    assert "release of unit 2 failed" in caplog.text


def before_deleting(engine: Engine, act: Callable[[Connection], None]) -> None:
    """Do something just before a run deletes what it has counted."""

    def look(connection: Connection, statement: object, *_: object) -> None:
        if str(statement).startswith("DELETE FROM waiting") and "IN" in str(statement):
            act(connection)

    event.listen(engine, "before_execute", look)


def test_what_a_failing_unit_began_is_rolled_back(city: Engine) -> None:
    def fail(connection: Connection) -> None:
        raise OSError("disk full")

    before_deleting(city, fail)

    outcome = run(city)

    assert outcome.failed == sorted(WARDS)
    assert [count(city, model) for model in (Block, ReleaseRun, Waiting)] == [0, 0, 72]


def test_a_run_whose_rows_vanish_leaves_the_day_to_who_took_them(city: Engine) -> None:
    lost = iter(["DELETE FROM waiting WHERE officer_id = 11"])

    def vanish(connection: Connection) -> None:
        for statement in lost:
            connection.execute(text(statement))

    before_deleting(city, vanish)

    outcome = run(city)

    assert ([unit.unit_id for unit in outcome.runs], outcome.failed) == ([2, 3], [])
    assert [count(city, model) for model in (Block, ReleaseRun, Waiting)] == [4, 2, 24]


def test_two_releases_at_once_do_the_day_once(city: Engine) -> None:
    outcomes: list[Outcome] = []
    for days in range(1, 6):
        today = MONDAY + timedelta(days=days)
        ready = threading.Barrier(4)

        def together(today: date = today, ready: threading.Barrier = ready) -> None:
            ready.wait(10)
            outcomes.append(run(city, today))

        threads = [threading.Thread(target=together) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        fill(city, today)

    done = Counter((u.unit_id, u.day) for outcome in outcomes for u in outcome.runs)
    assert [outcome.failed for outcome in outcomes] == [[]] * 20
    assert len(done) == 15 and set(done.values()) == {1}
    with Session(city) as session:
        assert session.execute(select(func.sum(Block.n))).scalar_one() == 72 * 5
        assert [line.difference for line in balance(session)] == [0, 0, 0]
        assert [chain.verify(session, unit_id) for unit_id in WARDS] == [None] * 3


def test_ratings_that_arrive_during_a_release_wait_for_the_next(city: Engine) -> None:
    arriving = threading.Event()

    def arrive() -> None:
        while not arriving.wait(
            0.02
        ):  # SQLite is not fair to those who wait for a lock
            fill(city)

    thread = threading.Thread(target=arrive)
    thread.start()
    for days in range(1, 8):
        run(city, MONDAY + timedelta(days=days))
    arriving.set()
    thread.join(60)
    run(city, MONDAY + timedelta(days=8))

    with Session(city) as session:
        assert [line.difference for line in balance(session)] == [0, 0, 0]
        assert {line.waiting for line in balance(session)} == {0}


def test_every_statement_of_a_unit_s_run_names_its_unit(city: Engine) -> None:
    statements: list[str] = []
    event.listen(
        city,
        "before_cursor_execute",
        lambda conn, cursor, statement, *_: statements.append(statement),
    )
    with writer(city) as session:
        release_unit(session, unit_id=WARD, ring=RING, k=5, now=at(TUESDAY))

    distributed = ("waiting", "held", "ledger", "release_run", "coverage", "activity")
    reads = [s for s in statements if not s.startswith(("INSERT", "BEGIN"))]
    unnamed = [
        s
        for s in reads
        if any(f" {name}" in s for name in distributed) and "unit_id = " not in s
    ]
    assert unnamed == []
    assert len(statements) <= 16
