"""Units, or officers, by how many answered: within the funnel, chance may be all there is.

Only who lies outside the outer limits has a name, a colour and a shape of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from reports.charts.base import (
    BAND,
    CLEAR,
    HIGHER,
    INK,
    LAKE,
    LOWER,
    MUTED,
    Dict,
    Figure,
    Labels,
    axis_title,
    frame,
    hover,
    note,
    per_cent,
    safe,
    share_axis,
    told,
)
from reports.funnel import INNER, OUTER, Band, Funnel
from reports.statistics import Share, Verdict

COLOURS = {Verdict.HIGHER: HIGHER, Verdict.LOWER: LOWER}
STEPS = 48  # places along each limit
WIDE_APART = 30  # times as many answers: then sizes stand on a logarithmic axis
NEAR = 0.16  # of the width: names closer than that may touch


@dataclass(frozen=True)
class Dot:
    """A unit or officer: name, share of answers, and on which side of the funnel it lies."""

    name: str
    share: Share
    verdict: Verdict


@dataclass(frozen=True)
class FunnelWords:
    """What stands at the limits (e.g. "99.8 %", "95 %"), the common level, and the axis below."""

    outer: str
    inner: str
    level: str
    axis: str


@dataclass(frozen=True)
class _Sizes:
    """The axis of how many answered, from the fewest to the most drawn."""

    first: float
    last: float

    @property
    def logarithmic(self) -> bool:
        return self.last > WIDE_APART * self.first

    def place(self, total: float) -> float:
        """Where a size stands along the axis, from 0 to 1."""
        if self.logarithmic:
            return log10(total / self.first) / log10(self.last / self.first)
        return (total - self.first) / (self.last - self.first)

    def steps(self) -> list[int]:
        """Sizes along the axis, at which the limits are reckoned."""
        ratio = (self.last / self.first) ** (1 / STEPS)
        return sorted({round(self.first * ratio**at) for at in range(STEPS + 1)})


def funnel_plot(
    dots: Sequence[Dot],
    found: Funnel,
    labels: Labels,
    words: FunnelWords,
    *,
    height: int = 440,
) -> Figure:
    """The dots by size, the common level as a line, 95 % as a band, 99.8 % as dashes."""
    totals = [dot.share.total for dot in dots]
    sizes = _Sizes(min(totals) * 0.9, max(totals) * 1.05)
    steps = sizes.steps()
    inner = [found.band(total, INNER) for total in steps]
    outer = [found.band(total, OUTER) for total in steps]
    shares = _share_axis(dots, outer, labels)
    right = round(max(map(len, (words.outer, words.level))) * 7.4) + 14
    data = [
        *_area(steps, inner),
        *(_dashes(steps, [getattr(b, end) for b in outer]) for end in ("low", "high")),
        _level(steps, found.centre),
        _dots(dots, labels),
    ]

    def drawn(height: int, ticks: int, size: int) -> Dict:
        layout = frame(
            height,
            280,
            margin={"l": 8, "r": right, "t": 12, "b": 44},
            xaxis={**_size_axis(sizes, ticks), "title": axis_title(words.axis)},
            yaxis=shares,
            annotations=[
                *_ends(inner[-1], outer[-1], found.centre, words),
                *_names(dots, sizes, size),
            ],
        )
        return {"data": data, "layout": layout}

    return Figure(drawn(height, 7, 13), drawn(360, 4, 12))


def _share_axis(dots: Sequence[Dot], outer: Sequence[Band], labels: Labels) -> Dict:
    """As much of the shares as dots and limits take, in steps of 5, with room for names."""
    values = [dot.share.value for dot in dots]
    low = min(*values, *(band.low for band in outer)) - 0.03
    high = max(*values, *(band.high for band in outer)) + 0.03
    ends = [max(0, floor(low * 20) * 5), min(100, ceil(high * 20) * 5)]
    step = 5 if ends[1] - ends[0] <= 40 else 10
    spare = 2 if ends[1] == 100 else 0
    return share_axis(
        0, labels, automargin=True, range=[ends[0], ends[1] + spare], dtick=step
    )


def _size_axis(sizes: _Sizes, ticks: int) -> Dict:
    ends = [sizes.first, sizes.last]
    axis = {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 12, "color": MUTED},
        "separatethousands": True,
        "tickformat": ",d",
    }
    if sizes.logarithmic:
        log = {"type": "log", "range": [log10(end) for end in ends]}
        return {**axis, **log, "tickvals": _round_sizes(sizes, ticks)}
    return {**axis, "range": ends, "nticks": ticks}


def _round_sizes(sizes: _Sizes, most: int) -> list[int]:
    """10, 20, 50, 100, … within the axis; only powers of ten where those are too many."""
    found = [each * 10**power for power in range(10) for each in (1, 2, 5)]
    found = [each for each in found if sizes.first <= each <= sizes.last]
    tens = [each for each in found if str(each).strip("0") == "1"]
    return found if len(found) <= most or len(tens) < 2 else tens


def _area(steps: Sequence[int], bands: Sequence[Band]) -> list[Dict]:
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": list(steps),
        "line": {"color": CLEAR, "width": 0},
        "hoverinfo": "skip",
    }
    below = {**line, "y": [per_cent(band.low) for band in bands]}
    above = {**line, "y": [per_cent(band.high) for band in bands]}
    return [below, {**above, "fill": "tonexty", "fillcolor": BAND}]


def _dashes(steps: Sequence[int], limits: Sequence[float]) -> Dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(steps),
        "y": [per_cent(limit) for limit in limits],
        "line": {"color": MUTED, "width": 1.25, "dash": "3px,3px"},
        "hoverinfo": "skip",
    }


def _level(steps: Sequence[int], centre: Share) -> Dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [steps[0], steps[-1]],
        "y": [per_cent(centre.value)] * 2,
        "line": {"color": MUTED, "width": 1},
        "hoverinfo": "skip",
    }


def _dots(dots: Sequence[Dot], labels: Labels) -> Dict:
    clear = [dot.verdict in COLOURS for dot in dots]
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [dot.share.total for dot in dots],
        "y": [per_cent(dot.share.value) for dot in dots],
        "marker": {
            "color": [COLOURS.get(dot.verdict, LAKE) for dot in dots],
            "symbol": ["diamond" if each else "circle" for each in clear],
            "size": [14 if each else 10 for each in clear],
            "opacity": 1,
            "line": {
                "color": [INK if each else "#ffffff" for each in clear],
                "width": [1.5 if each else 1 for each in clear],
            },
        },
        "hovertext": [safe(dot.name) for dot in dots],
        "customdata": told([dot.share for dot in dots]),
        "hovertemplate": hover("%{hovertext}", "y", labels),
    }


def _ends(inner: Band, outer: Band, centre: Share, words: FunnelWords) -> list[Dict]:
    """What each line is, where it ends."""
    look = {"size": 12, "color": MUTED}
    place = {"xref": "paper", "xanchor": "left", "xshift": 6, "font": look}
    found = [
        (outer.high, words.outer),
        (inner.high, words.inner),
        (centre.value, words.level),
        (inner.low, words.inner),
        (outer.low, words.outer),
    ]
    clear = [found[0]]
    for (above, _), each in pairwise(found):
        if above - each[0] >= 0.012 or each[1] == words.level:
            clear.append(each)
    return [note(safe(text), 1, per_cent(at), **place) for at, text in clear]


def _names(dots: Sequence[Dot], sizes: _Sizes, size: int) -> list[Dict]:
    """The name of each dot outside, away from the level; one step farther where two would touch."""
    found: list[Dict] = []
    before: dict[Verdict, tuple[float, float, int]] = {}
    outside = [dot for dot in dots if dot.verdict in COLOURS]
    for dot in sorted(outside, key=lambda dot: dot.share.total):
        up = 1 if dot.verdict is Verdict.HIGHER else -1
        along, high = sizes.place(dot.share.total), dot.share.value
        last = before.get(dot.verdict)
        touches = last and along - last[0] < NEAR and abs(high - last[1]) < 0.04
        level = last[2] + 1 if last and touches else 0
        before[dot.verdict] = (along, high, level)
        side = "left" if along < NEAR else "right" if along > 1 - NEAR else "center"
        look = {"size": size, "weight": 600, "color": COLOURS[dot.verdict]}
        shift = up * (18 + 16 * level)
        at = log10(dot.share.total) if sizes.logarithmic else dot.share.total
        place = {"xanchor": side, "yshift": shift, "font": look}
        found.append(note(safe(dot.name), at, per_cent(high), **place))
    return found
