"""What pages of remarks share: how often each reason was tapped, in words and as a picture."""

from collections.abc import Mapping

from kiosk.domain.questionnaire import CURRENT
from kiosk.web.language import language
from reports.charts.reasons import ReasonRow, shares_of_reasons
from reports.filters import ReportFilter
from reports.pages.parts import ChartCard, Row, Table, chart_labels, share_cells
from reports.remark_queries import Reasons
from reports.remark_words import RemarkSummary
from reports.statistics import share
from reports.terms import Words


def reason_names() -> dict[str, str]:
    """What each reason is called, in the words that the citizen tapped."""
    return {each.key: getattr(each.text, language()) for each in CURRENT.reasons}


def summary(
    found: Reasons, comments: int | None, view: ReportFilter, k: int
) -> RemarkSummary:
    """What the sentences may say; `comments` is none where they are not spoken of."""
    names = reason_names()
    pairs = list(zip(CURRENT.reasons, found.counts, strict=True))
    return RemarkSummary(
        period=view.period,
        remarks=found.n,
        good={names[r.key]: n for r, n in pairs if r.tone == "good"},
        bad={names[r.key]: n for r, n in pairs if r.tone == "bad"},
        comments=comments,
        k=k,
        final=view.final,
    )


def reason_chart(found: Reasons, names: Mapping[str, str], words: Words) -> ChartCard:
    """Each reason's share of the remarks with a reason, praise first."""
    title = words.gettext("What citizens gave as reasons")
    drawn, cells = [], []
    for reason, count in zip(CURRENT.reasons, found.counts, strict=True):
        known, name = share(count, found.n), names[reason.key]
        if known:
            told = words.gettext(
                "%(count)s of %(number)s",
                count=words.number(count),
                number=words.number(found.n),
            )
            drawn.append(ReasonRow(name, told, known, reason.tone == "good"))
        cells.append(Row([name, words.number(count), *share_cells(known, words)]))
    heads = [
        words.gettext("Reason"),
        words.gettext("Remarks"),
        words.gettext("Share"),
        words.gettext("95%% interval"),
    ]
    reading = words.gettext(
        "Of all remarks with a reason, the share that named it, with its 95%% interval: a circle is"
        " praise, a diamond criticism. Several may be named at once, so shares do not add up."
    )
    return ChartCard(
        "reasons",
        title,
        reading,
        shares_of_reasons(drawn, chart_labels(words)),
        Table(title, heads, cells),
    )
