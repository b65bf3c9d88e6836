"""A share week by week, within the band of ordinary variation or outside of it."""

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
    per_cent,
    safe,
    share_axis,
    time_axis,
    told,
)
from reports.statistics import ControlChart, Share, Verdict

PAPER = 200  # pixels tall on paper, where it spans the page


def weekly_share(
    chart: ControlChart,
    weeks: Sequence[Moment],
    labels: Labels,
    words: Mapping[Verdict, str],
    *,
    height: int = 300,
) -> Figure:
    """The share of each week, the band of ordinary variation, and the weeks outside of it."""
    shares = [point.share if point else None for point in chart.points]
    low = lowest([*shares, Share(0, 1, min(p.low for p in chart.points if p), 1)])
    data = [_band(chart), _centre(chart), *_week_points(chart, weeks, labels, words)]

    def drawn(names: int, tall: int) -> Dict:
        axes = {
            "xaxis": time_axis(weeks, names),
            "yaxis": share_axis(low, labels, automargin=True),
        }
        return {
            "data": data,
            "layout": frame(tall, PAPER, bargap=0, **axes),
        }

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


def _week_points(
    chart: ControlChart,
    weeks: Sequence[Moment],
    labels: Labels,
    words: Mapping[Verdict, str],
) -> list[Dict]:
    shares = [point.share if point else None for point in chart.points]
    signals = [point.signal if point else Verdict.UNCLEAR for point in chart.points]
    colours = {Verdict.HIGHER: HIGHER, Verdict.LOWER: LOWER}
    outside = [signal in colours for signal in signals]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "cliponaxis": False,
        "x": list(range(len(shares))),
        "y": [per_cent(share.value) if share else None for share in shares],
        "line": {"color": LAKE, "width": 2},
        "marker": {
            "color": [colours.get(signal, LAKE) for signal in signals],
            "size": [12 if out else 7 for out in outside],
            "opacity": 1,
            "line": {"color": INK, "width": [1.5 if out else 0 for out in outside]},
        },
        "hovertext": [
            safe(week.full) + (f" ({words[signal]})" if out else "")
            for week, signal, out in zip(weeks, signals, outside, strict=True)
        ],
        "customdata": told(shares),
        "hovertemplate": hover("%{hovertext}", "y", labels),
    }
    return [line]
