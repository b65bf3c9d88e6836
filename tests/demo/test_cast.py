"""The people of the demonstration: the register fits the stories told of them."""

from collections import Counter
from datetime import date, timedelta

from kiosk.demo import cast
from kiosk.demo.filling import REGISTER
from kiosk.demo.plan import Plan
from kiosk.demo.seating import Place, Roster
from kiosk.domain.register import Register, read_register
from kiosk.domain.register.rows import (
    CounterRow,
    OfficerRow,
    PostingRow,
    SeatRow,
    TabletRow,
    UnitRow,
)

UNTIL = date(2026, 11, 23)
PLAN = Plan.ending(UNTIL, days=180, seed=7)


def the_register() -> Register:
    return read_register(REGISTER)


def roster() -> Roster:
    seats = the_register().of(SeatRow)
    return Roster.of(
        PLAN, [(s.officer_code, str(s.unit_code), s.counter_code) for s in seats]
    )


def where(places: list[Place], officer: str) -> list[tuple[str, str]]:
    return [(p.ward, p.counter) for p in places if p.officer == officer]


def test_the_register_is_the_old_district_as_it_was() -> None:
    register = the_register()

    assert register.problems == []
    wards = [unit for unit in register.of(UnitRow) if unit.kind == "ward"]
    assert [ward.code for ward in wards] == list(cast.WARDS)
    assert all(str(ward.parent_code) == "001" for ward in wards)
    assert all(unit.last_day is None for unit in register.of(UnitRow))
    assert "minh hoạ" in next(u.name for u in register.of(UnitRow) if u.code == "001")
    counters = Counter(str(c.unit_code) for c in register.of(CounterRow))
    assert set(counters.values()) <= {2, 3, 4}
    assert 65 <= len(register.of(OfficerRow)) <= 75


def test_no_two_officers_have_the_same_name() -> None:
    names = [officer.name for officer in the_register().of(OfficerRow)]

    assert len(set(names)) == len(names)


def test_everybody_in_a_story_is_in_the_register_where_the_story_is() -> None:
    register = the_register()
    posted = {p.officer_code: str(p.unit_code) for p in register.of(PostingRow)}

    assert posted[cast.WEAK_IN_ASKING] == "00004"
    assert posted[cast.BUSIEST] == "00028"
    assert posted[cast.SELDOM_SEEN] == "00010"
    assert posted[cast.MOVER] == "00013"
    assert posted[cast.PATIENT] == "00034"
    ward, counter, title = cast.MOVES_TO
    assert (ward, counter) in {
        (str(c.unit_code), c.code) for c in register.of(CounterRow)
    }
    assert title in {p.title for p in register.of(PostingRow)}
    assert cast.QUIET_TABLET in {
        (str(t.unit_code), t.label) for t in register.of(TabletRow)
    }


def test_an_officer_is_the_same_at_every_call_and_another_with_another_seed() -> None:
    other = Plan.ending(UNTIL, days=180, seed=8)

    assert cast.character(PLAN, "CB-001") == cast.character(PLAN, "CB-001")
    assert cast.character(PLAN, "CB-001") != cast.character(other, "CB-001")
    assert cast.character(other, cast.WEAK_IN_ASKING).asks < -1


def test_a_day_brings_as_many_visits_as_planned() -> None:
    visits = sum(place.visits for place in roster().places)

    assert abs(visits - cast.RATINGS_A_DAY) < 1e-6


def test_one_ward_improves_and_the_others_do_not() -> None:
    first, last = PLAN.first_day, UNTIL

    assert cast.manner_of(PLAN, cast.IMPROVING_WARD, last) > (
        cast.manner_of(PLAN, cast.IMPROVING_WARD, first) + 1
    )
    assert cast.manner_of(PLAN, "00004", last) == cast.manner_of(PLAN, "00004", first)


def test_one_officer_moves_between_two_wards() -> None:
    day = PLAN.day_at(cast.MOVES_AT)
    while cast.is_away(PLAN, cast.MOVER, day):
        day = day + timedelta(days=1)

    before = roster().on(PLAN, PLAN.first_day)
    after = roster().on(PLAN, day)

    assert {ward for ward, _ in where(before, cast.MOVER)} <= {"00013"}
    assert {ward for ward, _ in where(after, cast.MOVER)} == {"00004"}


def test_somebody_stands_in_for_the_one_on_leave_all_the_time() -> None:
    seats = [p for p in roster().places if p.officer == cast.PATIENT]
    leave = [
        day
        for day in PLAN.working_days(UNTIL)
        if PLAN.day_at(cast.LEAVE_FROM) <= day < PLAN.day_at(cast.LEAVE_TO)
    ]

    assert len(leave) == 36
    for day in leave:
        places = roster().on(PLAN, day)
        assert where(places, cast.PATIENT) == []
        at_counter = [
            p.officer
            for p in places
            if (p.ward, p.counter) == (seats[0].ward, seats[0].counter)
        ]
        assert at_counter


def test_a_counter_is_not_left_empty_by_a_short_absence() -> None:
    counters = {(p.ward, p.counter) for p in roster().places}

    for day in PLAN.working_days(UNTIL)[:60]:
        places = roster().on(PLAN, day)
        assert {(p.ward, p.counter) for p in places} == counters


def test_nobody_stands_in_where_there_is_nobody_else() -> None:
    away = next(
        day for day in PLAN.working_days(UNTIL) if cast.is_away(PLAN, "CB-001", day)
    )

    alone = Roster((Place("CB-001", "00001", "1", visits=9.0),))

    assert alone.on(PLAN, away) == []
