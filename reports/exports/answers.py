"""A report page as a file to keep: which form was asked for, and how the browser is told."""

import ctypes
import gc
from collections.abc import Sequence

from flask import Response, request

from kiosk.domain.errors import NotFound
from kiosk.web.language import language
from reports.exports.names import file_name
from reports.exports.sheets import Page, Report, Sheet, report_of
from reports.exports.texts import csv_of, json_of
from reports.pages.dossier import Dossier
from reports.pages.parts import Table
from reports.terms import Words

FORMS = ("xlsx", "csv", "json")
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}


def file_of(
    page: Page, form: str, *, title: str, tables: Sequence[Table], words: Words
) -> Response:
    """The page as xlsx, csv or json; `tables` are its own besides those of the charts.

    Raises NotFound for any other form.
    """
    if form not in FORMS:
        raise NotFound(form)
    report = report_of(page, title, tables, words)
    name = file_name(title, page.view, form)
    return download(_written(report, form, words), name, TYPES[form])


def dossier_file(page: Dossier, words: Words) -> Response:
    """The dossier as a Word document."""
    # python-docx with its lxml, and XlsxWriter for the charts: 0.4 s and 18 MB.
    from reports.exports.word_dossier import word_dossier

    name = file_name(f"{words.gettext('Report')} {page.name}", page.view, "docx")
    body = word_dossier(page, words)
    _give_back()
    return download(body, name, TYPES["docx"])


def download(body: bytes, name: str, kind: str) -> Response:
    """An answer that a browser saves under a name."""
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=kind, headers=told)


def _written(report: Report, form: str, words: Words) -> bytes:
    if form == "json":
        return json_of(report)
    if form == "csv":
        return csv_of(_asked(report), language())
    # XlsxWriter costs 0.2 s and 10 MB, which a worker that is never asked for it saves.
    from reports.exports.workbook import workbook_of

    body = workbook_of(report, language(), words)
    _give_back()
    return body


def _give_back() -> None:
    """Return memory to the system: documents are full of circles, and glibc keeps what was freed.

    Without it a worker weighs 40 MB more after 60 documents. Takes 0.1 s.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc alone
    if trim:
        trim(0)


def _asked(report: Report) -> Sheet:
    """The table that the address names, or else the page's main one."""
    found = {sheet.id: sheet for sheet in report.sheets}
    key = request.args.get("table")
    if key is None:
        key = next((key for key in found if key != "figures"), "")
    if key not in found:
        raise NotFound(key)
    return found[key]
