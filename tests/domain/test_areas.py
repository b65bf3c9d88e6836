"""Sums over areas: written once all units below had their run, and of no others than they say."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from kiosk.domain.areas import sum_area
from kiosk.domain.units import digest_of, heads_digest
from kiosk.models.base import Base
from kiosk.models.organisation import Officer, Posting, Unit, UnitVersion
from kiosk.models.sums import AreaRun, AreaSum
from tests.domain.waiting_room import memory_store
from tests.reports.test_sums import block

AREA, OTHER, WARDS = 9, 8, (1, 2, 3)
MONDAY = date(2026, 6, 8)
DAY = timedelta(days=1)


@pytest.fixture
def store() -> Iterator[Session]:
    """Two wards of an area and one of another, each with an officer."""
    with memory_store() as memory, memory.session() as session:
        session.add_all([Unit(id=each, kind="ward") for each in WARDS])
        session.add_all([Unit(id=each, kind="province") for each in (AREA, OTHER)])
        session.add_all([Officer(id=11, code="1", name="N")])
        session.flush()
        for ward in WARDS:
            session.add(placed(ward, OTHER if ward == WARDS[-1] else AREA))
            session.add(
                Posting(
                    officer_id=11, unit_id=ward, title="", first_day=date(2025, 1, 1)
                )
            )
        session.flush()
        yield session


def placed(ward: int, area: int, first: date = date(2025, 1, 1)) -> UnitVersion:
    names = {"code": f"{ward}", "name": f"Phường {ward}"}
    return UnitVersion(unit_id=ward, parent_id=area, first_day=first, **names)


def run(session: Session, ward: int, today: date, counted: date | None = None) -> None:
    """A ward's run, with a block where it counts on a day."""
    row = {"unit_id": ward, "day": today, "k": 5 + ward, "epoch": 1}
    chains = {
        "previous": digest_of([ward, today.toordinal()]),
        "chain": head(ward, today),
    }
    session.execute(insert(Base.metadata.tables["release_run"]), row | chains)
    if counted:
        made = block(11, counted, today, 7, ward=ward)
        session.execute(insert(Base.metadata.tables["block"]), made)


def head(ward: int, today: date) -> bytes:
    return digest_of([today.toordinal(), ward])


def sums(session: Session) -> list[tuple[str, date, date, int]]:
    columns = (AreaSum.kind, AreaSum.began, AreaSum.day, AreaSum.n)
    rows = session.execute(select(*columns).order_by(AreaSum.day, AreaSum.kind))
    return [(row.kind, row.began, row.day, row.n) for row in rows]


def test_an_area_is_summed_once_all_its_units_had_their_run(store: Session) -> None:
    run(store, 1, MONDAY + DAY, MONDAY)
    early = sum_area(store, area_id=AREA, today=MONDAY + DAY)
    run(store, 2, MONDAY + DAY, MONDAY)

    assert not early
    assert sum_area(store, area_id=AREA, today=MONDAY + DAY)
    n = block(11, MONDAY, MONDAY, 7)["n"]
    assert sums(store) == [
        ("month", date(2026, 6, 1), MONDAY + DAY, 2 * n),
        ("week", MONDAY, MONDAY + DAY, 2 * n),
    ]
    assert not sum_area(store, area_id=AREA, today=MONDAY + DAY)


def test_an_areas_run_says_of_what_it_is(store: Session) -> None:
    today = MONDAY + DAY
    for ward in (1, 2):
        run(store, ward, today, MONDAY)

    sum_area(store, area_id=AREA, today=today)

    (found,) = store.scalars(select(AreaRun)).all()
    assert found.members == digest_of([1, 2, AREA])
    assert found.heads == heads_digest([head(1, today), head(2, today)])
    assert (found.runs, found.k, found.released_on) == (2, 7, today)


def test_only_what_is_another_is_written_anew(store: Session) -> None:
    for at, counted in ((1, MONDAY), (2, None), (3, date(2026, 5, 29))):
        run(store, 1, MONDAY + at * DAY, counted)
        run(store, 2, MONDAY + at * DAY)
        assert sum_area(store, area_id=AREA, today=MONDAY + at * DAY)

    written = [(kind, began, day) for kind, began, day, _ in sums(store)]
    assert written == [
        ("month", date(2026, 6, 1), MONDAY + DAY),
        ("week", MONDAY, MONDAY + DAY),
        ("month", date(2026, 5, 1), MONDAY + 3 * DAY),
        ("week", date(2026, 5, 25), MONDAY + 3 * DAY),
    ]


def test_a_day_that_was_missed_is_caught_up_on_the_next(store: Session) -> None:
    run(store, 1, MONDAY + DAY, MONDAY)  # and ward 2 fails
    sum_area(store, area_id=AREA, today=MONDAY + DAY)
    for ward in (1, 2):
        run(store, ward, MONDAY + 2 * DAY)

    assert sum_area(store, area_id=AREA, today=MONDAY + 2 * DAY)
    assert [(began, day) for _, began, day, n in sums(store) if n] == [
        (date(2026, 6, 1), MONDAY + 2 * DAY),
        (MONDAY, MONDAY + 2 * DAY),
    ]


def test_of_other_units_than_before_all_is_summed_anew(store: Session) -> None:
    long_ago, today = date(2025, 12, 1), MONDAY + DAY
    for ward in WARDS:
        run(store, ward, today, long_ago)
    sum_area(store, area_id=AREA, today=today)
    before = sums(store)
    store.execute(
        update(UnitVersion).where(UnitVersion.unit_id == 2).values(last_day=today)
    )
    store.add(placed(2, OTHER, today + DAY))
    for ward in WARDS:
        run(store, ward, today + DAY)

    for area in (AREA, OTHER):
        assert sum_area(store, area_id=area, today=today + DAY)

    n = block(11, MONDAY, MONDAY, 7)["n"]
    assert [each[3] for each in before] == [2 * n, 2 * n]
    rows = store.execute(
        select(AreaSum.unit_id, AreaSum.n).where(AreaSum.day == today + DAY)
    )
    assert sorted(tuple(row) for row in rows) == [
        *([(OTHER, 2 * n)] * 2),
        *([(AREA, n)] * 2),
    ]


def test_an_area_without_any_run_has_no_sums(store: Session) -> None:
    empty = Unit(id=7, kind="province")
    store.add(empty)
    store.flush()

    assert not sum_area(store, area_id=7, today=MONDAY)
    assert sums(store) == []
