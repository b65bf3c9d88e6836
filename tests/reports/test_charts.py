"""Every figure is one that plotly knows, in the tokens' colours, and shows what it was given."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from reports.charts import base
from reports.charts.base import Dict, Figure, Labels, Moment
from reports.charts.course import Course, courses
from reports.charts.courtesies import OfficerRow, Panel, officer_courtesies
from reports.charts.levels import LevelRow, satisfaction_levels
from reports.charts.units import Cell, UnitRow, small_multiples, unit_shares
from reports.charts.weeks import weekly_share
from reports.statistics import Share, Verdict, control_chart, share
from reports.tallies import COURTESIES, Satisfaction

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
LABELS = Labels("\u00a0%", "khoảng", "lượt")
WEEKS = [Moment(f"T{at}", f"T{at} · tuần") for at in range(1, 27)]
LEVELS = [
    "rất không hài lòng",
    "không hài lòng",
    "bình thường",
    "hài lòng",
    "rất hài lòng",
]
NASTY = "Nguyễn <script>alert(1)</script> & Con"
WORDS = {Verdict.HIGHER: "trên dải", Verdict.LOWER: "dưới dải"}


def some_share(count: int, total: int) -> Share:
    found = share(count, total)
    assert found is not None
    return found


def officers(*names: str) -> Figure:
    rows = [
        OfficerRow(
            name,
            "91 lượt",
            {key: share(80 - at, 91) for at, key in enumerate(COURTESIES)},
        )
        for name in names
    ]
    panels = [Panel(key, key.title(), share(800, 900)) for key in COURTESIES]
    return officer_courtesies(rows, panels, LABELS, "mức chung")


def weeks(counts: list[tuple[int, int]]) -> Figure:
    chart = control_chart(counts)
    assert chart is not None
    return weekly_share(chart, WEEKS[: len(counts)], LABELS, WORDS)


def levels(*names: str) -> Figure:
    rows = [
        LevelRow(name, "100 lượt", Satisfaction((1, 4, 5, 40, 50))) for name in names
    ]
    return satisfaction_levels(rows, LEVELS, LABELS)


def units(*names: str) -> Figure:
    rows = [
        UnitRow(name, "610 lượt", share(450 + at, 610), list(Verdict)[at % 4])
        for at, name in enumerate(names)
    ]
    return unit_shares(
        [*rows, UnitRow("Mới", "0 lượt", None, Verdict.TOO_FEW)], share(8, 10), LABELS
    )


def cells(*names: str) -> Figure:
    found = [
        Cell(
            name,
            "74 %",
            [share(70 + at, 100) if at % 5 else None for at in range(26)],
            Verdict.LOWER,
        )
        for name in names
    ]
    return small_multiples(found, some_share(80, 100), WEEKS, LABELS)


def course() -> Figure:
    steps = [share(40, 50), None, share(45, 50)]
    found = [Course(key, key, steps, steps) for key in (*COURTESIES, "satisfied")]
    return courses(found, WEEKS[:3], LABELS)


FIGURES = {
    "officers": officers("Lê Thu Phương", NASTY),
    "weeks": weeks([(80, 100), (0, 0), (20, 100), (100, 100)]),
    "levels": levels("Tất cả", NASTY),
    "units": units("Phúc Xá", "Trúc Bạch", NASTY, "Kim Mã"),
    "cells": cells("Phúc Xá", NASTY, "Cống Vị", "Kim Mã", "a", "b", "c", "d"),
    "course": course(),
}
BOTH = pytest.mark.parametrize(
    "figure",
    [each for drawn in FIGURES.values() for each in (drawn.wide, drawn.narrow)],
    ids=[f"{name}-{width}" for name in FIGURES for width in ("wide", "narrow")],
)


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


@BOTH
def test_plotly_knows_every_word_of_a_figure(figure: Dict) -> None:
    go.Figure(figure)  # raises ValueError for what its schema does not know

    assert figure["layout"]["template"] == "none"


@BOTH
def test_a_figure_is_plain_json(figure: Dict) -> None:
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


@BOTH
def test_no_text_of_a_figure_carries_a_tag_but_a_line_break(figure: Dict) -> None:
    plain = [
        text.replace("<br>", "").replace("<extra></extra>", "")
        for text in texts(figure)
    ]

    assert not [text for text in plain if "<" in text]


@BOTH
def test_axes_cannot_be_dragged_out_of_sight(figure: Dict) -> None:
    axes = [
        axis for name, axis in figure["layout"].items() if re.match(r"[xy]axis", name)
    ]

    assert axes
    assert all(axis["fixedrange"] for axis in axes)


@BOTH
def test_every_axis_of_shares_ends_at_all(figure: Dict) -> None:
    axes = [axis for axis in figure["layout"].values() if isinstance(axis, dict)]

    assert all(axis["range"][1] >= 100 for axis in axes if axis.get("ticksuffix"))


def test_an_officer_is_a_mark_with_its_interval_in_each_panel() -> None:
    figure = officers("Lê Thu Phương").wide

    greeted = figure["data"][0]
    expected = some_share(80, 91)
    assert greeted["x"] == [87.9]
    assert greeted["error_x"]["array"] == [
        round((expected.high - expected.value) * 100, 1)
    ]
    assert greeted["error_x"]["arrayminus"] == [
        round((expected.value - expected.low) * 100, 1)
    ]
    assert [trace["marker"]["symbol"] for trace in figure["data"]] == [
        "circle",
        "diamond",
        "square",
    ]
    assert [shape["type"] for shape in figure["layout"]["shapes"]] == ["rect"] * 3


def test_an_officer_without_a_share_has_no_mark_and_no_zero() -> None:
    rows = [OfficerRow("Mới", "6 lượt", dict.fromkeys(COURTESIES, None))]
    panels = [Panel(key, key, None) for key in COURTESIES]

    figure = officer_courtesies(rows, panels, LABELS, "")

    assert [trace["x"] for trace in figure.wide["data"]] == [[], [], []]
    assert figure.wide["layout"]["shapes"] == []


def test_a_week_without_answers_is_a_gap() -> None:
    figure = weeks([(80, 100), (0, 0), (85, 100)]).wide

    band, _, line = figure["data"]
    assert line["y"] == [80.0, None, 85.0]
    assert band["x"] == [0, 2]


def test_a_week_outside_the_band_is_larger_outlined_and_said() -> None:
    figure = weeks([(80, 100)] * 20 + [(30, 100)]).wide

    line = figure["data"][2]
    assert line["marker"]["size"][-2:] == [7, 12]
    assert line["marker"]["color"][-1] == base.LOWER
    assert line["hovertext"][-1].endswith("(dưới dải)")


def test_the_levels_of_satisfaction_make_a_hundred() -> None:
    figure = levels("Tất cả", "Lê Thu Phương").wide

    assert [
        sum(parts) for parts in zip(*(t["x"] for t in figure["data"]), strict=True)
    ] == [100, 100]
    assert [trace["marker"]["color"] for trace in figure["data"]] == list(
        base.SATISFACTION
    )
    assert figure["data"][4]["text"] == ["50\u00a0%", "50\u00a0%"]
    assert figure["data"][0]["text"] == ["", ""]


def test_units_stand_in_the_order_given_and_only_clear_ones_are_marked() -> None:
    figure = units("a", "b", "c").wide

    dots = figure["data"][0]
    assert dots["y"] == [0, 1, 2]
    assert dots["marker"]["symbol"] == ["diamond", "diamond", "circle"]
    assert dots["marker"]["color"] == [base.HIGHER, base.LOWER, base.LAKE]


def test_small_pictures_share_one_scale() -> None:
    figure = cells("a", "b", "c").wide

    scales = [
        axis["range"]
        for name, axis in figure["layout"].items()
        if name.startswith("yaxis")
    ]
    assert scales == [[68.0, 97.0]] * 3


def test_small_pictures_do_not_overlap() -> None:
    layout = cells(*"abcdefghi").narrow["layout"]

    domains = sorted(tuple(layout[f"yaxis{at}"]["domain"]) for at in (3, 5, 7, 9))
    assert all(low[1] < high[0] for low, high in pairwise(domains))


def test_marks_have_the_colours_of_the_tokens() -> None:
    css = TOKENS.read_text(encoding="utf-8")
    raw = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", css))

    assert [raw[f"satisfaction-{at}"] for at in range(1, 6)] == list(base.SATISFACTION)
    assert (raw["lake"], raw["lacquer"]) == (base.LAKE, base.LACQUER)
    assert (raw["gold"], raw["gold-deep"]) == (base.GOLD, base.GOLD_DEEP)
    assert (raw["ink"], raw["ink-muted"], raw["line"]) == (
        base.INK,
        base.MUTED,
        base.LINE,
    )


@pytest.mark.parametrize(
    ("low", "start"), [(0.613, 60), (0.05, 0), (0.99, 80), (0.6, 60)]
)
def test_an_axis_begins_at_a_ten_below_every_interval(low: float, start: int) -> None:
    assert base.lowest([Share(1, 1, low, 1), None]) == start
    assert base.lowest([]) == 0


def test_a_name_too_long_for_its_place_is_cut_and_one_with_room_is_not() -> None:
    assert base.clipped("Văn Miếu – Quốc Tử Giám", 15) == "Văn Miếu – Quố…"
    assert base.clipped("Kim Mã", 15) == "Kim Mã"
    assert base.clipped("<b>", 15) == "&lt;b&gt;"


def test_few_units_are_not_squeezed_into_a_corner() -> None:
    layout = cells("Phúc Xá", "Kim Mã").wide["layout"]

    assert layout["xaxis"]["domain"][1] > 0.3
