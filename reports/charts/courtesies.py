"""The three courtesies of each officer of a unit, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.base import (
    MARKS,
    NAME,
    Dict,
    Figure,
    Labels,
    frame,
    hover,
    level_band,
    lowest,
    name_margin,
    name_notes,
    note,
    per_cent,
    place_axis,
    reach,
    rule,
    safe,
    share_axis,
    told,
)
from reports.statistics import Share

GAP = 0.075  # between panels, of the width


@dataclass(frozen=True)
class Panel:
    """A courtesy: its key, its name, and the unit's own level."""

    key: str
    name: str
    level: Share | None


@dataclass(frozen=True)
class OfficerRow:
    """An officer: name, quiet words beside it, and the share of each courtesy."""

    name: str
    note: str
    shares: Mapping[str, Share | None]


def officer_courtesies(
    rows: Sequence[OfficerRow], panels: Sequence[Panel], labels: Labels, level_name: str
) -> Figure:
    """Each officer's three courtesies with their intervals, against the unit's level.

    On a desk a panel for each courtesy, the level as a band; on a phone the three below each
    other in one panel, the level as a stroke.
    """
    low = lowest(share for row in rows for share in row.shares.values())
    return Figure(
        _courtesy_panels(rows, panels, labels, low),
        _courtesy_stack(rows, panels, labels, low, level_name),
    )


def _courtesy_panels(
    rows: Sequence[OfficerRow], panels: Sequence[Panel], labels: Labels, low: int
) -> Dict:
    names = [(row.name, row.note) for row in rows]
    wrapped = any(len(name) > NAME for name, _ in names)
    width = (1 - GAP * (len(panels) - 1)) / len(panels)
    layout = frame(
        len(rows) * (62 if wrapped else 52) + 72,
        len(rows) * (48 if wrapped else 38) + 72,
        margin={"l": name_margin(names), "r": 16, "t": 34, "b": 34},
        yaxis=place_axis(len(rows)),
        annotations=name_notes(names, above=False),
        shapes=[rule(at - 0.5) for at in range(1, len(rows))],
    )
    data = []
    for at, panel in enumerate(panels):
        axis = f"x{at + 1}" if at else "x"
        start = at * (width + GAP)
        layout[axis.replace("x", "xaxis")] = share_axis(
            low,
            labels,
            domain=[start, start + width],
            anchor="y",
            dtick=20 if low < 80 else 10,
        )
        bold = {"size": 14, "weight": 600, "color": MARKS[panel.key].line}
        head = {
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
        }
        layout["annotations"].append(
            note(safe(panel.name), start, 1, yshift=8, font=bold, **head)
        )
        if panel.level:
            layout["shapes"].insert(0, level_band(panel.level, axis))
        data.append(_intervals(rows, panel, labels, 0, axis))
    return {"data": data, "layout": layout}


def _courtesy_stack(
    rows: Sequence[OfficerRow],
    panels: Sequence[Panel],
    labels: Labels,
    low: int,
    level_name: str,
) -> Dict:
    names = [(row.name, row.note) for row in rows]
    layout = frame(
        len(rows) * 92 + 110,
        margin={"l": 20, "r": 20, "t": 64, "b": 28},
        yaxis=place_axis(len(rows)),
        xaxis=share_axis(low, labels),
        annotations=name_notes(names, above=True),
        shapes=[rule(at - 0.5) for at in range(1, len(rows))],
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    places = [-0.16, 0.09, 0.34]
    data = [
        _strokes(rows, panel, place, level_name if not at else "")
        for at, (panel, place) in enumerate(zip(panels, places, strict=True))
        if panel.level
    ]
    data += [
        _intervals(rows, panel, labels, place, "x")
        for panel, place in zip(panels, places, strict=True)
    ]
    return {"data": data, "layout": layout}


def _intervals(
    rows: Sequence[OfficerRow], panel: Panel, labels: Labels, shift: float, axis: str
) -> Dict:
    mark = MARKS[panel.key]
    found = [
        (at, row, share)
        for at, row in enumerate(rows)
        if (share := row.shares[panel.key])
    ]
    shares = [share for _, _, share in found]
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "name": safe(panel.name),
        "xaxis": axis,
        "x": [per_cent(share.value) for share in shares],
        "y": [at + shift for at, _, _ in found],
        "marker": {
            "color": mark.colour,
            "symbol": mark.symbol,
            "size": 10,
            "line": {"color": mark.line, "width": 1.5},
        },
        "error_x": reach(shares, mark.line),
        "hovertext": [safe(row.name) for _, row, _ in found],
        "customdata": told(shares),
        "hovertemplate": hover(f"%{{hovertext}}<br>{safe(panel.name)}", "x", labels),
    }


def _strokes(rows: Sequence[OfficerRow], panel: Panel, shift: float, name: str) -> Dict:
    value = per_cent(panel.level.value) if panel.level else 0
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "name": safe(name),
        "showlegend": bool(name),
        "hoverinfo": "skip",
        "x": [value] * len(rows),
        "y": [at + shift for at in range(len(rows))],
        "marker": {
            "symbol": "line-ns",
            "size": 18,
            "line": {"color": "#b9b2a3", "width": 4},
        },
    }
