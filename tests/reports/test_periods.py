"""Weeks, months, quarters and years as they stand in the address."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.periods import Period, PeriodKind, Unreadable, row

DAYS = st.dates(date(2000, 2, 1), date(2100, 11, 30))
KINDS = st.sampled_from(PeriodKind)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("2026-06", date(2026, 6, 1), date(2026, 6, 30)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_code_names_a_period(code: str, first: date, last: date) -> None:
    found = Period.parse(code)

    assert (found.first, found.last, found.code) == (first, last, code)


@pytest.mark.parametrize(
    "code",
    (
        "|26-06|2026-13|2026-00|2026-6|2026-W54|2027-W53|2026-W00|2026-Q5|2026-q2|2026-06-01"
        "| 2026|2026\n|٢٠٢٦|9999|1999-12|2101|0000|-2026"
    ).split("|"),
)
def test_anything_else_names_none(code: str) -> None:
    with pytest.raises(Unreadable):
        Period.parse(code)


@given(KINDS, DAYS)
def test_a_period_holds_its_day_and_reads_back_from_its_code(
    kind: PeriodKind, day: date
) -> None:
    found = Period.holding(kind, day)

    assert found.first <= day <= found.last
    assert Period.parse(found.code) == found


@given(KINDS, DAYS)
def test_periods_follow_each_other_without_a_gap(kind: PeriodKind, day: date) -> None:
    found = Period.holding(kind, day)

    assert found.after.first - found.last == timedelta(days=1)
    assert found.after.before == found


def test_a_row_of_periods_ends_with_the_one_that_holds_the_day() -> None:
    found = row(PeriodKind.WEEK, date(2026, 1, 7), 3)

    assert [period.code for period in found] == ["2025-W52", "2026-W01", "2026-W02"]


def test_a_period_stays_open_for_fifteen_days() -> None:
    assert Period.parse("2026-06").open_until == date(2026, 7, 15)
