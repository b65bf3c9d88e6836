"""Every figure is one that plotly knows, in the tokens' colours, and shows what it was given."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from reports.charts import base
from reports.charts.base import Dict, Figure, Labels, Moment
from reports.charts.course import Course, courses
from reports.charts.courtesies import OfficerRow, Panel, officer_courtesies
from reports.charts.levels import LevelRow, satisfaction_levels
from reports.charts.units import Cell, small_multiples
from reports.statistics import Share, Verdict, share
from reports.tallies import COURTESIES, Satisfaction
from tests.reports import figures
from tests.reports.shares import some_share

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


def levels(*names: str) -> Figure:
    rows = [
        LevelRow(name, "100 lượt", Satisfaction((1, 4, 5, 40, 50))) for name in names
    ]
    return satisfaction_levels(rows, LEVELS, LABELS)


def cells(*names: str) -> Figure:
    found = [
        Cell(
            name,
            "74 %",
            [share(70 + at, 100) if at % 5 else None for at in range(26)],
            Verdict.LOWER,
            [Verdict.HIGHER if at == 3 else Verdict.UNCLEAR for at in range(26)],
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
    "levels": levels("Tất cả", NASTY),
    "cells": cells("Phúc Xá", NASTY, "Cống Vị", "Kim Mã", "a", "b", "c", "d"),
    "course": course(),
}
BOTH = pytest.mark.parametrize(
    "figure",
    [each for drawn in FIGURES.values() for each in (drawn.wide, drawn.narrow)],
    ids=[f"{name}-{width}" for name in FIGURES for width in ("wide", "narrow")],
)


@BOTH
def test_every_figure_is_one_that_plotly_draws_and_nothing_else(figure: Dict) -> None:
    figures.check(figure)


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


def test_small_pictures_share_one_scale() -> None:
    figure = cells("a", "b", "c").wide

    scales = [
        axis["range"]
        for name, axis in figure["layout"].items()
        if name.startswith("yaxis")
    ]
    assert scales == [[68.0, 97.0]] * 3


def test_a_small_picture_marks_the_weeks_that_are_signals() -> None:
    line = cells("Phúc Xá").wide["data"][0]

    assert line["marker"]["size"][2:5] == [3, 9, 3]
    assert line["marker"]["color"][2:4] == [base.LOWER, base.HIGHER]


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
