"""What stands in a .docx file: its words in order, its charts' figures, its form."""

import io
from dataclasses import dataclass
from zipfile import ZipFile

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass
class Paper:
    """The document, its words with one space between any two, and each chart's values."""

    word: Word
    words: str
    charts: list[list[list[float]]]


def read_paper(body: bytes) -> Paper:
    """Read as python-docx does; the charts from their own parts."""
    word = Document(io.BytesIO(body))
    texts = [node.text or " " for node in word.element.body.iter(qn("w:t"))]
    with ZipFile(io.BytesIO(body)) as archive:
        names = [n for n in archive.namelist() if n.startswith("word/charts/chart")]
        charts = [_values(archive.read(name)) for name in sorted(names, key=_number)]
    return Paper(word, " ".join(" ".join(texts).split()), charts)


def _number(name: str) -> int:
    return int("".join(filter(str.isdigit, name)))


def _values(chart: bytes) -> list[list[float]]:
    """Per series its values, as they are drawn without opening the workbook."""
    root = etree.fromstring(chart)
    return [
        [float(value.text) for value in values.iter(f"{CHART}v")]
        for tag in ("val", "yVal")
        for values in root.iter(f"{CHART}{tag}")
    ]
