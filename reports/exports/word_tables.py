"""A table of a page in WordprocessingML: written out whole, for python-docx takes 3 ms a cell."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from reports.exports.sheets import plain
from reports.pages.parts import Row, Table

WIDTH = 9354  # twentieths of a point between the margins: 165 mm
STYLE = "TableText"
LEAST, MOST = 6, 16  # letters that a column is made for


def table_xml(found: Table, size: float) -> str:
    """With lines, a head that comes again on each page, and rows that no page breaks.

    An interval stands below its share. `size` in points.
    """
    widths = _widths(found)
    form = (
        '<w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, found, widths, size) for row in found.rows)
    head = "".join(
        _cell(plain(text), width, size, bold=True, middle=True)
        for text, width in zip(found.heads, widths, strict=True)
    )
    return (
        f"<w:tbl {nsdecls('w')}>{form}<w:tblGrid>{columns}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _widths(found: Table) -> list[int]:
    """Room for the longest line of each column, up to a bound."""
    letters = [
        min(MOST, max(LEAST, *_lengths(found, at))) for at in range(len(found.heads))
    ]
    return [WIDTH * each // sum(letters) for each in letters]


def _lengths(found: Table, at: int) -> Iterator[int]:
    yield max(map(len, plain(found.heads[at]).split())) + 1
    for row in found.rows:
        text = plain(row.cells[at]) if at < len(row.cells) else ""
        number = found.classes[at] == "number"
        # Words may be broken into two lines, figures may not.
        yield max(map(len, _lines(text))) + 1 if number else len(text) // 2 + 1


def _row(row: Row, found: Table, widths: Sequence[int], size: float) -> str:
    cells = [
        _cell(
            plain(text),
            widths[at],
            size,
            bold=row.total,
            middle=found.classes[at] == "number",
        )
        for at, text in enumerate(row.cells)
    ]
    if row.note:
        rest = widths[len(row.cells) :]
        cells.append(_cell(plain(row.note), sum(rest), size, span=len(rest)))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str,
    width: int,
    size: float,
    *,
    bold: bool = False,
    middle: bool = False,
    span: int = 1,
) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    place = '<w:jc w:val="center"/>' if middle else ""
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{round(size * 2)}"/>'
    lines = _lines(text) if middle else [text]
    written = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/>{place}</w:pPr>'
        f"<w:r><w:rPr>{look}</w:rPr>{written}</w:r></w:p></w:tc>"
    )


def _lines(text: str) -> list[str]:
    """A share, and below it its interval."""
    share, _, interval = text.partition(" (")
    return [share, f"({interval}"] if interval else [text]
