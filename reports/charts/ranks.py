"""Between which places each unit may stand. Sorted as they come in (by code), never by place."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.base import (
    LAKE,
    LINE,
    MUTED,
    Dict,
    Figure,
    frame,
    name_margin,
    name_notes,
    place_axis,
    rule,
    safe,
)
from reports.ranks import RankRange

QUIET = "#c9c2b4"  # a range that holds every place says nothing


@dataclass(frozen=True)
class RankRow:
    """A unit: name, quiet words, its range (None: not compared) and the range in words."""

    name: str
    note: str
    range: RankRange | None
    words: str


def rank_plot(rows: Sequence[RankRow], axis: str, places: int) -> Figure:
    """A stroke from the best to the worst place of each; grey where it holds all of them."""
    names = [(row.name, row.note) for row in rows]
    rules = [rule(at - 0.5) for at in range(1, len(rows))]

    def drawn(tall: int, shift: float, margin: Dict, notes: list[Dict]) -> Dict:
        layout = frame(
            len(rows) * tall + 56,
            len(rows) * 31 + 56,
            margin={"r": 20, "t": 4, "b": 44, **margin},
            xaxis=_place_axis(places, axis),
            yaxis=place_axis(len(rows)),
            shapes=rules,
            annotations=notes,
        )
        return {"data": [_strokes(rows, shift)], "layout": layout}

    left = name_margin(names)
    return Figure(
        drawn(44, 0, {"l": left}, name_notes(names, above=False)),
        drawn(50, 0.12, {"l": 16}, name_notes(names, above=True)),
    )


def _place_axis(places: int, title: str) -> Dict:
    step = 1 if places <= 10 else 2 if places <= 20 else -(-places // 8)
    shown = sorted({1, *range(1 + step, places - step + 1, step), places})
    return {
        "range": [0.4, places + 0.6],
        "tickvals": shown,
        "title": {"text": safe(title), "standoff": 8},
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
