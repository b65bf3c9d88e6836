"""The funnel, the control chart and the rank ranges as pictures: only signals have a colour."""

from itertools import pairwise

import pytest

from reports.charts import base
from reports.charts.base import Dict, Figure, Labels, Moment
from reports.charts.control import share_in_time
from reports.charts.funnel import Dot, FunnelWords, funnel_plot
from reports.charts.ranks import QUIET, RankRow, rank_plot
from reports.control import control_chart
from reports.funnel import funnel
from reports.ranks import RankRange
from reports.statistics import Verdict
from tests.reports import figures
from tests.reports.shares import some_share

LABELS = Labels("\u00a0%", "khoảng", "lượt")
WORDS = FunnelWords("99,8 %", "95 %", "mức chung 80 %", "số lượt đánh giá")
NASTY = "Phường <script>alert(1)</script> & Con"
SAID = {Verdict.HIGHER: "trên dải", Verdict.LOWER: "dưới dải"}


def dots(*counts: tuple[int, int], name: str = "Phường") -> Figure:
    shares = [some_share(*each) for each in counts]
    centre = some_share(8_000, 10_000)
    found = funnel(centre, shares)
    assert found is not None
    drawn = [Dot(f"{name} {at}", s, found.verdict(s)) for at, s in enumerate(shares)]
    return funnel_plot(drawn, found, LABELS, WORDS)


def series(counts: list[tuple[int, int]]) -> Figure:
    chart = control_chart(counts)
    assert chart is not None
    moments = [Moment(f"T{at}", f"T{at} · tuần") for at in range(len(counts))]
    runs = [f"{run.length} tuần liền" for run in chart.runs]
    return share_in_time(chart, moments, LABELS, SAID, runs)


def ranges(*found: tuple[int, int] | None, of: int = 14) -> Figure:
    rows = [
        RankRow(NASTY, RankRange(*each, of) if each else None, "hạng 3–11")
        for each in found
    ]
    return rank_plot(rows, "thứ hạng có thể", of)


ONE_LOW = ((160, 200), (320, 400), (410, 600), (730, 900))
FALL = [(84, 100), (80, 100)] * 8 + [(74, 100)] * 10 + [(0, 0), (40, 100)]
FIGURES = {
    "funnel": dots(*ONE_LOW, name=NASTY),
    "funnel-of-all-sizes": dots((18, 20), (320, 400), (8_100, 10_000)),
    "weeks": series(FALL),
    "ranks": ranges((1, 14), (3, 11), None, (14, 14)),
    "many-ranks": ranges((1, 90), (14, 126), of=126),
}
DRAWN = [
    pytest.param(each, id=f"{name}-{width}")
    for name, figure in FIGURES.items()
    for width, each in (("wide", figure.wide), ("narrow", figure.narrow))
]


@pytest.mark.parametrize("figure", DRAWN)
def test_every_figure_is_one_that_plotly_draws_and_nothing_else(figure: Dict) -> None:
    figures.check(figure)


def test_only_a_unit_outside_the_outer_limits_has_a_name_and_a_colour() -> None:
    figure = dots(*ONE_LOW).wide

    marks = figure["data"][-1]
    names = [note["text"] for note in figure["layout"]["annotations"]]
    assert marks["marker"]["symbol"] == ["circle", "circle", "diamond", "circle"]
    assert marks["marker"]["color"][2] == base.LOWER
    assert marks["marker"]["color"].count(base.LAKE) == 3
    assert [name for name in names if name.startswith("Phường")] == ["Phường 2"]


def test_the_funnel_draws_its_own_limits() -> None:
    figure = dots(*ONE_LOW).wide
    found = funnel(some_share(8_000, 10_000), [some_share(*each) for each in ONE_LOW])
    assert found is not None

    low, high, outer_low, outer_high, level, _ = figure["data"]

    for at in (0, 20, -1):
        inner, outer = (
            found.band(low["x"][at], 0.95),
            found.band(low["x"][at], 0.998),
        )
        assert low["y"][at] == base.per_cent(inner.low)
        assert high["y"][at] == base.per_cent(inner.high)
        assert outer_low["y"][at] == base.per_cent(outer.low)
        assert outer_high["y"][at] == base.per_cent(outer.high)
    assert high["fill"] == "tonexty"
    assert level["y"] == [80.0, 80.0]


def test_limits_reach_from_the_smallest_to_the_largest_unit() -> None:
    figure = dots(*ONE_LOW).wide

    steps = figure["data"][0]["x"]
    assert steps[0] <= 200
    assert steps[-1] >= 900
    assert all(one < other for one, other in pairwise(steps))


def test_sizes_far_apart_stand_on_a_logarithmic_axis() -> None:
    near = dots(*ONE_LOW).wide["layout"]["xaxis"]
    far = dots((18, 20), (8_100, 10_000), (7_000, 10_000)).wide["layout"]

    assert "type" not in near
    assert far["xaxis"]["type"] == "log"
    assert far["xaxis"]["tickvals"] == [100, 1000, 10_000]
    named = next(n for n in far["annotations"] if n["text"].startswith("Phường"))
    assert named["x"] == 4.0


def test_names_of_neighbours_do_not_stand_on_each_other() -> None:
    figure = dots((300, 600), (330, 650), (310, 620), (8_000, 9_000)).wide

    low = [
        note["yshift"]
        for note in figure["layout"]["annotations"]
        if note["text"].startswith("Phường") and note["yshift"] < 0
    ]
    assert len(low) == len(set(low)) == 3


def test_a_week_outside_is_marked_and_named() -> None:
    figure = series([(80, 100), (81, 100)] * 10 + [(45, 100)]).wide

    line = figure["data"][-1]
    assert line["marker"]["symbol"][-2:] == ["circle", "diamond"]
    assert line["marker"]["color"][-1] == base.LOWER
    assert line["hovertext"][-1] == "T20 · tuần (dưới dải)"
    assert figure["layout"]["annotations"][-1]["text"] == "T20"


def test_neighbours_outside_share_one_name_and_a_run_stands_clear_of_it() -> None:
    low = [(50, 100), (48, 100), *[(70, 100)] * 7]
    figure = series([(90, 100), (84, 100)] * 10 + low).wide

    notes = {n["text"]: n["yshift"] for n in figure["layout"]["annotations"]}
    assert notes["T20, T21"] == -16
    assert notes["9 tuần liền"] == -34


def test_a_week_with_nothing_is_a_gap() -> None:
    figure = series([(80, 100), (0, 0), (85, 100)]).wide

    band, _, line = figure["data"]
    assert line["y"] == [80.0, None, 85.0]
    assert band["x"] == [0, 2]


def test_a_run_is_a_broad_stroke_with_its_words() -> None:
    figure = series([(88, 100), (76, 100)] * 8 + [(75, 100)] * 9).wide

    stroke = next(t for t in figure["data"] if t.get("line", {}).get("width") == 9)
    said = [n["text"] for n in figure["layout"]["annotations"]]
    assert stroke["line"]["color"] == base.LOWER
    assert stroke["x"] == list(range(15, 25))
    assert "10 tuần liền" in said


def test_a_stable_series_has_neither_colour_nor_words() -> None:
    figure = series([(80, 100), (82, 100)] * 13).wide

    line = figure["data"][-1]
    assert set(line["marker"]["color"]) == {base.LAKE}
    assert figure["layout"]["annotations"] == []


def test_a_range_is_a_stroke_over_its_places_and_grey_where_it_says_nothing() -> None:
    strokes = ranges((1, 14), (3, 11), None, (14, 14)).wide["data"][0]

    ends = zip(strokes["base"], strokes["x"], strict=True)
    assert [(round(low + 0.4), round(low + length - 0.4)) for low, length in ends] == [
        (1, 14),
        (3, 11),
        (14, 14),
    ]
    assert strokes["y"] == [0, 1, 3]
    assert strokes["marker"]["color"] == [QUIET, base.LAKE, base.LAKE]


def test_the_axis_of_places_names_the_first_and_the_last() -> None:
    for places in (2, 5, 10, 14, 20, 34, 126):
        shown = ranges((1, 2), of=places).wide["layout"]["xaxis"]["tickvals"]

        assert (shown[0], shown[-1]) == (1, places)
        assert len(shown) <= 11
