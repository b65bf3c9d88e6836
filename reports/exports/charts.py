"""Plots as charts that Excel and Word draw natively, over figures on a sheet of their own."""

from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_range_formula
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.charts.base import LINE, MUTED
from reports.exports.plots import Look, Plot, Series, Shape

Options = dict[str, Any]

KINDS: dict[Shape, Options] = {
    Shape.BARS: {"type": "bar"},
    Shape.PARTS: {"type": "bar", "subtype": "percent_stacked"},
    Shape.PLACES: {"type": "bar", "subtype": "stacked"},
    Shape.COURSE: {"type": "line"},
    Shape.CLOUD: {"type": "scatter"},
}
SHARES = '0" %"'
WIDTH = 4  # columns of a series: sizes, values, and the way down and up to the interval's ends


class Figures:
    """A sheet on which plots put their figures, one below the other."""

    def __init__(self, book: Workbook, name: str, font: str) -> None:
        self.book, self.font = book, font
        self.sheet: Worksheet = book.add_worksheet(name)
        self._next = 0

    def chart(self, plot: Plot, width: int, height: int) -> Chart:
        """The plot over figures that are written down first."""
        first = self._next
        self._write(plot, first)
        chart: Chart = self.book.add_chart(KINDS[plot.shape])
        for at, series in enumerate(plot.series):
            chart.add_series(self._series(plot, series, at, first))
        for method, options in _frame(plot, self.font):
            getattr(chart, method)(options)
        chart.set_size({"width": width, "height": height})
        lengths = [len(series.values) for series in plot.series]
        self._next += max([len(plot.categories), *lengths]) + 3
        return chart

    def _write(self, plot: Plot, row: int) -> None:
        self.sheet.write_string(row, 0, plot.title)
        for at, name in enumerate(plot.categories):
            self.sheet.write_string(row + 2 + at, 0, name)
        for at, series in enumerate(plot.series):
            column = 1 + WIDTH * at
            self.sheet.write_string(row + 1, column + 1, series.name)
            beside = (series.sizes, series.values, series.below, series.above)
            for place, values in enumerate(beside):
                for line, value in enumerate(values):
                    if value is not None:
                        self.sheet.write_number(row + 2 + line, column + place, value)

    def _series(self, plot: Plot, series: Series, at: int, row: int) -> Options:
        name, column = self.sheet.get_name(), 1 + WIDTH * at
        first, last = row + 2, row + 1 + len(series.values)
        along = column if series.sizes else 0
        options: Options = {
            "name": series.name or " ",
            "categories": [name, first, along, last, along],
            "values": [name, first, column + 1, last, column + 1],
            **_look(plot.shape, series),
        }
        if series.colours:
            options["points"] = list(_points(plot.shape, series))
        if series.labels:
            options["data_labels"] = _labels(series, self.font)
        if series.below:
            ends = [
                xl_range_formula(name, first, column + place, last, column + place)
                for place in (2, 3)
            ]
            options["y_error_bars"] = _error_bars(plot.shape, series, *ends)
        return options


def _look(shape: Shape, series: Series) -> Options:
    line: Options = {"color": series.colour, "width": 1.5}
    if shape in (Shape.BARS, Shape.PARTS, Shape.PLACES):
        hidden = series.look is Look.HIDDEN
        white = {"color": "#ffffff", "width": 0.75}
        gap = {Shape.BARS: 60, Shape.PARTS: 70, Shape.PLACES: 160}[shape]
        colour = paler(series.colour) if shape is Shape.BARS else series.colour
        fill = {"none": True} if hidden else {"color": colour}
        bar: Options = {"fill": fill, "gap": gap}
        if shape is Shape.BARS:
            bar["border"] = {"color": series.colour, "width": 0.75}
        if shape is Shape.PARTS:
            bar |= {"border": white, "data_labels": _values(series)}
        return bar | ({"overlap": 100} if shape is not Shape.BARS else {})
    mark: Options = {
        "type": "circle",
        "size": 6,
        "fill": {"color": series.colour},
        "border": {"color": "#ffffff", "width": 0.5},
    }
    match series.look:
        case Look.RULE:
            return {"line": line | {"width": 0.75}, "marker": {"type": "none"}}
        case Look.DASHES:
            thin = {"width": 0.75, "dash_type": "dash"}
            return {"line": line | thin, "marker": {"type": "none"}}
        case Look.LINE:
            return {"line": line, "marker": mark | {"size": 5}}
        case _:
            return {"line": {"none": True}, "marker": mark}


def paler(colour: str) -> str:
    """Half-way to white, so that an interval is seen on its bar."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{(part + 255) // 2:02x}" for part in parts)


def _values(series: Series) -> Options:
    """Figures in the parts that have room for them."""
    dark = series.colour in ("#b2182b", "#1f5fa8")
    shown = [
        None if value is not None and value >= 9 else {"delete": True}
        for value in series.values
    ]
    colour = "#ffffff" if dark else "#1c2321"
    font = {"size": 8, "color": colour}
    return {"value": True, "num_format": '0"%"', "custom": shown, "font": font}


def _points(shape: Shape, series: Series) -> Iterator[Options | None]:
    for at in range(len(series.values)):
        colour = series.colours.get(at)
        fill: Options | None = {"fill": {"color": colour}} if colour else None
        if fill and shape in (Shape.COURSE, Shape.CLOUD):
            fill["border"] = {"color": "#1c2321", "width": 1}
        yield fill


def _labels(series: Series, font: str) -> Options:
    look = {"name": font, "size": 9, "bold": True}
    custom: list[Options] = [
        {"value": series.labels[at], "font": look}
        if at in series.labels
        else {"delete": True}
        for at in range(len(series.values))
    ]
    return {"value": True, "custom": custom, "position": "below"}


def _error_bars(shape: Shape, series: Series, below: str, above: str) -> Options:
    # Excel calls the bars along the values of a lying chart y_error_bars too.
    return {
        "type": "custom",
        "minus_values": below,
        "minus_data": list(series.below),
        "plus_values": above,
        "plus_data": list(series.above),
        "end_style": 0,
        "line": {"color": "#1c2321" if shape is Shape.BARS else series.colour},
    }


def _frame(plot: Plot, font: str) -> Iterator[tuple[str, Options]]:
    text = {"name": font, "size": 9}
    yield (
        "set_title",
        {
            "name": plot.title,
            "overlay": False,
            "name_font": {"name": font, "size": 10 if plot.small else 11, "bold": True},
        },
    )
    yield "set_chartarea", {"border": {"none": True}}
    yield from _axes(plot, text)
    named = [at for at, series in enumerate(plot.series) if series.name]
    unnamed = [at for at in range(len(plot.series)) if at not in named]
    if len(named) < 2 and plot.shape is not Shape.PARTS:
        yield "set_legend", {"none": True}
    else:
        options: Options = {"position": "bottom", "font": text}
        yield (
            "set_legend",
            options | ({"delete_series": unnamed} if unnamed else {}),
        )


def _axes(plot: Plot, text: Options) -> Iterator[tuple[str, Options]]:
    grid = {"visible": True, "line": {"color": LINE, "width": 0.5}}
    none = {"visible": False}
    ticks = {"major_tick_mark": "outside", "minor_tick_mark": "none"}
    edge = {"line": {"color": MUTED, "width": 0.5}, **ticks}
    shares = {"num_format": SHARES, "num_font": text, "major_gridlines": grid, **edge}
    if plot.shape is Shape.CLOUD:
        sizes = [size for series in plot.series for size in series.sizes]
        x: Options = {
            "name": plot.axis,
            "name_font": text,
            "num_font": text,
            "num_format": "#,##0",
        }
        ends = _rounded(min(sizes), max(sizes))
        yield "set_x_axis", {**x, **ends, "major_gridlines": none, **edge}
        yield "set_y_axis", {**shares, **_ends([*plot.series, *plot.beside])}
    elif plot.shape is Shape.COURSE:
        step = max(1, len(plot.categories) // (5 if plot.small else 9))
        x = {"num_font": text, "interval_unit": step, "interval_tick": step, **edge}
        yield "set_x_axis", x
        yield "set_y_axis", {**shares, **_ends([*plot.series, *plot.beside])}
    else:
        yield (
            "set_y_axis",
            {"num_font": text, "reverse": True, "major_gridlines": none, **edge},
        )
        yield (
            "set_x_axis",
            {**shares, "name_font": text, "label_position": "high", **_along(plot)},
        )


def _along(plot: Plot) -> Options:
    """The axis of the values of lying bars."""
    if plot.shape is Shape.PLACES:
        last = len(plot.categories)
        ends = {"min": 0, "max": last + 1, "major_unit": 1 if last < 11 else 2}
        return ends | {"name": plot.axis, "num_format": "0"}
    if plot.shape is Shape.PARTS:
        return {"num_format": "0%", "major_gridlines": {"visible": False}}
    return {"min": 0, "max": 100, "major_unit": 20}


def _ends(found: Sequence[Series]) -> Options:
    """As much of the shares as is drawn, in whole steps."""
    low, high = 100.0, 0.0
    for series in found:
        below = series.below or [0.0] * len(series.values)
        above = series.above or [0.0] * len(series.values)
        for value, down, up in zip(series.values, below, above, strict=True):
            if value is not None:
                low, high = min(low, value - down), max(high, value + up)
    step = 5 if high - low <= 25 else 10 if high - low <= 60 else 20
    first, last = floor((low - 1) / step) * step, ceil((high + 1) / step) * step
    return {"min": max(0, first), "max": min(100, last), "major_unit": step}


def _rounded(first: float, last: float) -> Options:
    """An axis of sizes whose ends and steps are round."""
    step = next(
        unit * 10**power
        for power in range(1, 12)
        for unit in (1, 2, 5)
        if last - first <= 8 * unit * 10**power
    )
    ends = {"min": floor(first / step) * step, "max": ceil(last / step) * step}
    return {**ends, "major_unit": step}
