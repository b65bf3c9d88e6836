"""The pictures of tablets and reasons: plotly knows them, and what is odd is seen."""

import pytest

from reports.charts.base import Dict, Figure, Labels, Moment
from reports.charts.coverage import (
    HEADROOM,
    Bar,
    HourRow,
    WeekCell,
    hours_of_day,
    weeks_of_taps,
)
from reports.charts.reasons import ReasonRow, shares_of_reasons
from tests.reports import figures
from tests.reports.shares import some_share

LABELS = Labels("\u00a0%", "khoảng", "lượt")
NASTY = "Máy <script>alert(1)</script> & Con"
WEEKS = [Moment(f"{at}/6", f"Tuần {at}") for at in range(1, 13)]


def bar(taps: int, *, away: bool = False, quiet: bool = False) -> Bar:
    return Bar(taps, (30, 120), away, quiet, "Tuần <24>", f"{taps} lượt")


def weeks(*names: str) -> Figure:
    bars = [None, *[bar(60)] * 8, bar(0, away=True), bar(9, quiet=True), bar(70)]
    return weeks_of_taps([WeekCell(name, "60 lượt", bars) for name in names], WEEKS)


def hours(*names: str) -> Figure:
    cells = [(8, 8, 40), (9, 11, 12), (12, 16, 5)]
    rows = [
        HourRow(n, "tháng 6/2026", cells, ["8:00–9:00: 40 lượt"] * 3) for n in names
    ]
    return hours_of_day(rows, [(8, 11.5), (13.5, 17)], "giờ trong ngày")


def reasons(*names: str) -> Figure:
    rows = [
        ReasonRow(n, "9 trên 30", some_share(9, 30), at == 0)
        for at, n in enumerate(names)
    ]
    return shares_of_reasons(rows, LABELS)


@pytest.mark.parametrize("draw", [weeks, hours, reasons])
@pytest.mark.parametrize("count", [1, 2, 5, 14])
def test_plotly_knows_the_figures(draw: object, count: int) -> None:
    assert callable(draw)
    figure: Figure = draw(*[NASTY] * count)

    for each in (figure.wide, figure.narrow, figure.paper):
        if each:
            figures.check(each)


def test_a_week_without_a_tap_and_a_quiet_one_fill_their_columns() -> None:
    odd = trace(weeks("Sảnh").wide, "text")

    assert (odd["x"], odd["text"]) == ([9, 10], ["0", "9"])
    assert odd["y"] == [70 * HEADROOM] * 2
    assert odd["marker"]["line"]["width"] == [1, 0]


def test_joined_hours_make_one_bar_as_long_as_they_are() -> None:
    (cells,) = hours("Sảnh").wide["data"]

    assert [round(each) for each in cells["base"]] == [8, 9, 12]
    assert [round(each) for each in cells["x"]] == [1, 3, 5]
    assert cells["text"] == ["40", "12", "5"]


def test_the_axis_of_reasons_reaches_as_far_as_an_interval_does() -> None:
    low, high = reasons("Nhanh gọn", "Phải chờ lâu").wide["layout"]["xaxis"]["range"]

    assert low < 0
    assert high == 51


def trace(figure: Dict, key: str) -> Dict:
    found: list[Dict] = [each for each in figure["data"] if key in each]
    return found[0]
