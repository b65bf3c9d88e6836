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
    """Beyond the run's own points, and within the picture where a run touches its edge."""
    notes = []
    for run, text in zip(chart.runs, texts, strict=True):
        places = chart.points[run.first : run.last + 1]
        values = [point.share.value for point in places if point]
        up = run.side is Verdict.HIGHER
        middle = (run.first + run.last) / 2
        look = {"size": 12, "weight": 600, "color": COLOURS[run.side]}
        place = {"xanchor": _side(middle, count), "yshift": 18 if up else -18}
        at = _edge(run, middle, count)
        end = max(values) if up else min(values)
        notes.append(note(safe(text), at, per_cent(end), font=look, **place))
    return notes


def _point_notes(chart: ControlChart, moments: Sequence[Moment]) -> list[Dict]:
    """The short name of each week or month outside, away from the band."""
    notes = []
    for at, point in enumerate(chart.points):
        side = _outside(point)
        if point and side in COLOURS:
            look = {"size": 12, "weight": 600, "color": COLOURS[side]}
            shift = 16 if side is Verdict.HIGHER else -16
            text, value = safe(moments[at].tick), per_cent(point.share.value)
            notes.append(note(text, at, value, yshift=shift, font=look))
    return notes


def _side(middle: float, count: int) -> str:
    if middle < count * 0.3:
        return "left"
    return "right" if middle > count * 0.7 else "center"


def _edge(run: Run, middle: float, count: int) -> float:
    side = _side(middle, count)
    return {"left": run.first, "right": run.last, "center": middle}[side]
