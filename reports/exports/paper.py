"""A Word document in official form: A4, Times New Roman 13 pt, real headings, tables and charts.

The margins, sizes and the place of the page number are those of Decree 30/2020/NĐ-CP, annex I.
"""

import re
from collections.abc import Sequence
from html import unescape

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell as Box
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from markupsafe import Markup

from reports.exports.plots import Plot
from reports.exports.sheets import plain
from reports.exports.word_charts import Charts
from reports.exports.word_tables import table_xml
from reports.pages.parts import Table

FONT = "Times New Roman"
TEXT = 13  # points
STRONG = re.compile(r"</?strong>")
WIDTH = Mm(165)  # between the margins


class Paper:
    """The document being written, from top to bottom."""

    def __init__(self, title: str) -> None:
        self.word: Word = Document()
        self.word.core_properties.title = title
        self.word.core_properties.author = ""
        self.word.core_properties.comments = ""
        self._charts = Charts(self.word)
        _styles(self.word)
        _page(self.word.sections[0])

    def text(self, *texts: str) -> None:
        """A paragraph of the body; what is set off in it is bold."""
        made = self.word.add_paragraph(style="Body Text")
        for at, text in enumerate(texts):
            for turn, piece in enumerate(_pieces(text)):
                space = " " if at and not turn else ""
                made.add_run(space + piece).bold = True if turn % 2 else None

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """I. of level 1, 1. of level 2."""
        made = self.word.add_heading(plain(text), level)
        made.paragraph_format.page_break_before = new_page or None

    def line(self, text: str, *, size: float = TEXT, bold: bool = False) -> Paragraph:
        """A centred line."""
        return written(self.word.add_paragraph(), text, size=size, bold=bold)

    def caption(self, text: str) -> None:
        """How a chart is to be read, below it."""
        written(self.word.add_paragraph(), text, size=11, italic=True)
        self.word.paragraphs[-1].paragraph_format.space_after = Pt(8)

    def table(self, found: Table, size: float = 10) -> None:
        """A table with lines; its head comes again on each page."""
        below = self.word.add_paragraph(style="Table Text")
        below._p.addprevious(parse_xml(table_xml(found, size)))

    def grid(self, widths: Sequence[Length]) -> list[Box]:
        """A row of boxes without lines."""
        made = self.word.add_table(rows=1, cols=len(widths))
        made.autofit = False
        boxes = made.rows[0].cells
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for box, column, width in zip(boxes, made.columns, widths, strict=True):
            box.width = column.width = width
        return list(boxes)

    def chart(self, plot: Plot, told: str) -> None:
        """A chart over the whole width; `told` is read to who cannot see it."""
        made = self.word.add_paragraph()
        made.alignment = ALIGN.CENTER
        made.paragraph_format.keep_with_next = True
        self._charts.put(made.add_run(), plot, WIDTH, told)

    def annex(self) -> None:
        """A new page, its numbers beginning anew."""
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        _page(section)
        number = OxmlElement("w:pgNumType")
        number.set(qn("w:start"), "1")
        section._sectPr.append(number)


def written(
    made: Paragraph,
    text: str,
    *,
    size: float = TEXT,
    bold: bool = False,
    italic: bool = False,
) -> Paragraph:
    """The paragraph, centred and close to the one below, with a text."""
    made.alignment = ALIGN.CENTER
    made.paragraph_format.space_after = Pt(0)
    run = made.add_run(plain(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return made


def ruled(made: Paragraph, indent: Length) -> None:
    """A line below what came before, as long as the indents on both sides leave."""
    form = made.paragraph_format
    form.left_indent = form.right_indent = indent
    form.space_after, form.line_spacing = Pt(0), Pt(4)
    borders = '<w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
    made._p.get_or_add_pPr().append(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{borders}</w:pBdr>")
    )


def _pieces(text: str) -> list[str]:
    """Plain and bold by turns."""
    if not isinstance(text, Markup):
        return [text]
    return [unescape(piece) for piece in STRONG.split(str(text))]


def _styles(word: Word) -> None:
    body, titles = ("Normal", "Body Text"), ("Heading 1", "Heading 2", "Heading 3")
    for name in (*body, *titles):
        style = word.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if "Theme" in str(key)]:
            del fonts.attrib[theme]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
        style.font.size, style.font.color.rgb = Pt(TEXT), RGBColor(0, 0, 0)
        style.font.bold = name in titles
        form = style.paragraph_format
        form.space_before = Pt(
            12 if name == "Heading 1" else 6 if name in titles else 0
        )
        form.space_after, form.line_spacing = Pt(6), 1.15
        form.keep_with_next = name in titles
        style.font.all_caps = name == "Heading 1"
        if name == "Body Text":
            form.alignment, form.first_line_indent = ALIGN.JUSTIFY, Mm(10)
    cells = word.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    cells.base_style = word.styles["Normal"]
    cells.paragraph_format.space_after, cells.paragraph_format.line_spacing = Pt(0), 1.0


def _page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    made = section.header.paragraphs[0]
    made.alignment = ALIGN.CENTER
    _number(made.add_run())


def _number(run: Run) -> None:
    """The number of the page, which Word reckons."""
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = "PAGE"
        run._r.append(mark)
