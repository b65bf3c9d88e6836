"""Two sides as a picture: name and share at each mark, colour only for what is clear."""

import pytest

from reports.charts.base import HIGHER, LOWER, MUTED, Dict, Labels
from reports.charts.comparison import Pair, comparison_plot
from reports.statistics import Verdict
from tests.reports import figures
from tests.reports.shares import some_share

LABELS = Labels("\u00a0%", "khoảng", "lượt")
NASTY = "Phường <b>Nguyễn Trung Trực</b> & Con"
NAMES = (NASTY, "Phường Quán Thánh")
PAIRS = [
    Pair(
        "Đủ 3 xin",
        (some_share(560, 612), some_share(440, 612)),
        ("92 %", "72 %"),
        "cao hơn rõ rệt (+19,6)",
        Verdict.HIGHER,
    ),
    Pair(
        "Xin chào",
        (some_share(440, 612), some_share(500, 612)),
        ("72 %", "82 %"),
        "thấp hơn rõ rệt (−9,8)",
        Verdict.LOWER,
    ),
    Pair(
        "Hài lòng",
        (some_share(8, 9), None),
        ("89 %", "–"),
        "chưa đủ để so sánh",
        Verdict.TOO_FEW,
    ),
]


def drawn() -> tuple[Dict, Dict]:
    plot = comparison_plot(PAIRS, NAMES, LABELS)
    return plot.wide, plot.narrow


@pytest.mark.parametrize("figure", drawn())
def test_a_figure_is_known_to_plotly_and_plain(figure: Dict) -> None:
    figures.check(figure)


@pytest.mark.parametrize("figure", drawn())
def test_each_side_has_its_own_line_in_every_figure(figure: Dict) -> None:
    first, second = figure["data"]

    assert (first["y"], second["y"]) == ([1, 4, 7], [2, 5])
    assert first["marker"]["symbol"] != second["marker"]["symbol"]


@pytest.mark.parametrize("figure", drawn())
def test_only_what_is_clear_has_a_colour(figure: Dict) -> None:
    notes = figure["layout"]["annotations"]
    said = {
        pair.said: note["font"]["color"]
        for pair in PAIRS
        for note in notes
        if note["text"] == pair.said
    }

    assert list(said.values()) == [HIGHER, LOWER, MUTED]


@pytest.mark.parametrize("figure", drawn())
def test_a_share_stands_beside_its_mark(figure: Dict) -> None:
    texts = [note["text"] for note in figure["layout"]["annotations"]]

    for label in ("92 %", "72 %", "82 %", "89 %"):
        assert any(text.startswith(label) for text in texts)
