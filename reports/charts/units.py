"""The units of a scope through the weeks, each a small picture.

Sorted as they come in (by code), never by value: an order by value would be a ranking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.base import (
    HIGHER,
    INK,
    LAKE,
    LOWER,
    MUTED,
    Dict,
    Figure,
    Labels,
    Moment,
    Slot,
    clipped,
    frame,
    hover,
    note,
    per_cent,
    place_axis,
    safe,
    slots,
    time_axis,
    told,
)
from reports.statistics import Share, Verdict

COLOURS = {Verdict.HIGHER: HIGHER, Verdict.LOWER: LOWER}
TALL = 104  # pixels of a small picture
MOST_CELLS = 36  # small multiples beyond that are no picture any more, and slow to draw


@dataclass(frozen=True)
class Cell:
    """A unit's small picture: name, quiet words below, a share for each week.

    `verdict` is how the unit stands; `signals` are on which side of ordinary variation a week lies.
    """

    name: str
    note: str
    shares: Sequence[Share | None]
    verdict: Verdict
    signals: Sequence[Verdict]


def small_multiples(
    cells: Sequence[Cell], level: Share, weeks: Sequence[Moment], labels: Labels
) -> Figure:
    """A small line for each unit, all on the same scale, with the scope's level dashed."""
    scale = _scale(cells, level)
    lines = [_line(cell, weeks, labels) for cell in cells]

    def drawn(columns: int, letters: int) -> Dict:
        places = slots(len(cells), columns, tall=TALL, gap=0.024, head=26, foot=32)
        height = -(-len(cells) // columns) * TALL
        layout = frame(height, margin={"l": 4, "r": 4, "t": 4, "b": 4})
        layout |= {"annotations": [], "shapes": []}
        data = []
        for cell, line, slot in zip(cells, lines, places, strict=True):
            x, y = f"x{slot.number}", f"y{slot.number}"
            layout[f"xaxis{slot.number}"] = time_axis(
                weeks, 1, domain=slot.x, anchor=y, showticklabels=False
            )
            layout[f"yaxis{slot.number}"] = place_axis(
                0, range=scale, domain=slot.y, anchor=x
            )
            layout["annotations"] += _captions(cell, slot, letters)
            layout["shapes"].append(_dashes(level, slot.number))
            data.append({**line, "xaxis": x, "yaxis": y})
        return {"data": data, "layout": layout}

    return Figure(
        drawn(max(3, min(7, len(cells))), 20), drawn(2, 19), paper=drawn(5, 15)
    )


def _sides(names: Sequence[tuple[str, str]]) -> list[Dict]:
    """Names left of their rows, quiet words right of them."""
    quiet = {"size": 12, "color": MUTED}
    notes = []
    for at, (name, words) in enumerate(names):
        left = {"xref": "paper", "xanchor": "right", "xshift": -12}
        right = {"xref": "paper", "xanchor": "left", "xshift": 12, "font": quiet}
        notes += [
            note(clipped(name, 34), 0, at, **left),
            note(safe(words), 1, at, **right),
        ]
    return notes


def _scale(cells: Sequence[Cell], level: Share) -> list[float]:
    values = [share.value for cell in cells for share in cell.shares if share] + [
        level.value
    ]
    return [per_cent(min(values)) - 3, per_cent(max(values)) + 3]


def _captions(cell: Cell, slot: Slot, letters: int) -> list[Dict]:
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    name = {"size": 13, "weight": 600, "color": COLOURS.get(cell.verdict, INK)}
    quiet = {"size": 12, "color": MUTED}
    return [
        note(clipped(cell.name, letters), slot.left, slot.top, font=name, **place),
        note(safe(cell.note), slot.left, slot.y[0], font=quiet, **place),
    ]


def _line(cell: Cell, weeks: Sequence[Moment], labels: Labels) -> Dict:
    colour = COLOURS.get(cell.verdict, LAKE)
    outside = [each in COLOURS for each in cell.signals]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "cliponaxis": False,
        "x": list(range(len(cell.shares))),
        "y": [per_cent(share.value) if share else None for share in cell.shares],
        "line": {"color": colour, "width": 1.75},
        "marker": {
            "color": [COLOURS.get(each, colour) for each in cell.signals],
            "size": [9 if each else 3 for each in outside],
            "opacity": 1,
            "line": {"color": INK, "width": [1 if each else 0 for each in outside]},
        },
        "hovertext": [safe(week.full) for week in weeks],
        "customdata": told(cell.shares),
        "hovertemplate": hover(f"{safe(cell.name)}, %{{hovertext}}", "y", labels),
    }


def _dashes(level: Share, number: str) -> Dict:
    value = per_cent(level.value)
    return {
        "type": "line",
        "layer": "below",
        "xref": f"x{number} domain",
        "yref": f"y{number}",
        "x0": 0,
        "x1": 1,
        "y0": value,
        "y1": value,
        "line": {"color": MUTED, "width": 1, "dash": "3px,3px"},
    }
