"""Words that stand by themselves, in both languages."""

from datetime import date

import pytest

from reports.findings import Nothing
from reports.periods import Period
from reports.ranks import RankRange
from reports.statistics import Comparison, compare, share
from reports.terms import change_words, nothing_yet, period_name, rank_words
from tests.reports.plain import ENGLISH, VIETNAMESE

JUNE = Period.parse("2026-06")


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        ("2026-W47", "tuần 47/2026", "week 47 of 2026"),
        ("2026-06", "tháng 6/2026", "June 2026"),
        ("2026-Q1", "quý I/2026", "Q1 2026"),
        ("2026-Q2", "quý II/2026", "Q2 2026"),
        ("2026-Q3", "quý III/2026", "Q3 2026"),
        ("2026-Q4", "quý IV/2026", "Q4 2026"),
        ("2026", "năm 2026", "2026"),
    ],
)
def test_a_period_has_a_name(code: str, vietnamese: str, english: str) -> None:
    period = Period.parse(code)

    assert period_name(period, VIETNAMESE) == vietnamese
    assert period_name(period, ENGLISH) == english


def test_nothing_yet_says_what_is_missing_and_when_to_look_again() -> None:
    found = Nothing(5, date(2026, 6, 25), final=False)

    assert nothing_yet(found, JUNE, VIETNAMESE) == (
        "Chưa đủ 5 lượt để công bố; dự kiến khoảng 25/06/2026."
    )
    assert nothing_yet(found, JUNE, ENGLISH) == (
        "Not yet 5 ratings to publish; expected about 25/06/2026."
    )


def test_nothing_yet_promises_no_day_that_nobody_knows() -> None:
    found = Nothing(7, None, final=False)

    assert nothing_yet(found, JUNE, VIETNAMESE) == "Chưa đủ 7 lượt để công bố."


def test_a_closed_period_promises_nothing() -> None:
    found = Nothing(5, date(2026, 8, 25), final=True)

    assert nothing_yet(found, JUNE, VIETNAMESE) == (
        "Không có số liệu công bố cho tháng 6/2026: chưa lần nào đủ 5 lượt."
    )


@pytest.mark.parametrize(
    ("change", "vietnamese"),
    [
        (compare(share(560, 612), share(480, 600)), "tăng rõ rệt 12 điểm"),
        (compare(share(480, 600), share(560, 612)), "giảm rõ rệt 12 điểm"),
        (compare(share(59_400, 60_000), share(59_000, 60_000)), "tăng rõ rệt 0,7 điểm"),
        (compare(share(500, 600), share(495, 600)), "không đổi rõ rệt"),
        (compare(share(500, 600), None), "chưa đủ để so với kỳ trước"),
    ],
)
def test_a_change_is_told_in_points_only_where_it_is_clear(
    change: Comparison, vietnamese: str
) -> None:
    assert change_words(change, VIETNAMESE) == vietnamese


def test_a_range_of_ranks_is_told_with_how_many_there_are() -> None:
    assert rank_words(RankRange(3, 11, 14), VIETNAMESE) == "hạng 3–11 trong\u00a014"
    assert rank_words(RankRange(1, 1, 14), ENGLISH) == "rank 1 of 14"
    assert rank_words(None, VIETNAMESE) == "chưa đủ để so sánh"
