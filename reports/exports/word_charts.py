"""Native charts in a Word document: drawn by Word itself, with their figures behind them.

So nothing draws pictures on the server, whoever edits the document can edit the chart, and it
prints as sharp as text.
"""

from itertools import count
from xml.sax.saxutils import quoteattr

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Length
from docx.text.run import Run

from reports.exports.embedded import embedded
from reports.exports.plots import Plot, height_of

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PIXELS = 9525  # EMU in a pixel


class Charts:
    """Puts charts into a document, each with a number of its own."""

    def __init__(self, word: Word) -> None:
        self._word = word
        self._numbers = count(1)

    def put(self, run: Run, plot: Plot, width: Length, told: str) -> None:
        """Where the run stands; `told` is its text for who cannot see it."""
        wide = width // PIXELS
        tall = height_of(plot)
        number = next(self._numbers)
        key = self._part(plot, number, (wide, tall))
        size = f'cx="{width}" cy="{Emu(tall * PIXELS)}"'
        run._r.append(
            parse_xml(
                f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
                '<wp:inline distT="0" distB="0" distL="0" distR="0">'
                f'<wp:extent {size}/><wp:docPr id="{number}" name="Chart {number}"'
                f" descr={quoteattr(told)}/><wp:cNvGraphicFramePr/>"
                f'<a:graphic><a:graphicData uri="{URI}">'
                f'<c:chart xmlns:c="{URI}" r:id="{key}"/>'
                "</a:graphicData></a:graphic></wp:inline></w:drawing>"
            )
        )

    def _part(self, plot: Plot, number: int, size: tuple[int, int]) -> str:
        found, package = embedded(plot, *size), self._word.part.package
        book = Part(
            PackURI(f"/word/embeddings/figures{number}.xlsx"), BOOK, found.book, package
        )
        chart = Part(
            PackURI(f"/word/charts/chart{number}.xml"), CHART, found.chart, package
        )
        chart.relate_to(book, RT.PACKAGE)
        return self._word.part.relate_to(chart, RT.CHART)
