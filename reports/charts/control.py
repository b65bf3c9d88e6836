"""A share through time: its band of ordinary variation, and every signal of a change."""

from collections.abc import Mapping, Sequence

from reports.charts.base import (
    BAND,
    HIGHER,
    INK,
    LAKE,
    LOWER,
    MUTED,
    Dict,
    Figure,
    Labels,
    Moment,
    frame,
    hover,
    lowest,
    note,
    per_cent,
    safe,
    share_axis,
    time_axis,
    told,
)
from reports.control import ControlChart, ControlPoint, Run
from reports.statistics import Share, Verdict

PAPER = 200  # pixels tall on paper, where it spans the page
COLOURS = {Verdict.HIGHER: HIGHER, Verdict.LOWER: LOWER}


def share_in_time(
    chart: ControlChart,
    moments: Sequence[Moment],
    labels: Labels,
    words: Mapping[Verdict, str],
    runs: Sequence[str],
    *,
    height: int = 300,
) -> Figure:
    """The share of each week or month, its band, and what lies outside of it.

    `words` are said of a point outside; `runs` stand at the chart's runs, one for each.
    """
    shares = [point.share if point else None for point in chart.points]
    low = lowest([*shares, Share(0, 1, min(p.low for p in chart.points if p), 1)])
    data = [
        _band(chart),
        _centre(chart),
        *(_stretch(chart, run) for run in chart.runs),
        _points(chart, moments, labels, words),
    ]

    def drawn(names: int, tall: int) -> Dict:
        axes = {
            "xaxis": time_axis(moments, names),
            "yaxis": share_axis(low, labels, automargin=True),
        }
        notes = [
            *_run_notes(chart, runs, len(moments)),
            *_point_notes(chart, moments),
        ]
        layout = frame(tall, PAPER, bargap=0, annotations=notes, **axes)
        return {"data": data, "layout": layout}

    return Figure(drawn(9, height), drawn(5, 260))


def _band(chart: ControlChart) -> Dict:
    points = [(at, point) for at, point in enumerate(chart.points) if point]
    return {
        "type": "bar",
        "x": [at for at, _ in points],
        "base": [per_cent(point.low) for _, point in points],
        "y": [per_cent(point.high - point.low) for _, point in points],
        "marker": {"color": BAND, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _centre(chart: ControlChart) -> Dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [-0.5, len(chart.points) - 0.5],
        "y": [per_cent(chart.centre)] * 2,
        "line": {"color": MUTED, "width": 1, "dash": "4px,4px"},
        "hoverinfo": "skip",
    }


def _stretch(chart: ControlChart, run: Run) -> Dict:
    """A broad stroke behind the points of a run."""
    places = range(run.first, run.last + 1)
    points = [(at, chart.points[at]) for at in places]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [at for at, point in points if point],
        "y": [per_cent(point.share.value) for _, point in points if point],
        "line": {"color": COLOURS[run.side], "width": 9},
        "opacity": 0.3,
        "hoverinfo": "skip",
    }


def _points(
    chart: ControlChart,
    moments: Sequence[Moment],
    labels: Labels,
    words: Mapping[Verdict, str],
) -> Dict:
    shares = [point.share if point else None for point in chart.points]
    outside = [_outside(point) for point in chart.points]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "cliponaxis": False,
        "x": list(range(len(shares))),
        "y": [per_cent(share.value) if share else None for share in shares],
        "line": {"color": LAKE, "width": 2},
        "marker": {
            "color": [COLOURS.get(side, LAKE) for side in outside],
            "symbol": ["diamond" if side in COLOURS else "circle" for side in outside],
            "size": [13 if side in COLOURS else 7 for side in outside],
            "opacity": 1,
            "line": {
                "color": INK,
                "width": [1.5 if side in COLOURS else 0 for side in outside],
            },
        },
        "hovertext": [
            safe(moment.full) + (f" ({safe(words[side])})" if side in words else "")
            for moment, side in zip(moments, outside, strict=True)
        ],
        "customdata": told(shares),
        "hovertemplate": hover("%{hovertext}", "y", labels),
    }


def _outside(point: ControlPoint | None) -> Verdict:
    return point.signal if point else Verdict.UNCLEAR


def _run_notes(chart: ControlChart, texts: Sequence[str], count: int) -> list[Dict]:
    """Beyond the run's own points and their names, within the picture at its edges."""
    notes = []
    for run, text in zip(chart.runs, texts, strict=True):
        places = chart.points[run.first : run.last + 1]
        values = [point.share.value for point in places if point]
        named = any(_outside(point) is run.side for point in places)
        away = 34 if named else 18
        up = run.side is Verdict.HIGHER
        side, at = _anchor(run, count)
        look = {"size": 12, "weight": 600, "color": COLOURS[run.side]}
        place = {"xanchor": side, "yshift": away if up else -away, "font": look}
        end = per_cent(max(values) if up else min(values))
        notes.append(note(safe(text), at, end, **place))
    return notes


def _anchor(run: Run, count: int) -> tuple[str, float]:
    """How a run's words hang, and where: from its edge where that is near the picture's."""
    middle = (run.first + run.last) / 2
    if middle < count * 0.3:
        return "left", run.first
    if middle > count * 0.7:
        return "right", run.last
    return "center", middle


def _point_notes(chart: ControlChart, moments: Sequence[Moment]) -> list[Dict]:
    """The short names of the weeks or months outside, away from the band; neighbours share one."""
    notes = []
    for group in _neighbours(chart):
        found = [(chart.points[at], at) for at in group]
        side = _outside(found[0][0])
        up = side is Verdict.HIGHER
        values = [(point.share.value, at) for point, at in found if point]
        value, at = max(values) if up else min(values)
        text = ", ".join(safe(moments[each].tick) for each in group)
        look = {"size": 12, "weight": 600, "color": COLOURS[side]}
        shift = 16 if up else -16
        notes.append(note(text, at, per_cent(value), yshift=shift, font=look))
    return notes


def _neighbours(chart: ControlChart) -> list[list[int]]:
    """The places outside on each side, those within three of each other together."""
    groups: list[list[int]] = []
    for side in COLOURS:
        before: list[int] = []
        for at, point in enumerate(chart.points):
            if _outside(point) is not side:
                continue
            if before and at - before[-1] <= 3:
                before.append(at)
            else:
                before = [at]
                groups.append(before)
    return groups
