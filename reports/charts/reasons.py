"""How often each reason was tapped: praise and criticism, each with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from reports.charts.base import (
    LACQUER,
    LAKE,
    Dict,
    Figure,
    Labels,
    frame,
    hover,
    name_margin,
    name_notes,
    per_cent,
    place_axis,
    reach,
    rule,
    safe,
    share_axis,
    told,
)
from reports.statistics import Share

ROW = 36


@dataclass(frozen=True)
class ReasonRow:
    """A reason: its words, how often in words, its share of all remarks, whether it is praise."""

    name: str
    note: str
    share: Share
    good: bool


def shares_of_reasons(rows: Sequence[ReasonRow], labels: Labels) -> Figure:
    """A mark and its interval for each reason: a blue circle for praise, a red diamond else."""
    names = [(row.name, row.note) for row in rows]
    praise = sum(row.good for row in rows)
    top = ceil(max(row.share.high for row in rows) * 10) * 10

    def drawn(row: int, shift: float, margin: Dict, *, above: bool) -> Dict:
        layout = frame(
            len(rows) * row + 44,
            len(rows) * 40 + 44,
            margin={"r": 20, "t": 8, "b": 36, **margin},
            xaxis=share_axis(0, labels, range=[-0.5, top + 1], dtick=10),
            yaxis=place_axis(len(rows)),
            shapes=[rule(praise - 0.5)] if 0 < praise < len(rows) else [],
            annotations=name_notes(names, above=above),
        )
        data = [_marks(rows, good, shift, labels) for good in (True, False)]
        return {"data": data, "layout": layout}

    return Figure(
        drawn(ROW + 8, 0, {"l": name_margin(names)}, above=False),
        drawn(50, 0.1, {"l": 16}, above=True),
    )


def _marks(rows: Sequence[ReasonRow], good: bool, shift: float, labels: Labels) -> Dict:
    found = [(at, row) for at, row in enumerate(rows) if row.good is good]
    shares = [row.share for _, row in found]
    colour = LAKE if good else LACQUER
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [per_cent(each.value) for each in shares],
        "y": [at + shift for at, _ in found],
        "marker": {
            "color": colour,
            "symbol": "circle" if good else "diamond",
            "size": 10,
        },
        "error_x": reach(shares, colour),
        "hovertext": [safe(row.name) for _, row in found],
        "customdata": told(shares),
        "hovertemplate": hover("%{hovertext}", "x", labels),
    }
