"""The page of remarks about an officer in one unit: reasons as counts; comments are the unit's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports import remark_queries as queries
from reports.filters import ReportFilter
from reports.links import remarks_link
from reports.pages.frame import Foot, Periods, foot_of, latest_of, periods_of
from reports.pages.parts import Card, ChartCard
from reports.pages.remark_parts import reason_chart, reason_names, summary
from reports.remark_queries import Reasons, Wanted
from reports.remark_words import remark_sentences
from reports.scopes import PostedOfficer, UnitFacts
from reports.terms import Words


@dataclass(frozen=True)
class OfficerRemarksPage:
    """Everything the template shows."""

    posting: PostedOfficer
    unit: UnitFacts
    unit_href: str
    view: ReportFilter
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    charts: Sequence[ChartCard]
    latest: ReportFilter | None
    foot: Foot


def officer_remarks_page(
    session: Session,
    *,
    posting: PostedOfficer,
    unit: UnitFacts,
    view: ReportFilter,
    words: Words,
) -> OfficerRemarksPage:
    """The page in words and figures."""
    wanted = Wanted([unit.id], view.period, view.as_of)
    tapped = queries.reasons(session, wanted, officer_id=posting.officer_id)
    total = sum(tapped.values(), Reasons())
    foot = foot_of(session, [unit.id], view)
    found = summary(total, None, view, foot.k)
    return OfficerRemarksPage(
        posting=posting,
        unit=unit,
        unit_href=remarks_link(unit.id, view),
        view=view,
        periods=periods_of(view, words),
        sentences=remark_sentences(found, words),
        cards=(),
        charts=[reason_chart(total, reason_names(), words)] if total.n else [],
        latest=None if total.n else latest_of(session, [unit.id], view),
        foot=foot,
    )
