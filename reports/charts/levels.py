"""How satisfied people were: the five levels of each officer or unit as parts of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.base import (
    LINE_OF_A_PHONE,
    ON_SATISFACTION,
    SATISFACTION,
    Dict,
    Figure,
    Labels,
    frame,
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
    data = [_level(at, name, rows, labels) for at, name in enumerate(levels)]

    def drawn(height: int, top: int, letters: int) -> Dict:
        layout = frame(
            height,
            len(rows) * 48 + 88,
            margin={"l": 16, "r": 24, "t": top, "b": 28},
            annotations=name_notes(names, above=True, most=letters),
            barmode="stack",
            yaxis=place_axis(len(rows), range=[len(rows) - 0.5, -0.75]),
            xaxis=share_axis(0, labels, range=[0, 100.1], showgrid=False),
            showlegend=True,
            legend=LEGEND,
        )
        return {"data": data, "layout": layout}

    return Figure(
        drawn(levels_height(len(rows)), 60, 70),
        drawn(len(rows) * 58 + 140, 108, LINE_OF_A_PHONE),
    )


def levels_height(rows: int) -> int:
    """How many pixels tall the picture of so many rows is on a desk."""
    return rows * 54 + 92


def _level(at: int, name: str, rows: Sequence[LevelRow], labels: Labels) -> Dict:
    parts = [row.satisfaction.parts[at] for row in rows]
    told = f"{safe(name)}: %{{x:.1f}}{labels.percent} · %{{customdata:,d}} {labels.ratings}"
    return {
        "type": "bar",
        "orientation": "h",
        "name": safe(name),
        "y": list(range(len(rows))),
        "x": [per_cent(part) for part in parts],
        "width": 0.48,
        "offset": -0.16,
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
