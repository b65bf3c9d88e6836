"""A dossier as a Word document to edit: the same parts in the same order as on its printed page."""

import io
from collections.abc import Sequence

from docx.shared import Mm, Pt

from reports.exports.paper import Paper, ruled, written
from reports.exports.plots import plots_of
from reports.exports.sheets import plain, sheet_of
from reports.pages.dossier import Dossier, Part
from reports.pages.frame import Foot
from reports.pages.letterhead import DOTS, Letterhead
from reports.pages.maps import map_sentences
from reports.pages.parts import ChartCard
from reports.terms import Words, period_name

ROMAN = ("I", "II", "III", "IV")


def word_dossier(page: Dossier, words: Words) -> bytes:
    """The bytes of the .docx file."""
    paper = Paper(f"{plain(page.subject)} · {page.name}")
    _head(paper, page, words)
    numbers = iter(ROMAN)
    if page.general:
        paper.heading(f"{next(numbers)}. {words.gettext('Results in general')}", 1)
        _part(paper, page.general, words)
        _targets(paper, page.targets, next(numbers), words)
    several = page.general is not None
    results = words.gettext("Results")
    if several:
        results = words.gettext("Results unit by unit")
    paper.heading(f"{next(numbers)}. {results}", 1, new_page=several)
    for at, part in enumerate(page.units, start=1):
        if several:
            paper.heading(f"{at}. {part.title}", 2, new_page=at > 1)
        _part(paper, part, words)
    if not page.units:
        paper.text(
            words.gettext(
                "There are too many units for a part of each; their figures stand in the table"
                " above."
            )
        )
    if not several:
        _targets(paper, page.targets, next(numbers), words)
    _method(paper, page, next(numbers), words)
    _signature(paper, page.letterhead, words)
    _annex(paper, page, words)
    out = io.BytesIO()
    paper.word.save(out)
    return out.getvalue()


def _head(paper: Paper, page: Dossier, words: Words) -> None:
    """The letterhead in two boxes, then what the report is about."""
    given = page.letterhead
    left, right = paper.grid([Mm(62), Mm(103)])
    written(left.paragraphs[0], given.above, size=12)
    written(left.add_paragraph(), given.body, size=12, bold=True)
    ruled(left.add_paragraph(), Mm(18))
    number = f"{words.gettext('No.')} {DOTS}/BC-{given.sign}"
    written(left.add_paragraph(), number)
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    written(right.paragraphs[0], nation, size=12, bold=True)
    written(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", bold=True)
    ruled(right.add_paragraph(), Mm(23))
    day = f"{given.place}, ngày …… tháng …… năm {given.year}"
    written(right.add_paragraph(), day, italic=True)
    title = paper.line(words.gettext("Report").upper(), size=14, bold=True)
    title.paragraph_format.space_before = Pt(24)
    paper.line(page.subject, bold=True)
    period = plain(period_name(page.view.period, words))
    paper.line(f"{page.name}, {period}", bold=True)
    ruled(paper.word.add_paragraph(), Mm(55))
    paper.word.add_paragraph()
    opening = [page.opening]
    if page.foot.open_until:
        until = words.day(page.foot.open_until)
        opening.append(
            words.gettext("This period may still grow until %(day)s.", day=until)
        )
    paper.text(*opening)


def _part(paper: Paper, part: Part, words: Words) -> None:
    paper.text(*part.sentences)
    if part.figures:
        paper.table(part.figures)
    if part.table:
        paper.table(part.table, 8.5 if len(part.table.heads) > 8 else 9.5)
    for card in part.charts:
        _chart(paper, card, words)


def _targets(paper: Paper, part: Part, number: str, words: Words) -> None:
    paper.heading(f"{number}. {words.gettext('Targets and results')}", 1)
    _part(paper, part, words)


def _chart(paper: Paper, card: ChartCard, words: Words) -> None:
    """But for small multiples: each unit has its own weeks in its own part."""
    plots = plots_of(sheet_of(card.id, card.table, words, card.figure))
    told = f"{plain(card.title)}. {plain(card.reading)}"
    for plot in plots:
        if not plot.small:
            paper.chart(plot, told)
            paper.caption(card.reading)


def _method(paper: Paper, page: Dossier, number: str, words: Words) -> None:
    title = words.gettext("How the figures are made, and what they do not tell")
    paper.heading(f"{number}. {title}", 1)
    for at, each in enumerate(page.method, start=1):
        paper.heading(f"{at}. {each.title}", 2)
        for text in each.texts:
            paper.text(text)


def _signature(paper: Paper, given: Letterhead, words: Words) -> None:
    paper.word.add_paragraph()
    left, right = paper.grid([Mm(80), Mm(85)])
    to = left.paragraphs[0]
    run = to.add_run(plain(words.gettext("Recipients:")))
    run.bold = run.italic = True
    run.font.size = Pt(12)
    to.paragraph_format.space_after = Pt(0)
    for text in ("- ……;", f"- {words.gettext('Files')}: VT."):
        line = left.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(text).font.size = Pt(11)
    written(right.paragraphs[0], given.behalf, bold=True)
    written(right.add_paragraph(), given.post, bold=True)
    for text in ("", "", "", "", DOTS):
        written(right.add_paragraph(), text, bold=True)


def _annex(paper: Paper, page: Dossier, words: Words) -> None:
    paper.annex()
    paper.line(words.gettext("Annex").upper(), bold=True)
    paper.line(words.gettext("Completeness of the data").upper(), bold=True)
    number = f"({words.gettext('With report number')} {DOTS}/BC-{page.letterhead.sign})"
    written(paper.word.add_paragraph(), number, italic=True)
    paper.word.add_paragraph()
    paper.text(*page.coverage.sentences)
    if page.coverage.listing.rows:
        paper.table(page.coverage.listing, 9.5)
    paper.text(*_facts(page.foot, words))
    if said := map_sentences(page.foot, page.view, words):
        paper.text(*said)
    if page.foot.seal:
        paper.text(f"SHA-256: {page.foot.seal}")


def _facts(foot: Foot, words: Words) -> Sequence[str]:
    found = [words.gettext("As of %(day)s.", day=words.day(foot.as_of))]
    if foot.released_on:
        day = words.day(foot.released_on)
        found.append(words.gettext("Last release: %(day)s.", day=day))
    found.append(
        words.gettext(
            "Every number is a sum over groups of at least %(k)s citizens.", k=foot.k
        )
    )
    if foot.partials:
        found.append(
            words.ngettext(
                "%(number)s rating left half-way is in no share.",
                "%(number)s ratings left half-way are in no share.",
                foot.partials,
                number=words.number(foot.partials),
            )
        )
    restored = [words.day(each) for each in foot.restored_on]
    found += [
        words.gettext("The store was restored from a backup on %(day)s.", day=each)
        for each in restored
    ]
    return found
