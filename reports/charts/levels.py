"""How satisfied people were: the five levels of each officer or unit as parts of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.base import (
    ON_SATISFACTION,
    SATISFACTION,
    Dict,
    Figure,
    Labels,
    frame,
    name_margin,
    name_notes,
    per_cent,
    place_axis,
    safe,
    share_axis,
)
from reports.tallies import Satisfaction

LEGEND = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1,
    "yanchor": "bottom",
    "traceorder": "normal",
    "itemclick": False,
    "itemdoubleclick": False,
}


@dataclass(frozen=True)
class LevelRow:
    """An officer or a unit: name, quiet words, and how satisfied people were."""

    name: str
    note: str
    satisfaction: Satisfaction


def satisfaction_levels(
    rows: Sequence[LevelRow], levels: Sequence[str], labels: Labels
) -> Figure:
    """How many of a hundred chose each level, from very dissatisfied to very satisfied."""
    names = [(row.name, row.note) for row in rows]
    base = {
        "barmode": "stack",
        "yaxis": place_axis(len(rows)),
        "xaxis": share_axis(0, labels, range=[0, 100.1], showgrid=False),
        "showlegend": True,
        "legend": LEGEND,
    }

    def drawn(above: bool, height: int, margin: Dict) -> Dict:
        notes = name_notes(names, above=above)
        layout = frame(
            height, len(rows) * 34 + 92, margin=margin, annotations=notes, **base
        )
        data = [_level(at, name, rows, above, labels) for at, name in enumerate(levels)]
        return {"data": data, "layout": layout}

    left = name_margin(names)
    return Figure(
        drawn(False, levels_height(len(rows)), {"l": left, "r": 20, "t": 56, "b": 28}),
        drawn(True, len(rows) * 58 + 150, {"l": 8, "r": 20, "t": 104, "b": 28}),
    )


def levels_height(rows: int) -> int:
    """How many pixels tall the picture of so many rows is on a desk."""
    return rows * 46 + 92


def _level(
    at: int, name: str, rows: Sequence[LevelRow], above: bool, labels: Labels
) -> Dict:
    parts = [row.satisfaction.parts[at] for row in rows]
    width, start = (0.46, -0.14) if above else (0.62, -0.31)
    told = f"{safe(name)}: %{{x:.1f}}{labels.percent} · %{{customdata:,d}} {labels.ratings}"
    return {
        "type": "bar",
        "orientation": "h",
        "name": safe(name),
        "y": list(range(len(rows))),
        "x": [per_cent(part) for part in parts],
        "width": width,
        "offset": start,
        "marker": {"color": SATISFACTION[at], "line": {"color": "#ffffff", "width": 1}},
        "text": [_inside(part, labels) for part in parts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "insidetextfont": {"color": ON_SATISFACTION[at], "size": 12},
        "textangle": 0,
        "constraintext": "none",
        "customdata": [row.satisfaction.levels[at] for row in rows],
        "hovertext": [safe(row.name) for row in rows],
        "hovertemplate": f"%{{hovertext}}<br>{told}<extra></extra>",
    }


def _inside(part: float, labels: Labels) -> str:
    return f"{part * 100:.0f}{labels.percent}" if part >= 0.09 else ""
