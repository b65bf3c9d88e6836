"""The filter of a page, from its address and back."""

from datetime import date
from functools import partial

import pytest

from reports.filters import ReportFilter, UnreadableFilter, completed, parsed
from reports.periods import Period, PeriodKind

TODAY = date(2026, 11, 23)


def asked(**args: str) -> ReportFilter:
    found = parsed(args, today=TODAY)
    assert found is not None
    return found


def last_of(days: list[date], until: date, as_of: date = TODAY) -> date | None:
    return max((day for day in days if day <= min(until, as_of)), default=None)


def test_a_full_address_is_read_and_written_back() -> None:
    found = asked(period="2026-06", as_of="2026-11-20")

    assert found == ReportFilter(Period.parse("2026-06"), date(2026, 11, 20))
    assert found.query == {"period": "2026-06", "as_of": "2026-11-20"}


@pytest.mark.parametrize("args", [{}, {"period": "2026"}, {"as_of": "2026-11-20"}])
def test_an_address_that_leaves_something_out_is_not_enough(
    args: dict[str, str],
) -> None:
    assert parsed(args, today=TODAY) is None


@pytest.mark.parametrize(
    ("args", "name"),
    [
        ({"period": "2026-13"}, "period"),
        ({"period": ""}, "period"),
        ({"as_of": "20261120"}, "as_of"),
        ({"as_of": "2026-W47-1"}, "as_of"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": "2026-11-24"}, "as_of"),
        ({"as_of": "1999-12-31"}, "as_of"),
        ({"as_of": "x", "period": "2026"}, "as_of"),
    ],
)
def test_a_value_that_means_nothing_is_refused_by_name(
    args: dict[str, str], name: str
) -> None:
    with pytest.raises(UnreadableFilter) as refused:
        parsed(args, today=TODAY)
    with pytest.raises(UnreadableFilter):
        completed(args, today=TODAY, latest=partial(last_of, []))

    assert (refused.value.name, refused.value.value) == (name, args[name])


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([], "2026-11"),
        ([date(2026, 10, 1), date(2026, 11, 20)], "2026-10"),
        ([date(2026, 6, 30)], "2026-06"),
        ([date(2026, 6, 30), date(2026, 11, 20)], "2026-06"),
        ([date(2026, 11, 20)], "2026-11"),
    ],
)
def test_without_a_period_the_last_ended_month_with_data_is_meant(
    days: list[date], code: str
) -> None:
    found = completed({}, today=TODAY, latest=lambda until, _: last_of(days, until))

    assert found == ReportFilter(Period.parse(code), TODAY)


def test_what_an_address_does_say_is_kept() -> None:
    nothing = partial(last_of, [])

    assert completed({"period": "2025"}, today=TODAY, latest=nothing).query == {
        "period": "2025",
        "as_of": "2026-11-23",
    }
    assert completed({"as_of": "2026-07-02"}, today=TODAY, latest=nothing).query == {
        "period": "2026-07",
        "as_of": "2026-07-02",
    }


def test_there_is_no_period_after_the_one_that_as_of_lies_in() -> None:
    now, past = (
        asked(period="2026-11", as_of="2026-11-23"),
        asked(period="2026-10", as_of="2026-11-23"),
    )

    assert now.after is None
    assert past.after == now
    assert now.before == past


def test_other_lengths_lie_at_the_end_of_the_period_but_not_in_the_future() -> None:
    found = asked(period="2026-11", as_of="2026-11-19").lengths()

    assert {kind.value: view.period.code for kind, view in found.items()} == {
        "week": "2026-W47",
        "month": "2026-11",
        "quarter": "2026-Q4",
        "year": "2026",
    }
    assert (
        asked(period="2026", as_of="2026-11-19").lengths()[PeriodKind.MONTH].period.code
        == "2026-11"
    )
    assert (
        asked(period="2025", as_of="2026-11-19")
        .lengths()[PeriodKind.QUARTER]
        .period.code
        == "2025-Q4"
    )


@pytest.mark.parametrize(
    ("as_of", "final"), [("2026-07-14", False), ("2026-07-15", True)]
)
def test_a_period_is_final_once_no_later_release_may_count_in_it(
    as_of: str, final: bool
) -> None:
    assert asked(period="2026-06", as_of=as_of).final is final
