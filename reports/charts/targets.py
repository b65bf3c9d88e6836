"""Shares against what was promised: a dot with its interval, the target an upright stroke."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.base import (
    HIGHER,
    INK,
    LOWER,
    MUTED,
    Dict,
    Figure,
    Labels,
    frame,
    hover,
    lowest,
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
from reports.targets import Result, Standing

COLOURS = {Standing.REACHED: HIGHER, Standing.MISSED: LOWER}
SYMBOLS = {Standing.REACHED: "circle", Standing.MISSED: "diamond"}
FOOT = 44  # pixels below the rows


@dataclass(frozen=True)
class TargetRow:
    """What is held against a target: its name, and the quiet words below it."""

    name: str
    note: str
    result: Result


def target_plot(rows: Sequence[TargetRow], labels: Labels, target: str) -> Figure:
    """A row for each; `target` is the word for the strokes."""
    names = [(row.name, row.note) for row in rows]
    low = min(lowest(_shares(rows)), _lowest_target(rows))
    rules = [rule(at - 0.5) for at in range(1, len(rows))]

    def drawn(tall: int, half: float, margin: Dict, notes: list[Dict]) -> Dict:
        layout = frame(
            len(rows) * tall + FOOT,
            margin={"r": 20, "t": 4, "b": 32, **margin},
            xaxis=share_axis(low, labels),
            yaxis=place_axis(len(rows)),
            shapes=[*rules, *(_stroke(at, row, half) for at, row in enumerate(rows))],
            annotations=notes,
        )
        return {
            "data": [_marks(rows, labels), _hints(rows, labels, target)],
            "layout": layout,
        }

    return Figure(
        drawn(38, 0.3, {"l": name_margin(names)}, name_notes(names, above=False)),
        drawn(62, 0.2, {"l": 16}, name_notes(names, above=True)),
    )


def _shares(rows: Sequence[TargetRow]) -> list[Share | None]:
    return [row.result.share for row in rows]


def _lowest_target(rows: Sequence[TargetRow]) -> int:
    return min(int(row.result.target * 10) * 10 for row in rows)


def _stroke(at: int, row: TargetRow, half: float) -> Dict:
    """The target, `half` a row up and down."""
    value = per_cent(row.result.target)
    place = {"xref": "x", "yref": "y", "x0": value, "x1": value}
    line = {"color": INK, "width": 3}
    return {"type": "line", **place, "y0": at - half, "y1": at + half, "line": line}


def _marks(rows: Sequence[TargetRow], labels: Labels) -> Dict:
    """The shares; those of too few are hollow."""
    found = [(at, row, row.result.share) for at, row in enumerate(rows)]
    known = [(at, row, share) for at, row, share in found if share]
    shares = [share for _, _, share in known]
    colours = [COLOURS.get(row.result.standing, MUTED) for _, row, _ in known]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [per_cent(share.value) for share in shares],
        "y": [at for at, _, _ in known],
        "error_x": reach(shares, MUTED),
        "marker": {
            "size": 12,
            "opacity": 1,
            "color": colours,
            "symbol": [
                SYMBOLS.get(row.result.standing, "circle-open") for _, row, _ in known
            ],
            "line": {"color": colours, "width": 2},
        },
        "text": [safe(row.name) for _, row, _ in known],
        "customdata": told(shares),
        "hovertemplate": hover("%{text}", "x", labels),
    }


def _hints(rows: Sequence[TargetRow], labels: Labels, target: str) -> Dict:
    """What the strokes say when they are pointed at."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [per_cent(row.result.target) for row in rows],
        "y": list(range(len(rows))),
        "marker": {"size": 18, "opacity": 0, "color": INK},
        "hovertemplate": f"{safe(target)} %{{x:.1f}}{labels.percent}<extra></extra>",
    }
