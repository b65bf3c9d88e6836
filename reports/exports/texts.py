"""A report as text: one table as CSV that Excel opens by a double click, or all of it as JSON."""

import csv
import io
import json
from datetime import date
from typing import Any

from kiosk.web import filters
from kiosk.web.language import Language
from reports.exports.sheets import Cell, Column, Report, Sheet, Type

FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # what makes a spreadsheet reckon instead of show


def csv_of(sheet: Sheet, language: Language) -> bytes:
    """UTF-8 with its mark; separated and written as a spreadsheet of that language expects.

    Shares are percentages, as their heads say.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if language == "vi" else ",")
    writer.writerow([_head(column) for column in sheet.columns])
    for row in sheet.rows:
        pairs = zip(row, sheet.columns, strict=True)
        writer.writerow([_written(cell, column, language) for cell, column in pairs])
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text, never to be taken for a formula: names and comments are written by anybody."""
    return "'" + text if text.startswith(FORMULA) else text


def json_of(report: Report) -> bytes:
    """The period, the sentences, every table with the type of each column, and the seal."""
    view, foot = report.view, report.foot
    found = {
        "title": report.title,
        "period": {
            "code": view.period.code,
            "first": view.period.first,
            "last": view.period.last,
            "final": view.final,
        },
        "as_of": view.as_of,
        "map": view.map.value,
        "sentences": report.sentences,
        "tables": [_table(sheet) for sheet in report.sheets],
        "k": foot.k,
        "partial_ratings": foot.partials,
        "released_on": foot.released_on,
        "restored_on": foot.restored_on,
        "seal": foot.seal,
    }
    text = json.dumps(found, ensure_ascii=False, indent=1, default=date.isoformat)
    return text.encode()


def _table(sheet: Sheet) -> dict[str, Any]:
    columns = [
        {"name": column.name, "type": column.type.value} for column in sheet.columns
    ]
    return {
        "id": sheet.id,
        "title": sheet.title,
        "columns": columns,
        "rows": sheet.rows,
    }


def _head(column: Column) -> str:
    return guarded(column.name + (" (%)" if column.type is Type.PERCENT else ""))


def _written(cell: Cell, column: Column, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, date):
        return filters.day(cell) if language == "vi" else cell.isoformat()
    share = column.type is Type.PERCENT
    text = f"{cell * 100 if share else cell:.{column.decimals}f}"
    return text.replace(".", ",") if language == "vi" else text
