"""A page as plain tables: a column for each value, numbers as numbers, days as days.

Made of the page itself, after it was put together for its reader: what is not on the page cannot
be in a file, and what is rounded there is rounded here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from markupsafe import Markup

from reports.cells import Kind, Told, Value
from reports.charts.base import Figure
from reports.filters import ReportFilter
from reports.pages.frame import Foot, Periods
from reports.pages.parts import Card, ChartCard, Row, Table, figures_table
from reports.terms import Words

Cell = Value | str | None
NOTHING = frozenset({"", "–"})


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"  # fractions
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds, and how many decimals are shown."""

    name: str
    type: Type = Type.TEXT
    decimals: int = 0


@dataclass(frozen=True)
class Sheet:
    """A table with one value in each cell; `totals` are the places of rows that sum up."""

    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    totals: frozenset[int] = frozenset()
    figure: Figure | None = None


@dataclass(frozen=True)
class Report:
    """A page as it leaves the house."""

    title: str
    view: ReportFilter
    period: str
    sentences: Sequence[str]
    sheets: Sequence[Sheet]
    foot: Foot


class Page(Protocol):
    """What every report page has; its own tables are given beside it."""

    @property
    def view(self) -> ReportFilter: ...
    @property
    def periods(self) -> Periods: ...
    @property
    def sentences(self) -> Sequence[str]: ...
    @property
    def cards(self) -> Sequence[Card]: ...
    @property
    def charts(self) -> Sequence[ChartCard]: ...
    @property
    def foot(self) -> Foot: ...


def report_of(page: Page, title: str, tables: Sequence[Table], words: Words) -> Report:
    """The page's figures, then its own tables, then the table of each chart."""
    sheets = []
    if page.cards:
        sheets += [sheet_of("figures", figures_table(page.cards, words), words)]
    for at, table in enumerate(tables):
        sheets.append(sheet_of("list" if not at else f"list-{at + 1}", table, words))
    sheets += [sheet_of(c.id, c.table, words, c.figure) for c in page.charts]
    period = plain(page.periods.name)
    sentences = [plain(sentence) for sentence in page.sentences]
    return Report(title, page.view, period, sentences, sheets, page.foot)


def sheet_of(
    key: str, table: Table, words: Words, figure: Figure | None = None
) -> Sheet:
    """A table of a page; a note in place of figures becomes a column of its own."""
    width = len(table.heads)
    cells = [_padded(row, width) for row in table.rows]
    kinds = [_kind([row[at] for row in cells]) for at in range(width)]
    noted = any(row.note for row in table.rows)
    columns = [
        column
        for head, kind in zip(table.heads, kinds, strict=True)
        for column in _columns(plain(head), kind, words)
    ]
    if noted:
        columns.append(Column(plain(words.gettext("Note"))))
    rows = [
        [*_values(row, kinds), *([plain(given.note) or None] if noted else [])]
        for row, given in zip(cells, table.rows, strict=True)
    ]
    totals = frozenset(at for at, row in enumerate(table.rows) if row.total)
    return Sheet(key, plain(table.caption), columns, rows, totals, figure)


def plain(text: str) -> str:
    """Text without markup; names come without any, sentences with."""
    return text.striptags() if isinstance(text, Markup) else str(text)


def _padded(row: Row, width: int) -> list[str]:
    return [*row.cells, *[""] * (width - len(row.cells))]


def _kind(cells: Sequence[str]) -> Told | None:
    """A cell that shows what the column holds; none where it is words."""
    return next((cell for cell in cells if isinstance(cell, Told)), None)


def _columns(head: str, sample: Told | None, words: Words) -> Iterator[Column]:
    if sample is None:
        yield Column(head)
        return
    first = plain(words.gettext("%(figure)s: from", figure=head))
    last = plain(words.gettext("%(figure)s: to", figure=head))
    decimals = sample.decimals
    match sample.kind:
        case Kind.NUMBER:
            yield Column(head, Type.NUMBER, decimals)
        case Kind.PERCENT:
            yield Column(head, Type.PERCENT, decimals)
        case Kind.INTERVAL:
            yield Column(first, Type.PERCENT, decimals)
            yield Column(last, Type.PERCENT, decimals)
        case Kind.SHARE:
            yield Column(head, Type.PERCENT, decimals)
            yield Column(first, Type.PERCENT, decimals)
            yield Column(last, Type.PERCENT, decimals)
        case Kind.DAYS:
            yield Column(head)
            yield Column(first, Type.DAY)
            yield Column(last, Type.DAY)
        case Kind.PLACES | Kind.REACH:
            yield Column(first, Type.NUMBER, decimals)
            yield Column(last, Type.NUMBER, decimals)
        case Kind.SPREAD:
            yield Column(head, Type.NUMBER, decimals)
            yield Column(first, Type.NUMBER, decimals)
            yield Column(last, Type.NUMBER, decimals)


def _values(cells: Sequence[str], kinds: Sequence[Told | None]) -> Iterator[Cell]:
    for cell, sample in zip(cells, kinds, strict=True):
        if sample is None:
            text = plain(cell)
            yield None if text in NOTHING else text
        elif isinstance(cell, Told):
            if cell.kind is Kind.DAYS:
                yield str(cell)
            yield from cell.values
        else:
            yield from [None] * _width(sample)


def _width(sample: Told) -> int:
    return len(sample.values) + (sample.kind is Kind.DAYS)
