"""An officer's way through time, courtesy by courtesy, against the others of the unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.base import (
    BAND,
    MARKS,
    Dict,
    Figure,
    Labels,
    Moment,
    Slot,
    frame,
    hover,
    lowest,
    note,
    per_cent,
    reach,
    safe,
    share_axis,
    slots,
    time_axis,
    told,
)
from reports.statistics import Share

TALL = 230  # pixels of a panel


@dataclass(frozen=True)
class Course:
    """A courtesy (or satisfaction): its key and name; for each period the officer's share and
    that of all others of the unit.
    """

    key: str
    name: str
    own: Sequence[Share | None]
    others: Sequence[Share | None]


def courses(
    found: Sequence[Course], periods: Sequence[Moment], labels: Labels
) -> Figure:
    """A panel for each; dots with intervals for the officer, a grey band for the others."""
    low = lowest(share for course in found for share in (*course.own, *course.others))
    axis = share_axis(low, labels)

    def drawn(columns: int, names: int) -> Dict:
        places = slots(len(found), columns, tall=TALL, gap=0.09, head=30, foot=34)
        rows = -(-len(found) // columns)
        layout = frame(
            rows * TALL, rows * 178, bargap=0, margin={"l": 52, "r": 8, "t": 4, "b": 4}
        )
        layout["annotations"] = [
            _title(course, slot) for course, slot in zip(found, places, strict=True)
        ]
        data = []
        for course, slot in zip(found, places, strict=True):
            x, y = f"x{slot.number}", f"y{slot.number}"
            layout[f"xaxis{slot.number}"] = time_axis(
                periods, names, domain=slot.x, anchor=y
            )
            layout[f"yaxis{slot.number}"] = {**axis, "domain": slot.y, "anchor": x}
            traces = (_others(course), _own(course, periods, labels))
            data += [{**trace, "xaxis": x, "yaxis": y} for trace in traces]
        return {"data": data, "layout": layout}

    return Figure(drawn(2, 7), drawn(1, 5))


def _title(course: Course, slot: Slot) -> Dict:
    look = {"size": 14, "weight": 600, "color": MARKS[course.key].line}
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    return note(safe(course.name), slot.left, slot.top, font=look, **place)


def _others(course: Course) -> Dict:
    known = [(at, share) for at, share in enumerate(course.others) if share]
    return {
        "type": "bar",
        "x": [at for at, _ in known],
        "base": [per_cent(share.low) for _, share in known],
        "y": [per_cent(share.high - share.low) for _, share in known],
        "marker": {"color": BAND, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _own(course: Course, periods: Sequence[Moment], labels: Labels) -> Dict:
    mark = MARKS[course.key]
    known = [(at, share) for at, share in enumerate(course.own) if share]
    shares = [share for _, share in known]
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [at for at, _ in known],
        "y": [per_cent(share.value) for share in shares],
        "marker": {
            "color": mark.colour,
            "symbol": mark.symbol,
            "size": 9,
            "line": {"color": mark.line, "width": 1.5},
        },
        "error_y": reach(shares, mark.line),
        "hovertext": [safe(periods[at].full) for at, _ in known],
        "customdata": told(shares),
        "hovertemplate": hover(f"{safe(course.name)}, %{{hovertext}}", "y", labels),
    }
