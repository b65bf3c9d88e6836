"""Tablets through the weeks and through the hours of the day: taps, and where there were none.

Sorted as they come in, never by value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from reports.charts.base import (
    INK,
    LACQUER,
    LAKE,
    LINE,
    MUTED,
    Dict,
    Figure,
    Moment,
    Slot,
    axis_title,
    clipped,
    frame,
    name_margin,
    name_notes,
    note,
    place_axis,
    safe,
    slots,
    time_axis,
)

ODD = "#f3dcdc"  # lacquer, thin: a week without a tap, or with unusually few
OPEN = "#f1ede4"  # quiet ground: when the desk is open, what is ordinary
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 9: 3}  # of so many cells
WIDTHS = (
    (13, 90),
    (9, 58),
    (6, 36),
    (4, 26),
)  # dates and letters beside so many others
SHADES = ("#c7dbe1", "#8fb8c4", "#4d8a9c", LAKE)  # of a tablet's busiest hour
ON_SHADES = (INK, INK, "#ffffff", "#ffffff")
HEAD, FOOT, ROW = 44, 34, 44
HEADROOM = 1.2  # above the tallest bar; what is ordinary may reach beyond


@dataclass(frozen=True)
class Bar:
    """A week: taps, the range that is ordinary for it (if known), and what is odd about it."""

    taps: int
    ordinary: tuple[int, int] | None
    away: bool
    quiet: bool
    week: str
    told: str

    @property
    def odd(self) -> bool:
        """Whether the eye should find it."""
        return self.away or self.quiet


@dataclass(frozen=True)
class WeekCell:
    """A tablet or unit: name, quiet words, a bar for each week (None: not reported)."""

    name: str
    note: str
    bars: Sequence[Bar | None]


@dataclass(frozen=True)
class HourRow:
    """A tablet's month: name, quiet words, and cells from an hour to an hour with their taps."""

    name: str
    note: str
    cells: Sequence[tuple[int, int, int]]
    told: Sequence[str]


def weeks_of_taps(cells: Sequence[WeekCell], weeks: Sequence[Moment]) -> Figure:
    """Taps a week, each on a scale of its own; weeks without a tap stand out as a whole."""
    tops = [_top(cell) for cell in cells]
    drawn_once = [
        [_ordinary(cell, top), _odd(cell, top), _bars(cell)]
        for cell, top in zip(cells, tops, strict=True)
    ]

    left = max(34, 13 + 7 * len(str(max(tops, default=0))))

    def drawn(columns: int, names: int, letters: int, tall: int = 158) -> Dict:
        places = slots(len(cells), columns, tall=tall, gap=0.05, head=HEAD, foot=FOOT)
        height = -(-len(cells) // columns) * tall
        layout = frame(height, bargap=0.25, margin={"l": left, "r": 8, "t": 4, "b": 4})
        layout |= {"annotations": [], "barmode": "overlay"}
        data: list[Dict] = []
        every = zip(cells, tops, drawn_once, places, strict=True)
        for cell, top, traces, slot in every:
            x, y = f"x{slot.number}", f"y{slot.number}"
            layout[f"xaxis{slot.number}"] = time_axis(
                weeks, names, domain=slot.x, anchor=y
            )
            layout[f"yaxis{slot.number}"] = _taps_axis(top, domain=slot.y, anchor=x)
            layout["annotations"] += _captions(cell, slot, letters)
            data += [{**t, "xaxis": x, "yaxis": y} for t in traces if t["x"]]
        return {"data": data, "layout": layout}

    columns = COLUMNS.get(len(cells), 4)
    names, letters = WIDTHS[columns - 1]
    return Figure(
        drawn(columns, names, letters),
        drawn(1, 6, 38, 150),
        paper=drawn(min(columns, 3), 5, 30, 140),
    )


def hours_of_day(
    rows: Sequence[HourRow], opening: Sequence[tuple[float, float]], axis: str
) -> Figure:
    """Each month's taps from hour to hour, the darker the more; the open hours lie behind."""
    ends: list[float] = [
        edge
        for row in rows
        for first, last, _ in row.cells
        for edge in (first, last + 1)
    ]
    ends += [edge for span in opening for edge in span]
    low, high = int(min(ends, default=8)), ceil(max(ends, default=17))
    names = [(row.name, row.note) for row in rows]
    data = [_hour_cells(rows)]

    def drawn(row: int, step: int, margin: Dict, *, above: bool) -> Dict:
        ticks = list(range(low, high + 1, step))
        layout = frame(
            len(rows) * row + 64,
            len(rows) * 34 + 60,
            margin={"r": 16, "t": 8, "b": 48, **margin},
            xaxis={
                "range": [low - 0.1, high + 0.1],
                "tickvals": ticks,
                "ticktext": [f"{at}:00" for at in ticks],
                "title": axis_title(axis),
                "gridcolor": LINE,
                "zeroline": False,
                "fixedrange": True,
                "tickfont": {"size": 12, "color": MUTED},
                "tickangle": 0,
            },
            yaxis=place_axis(len(rows)),
            shapes=[_open(first, last) for first, last in opening],
            annotations=name_notes(names, above=above),
        )
        return {"data": data if not above else [_lower(data[0])], "layout": layout}

    return Figure(
        drawn(ROW, 1, {"l": name_margin(names)}, above=False),
        drawn(58, 3, {"l": 16}, above=True),
    )


def _top(cell: WeekCell) -> int:
    return max(max((bar.taps for bar in cell.bars if bar), default=0), 4)


def _taps_axis(top: int, **more: object) -> Dict:
    return {
        "range": [0, top * HEADROOM],
        "tickvals": [0, top],
        "ticktext": ["0", f"{top}"],
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "fixedrange": True,
        "tickfont": {"size": 11, "color": MUTED},
        **more,
    }


def _captions(cell: WeekCell, slot: Slot, letters: int) -> list[Dict]:
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    name = {"size": 13, "weight": 600, "color": INK}
    quiet = {"size": 12, "color": MUTED}
    below = {**place, "yshift": -17}
    return [
        note(clipped(cell.name, letters), slot.left, slot.top, font=name, **place),
        note(clipped(cell.note, letters + 6), slot.left, slot.top, font=quiet, **below),
    ]


def _ordinary(cell: WeekCell, top: int) -> Dict:
    found = [
        (at, bar.ordinary) for at, bar in enumerate(cell.bars) if bar and bar.ordinary
    ]
    return {
        "type": "bar",
        "x": [at for at, _ in found],
        "base": [low for _, (low, _) in found],
        "y": [min(high, top * HEADROOM) - low for _, (low, high) in found],
        "width": 1,
        "marker": {"color": OPEN, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _odd(cell: WeekCell, top: int) -> Dict:
    """The whole height of a week with no taps or unusually few, with their number at its foot."""
    found = [(at, bar) for at, bar in enumerate(cell.bars) if bar and bar.odd]
    return {
        "type": "bar",
        "x": [at for at, _ in found],
        "y": [top * HEADROOM] * len(found),
        "width": 1,
        "marker": {
            "color": ODD,
            "line": {"color": LACQUER, "width": [int(bar.away) for _, bar in found]},
        },
        "text": [f"{bar.taps}" for _, bar in found],
        "textposition": "inside",
        "insidetextanchor": "end",
        "insidetextfont": {"color": LACQUER, "size": 12, "weight": 600},
        "textangle": 0,
        "constraintext": "none",
        "hovertext": [_told(bar) for _, bar in found],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _bars(cell: WeekCell) -> Dict:
    found = [(at, bar) for at, bar in enumerate(cell.bars) if bar and bar.taps]
    return {
        "type": "bar",
        "x": [at for at, _ in found],
        "y": [bar.taps for _, bar in found],
        "width": 0.62,
        "marker": {
            "color": [LACQUER if bar.quiet else LAKE for _, bar in found],
            "line": {"width": 0},
        },
        "hovertext": [_told(bar) for _, bar in found],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _told(bar: Bar) -> str:
    return f"{safe(bar.week)}<br>{safe(bar.told)}"


def _hour_cells(rows: Sequence[HourRow]) -> Dict:
    cells = [
        (at, cell, _shade(cell, row), told)
        for at, row in enumerate(rows)
        for cell, told in zip(row.cells, row.told, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [first + 0.03 for _, (first, _, _), _, _ in cells],
        "x": [last - first + 0.94 for _, (first, last, _), _, _ in cells],
        "y": [at for at, _, _, _ in cells],
        "width": 0.6,
        "marker": {
            "color": [SHADES[shade] for _, _, shade, _ in cells],
            "line": {"width": 0},
        },
        "text": [f"{taps}" for _, (_, _, taps), _, _ in cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "insidetextfont": {
            "color": [ON_SHADES[shade] for _, _, shade, _ in cells],
            "size": 12,
        },
        "textangle": 0,
        "constraintext": "none",
        "hovertext": [safe(told) for _, _, _, told in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _lower(trace: Dict) -> Dict:
    """The same below the names of a phone, and narrower."""
    return {**trace, "y": [at + 0.14 for at in trace["y"]], "width": 0.4}


def _shade(cell: tuple[int, int, int], row: HourRow) -> int:
    def pace(each: tuple[int, int, int]) -> float:
        first, last, taps = each
        return taps / (last - first + 1)

    part = pace(cell) / max(map(pace, row.cells))
    return min(len(SHADES) - 1, int(part * len(SHADES)))


def _open(first: float, last: float) -> Dict:
    place = {"xref": "x", "yref": "paper", "x0": first, "x1": last, "y0": 0, "y1": 1}
    return {
        "type": "rect",
        "layer": "below",
        **place,
        "fillcolor": OPEN,
        "line": {"width": 0},
    }
