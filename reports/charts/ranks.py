"""Between which places each unit may stand. Sorted as they come in (by code), never by place."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.base import (
    LAKE,
    LINE,
    MUTED,
    Dict,
    Figure,
    axis_title,
    frame,
    name_margin,
    name_notes,
    note,
    place_axis,
    rule,
    safe,
)
from reports.ranks import RankRange

QUIET = "#c9c2b4"  # a range that holds every place says nothing
FOOT = 60  # pixels below the rows


@dataclass(frozen=True)
class RankRow:
    """A unit: name, its range (None: not compared) and the range in words."""

    name: str
    range: RankRange | None
    words: str


def rank_plot(rows: Sequence[RankRow], axis: str, places: int) -> Figure:
    """A stroke from the first to the last place of each; grey where it holds all of them."""
    names = [(row.name, "") for row in rows]
    rules = [rule(at - 0.5) for at in range(1, len(rows))]

    def drawn(height: int, shift: float, margin: Dict, notes: list[Dict]) -> Dict:
        layout = frame(
            height,
            len(rows) * 24 + FOOT,
            margin={"r": 20, "t": 4, "b": 48, **margin},
            xaxis=_place_axis(places, axis),
            yaxis=place_axis(len(rows)),
            shapes=rules,
            annotations=notes,
        )
        return {"data": [_strokes(rows, shift)], "layout": layout}

    return Figure(
        drawn(ranks_height(len(rows)), 0, {"l": name_margin(names)}, _names(rows)),
        drawn(len(rows) * 46 + FOOT, 0.16, {"l": 16}, name_notes(names, above=True)),
    )


def ranks_height(rows: int) -> int:
    """How many pixels tall the picture of so many rows is on a desk."""
    return rows * 30 + FOOT


def _names(rows: Sequence[RankRow]) -> list[Dict]:
    place = {"xref": "paper", "xanchor": "right", "xshift": -12, "yanchor": "middle"}
    return [note(safe(row.name), 0, at, **place) for at, row in enumerate(rows)]


def _place_axis(places: int, title: str) -> Dict:
    step = 1 if places <= 10 else 2 if places <= 20 else -(-places // 8)
    shown = sorted({1, *range(1 + step, places - step + 1, step), places})
    return {
        "range": [0.4, places + 0.6],
        "tickvals": shown,
        "title": axis_title(title),
        "gridcolor": LINE,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 12, "color": MUTED},
    }


def _strokes(rows: Sequence[RankRow], shift: float) -> Dict:
    """Bars half a place longer on each side, so that a single place is seen too."""
    found = [(at, row, row.range) for at, row in enumerate(rows) if row.range]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [each.best - 0.4 for _, _, each in found],
        "x": [each.worst - each.best + 0.8 for _, _, each in found],
        "y": [at + shift for at, _, _ in found],
        "width": 0.22,
        "marker": {
            "color": [QUIET if each.open else LAKE for _, _, each in found],
            "line": {"width": 0},
        },
        "hovertext": [f"{safe(row.name)}: {safe(row.words)}" for _, row, _ in found],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
