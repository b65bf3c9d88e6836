"""A chart on its own, as a Word document takes it in: its drawing, and the workbook behind it."""

import io
from dataclasses import dataclass
from zipfile import ZipFile

from xlsxwriter.workbook import Workbook

from reports.exports.charts import Figures
from reports.exports.plots import Plot

FONT = "Times New Roman"
LEFT_OUT = (
    (
        b'<c:showVal val="1"/>',
        b'<c:showLegendKey val="0"/><c:showVal val="1"/>'
        b'<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        b'<c:showBubbleSize val="0"/>',
    ),
    (
        b'<c:plotVisOnly val="1"/>',
        b'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>',
    ),
    (b"<c:chart>", b'<c:roundedCorners val="0"/><c:chart>'),
    # The workbook is named right before the settings of the printer.
    (
        b"<c:printSettings>",
        b'<c:externalData r:id="rId1"><c:autoUpdate val="0"/>'
        b"</c:externalData><c:printSettings>",
    ),
)


@dataclass(frozen=True)
class Embedded:
    """DrawingML as XlsxWriter writes it, which Word reads as well, and the .xlsx it came from."""

    chart: bytes
    book: bytes


def embedded(plot: Plot, width: int, height: int) -> Embedded:
    """The plot with its figures; `rId1` of its part must lead to the workbook."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        figures = Figures(book, "Figures", FONT)
        figures.sheet.insert_chart(0, 10, figures.chart(plot, width, height))
    with ZipFile(out) as archive:
        drawn = archive.read("xl/charts/chart1.xml")
    return Embedded(_said(drawn), out.getvalue())


def _said(drawn: bytes) -> bytes:
    """What XlsxWriter leaves out as Excel 2007 did; elsewhere the contrary may be assumed."""
    if b"<c:lineChart>" in drawn or b"<c:scatterChart>" in drawn:
        drawn = drawn.replace(b"</c:ser>", b'<c:smooth val="0"/></c:ser>')
    for found, said in LEFT_OUT:
        drawn = drawn.replace(found, said)
    return drawn
