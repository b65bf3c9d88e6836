"""Figures from sums over areas are figures from blocks: for any blocks, periods, days and maps.

Wards are released day by day, or fail on some; the area is summed after each, as a release does.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kiosk.domain.areas import sum_area
from kiosk.domain.calendar import first_open_day
from kiosk.models import Base
from kiosk.models.organisation import Officer, Posting, Unit, UnitVersion
from kiosk.models.sums import AreaSum
from reports import group_queries
from reports.periods import Period, PeriodKind, row
from reports.scopes import Group, Scope
from tests.domain.waiting_room import memory_store
from tests.reports.areas import write_area
from tests.reports.test_sums import block, holds, partial, tally, write

AREA, WARDS = 9, (1, 2)
BEGAN = date(2025, 12, 20)
Row = Mapping[str, Any]
Rows = dict[str, list[Row]]
# Of a day: what each ward wrote, as days waited and a seed; None where its run failed.
days = st.lists(
    st.tuples(
        st.sampled_from((1, 1, 1, 3, 16)),
        *[
            st.one_of(
                st.none(),
                st.lists(
                    st.tuples(st.integers(1, 60), st.integers(0, 2**40)), max_size=3
                ),
            )
            for _ in WARDS
        ],
    ),
    min_size=1,
    max_size=12,
)
periods = st.builds(
    row,
    st.sampled_from(PeriodKind),
    st.dates(date(2025, 11, 1), date(2026, 9, 1)),
    st.integers(1, 6),
)


@settings(max_examples=15)
@given(days, st.data())
def test_sums_of_an_area_are_sums_of_its_blocks(
    course: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    with memory_store() as store, store.session() as session:
        add_area(session)
        written, ran = play(session, course)
        for _ in range(4):
            as_of = data.draw(st.sampled_from(ran)) + timedelta(
                data.draw(st.integers(-1, 3))
            )
            asked = data.draw(periods)
            assert from_groups(session, asked, as_of) == from_rows(
                written, asked, as_of
            )


def test_the_page_of_an_area_asks_no_block_of_its_wards() -> None:
    with memory_store() as store, store.session() as session:
        add_area(session)
        written, (day, *_) = play(session, [(1, [(1, 7)], [(1, 8)])])
        read: list[str] = []
        event.listen(
            session.get_bind(),
            "before_cursor_execute",
            lambda *given: read.append(str(given[2])),
        )

        found = from_groups(session, row(PeriodKind.WEEK, day, 3), day)

    assert found == from_rows(written, row(PeriodKind.WEEK, day, 3), day)
    assert not [each for each in read if "block" in each or "tally" in each]
    assert any("area_sum" in each for each in read)


def test_after_a_change_of_the_map_the_wards_are_added_up() -> None:
    with memory_store() as store, store.session() as session:
        add_area(session)
        _, (day, *_) = play(session, [(1, [(1, 7)], [(1, 8)])])
        alone = Group(area(session), (AREA, 1))

        found = group_queries.listed(session, [alone], as_of=day)
        tallies, _ = group_queries.figures(session, found, row(PeriodKind.WEEK, day, 2))

    assert not found.runs
    n = block(11, day, day, 7)["n"]
    assert sum(each.n for each in tallies.values()) == n


def test_the_release_writes_what_one_statement_finds() -> None:
    with memory_store() as store, store.session() as session:
        add_area(session)
        play(session, [(1, [(at, at * 7)], [(at + 2, at)]) for at in range(1, 12)])
        by_release = stored(session)
        session.execute(Base.metadata.tables["unit"].insert(), {"id": 5, "kind": "x"})
        write_area(session.connection(), 5, [AREA, *WARDS])

        assert {
            key[1:]: sums for key, sums in stored(session).items() if key[0] == 5
        } == {key[1:]: sums for key, sums in by_release.items()}


def add_area(session: Session) -> None:
    session.add_all([Unit(id=each, kind="ward") for each in WARDS])
    session.add(Unit(id=AREA, kind="province"))
    session.add(Officer(id=11, code="1", name="N"))
    session.flush()
    first = date(2025, 1, 1)
    for each, parent in ((AREA, None), *((ward, AREA) for ward in WARDS)):
        names = {"code": f"{each}", "name": f"{each}", "first_day": first}
        session.add(UnitVersion(unit_id=each, parent_id=parent, **names))
    session.add_all(
        [
            Posting(officer_id=11, unit_id=ward, title="", first_day=first)
            for ward in WARDS
        ]
    )
    session.flush()


def area(session: Session) -> Any:
    return Scope(session, (AREA,), day=BEGAN).unit(AREA)


def play(session: Session, course: list[tuple[Any, ...]]) -> tuple[Rows, list[date]]:
    """Day by day the runs of both wards, and then of the area; what was written, and when."""
    written: Rows = {}
    today, ran = BEGAN, []
    for after, *wards in course:
        today += timedelta(days=after)
        ran.append(today)
        for ward, blocks in zip(WARDS, wards, strict=True):
            if blocks is None:
                continue
            rows = rows_of(ward, blocks, today)
            write(session, rows, today, ward=ward)
            for table, some in rows.items():
                written.setdefault(table, []).extend(some)
            written.setdefault("run", []).append({"unit_id": ward, "day": today})
        sum_area(session, area_id=AREA, today=today)
    return written, ran


def rows_of(ward: int, blocks: list[tuple[int, int]], today: date) -> Rows:
    rows: Rows = {"block": [], "unit_tally": [], "partial_block": []}
    for waited, seed in blocks:
        counted = first_open_day(today - timedelta(days=waited), today=today)
        made = block(11, counted, today, seed, ward=ward)
        rows["block"].append(made)
        if seed % 2:
            rows["unit_tally"].append(tally(made))
        if seed % 3 == 0:
            rows["partial_block"].append(partial(made))
    return {table: some for table, some in rows.items() if some}


def from_groups(
    session: Session, asked: tuple[Period, ...], as_of: date
) -> dict[Any, int]:
    groups = [Group(area(session), (AREA, *WARDS))]
    listed = group_queries.listed(session, groups, as_of=as_of)
    tallies, threes = group_queries.figures(session, listed, asked)
    assert group_queries.all_three(session, listed, asked) == threes
    found: dict[Any, int] = {("n", at): each.n for (_, at), each in tallies.items()}
    found |= {("yes", at): each.thanked.yes for (_, at), each in tallies.items()}
    found |= {("three", at): each.all_three for (_, at), each in threes.items()}
    for at, period in enumerate(asked):
        left = group_queries.partial_ratings(session, listed, period=period)
        found["partials", at] = left
    runs, number = group_queries.last_runs(session, listed)
    found["runs"] = number
    found["released"] = runs.day.toordinal() if runs else 0
    return found


def from_rows(written: Rows, asked: tuple[Period, ...], as_of: date) -> dict[Any, int]:
    found: dict[Any, int] = {("partials", at): 0 for at in range(len(asked))}
    for table, columns in {
        "block": {"n": "n", "yes": "thanked_yes"},
        "unit_tally": {"three": "all_three"},
        "partial_block": {"partials": "n"},
    }.items():
        for at, each in counting(written.get(table, []), asked, as_of):
            for name, column in columns.items():
                found[name, at] = found.get((name, at), 0) + each[column]
    runs = [each for each in written.get("run", []) if each["day"] <= as_of]
    found["runs"] = len({each["unit_id"] for each in runs})
    found["released"] = max((each["day"].toordinal() for each in runs), default=0)
    return found


def counting(
    rows: list[Row], asked: tuple[Period, ...], as_of: date
) -> Iterator[tuple[int, Row]]:
    for at, period in enumerate(asked):
        for each in rows:
            if holds(period, each["counted_on"]) and each["released_on"] <= as_of:
                yield at, each


def stored(session: Session) -> dict[tuple[Any, ...], tuple[int, ...]]:
    """All sums by their keys."""
    rows = session.execute(select(*AreaSum.__table__.c)).mappings()
    keys = ("unit_id", "kind", "began", "day")
    return {
        tuple(each[key] for key in keys): tuple(
            count for name, count in each.items() if name not in keys
        )
        for each in rows
    }
