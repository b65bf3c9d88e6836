"""Targets as a picture: colour only where it is clear, the target always to be seen."""

import pytest

from reports.charts.base import HIGHER, LOWER, MUTED, Dict, Labels
from reports.charts.targets import TargetRow, target_plot
from reports.targets import results
from tests.reports import figures
from tests.reports.shares import some_share

LABELS = Labels("\u00a0%", "khoảng", "lượt")
NASTY = "Phường <b>Nguyễn Trung Trực</b> & Con"
COUNTS = [(560, 612), (440, 612), (490, 612), (3, 4)]


def drawn(counts: list[tuple[int, int]]) -> tuple[Dict, Dict]:
    found = results((0.8, some_share(*each)) for each in counts)
    rows = [TargetRow(NASTY, "612 lượt", each) for each in found]
    rows.append(TargetRow("Xin hỏi", "", results([(0.35, None)])[0]))
    plot = target_plot(rows, LABELS, "Chỉ tiêu")
    return plot.wide, plot.narrow


@pytest.mark.parametrize("figure", drawn(COUNTS))
def test_a_figure_is_known_to_plotly_and_plain(figure: Dict) -> None:
    figures.check(figure)


@pytest.mark.parametrize("figure", drawn(COUNTS))
def test_colour_and_shape_say_what_is_clear(figure: Dict) -> None:
    marker = figure["data"][0]["marker"]

    assert marker["color"] == [HIGHER, LOWER, MUTED, MUTED]
    assert marker["symbol"] == ["circle", "diamond", "circle-open", "circle-open"]


@pytest.mark.parametrize("figure", drawn(COUNTS))
def test_every_target_is_on_the_axis(figure: Dict) -> None:
    strokes = [s for s in figure["layout"]["shapes"] if s["line"]["width"] == 3]
    low, high = figure["layout"]["xaxis"]["range"]

    assert [stroke["x0"] for stroke in strokes] == [80, 80, 80, 80, 35]
    assert all(low < stroke["x0"] < high for stroke in strokes)
    assert figure["data"][1]["x"] == [80, 80, 80, 80, 35]
