"""The units of a scope as a tree, and who was posted when."""

from datetime import date

import pytest

from kiosk.domain.errors import NotFound
from reports.periods import Period
from reports.scopes import PostedOfficer, Scope, UnitFacts

CITY = UnitFacts(1, "province", "01", "Thành phố Hà Nội", None)
DISTRICT = UnitFacts(2, "district", "001", "Quận Ba Đình", 1)
KIM_MA = UnitFacts(3, "ward", "00028", "Phường Kim Mã", 2)
PHUC_XA = UnitFacts(4, "ward", "00001", "Phường Phúc Xá", 2)
BRANCH = UnitFacts(5, "office", "00028-1", "Chi nhánh", 3)
ALL = (CITY, DISTRICT, KIM_MA, PHUC_XA, BRANCH)


def scope(granted: set[int], *units: UnitFacts) -> Scope:
    return Scope(frozenset(granted), {unit.id: unit for unit in units})


def test_a_unit_is_seen_with_all_below_it() -> None:
    whole = scope({1}, *ALL)

    assert set(whole.under(2)) == {2, 3, 4, 5}
    assert whole.under(3) == (3, 5)
    assert whole.under(5) == (5,)


def test_a_unit_outside_is_not_found() -> None:
    with pytest.raises(NotFound):
        scope({3}, KIM_MA).unit(4)


def test_members_of_an_area_stand_by_code() -> None:
    assert scope({2}, *ALL[1:]).members(2) == [PHUC_XA, KIM_MA]


def test_one_area_granted_lists_what_is_below_it() -> None:
    assert scope({2}, *ALL[1:]).members() == [PHUC_XA, KIM_MA]
    assert scope({1}, *ALL).members() == [DISTRICT]


def test_of_units_granted_below_each_other_only_the_highest_is_listed() -> None:
    assert scope({3, 4, 5}, KIM_MA, PHUC_XA, BRANCH).members() == [PHUC_XA, KIM_MA]


def test_one_ward_granted_lists_itself() -> None:
    assert scope({3}, KIM_MA, BRANCH).members() == [KIM_MA]


def test_a_circle_in_the_register_hangs_nothing() -> None:
    one = UnitFacts(1, "ward", "1", "Một", 2)
    two = UnitFacts(2, "ward", "2", "Hai", 1)

    assert set(scope({1}, one, two).under(1)) == {1, 2}


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
