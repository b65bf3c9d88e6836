"""A report as a workbook: the page in brief with its charts, a clean sheet for each table, and the
figures of the charts. Texts are written as texts, so no name is ever a formula.
"""

import io
import re
from collections.abc import Callable

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kiosk.web.language import Language
from reports.exports.charts import Figures
from reports.exports.plots import Plot, height_of, plots_of
from reports.exports.sheets import Cell, Column, Report, Sheet, Type, plain
from reports.pages.frame import Foot
from reports.pages.maps import map_sentences
from reports.terms import Words

FONT = "Calibri"
WIDE = 840  # pixels of a chart; small ones stand three beside each other
ROW = 20  # pixels
COLUMNS, LETTERS = 8, 100  # of the front sheet, and how many letters a line of it takes
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Looks:
    """The formats of the book, each made once."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book = book
        self._sign = " %" if language == "vi" else "%"
        self._day = "dd/mm/yyyy" if language == "vi" else "d mmm yyyy"
        self._made: dict[tuple[str, bool], Format] = {}
        self.title = self._new(bold=True, font_size=16)
        self.quiet = self._new(font_color="#5d6663", text_wrap=True, valign="top")
        self.sentence = self._new(text_wrap=True, valign="top", font_size=12)
        self.head = self._new(
            bold=True, text_wrap=True, valign="top", bg_color="#efeae1", bottom=1
        )

    def of(self, column: Column, total: bool) -> Format:
        """How a column's cells look; `total` in the row that sums up."""
        zeros = "." + "0" * column.decimals if column.decimals else ""
        form = {
            Type.TEXT: "@",
            Type.NUMBER: f"#,##0{zeros}",
            Type.PERCENT: f"0{zeros}{self._sign}",
            Type.DAY: self._day,
        }[column.type]
        if (form, total) not in self._made:
            extra = {"bold": True, "top": 1} if total else {}
            self._made[form, total] = self._new(num_format=form, **extra)
        return self._made[form, total]

    def _new(self, **options: object) -> Format:
        found: Format = self._book.add_format({"font_name": FONT, **options})
        return found


def workbook_of(report: Report, language: Language, words: Words) -> bytes:
    """The bytes of the .xlsx file."""
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"title": report.title, "comments": report.period})
        looks = Looks(book, language)
        names = _names()
        front = book.add_worksheet(names(words.gettext("Report")))
        for sheet in report.sheets:
            _write_table(book.add_worksheet(names(sheet.title)), sheet, looks)
        row = _write_front(front, report, looks, words)
        plots = [plot for sheet in report.sheets for plot in plots_of(sheet)]
        if plots:
            name = names(words.gettext("Figures of the charts"))
            row = _draw(front, row + 1, plots, Figures(book, name, FONT))
        front.print_area(0, 0, row, COLUMNS - 1)
    return out.getvalue()


def _names() -> Callable[[str], str]:
    """Gives sheets names that Excel takes: short, plain and no two alike."""
    taken: set[str] = set()

    def name(title: str) -> str:
        clean = re.sub(r"[\[\]:*?/\\']", " ", str(title)).strip()
        found, at = clean[:31].strip(), 2
        while found.lower() in taken:
            found, at = f"{clean[:27].strip()} ({at})", at + 1
        taken.add(found.lower())
        return found

    return name


def _write_table(page: Worksheet, sheet: Sheet, looks: Looks) -> None:
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.name, looks.head)
        longest = max((_length(row[at]) for row in sheet.rows), default=0)
        page.set_column(at, at, min(48, max(11, longest + 2)))
    for line, row in enumerate(sheet.rows, start=1):
        total = line - 1 in sheet.totals
        for at, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write(page, line, at, cell, looks.of(column, total))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write(page: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, look)
    elif cell is None:
        page.write_blank(row, column, None, look)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, look)
    else:
        page.write_datetime(row, column, cell, look)


def _length(cell: Cell) -> int:
    return len(cell) if isinstance(cell, str) else 10


def _write_front(page: Worksheet, report: Report, looks: Looks, words: Words) -> int:
    """The page in brief; the row after it comes back."""
    page.hide_gridlines(2)
    page.set_column(0, COLUMNS - 1, 15)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, report.title, looks.title)
    page.write_string(1, 0, report.period, looks.title)
    told = [(sentence, looks.sentence) for sentence in report.sentences]
    said = [plain(each) for each in map_sentences(report.foot, report.view, words)]
    facts = _facts(report.foot, words)
    told += [(fact, looks.quiet) for fact in (*said, *facts)]
    for row, (text, look) in enumerate(told, start=3):
        page.merge_range(row, 0, row, COLUMNS - 1, "", look)
        page.write_string(row, 0, text, look)
        page.set_row(row, 18 * (1 + len(text) // LETTERS))
    return 3 + len(told)


def _facts(foot: Foot, words: Words) -> list[str]:
    as_of = words.gettext("As of %(day)s.", day=words.day(foot.as_of))
    groups = words.gettext(
        "Every number is a sum over groups of at least %(k)s citizens.", k=foot.k
    )
    found = [f"{as_of} {groups}"]
    if foot.open_until:
        until = words.day(foot.open_until)
        found.append(
            words.gettext("This period may still grow until %(day)s.", day=until)
        )
    return [plain(each) for each in found] + (
        [f"SHA-256: {foot.seal}"] if foot.seal else []
    )


def _draw(front: Worksheet, row: int, plots: list[Plot], figures: Figures) -> int:
    """Charts below the words, small ones three beside each other; the row after them."""
    beside = 0
    for plot in plots:
        wide = WIDE // 3 if plot.small else WIDE
        tall = 200 if plot.small else height_of(plot)
        if beside and (not plot.small or beside == 3):
            row, beside = row + 200 // ROW + 1, 0
        place = {"x_offset": beside * wide, "object_position": 3}
        front.insert_chart(row, 0, figures.chart(plot, wide, tall), place)
        if plot.small:
            beside += 1
        else:
            row += tall // ROW + 2
    return row + (200 // ROW + 1 if beside else 0)
