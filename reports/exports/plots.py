"""The page's pictures in terms that an office program draws by itself: bars, lines, points.

Read from the same figures that the page draws, so a file cannot show anything else. A figure that
is not known here has its table and no picture.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from html import unescape
from typing import Any

from reports.charts.base import INK, LAKE, MUTED, Dict
from reports.exports.sheets import Cell, Sheet

Number = float | None


class Shape(StrEnum):
    """How a plot is drawn."""

    BARS = "bars"  # lying, side by side, with intervals
    PARTS = "parts"  # lying, as parts of a whole
    PLACES = "places"  # strokes from one place to another
    COURSE = "course"  # lines through time
    CLOUD = "cloud"  # points over sizes


class Look(StrEnum):
    """How a series is drawn in it."""

    MARKS = "marks"
    LINE = "line"  # with marks
    RULE = "rule"
    DASHES = "dashes"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Series:
    """Values (percentages or places) for each category or, in a cloud, for each of `sizes`."""

    name: str
    values: Sequence[Number]
    colour: str
    look: Look = Look.MARKS
    below: Sequence[float] = ()
    above: Sequence[float] = ()
    colours: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
    sizes: Sequence[float] = ()


@dataclass(frozen=True)
class Plot:
    """A picture: its title, its shape, what stands along the axis, and its series."""

    title: str
    shape: Shape
    categories: Sequence[str]
    series: Sequence[Series]
    small: bool = False
    axis: str = ""
    beside: Sequence[Series] = ()  # of other plots on the same scale


def plots_of(sheet: Sheet) -> list[Plot]:
    """The pictures of a table; none where it has no figure."""
    read = READERS.get(sheet.id) or READERS.get(sheet.id.partition("-")[0])
    return read(sheet, sheet.figure.wide) if read and sheet.figure else []


def height_of(plot: Plot) -> int:
    """How many pixels tall a plot is when it has the whole width."""
    each = {Shape.BARS: 54, Shape.PARTS: 34, Shape.PLACES: 24}.get(plot.shape)
    return 120 + each * len(plot.categories) if each else 340


def _officers(sheet: Sheet, figure: Dict) -> list[Plot]:
    traces = figure["data"]
    names = {
        y: _plain(name)
        for trace in traces
        for y, name in zip(trace["y"], trace["hovertext"], strict=True)
    }
    rows = sorted(names)
    series = [_intervals(trace, rows) for trace in traces]
    return [Plot(sheet.title, Shape.BARS, [names[y] for y in rows], series)]


def _intervals(trace: Dict, places: Sequence[float]) -> Series:
    along, value = ("y", "x") if "error_x" in trace else ("x", "y")
    at = {place: n for n, place in enumerate(trace[along])}
    bars = trace.get("error_x") or trace["error_y"]

    def of(found: Sequence[float]) -> list[Number]:
        return [found[at[place]] if place in at else None for place in places]

    return Series(
        _plain(trace.get("name", "")),
        of(trace[value]),
        trace["marker"]["line"]["color"],
        below=[each or 0 for each in of(bars["arrayminus"])],
        above=[each or 0 for each in of(bars["array"])],
    )


def _sides(sheet: Sheet, figure: Dict) -> list[Plot]:
    """Two sides, each of which may lack a figure that the other has."""
    names, series = [str(row[0]) for row in sheet.rows], []
    for trace in figure["data"]:
        lines = dict(zip(map(_plain, trace["hovertext"]), trace["y"], strict=True))
        series.append(_intervals(trace, [lines.get(name, -1) for name in names]))
    return [Plot(sheet.title, Shape.BARS, names, series)]


def _targets(sheet: Sheet, figure: Dict) -> list[Plot]:
    """Shares with their intervals beside what was promised; some have no share yet."""
    names, (shares, strokes) = [str(row[0]) for row in sheet.rows], figure["data"]
    marker = {"line": {"color": LAKE}}
    trace = shares | {"name": _head(sheet, 2), "marker": marker}
    marks = zip(shares["y"], shares["marker"]["color"], strict=True)
    colours = {at: colour for at, colour in marks if colour != MUTED}
    own = replace(_intervals(trace, range(len(names))), colours=colours)
    promised = Series(_head(sheet, 1), strokes["x"], INK)
    return [Plot(sheet.title, Shape.BARS, names, [own, promised])]


def _levels(sheet: Sheet, figure: Dict) -> list[Plot]:
    traces = figure["data"]
    names = [_plain(name) for name in traces[0]["hovertext"]]
    series = [
        Series(_plain(trace["name"]), trace["x"], trace["marker"]["color"])
        for trace in traces
    ]
    return [Plot(sheet.title, Shape.PARTS, names, series)]


def _weeks(sheet: Sheet, figure: Dict) -> list[Plot]:
    band, centre, *_, points = figure["data"]
    names = _weeks_of(sheet, [_plain(name) for name in points["hovertext"]])
    low = dict(zip(band["x"], band["base"], strict=True))
    high = {
        x: round(base + tall, 1)
        for x, base, tall in zip(band["x"], band["base"], band["y"], strict=True)
    }
    places = range(len(names))
    colours = enumerate(points["marker"]["color"])
    share = _head(sheet, 4)
    limits = _head(sheet, 7), _head(sheet, 8)
    series = [
        Series(limits[0], [low.get(at) for at in places], MUTED, Look.DASHES),
        Series(limits[1], [high.get(at) for at in places], MUTED, Look.DASHES),
        Series("", [centre["y"][0]] * len(names), MUTED, Look.RULE),
        Series(
            share,
            points["y"],
            LAKE,
            Look.LINE,
            colours={at: each for at, each in colours if each != LAKE},
        ),
    ]
    return [Plot(sheet.title, Shape.COURSE, names, series)]


def _funnel(sheet: Sheet, figure: Dict) -> list[Plot]:
    *lines, dots = figure["data"]
    outer, inner, level = _limits(figure)
    looks = {
        "below": (inner, Look.RULE),
        "above": ("", Look.RULE),
        "outer below": (outer, Look.DASHES),
        "outer above": ("", Look.DASHES),
        "level": (level, Look.RULE),
    }
    series = [
        Series(name, line["y"], INK if name == level else MUTED, look, sizes=line["x"])
        for line, (name, look) in zip(lines, looks.values(), strict=True)
    ]
    names, colours = dots["hovertext"], dots["marker"]["color"]
    clear = {at: colour for at, colour in enumerate(colours) if colour != LAKE}
    series.append(
        Series(
            _head(sheet, 2),
            dots["y"],
            LAKE,
            colours=clear,
            labels={at: _plain(names[at]) for at in clear},
            sizes=dots["x"],
        )
    )
    axis = _plain(figure["layout"]["xaxis"]["title"]["text"])
    return [Plot(sheet.title, Shape.CLOUD, [], series, axis=axis)]


def _limits(figure: Dict) -> tuple[str, str, str]:
    """What the outer and inner limits and the level are called at their ends."""
    ends = [
        _plain(each["text"])
        for each in figure["layout"]["annotations"]
        if each.get("xref") == "paper"
    ]
    level = next(name for name in ends if any(map(str.isalpha, name)))
    inner = next((name for name in ends if name not in (ends[0], level)), "")
    return ends[0], inner, level


def _ranks(sheet: Sheet, figure: Dict) -> list[Plot]:
    strokes, layout = figure["data"][0], figure["layout"]
    names = [_plain(each["text"]) for each in layout["annotations"]]
    colours = dict(enumerate(strokes["marker"]["color"]))
    series = [
        Series("", strokes["base"], MUTED, Look.HIDDEN),
        Series(sheet.title, strokes["x"], LAKE, colours=colours),
    ]
    axis = _plain(layout["xaxis"]["title"]["text"])
    return [Plot(sheet.title, Shape.PLACES, names, series, axis=axis)]


def _course(sheet: Sheet, figure: Dict) -> list[Plot]:
    names = _ticks(sheet)
    places = list(range(len(names)))
    data, titles = figure["data"], figure["layout"]["annotations"]
    plots = []
    for at, title in enumerate(titles):
        others, own = data[2 * at : 2 * at + 2]
        low = dict(zip(others["x"], others["base"], strict=True))
        tall = dict(zip(others["x"], others["y"], strict=True))
        top = [round(low[x] + tall[x], 1) if x in low else None for x in places]
        band = [Series("", [low.get(x) for x in places], MUTED, Look.DASHES)]
        band.append(Series("", top, MUTED, Look.DASHES))
        series = [*band, _intervals(own, places)]
        name = _plain(title["text"])
        plots.append(Plot(name, Shape.COURSE, names, series, small=True))
    return plots


def _units(sheet: Sheet, figure: Dict) -> list[Plot]:
    names = _ticks(sheet)
    level = figure["layout"]["shapes"][0]["y0"]
    units = [
        _unit(column.name, trace)
        for column, trace in zip(sheet.columns[3:], figure["data"], strict=True)
    ]
    dashes = Series("", [level] * len(names), MUTED, Look.DASHES)
    return [
        Plot(own.name, Shape.COURSE, names, [dashes, own], small=True, beside=units)
        for own in units
    ]


def _unit(name: str, trace: Dict) -> Series:
    colour, marks = trace["line"]["color"], enumerate(trace["marker"]["color"])
    colours = {at: each for at, each in marks if each != colour}
    return Series(name, trace["y"], colour, Look.LINE, colours=colours)


READERS: Mapping[str, Callable[[Sheet, dict[str, Any]], list[Plot]]] = {
    "officers": _officers,
    "satisfaction": _levels,
    "comparison": _sides,
    "targets": _targets,
    "weeks": _weeks,
    "units": _funnel,
    "ranks": _ranks,
    "course": _course,
    "unit-weeks": _units,
}


def _ticks(sheet: Sheet) -> list[str]:
    """Short names of weeks (25/5) and months (6/2026), from rows that begin with their days."""
    return [_tick(_day(row[1]), _day(row[2])) for row in sheet.rows]


def _tick(first: date, last: date) -> str:
    if last - first < timedelta(days=7):
        return f"{first.day}/{first.month}"
    return f"{first.month}/{first.year}"


def _weeks_of(sheet: Sheet, names: Sequence[str]) -> list[str]:
    """Short names of adjoining weeks; a week that has no row has its name alone."""
    known, first = str(sheet.rows[0][0]), _day(sheet.rows[0][1])
    start = next(at for at, name in enumerate(names) if name.startswith(known))
    mondays = [first + timedelta(weeks=at - start) for at in range(len(names))]
    return [_tick(each, each) for each in mondays]


def _day(value: Cell) -> date:
    if not isinstance(value, date):
        raise TypeError(value)
    return value


def _head(sheet: Sheet, at: int) -> str:
    return sheet.columns[at].name


def _plain(text: str) -> str:
    """What `charts.base.safe` made of a name, undone."""
    return unescape(text.replace("<br>", " "))
