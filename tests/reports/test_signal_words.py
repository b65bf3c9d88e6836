"""What the weeks tell of a change: only what concerns the period, in both languages."""

import pytest

from reports.control import control_chart
from reports.findings import Signals, signals_of
from reports.periods import Period, PeriodKind, row
from reports.signal_words import run_words, signal_sentences
from reports.statistics import Verdict
from tests.reports.plain import ENGLISH, VIETNAMESE

JUNE = Period.parse("2026-06")
WEEKS = row(PeriodKind.WEEK, JUNE.last, 26)  # the last five touch June
STEADY = [(84, 100), (80, 100)] * 13


def signals(changed: dict[int, tuple[int, int]], period: Period = JUNE) -> Signals:
    counts = [changed.get(at, usual) for at, usual in enumerate(STEADY)]
    return signals_of(control_chart(counts), WEEKS, period)


def test_a_stable_half_year_is_worth_a_sentence() -> None:
    found = signals({})

    assert found == Signals(stable=True)
    assert signal_sentences(found, VIETNAMESE) == [
        "Từ tuần này sang tuần khác chỉ có dao động bình thường."
    ]
    assert signal_sentences(found, ENGLISH) == [
        "From week to week there is no more than ordinary variation."
    ]


def test_a_week_of_the_period_outside_the_band_is_named() -> None:
    found = signals({23: (45, 100)})

    assert found.outside == ((WEEKS[23], Verdict.LOWER),)
    assert signal_sentences(found, VIETNAMESE) == [
        "Trong *tuần 25/2026*, tỷ lệ thấp hơn dao động bình thường.",
        "Riêng ngẫu nhiên hiếm khi gây ra điều đó.",
    ]


def test_weeks_on_both_sides_are_told_apart() -> None:
    found = Signals(
        ((WEEKS[22], Verdict.LOWER), (WEEKS[23], Verdict.HIGHER)), ((9, Verdict.LOWER),)
    )

    above, below, run, chance = signal_sentences(found, ENGLISH)
    assert above.startswith("In *week 25 of 2026* the share lies above ordinary")
    assert below.startswith("In *week 24 of 2026* the share lies below ordinary")
    assert run == "*9* weeks in a row lie below the level of all weeks shown."
    assert chance == "Chance alone seldom does that."


def test_a_week_before_the_period_is_not_of_it_yet_the_series_is_not_stable() -> None:
    found = signals({10: (45, 100)})

    assert found == Signals()
    assert signal_sentences(found, VIETNAMESE) == []


@pytest.mark.parametrize(("last", "told"), [(25, True), (22, True), (15, False)])
def test_a_run_is_told_where_it_reaches_into_the_period(last: int, told: bool) -> None:
    counts = dict.fromkeys(range(last - 9, last + 1), (68, 100))

    found = signals(counts)

    assert (
        bool([length for length, side in found.runs if side is Verdict.LOWER]) is told
    )
    said = " ".join(signal_sentences(found, VIETNAMESE))
    assert ("*10* tuần liền thấp hơn mức chung của các tuần đang xem" in said) is told


def test_a_few_weeks_are_too_few_to_call_stable() -> None:
    chart = control_chart([(8, 10), (9, 10), (8, 10)])

    assert signals_of(chart, WEEKS[-3:], JUNE) == Signals()
    assert signals_of(None, WEEKS, JUNE) == Signals()


def test_a_run_has_a_name_at_its_chart() -> None:
    assert run_words(9, Verdict.HIGHER, VIETNAMESE) == "9 tuần liền trên mức chung"
    assert run_words(8, Verdict.LOWER, ENGLISH) == "8 weeks in a row below the level"
