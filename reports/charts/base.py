"""What all figures share: colours (the tokens' meanings), frame, axes, marks and hover words.

Figures are plain dicts in plotly.js' own terms; the tests hold them against plotly's schema. Words
come in translated; shares go out as percentages with one decimal. No tags in texts but <br>: plotly
would turn them into style attributes, which the content security policy forbids.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from textwrap import wrap
from typing import Any

from reports.statistics import Share

Dict = dict[str, Any]

INK, MUTED, LINE, BAND = "#1c2321", "#5d6663", "#e3ddd2", "#e9e4da"
LAKE, LACQUER, GOLD, GOLD_DEEP = "#12556b", "#a3222a", "#d99a1c", "#7a5000"
SATISFACTION = ("#b2182b", "#e08261", "#8c8a83", "#4a90c2", "#1f5fa8")
ON_SATISFACTION = ("#ffffff", INK, INK, INK, "#ffffff")
HIGHER, LOWER = SATISFACTION[4], SATISFACTION[0]
FONT = "Be Vietnam Pro, Noto Sans, sans-serif"
CLEAR = "rgba(0,0,0,0)"
NAME = 26  # letters of a name on one line beside its row
LINE_OF_A_PHONE = 46  # letters above a row


@dataclass(frozen=True)
class Mark:
    """How a courtesy is drawn everywhere: by colour and by shape, its line dark enough to see."""

    colour: str
    symbol: str
    line: str


MARKS = {
    "greeted": Mark(LAKE, "circle", LAKE),
    "asked": Mark(LACQUER, "diamond", LACQUER),
    "thanked": Mark(GOLD, "square", GOLD_DEEP),
    "satisfied": Mark(SATISFACTION[4], "circle", SATISFACTION[4]),
}


@dataclass(frozen=True)
class Labels:
    """Words and signs of one language for axes and hovers."""

    percent: str  # what stands after a figure, e.g. " %"
    interval: str
    ratings: str


@dataclass(frozen=True)
class Moment:
    """A period on an axis: its short name there, and its name in full."""

    tick: str
    full: str


@dataclass(frozen=True)
class Figure:
    """One picture, as drawn on a desk and as drawn on a phone."""

    wide: Dict
    narrow: Dict
    paper: Dict | None = None  # the wide one, unless it would be too crowded


def per_cent(value: float) -> float:
    """A fraction as a percentage with one decimal."""
    return round(value * 100, 1)


def safe(text: str, width: int = 0) -> str:
    """A name for plotly, which reads tags in its texts; broken at words when `width` is given."""
    lines = wrap(text, width) if 0 < width < len(text) else [text]
    return "<br>".join(escape(line, quote=False) for line in lines)


def frame(height: int, paper: int = 0, **more: Any) -> Dict:
    """The layout every figure begins with: nothing but what is drawn; heights in pixels."""
    return {
        "template": "none",
        "height": height,
        "meta": {"paper": paper or height},
        "font": {"family": FONT, "size": 13, "color": INK},
        "margin": {"l": 8, "r": 16, "t": 8, "b": 32},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": "#ffffff",
            "bordercolor": MUTED,
            "font": {"color": INK},
        },
        **more,
    }


def share_axis(low: int, labels: Labels, **more: Any) -> Dict:
    """An axis of percentages from `low` (0, 10, … 80) to all."""
    margin = (100 - low) * 0.02
    return {
        "range": [low - margin, 100 + margin],
        "tick0": 0,
        "dtick": 20 if low < 40 else 10 if low < 80 else 5,
        "ticksuffix": labels.percent,
        "ticklabelstandoff": 4,
        "gridcolor": LINE,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 12, "color": MUTED},
        **more,
    }


def axis_title(text: str) -> Dict:
    """What an axis counts, below it."""
    return {"text": safe(text), "standoff": 8, "font": {"size": 12, "color": MUTED}}


def place_axis(count: int, **more: Any) -> Dict:
    """An axis of `count` places from the top down, or from left to right, without a grid."""
    return {
        "range": [count - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "fixedrange": True,
        **more,
    }


def time_axis(moments: Sequence[Moment], most: int, **more: Any) -> Dict:
    """An axis of periods in their order, with at most `most` of their names."""
    step = max(1, ceil(len(moments) / most))
    shown = list(range(len(moments) - 1, -1, -step))[::-1]
    return {
        "range": [-0.6, len(moments) - 0.4],
        "tickvals": shown,
        "ticktext": [safe(moments[at].tick) for at in shown],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 12, "color": MUTED},
        "tickangle": 0,
        **more,
    }


def lowest(shares: Iterable[Share | None]) -> int:
    """Where an axis of shares may begin so that every interval is on it: 0, 10, … 80."""
    return min(80, int(min((each.low for each in shares if each), default=0) * 10) * 10)


def reach(shares: Sequence[Share], colour: str, thickness: float = 2) -> Dict:
    """Error bars from the shares to the ends of their intervals."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [per_cent(share.high - share.value) for share in shares],
        "arrayminus": [per_cent(share.value - share.low) for share in shares],
        "width": 0,
        "thickness": thickness,
        "color": colour,
    }


def told(shares: Iterable[Share | None]) -> list[list[float] | None]:
    """What a hover tells beside a share: its interval, and of how many."""
    return [[per_cent(s.low), per_cent(s.high), s.total] if s else None for s in shares]


def hover(head: str, value: str, labels: Labels) -> str:
    """A hover of two lines: whose share and how much; its interval and of how many."""
    sign = labels.percent
    return (
        f"{head}: %{{{value}:.1f}}{sign}<br>{labels.interval} %{{customdata[0]:.1f}}–"
        f"%{{customdata[1]:.1f}}{sign} · %{{customdata[2]:,d}} {labels.ratings}<extra></extra>"
    )


def note(text: str, x: float, y: float, **more: Any) -> Dict:
    """Words at a place of the figure."""
    return {"text": text, "x": x, "y": y, "showarrow": False, **more}


def name_notes(
    names: Sequence[tuple[str, str]], *, above: bool, most: int = LINE_OF_A_PHONE
) -> list[Dict]:
    """Each row's name and quiet words: left of the rows, or above them where there is no room."""
    notes = []
    for at, (name, quiet) in enumerate(names):
        if above:
            head = {
                "xref": "paper",
                "xanchor": "left",
                "yanchor": "middle",
                "font": {"size": 12},
            }
            notes.append(note(_line(name, quiet, most), 0, at - 0.4, **head))
            continue
        left = {"xref": "paper", "xanchor": "right", "xshift": -12, "align": "right"}
        notes.append(note(safe(name, NAME), 0, at, yanchor="bottom", yshift=-4, **left))
        small = {"size": 12, "color": MUTED}
        notes.append(
            note(safe(quiet), 0, at, yanchor="top", yshift=-2, font=small, **left)
        )
    return notes


def name_margin(names: Iterable[tuple[str, str]]) -> int:
    """How many pixels the longest line of the names takes, by 7.6 a letter at 13 pixels."""
    lines = (line for pair in names for text in pair for line in wrap(text, NAME))
    return min(230, round(max(map(len, lines), default=0) * 7.6) + 24)


def clipped(text: str, most: int) -> str:
    """The text, or as much of it as there is room for; the table has all of it."""
    return safe(text if len(text) <= most else text[: most - 1].rstrip() + "…")


def _line(name: str, quiet: str, most: int) -> str:
    whole = f"{name}  ·  {quiet}" if quiet else name
    return safe(whole) if len(whole) <= most else clipped(name, most)


def level_band(level: Share, axis: str = "x") -> Dict:
    """The interval of a common level as a grey band behind the marks."""
    low, high = per_cent(level.low), per_cent(level.high)
    place = {"xref": axis, "yref": "paper", "x0": low, "x1": high, "y0": 0, "y1": 1}
    look = {"fillcolor": BAND, "line": {"width": 0}}
    return {"type": "rect", "layer": "below", **place, **look}


def rule(at: float) -> Dict:
    """A hair line between two rows."""
    place = {"xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": at, "y1": at}
    return {
        "type": "line",
        "layer": "below",
        **place,
        "line": {"color": LINE, "width": 1},
    }


@dataclass(frozen=True)
class Slot:
    """A place in a grid of panels: the number of its axes, its axes' domains, its upper left."""

    number: str
    x: list[float]
    y: list[float]
    left: float
    top: float


def slots(
    count: int, columns: int, *, tall: int, gap: float, head: int, foot: int
) -> list[Slot]:
    """Panels of `tall` pixels from left to right, row by row, with room above and below each.

    `gap` between columns is a part of the width; `head` and `foot` are pixels.
    """
    rows = -(-count // columns)
    pixels, width = rows * tall, (1 - gap * (columns - 1)) / columns
    found = []
    for at in range(count):
        row, column = divmod(at, columns)
        left, top = column * (width + gap), 1 - row / rows
        y = [top - 1 / rows + foot / pixels, top - head / pixels]
        found.append(
            Slot(str(at + 1) if at else "", [left, left + width], y, left, top)
        )
    return found
