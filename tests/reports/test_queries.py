"""The aggregates, against sums made by hand from the same blocks, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kiosk.db import reports_session
from kiosk.models.blocks import Block
from kiosk.models.store import Epoch
from reports import queries
from reports.periods import Period, PeriodKind, row
from reports.queries import PoolTally, Span
from reports.tallies import AllThree
from tests import cast
from tests.cast import World
from tests.reports.blocks import Habit, add_block, add_run, add_tally, simulate

MAY, JUNE = Period.parse("2026-05"), Period.parse("2026-06")
END = date(2026, 12, 31)


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def reading(app: Flask, world: World) -> Iterator[Session]:
    with app.app_context(), reports_session() as reading:
        yield reading


def filled(session: Session, world: World) -> list[Block]:
    habits = [
        Habit(world.hanh, 9, 0.95, 0.9, 0.9, 0.9),
        Habit(world.bao, 4, 0.9, 0.7, 0.9, 0.8),
    ]
    first, last = date(2026, 4, 1), date(2026, 7, 31)
    simulate(session, world.truc_bach, habits, first=first, last=last, seed=2)
    dung = Habit(world.dung, 6, 0.9, 0.9, 0.9, 0.9)
    simulate(session, world.quan_thanh, [dung], first=first, last=last, seed=3)
    session.commit()
    return list(session.scalars(select(Block)))


def test_a_period_is_the_sum_of_its_blocks(
    session: Session, world: World, reading: Session
) -> None:
    blocks = filled(session, world)

    found = queries.pool_tallies(reading, Span([world.truc_bach], [MAY, JUNE], END))

    by_hand: dict[tuple[int | None, int], list[Block]] = {}
    for block in blocks:
        if (
            block.unit_id == world.truc_bach
            and MAY.first <= block.counted_on <= JUNE.last
        ):
            place = int(block.counted_on >= JUNE.first)
            by_hand.setdefault((block.officer_id, place), []).append(block)
    assert {(each.officer_id, each.period): each.tally.n for each in found} == {
        key: sum(block.n for block in some) for key, some in by_hand.items()
    }
    hanh = next(
        each for each in found if each.officer_id == world.hanh and each.period == 1
    )
    mine = by_hand[world.hanh, 1]
    assert hanh.tally.asked.no == sum(block.asked_no for block in mine)
    assert hanh.tally.thanked.unsure == sum(block.thanked_unsure for block in mine)
    assert hanh.tally.satisfaction.levels[4] == sum(block.level_5 for block in mine)


def test_units_periods_and_officers_partition_the_same_blocks(
    session: Session, world: World, reading: Session
) -> None:
    blocks = filled(session, world)
    weeks = row(PeriodKind.WEEK, date(2026, 8, 1), 20)
    span = Span([world.truc_bach, world.quan_thanh], weeks, END)

    by_pool = queries.pool_tallies(reading, span)
    by_unit = queries.unit_tallies(reading, span)
    by_officer = queries.officer_tallies(
        reading, Span([world.truc_bach], weeks, END), officer_id=world.hanh
    )

    everything = sum(block.n for block in blocks)
    assert sum(each.tally.n for each in by_pool) == everything
    assert sum(tally.n for tally in by_unit.values()) == everything
    truc_bach = sum(
        tally.n for (unit, _), tally in by_unit.items() if unit == world.truc_bach
    )
    assert sum(tally.n for tally in by_officer.values()) == truc_bach


def test_only_what_was_released_by_the_day_is_counted(
    session: Session, world: World, reading: Session
) -> None:
    day = date(2026, 6, 30)
    add_block(session, world.truc_bach, world.hanh, day, released=date(2026, 7, 2))
    add_tally(session, world.truc_bach, day, released=date(2026, 7, 2))
    session.commit()

    def counted(as_of: date) -> tuple[list[PoolTally], dict[tuple[int, int], AllThree]]:
        span = Span([world.truc_bach], [JUNE], as_of)
        return queries.pool_tallies(reading, span), queries.all_three(reading, span)

    assert counted(date(2026, 7, 1)) == ([], {})
    pools, three = counted(date(2026, 7, 2))
    assert [each.tally.n for each in pools] == [12]
    assert three == {(world.truc_bach, 0): AllThree(24, 20, 0)}


def test_pools_without_an_officer_are_of_nobody(
    session: Session, world: World, reading: Session
) -> None:
    add_block(session, world.truc_bach, None, date(2026, 6, 3), pool="none")
    add_block(session, world.truc_bach, None, date(2026, 6, 4), pool="several")
    session.commit()
    span = Span([world.truc_bach], [JUNE], END)

    (found,) = queries.pool_tallies(reading, span)
    others = queries.officer_tallies(reading, span, officer_id=world.hanh)

    assert (found.officer_id, found.tally.n) == (None, 24)
    assert {key: tally.n for key, tally in others.items()} == {(False, 0): 24}


def test_nothing_counted_is_no_row(reading: Session, world: World) -> None:
    span = Span([world.truc_bach], [MAY, JUNE], END)

    assert queries.pool_tallies(reading, span) == []
    assert queries.unit_tallies(reading, span) == {}
    assert queries.all_three(reading, span) == {}
    assert (
        queries.partial_ratings(reading, [world.truc_bach], period=JUNE, as_of=END) == 0
    )
    assert queries.last_runs(reading, [world.truc_bach], as_of=END) is None
    assert queries.release_days(reading, [world.truc_bach], as_of=END) == {}
    assert queries.latest_day(reading, [world.truc_bach], until=END, as_of=END) is None
    assert queries.restored_on(reading) == []


def test_the_last_run_of_each_unit_is_found(
    session: Session, world: World, reading: Session
) -> None:
    add_run(session, world.truc_bach, date(2026, 6, 29), chain=b"a" * 32)
    add_run(session, world.truc_bach, date(2026, 6, 30), chain=b"b" * 32, k=7)
    add_run(session, world.truc_bach, date(2026, 7, 2), chain=b"c" * 32)
    add_run(session, world.quan_thanh, date(2026, 6, 28), chain=b"d" * 32)
    session.commit()
    units = [world.truc_bach, world.quan_thanh]

    found = queries.last_runs(reading, units, as_of=date(2026, 7, 1))

    assert found is not None
    assert (found.day, found.k) == (date(2026, 6, 30), 7)
    assert found.chains == {world.truc_bach: b"b" * 32, world.quan_thanh: b"d" * 32}


def test_the_latest_day_is_found_near_and_far(
    session: Session, world: World, reading: Session
) -> None:
    for day in (date(2026, 1, 5), date(2026, 6, 5), date(2026, 6, 9)):
        add_block(session, world.truc_bach, world.hanh, day)
    session.commit()

    def latest(until: date, as_of: date = END) -> date | None:
        return queries.latest_day(reading, [world.truc_bach], until=until, as_of=as_of)

    assert latest(date(2026, 6, 30)) == date(2026, 6, 9)
    assert latest(date(2026, 6, 30), as_of=date(2026, 6, 8)) == date(2026, 6, 5)
    assert latest(date(2026, 5, 31)) == date(2026, 1, 5)
    assert latest(date(2025, 12, 31)) is None


def test_release_days_are_those_of_the_last_half_year(
    session: Session, world: World, reading: Session
) -> None:
    for day in (date(2025, 6, 1), date(2026, 6, 1), date(2026, 6, 5), date(2026, 6, 5)):
        add_block(session, world.truc_bach, world.hanh, day)
    session.commit()

    found = queries.release_days(reading, [world.truc_bach], as_of=date(2026, 7, 1))

    assert found == {
        (world.truc_bach, world.hanh): [date(2026, 6, 2), date(2026, 6, 6)]
    }


def test_restores_are_dated_at_hanoi(session: Session, reading: Session) -> None:
    last = (
        session.scalars(select(Epoch.number).order_by(Epoch.number.desc())).first() or 0
    )
    session.add(
        Epoch(number=last + 1, began_at=datetime(2026, 6, 9, 18, 0, tzinfo=UTC))
    )
    session.commit()

    assert queries.restored_on(reading) == [date(2026, 6, 10)]


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_a_period_of_a_unit_is_one_range_of_the_table(
    app: Flask, session: Session, world: World, reading: Session
) -> None:
    filled(session, world)
    statements: list[tuple[str, tuple[object, ...]]] = []
    event.listen(
        reading.get_bind(),
        "before_cursor_execute",
        lambda conn, cursor, statement, parameters, *_: statements.append(
            (statement, parameters)
        ),
    )
    span = Span([world.truc_bach], row(PeriodKind.WEEK, JUNE.last, 26), END)

    queries.pool_tallies(reading, span)
    queries.all_three(reading, span)

    session.rollback()
    selects = [each for each in statements if each[0].startswith("SELECT")]
    assert len(selects) == 2
    for statement, parameters in selects:
        plan = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", parameters
        )
        steps = " ".join(str(step[-1]) for step in plan)
        assert (
            "USING PRIMARY KEY (unit_id=? AND counted_on>? AND counted_on<?)" in steps
        )
        assert "SCAN" not in steps
