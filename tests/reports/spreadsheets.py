"""What stands in an .xlsx file, read without a spreadsheet program: every cell, every chart."""

import io
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

FORMULA = "a formula: "


@dataclass
class Book:
    """The rows of each sheet by its name; the XML of each chart."""

    sheets: dict[str, list[list[str | float]]]
    charts: list[ET.Element]
    names: list[str]


def read_book(body: bytes) -> Book:
    """Numbers as numbers, texts as texts; what is reckoned begins with FORMULA."""
    with ZipFile(io.BytesIO(body)) as archive:
        names = archive.namelist()
        shared = _shared(archive)
        book = _xml(archive, "xl/workbook.xml")
        titles = [sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")]
        sheets = {
            title: _rows(_xml(archive, f"xl/worksheets/sheet{at}.xml"), shared)
            for at, title in enumerate(titles, start=1)
        }
        charts = [_xml(archive, n) for n in names if re.match(r"xl/charts/chart\d", n)]
    return Book(sheets, charts, names)


def _xml(archive: ZipFile, name: str) -> ET.Element:
    return ET.fromstring(archive.read(name))


def _shared(archive: ZipFile) -> list[str]:
    root = _xml(archive, "xl/sharedStrings.xml")
    return ["".join(e.itertext()) for e in root.iter(f"{MAIN}si")]


def _rows(sheet: ET.Element, shared: list[str]) -> list[list[str | float]]:
    return [
        [_value(cell, shared) for cell in row.iter(f"{MAIN}c")]
        for row in sheet.iter(f"{MAIN}row")
    ]


def _value(cell: ET.Element, shared: list[str]) -> str | float:
    formula, value = cell.find(f"{MAIN}f"), cell.findtext(f"{MAIN}v")
    if formula is not None:
        return f"{FORMULA}{formula.text}"
    if value is None:
        return ""
    return shared[int(value)] if cell.get("t") == "s" else float(value)
