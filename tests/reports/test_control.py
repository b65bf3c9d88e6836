"""Control charts: limits against published numbers, and how seldom a stable series alarms."""

from math import sqrt

import numpy as np
import pytest
from scipy.stats import binom

from reports.control import ControlChart, Run, control_chart
from reports.statistics import Verdict

CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22]
CANS += [8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
SERIES = 1000


def chart_of(counts: list[tuple[int, int]]) -> ControlChart:
    found = control_chart(counts)
    assert found is not None
    return found


def signals(found: ControlChart) -> list[int]:
    """The numbers, from 1, of the points outside the limits."""
    return [
        at
        for at, point in enumerate(found.points, start=1)
        if point and point.signal is not Verdict.UNCLEAR
    ]


def spread_of(counts: list[tuple[int, int]]) -> float:
    """Laney (2002) by numpy, with the ranges of Nelson (1982)."""
    count, total = np.array(counts, dtype=float).T
    centre = count.sum() / total.sum()
    distances = (count / total - centre) / np.sqrt(centre * (1 - centre) / total)
    ranges = np.abs(np.diff(distances))
    return float(ranges[ranges <= 3.267 * ranges.mean()].mean() / 1.128)


def test_the_spread_of_montgomerys_orange_juice_cans_is_laneys() -> None:
    """Montgomery (2013), table 7.1: 30 samples of 50 cans, more varied than chance allows."""
    counts = [(count, 50) for count in CANS]

    found = chart_of(counts)

    assert round(found.centre, 4) == 0.2313
    assert found.spread == pytest.approx(spread_of(counts))
    assert found.spread > 1.5
    assert signals(found) == []


@pytest.mark.parametrize("total", [400, 1000, 5000])
def test_limits_lie_three_sigmas_from_the_centre(total: int) -> None:
    counts = [(round(total * (0.5 + 0.001 * (at % 2))), total) for at in range(26)]

    found = chart_of(counts)

    point = found.points[0]
    assert point is not None
    assert found.spread == 1
    reach = 3 * sqrt(found.centre * (1 - found.centre) / total)
    assert point.low == pytest.approx(found.centre - reach, rel=0.005)
    assert point.high == pytest.approx(found.centre + reach, rel=0.005)


@pytest.mark.parametrize(("total", "part"), [(20, 0.8), (30, 0.9), (91, 0.84)])
def test_limits_are_never_narrower_than_sigmas_nor_than_the_binomial_ones(
    total: int, part: float
) -> None:
    count = round(total * part)
    found = chart_of([(count, total)] * 26)

    point = found.points[0]
    assert point is not None
    reach = 3 * sqrt(found.centre * (1 - found.centre) / total)
    assert point.low <= found.centre - reach
    assert point.high >= min(1.0, found.centre + reach)
    for outside in range(total + 1):
        if outside / total < point.low:
            assert binom.cdf(outside, total, found.centre) < 0.00135
        if outside / total > point.high:
            assert binom.sf(outside - 1, total, found.centre) < 0.00135


def test_where_a_series_varies_more_than_chance_its_limits_are_as_much_wider() -> None:
    varied = [(round(400 * (0.8 + 0.06 * (-1) ** at)), 400) for at in range(26)]

    found = chart_of(varied)

    point = found.points[0]
    assert found.spread == pytest.approx(spread_of(varied))
    assert point is not None
    reach = 3 * found.spread * sqrt(found.centre * (1 - found.centre) / 400)
    assert point.low == pytest.approx(found.centre - reach, abs=0.02)
    assert found.silent


def test_a_week_with_nothing_is_a_gap_and_no_zero() -> None:
    found = chart_of([(80, 100), (0, 0), (82, 100)])

    assert found.points[1] is None
    assert found.centre == 0.81


def test_a_series_of_nothing_has_no_chart() -> None:
    assert control_chart([(0, 0), (0, 0)]) is None
    assert control_chart([]) is None


def test_a_series_in_which_everybody_says_yes_is_silent() -> None:
    found = chart_of([(30, 30)] * 5)

    assert found.spread == 1
    assert found.silent


def test_a_single_point_is_silent() -> None:
    assert chart_of([(18, 30)]).silent


def test_one_week_far_below_is_a_signal_and_does_not_hide_itself() -> None:
    steady = [(80 + at % 3, 100) for at in range(25)]

    found = chart_of([*steady[:20], (50, 100), *steady[20:]])

    assert signals(found) == [21]
    assert found.spread == 1


def test_eight_in_a_row_on_one_side_are_a_run_and_seven_are_none() -> None:
    def weeks(low: int) -> list[tuple[int, int]]:
        return [(84, 100), (80, 100)] * 8 + [(79, 100)] * low + [(86, 100)] * 3

    seven, eight = chart_of(weeks(6)), chart_of(weeks(7))

    assert seven.runs == ()
    assert eight.runs == (Run(15, 22, 8, Verdict.LOWER),)
    assert not eight.silent


def test_a_gap_does_not_break_a_run() -> None:
    found = chart_of([(90, 100)] * 4 + [(0, 0)] + [(90, 100)] * 4 + [(70, 100)] * 4)

    assert found.runs == (Run(0, 8, 8, Verdict.HIGHER),)


def test_a_point_on_the_centre_belongs_to_no_run() -> None:
    found = chart_of([(90, 100)] * 4 + [(80, 100)] + [(90, 100)] * 4 + [(70, 100)] * 8)

    assert found.centre == 0.8
    assert [run.side for run in found.runs] == [Verdict.LOWER]


@pytest.mark.parametrize(
    ("seed", "total", "part"),
    [(1, 20, 0.8), (2, 40, 0.8), (3, 80, 0.85), (4, 400, 0.8)],
)
def test_of_100_stable_series_of_26_weeks_at_most_9_alarm(
    seed: int, total: int, part: float
) -> None:
    """Measured: 5 to 8. Two-sided, so that limits or runs that never alarm fail as well."""
    dice = np.random.default_rng(seed)
    charts = [
        chart_of([(int(count), total) for count in row])
        for row in dice.binomial(total, part, size=(SERIES, 26))
    ]

    assert 0.03 <= sum(not each.silent for each in charts) / SERIES <= 0.09
    assert sum(bool(signals(each)) for each in charts) / SERIES <= 0.03
    assert 0.02 <= sum(bool(each.runs) for each in charts) / SERIES <= 0.08


def test_an_over_dispersed_series_without_a_change_stays_as_silent() -> None:
    """True shares scatter by 6 points from week to week: sigma alone would always alarm."""
    dice = np.random.default_rng(14)
    shares = np.clip(0.75 + 0.06 * dice.standard_normal((500, 26)), 0, 1)
    rows = dice.binomial(400, shares)
    charts = [chart_of([(int(count), 400) for count in row]) for row in rows]

    assert sum(bool(signals(each)) for each in charts) / 500 <= 0.15
    sigma = 3 * sqrt(0.75 * 0.25 / 400)
    naive = np.abs(rows / 400 - 0.75).max(axis=1) > sigma
    assert naive.mean() > 0.9


def test_a_fall_by_12_points_for_the_last_ten_weeks_is_found() -> None:
    dice = np.random.default_rng(12)
    shares = [0.85] * 16 + [0.73] * 10
    rows = dice.binomial(60, shares, size=(500, 26))

    found = [not chart_of([(int(c), 60) for c in row]).silent for row in rows]

    assert sum(found) / 500 > 0.75
