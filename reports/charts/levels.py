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

    def drawn(height: int, width: float, **more: object) -> Dict:
        places = list(range(len(rows)))
        data = [
            {
                "type": "bar",
                "orientation": "h",
                "name": safe(name),
                "y": places,
                "x": [per_cent(row.satisfaction.parts[at]) for row in rows],
                "width": width,
                "offset": width * (-0.5 if width > 0.5 else -0.3),
                "marker": {
                    "color": SATISFACTION[at],
                    "line": {"color": "#ffffff", "width": 1},
                },
                "text": [_inside(row.satisfaction.parts[at], labels) for row in rows],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "insidetextfont": {"color": ON_SATISFACTION[at], "size": 12},
                "textangle": 0,
                "constraintext": "none",
                "customdata": [row.satisfaction.levels[at] for row in rows],
                "hovertext": [safe(row.name) for row in rows],
                "hovertemplate": f"%{{hovertext}}<br>{safe(name)}: %{{x:.1f}}{labels.percent}"
                f" · %{{customdata:,d}} {labels.ratings}<extra></extra>",
            }
            for at, name in enumerate(levels)
        ]
        axes = {
            "barmode": "stack",
            "yaxis": place_axis(len(rows)),
            "xaxis": share_axis(0, labels, range=[0, 100], showgrid=False),
            "showlegend": True,
        }
        return {"data": data, "layout": frame(height, **axes, **more)}

    legend = {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "yanchor": "bottom",
        "y": 1.0,
    }
    legend |= {"traceorder": "normal", "itemclick": False, "itemdoubleclick": False}
    wide = drawn(
        len(rows) * 46 + 96,
        0.62,
        legend=legend,
        margin={"l": name_margin(names), "r": 16, "t": 56, "b": 32},
        annotations=name_notes(names, above=False),
    )
    narrow = drawn(
        len(rows) * 58 + 150,
        0.46,
        legend=legend,
        margin={"l": 4, "r": 12, "t": 104, "b": 32},
        annotations=name_notes(names, above=True),
    )
    return Figure(wide, narrow)


def _inside(part: float, labels: Labels) -> str:
    return f"{part * 100:.0f}{labels.percent}" if part >= 0.09 else ""
