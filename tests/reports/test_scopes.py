"""The units of a scope as a tree, and who was posted when."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from kiosk.domain.errors import NotFound
from kiosk.models.organisation import Unit, UnitVersion
from reports.periods import Period
from reports.scopes import PostedOfficer, Scope, UnitFacts
from tests.domain.waiting_room import memory_store

DAY = date(2026, 7, 1)
CITY = UnitFacts(1, "province", "01", "Thành phố Hà Nội", None)
DISTRICT = UnitFacts(2, "district", "001", "Quận Ba Đình", 1)
KIM_MA = UnitFacts(3, "ward", "00028", "Phường Kim Mã", 2)
PHUC_XA = UnitFacts(4, "ward", "00001", "Phường Phúc Xá", 2)
BRANCH = UnitFacts(5, "office", "00028-1", "Chi nhánh", 3)
ALL = (CITY, DISTRICT, KIM_MA, PHUC_XA, BRANCH)


@pytest.fixture
def register() -> Iterator[Session]:
    with memory_store() as store, store.session() as session:
        add(session, *ALL)
        yield session


def add(session: Session, *units: UnitFacts) -> None:
    session.add_all([Unit(id=each.id, kind=each.kind) for each in units])
    session.flush()
    session.add_all([version(each) for each in units])
    session.flush()


def version(unit: UnitFacts, first: date = date(2025, 7, 1)) -> UnitVersion:
    return UnitVersion(
        unit_id=unit.id,
        parent_id=unit.parent_id,
        code=unit.code,
        name=unit.name,
        first_day=first,
    )


def scope(session: Session, *granted: int) -> Scope:
    return Scope(session, granted, day=DAY)


def test_a_unit_is_seen_with_all_below_it(register: Session) -> None:
    whole = scope(register, 1)

    assert whole.unit(5) == BRANCH
    assert set(whole.under(2)) == {2, 3, 4, 5}
    assert whole.under(3) == (3, 5)
    assert whole.under(5) == (5,)
    assert whole.every == (1, 2, 3, 4, 5)


@pytest.mark.parametrize("hidden", [1, 2, 4, 99])
def test_a_unit_outside_is_not_found(register: Session, hidden: int) -> None:
    narrow = scope(register, 3)

    assert narrow.those([3, 5, hidden]) == {3: KIM_MA, 5: BRANCH}
    with pytest.raises(NotFound):
        narrow.unit(hidden)


def test_members_of_an_area_stand_by_code(register: Session) -> None:
    assert scope(register, 2).members(2) == [PHUC_XA, KIM_MA]


def test_one_area_granted_lists_what_is_below_it(register: Session) -> None:
    assert scope(register, 2).members() == [PHUC_XA, KIM_MA]
    assert scope(register, 1).members() == [DISTRICT]


def test_of_units_granted_below_each_other_only_the_highest_is_listed(
    register: Session,
) -> None:
    assert scope(register, 3, 4, 5).members() == [PHUC_XA, KIM_MA]
    assert scope(register, 2, 5).members() == [PHUC_XA, KIM_MA]


def test_one_ward_granted_lists_itself(register: Session) -> None:
    assert scope(register, 3).members() == [KIM_MA]


def test_whatever_is_listed_counts_once_with_all_below_it(register: Session) -> None:
    groups = scope(register, 1).groups(DISTRICT)

    assert [(each.unit, each.units) for each in groups] == [
        (PHUC_XA, (4,)),
        (KIM_MA, (3, 5)),
        (DISTRICT, (2,)),
    ]
    assert [each.units for each in scope(register, 1).groups(None)] == [(2, 3, 4, 5)]


def test_a_ward_that_went_to_another_area_is_seen_there_alone(
    register: Session,
) -> None:
    other = UnitFacts(6, "district", "002", "Quận Hoàn Kiếm", 1)
    add(register, other)
    register.query(UnitVersion).filter_by(unit_id=4).update(
        {"last_day": date(2026, 6, 30)}
    )
    moved = UnitFacts(4, "ward", "00097", "Phường Hồng Hà", 6)
    register.add(version(moved, DAY))
    register.flush()

    assert scope(register, 2).find(4) is None
    assert scope(register, 6).find(4) == moved
    assert scope(register, 2).every == (2, 3, 5)


def test_a_circle_in_the_register_hangs_nothing() -> None:
    one = UnitFacts(1, "ward", "1", "Một", 2)
    two = UnitFacts(2, "ward", "2", "Hai", 1)
    with memory_store() as store, store.session() as session:
        add(session, one, two)

        found = scope(session, 1)

        assert set(found.under(1)) == {1, 2}
        assert found.members() == [one]
        assert [each.units for each in found.groups(None)] == [(1, 2)]


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (date(2026, 1, 1), date(2026, 6, 1), True),
        (date(2026, 1, 1), date(2026, 5, 31), False),
    ],
)
def test_a_posting_touches_a_period(
    first: date, last: date | None, there: bool
) -> None:
    posting = PostedOfficer(1, "Lê Thu Phương", 3, "Công chức", first, last)

    assert posting.during(Period.parse("2026-06")) is there
