"""The page of remarks: reasons as counts, comments in blocks; nothing beside a score."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from reports import remark_queries as queries
from reports.filters import ReportFilter
from reports.links import officer_remarks_link, remarks_link
from reports.names import person_key
from reports.pages.frame import Foot, Periods, foot_of, latest_of, periods_of
from reports.pages.overview_reading import groups_of
from reports.pages.parts import Card, ChartCard, Row, Table
from reports.pages.remark_parts import reason_chart, reason_names, summary
from reports.periods import Period, PeriodKind
from reports.remark_queries import Reasons, Wanted, Written
from reports.remark_words import remark_sentences
from reports.scopes import Scope, UnitFacts, posted_officers
from reports.terms import Words, period_name

PAGE = 40  # comments


@dataclass(frozen=True)
class Asked:
    """What the address asks for besides the period: words to find, and which page of them."""

    search: str = ""
    page: int = 1


@dataclass(frozen=True)
class Said:
    """A comment, with its unit where there are several."""

    text: str
    unit: str


@dataclass(frozen=True)
class Comments:
    """The comments of one page, by month, and where it stands among the others."""

    months: Sequence[tuple[str, Sequence[Said]]]
    found: int
    all: int
    page: int
    pages: int
    withheld: Sequence[tuple[str, str, str, datetime]]


@dataclass(frozen=True)
class RemarksPage:
    """Everything the template shows; `unit` is none for all units granted."""

    unit: UnitFacts | None
    view: ReportFilter
    asked: Asked
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    charts: Sequence[ChartCard]
    listing: Table
    comments: Comments
    latest: ReportFilter | None
    foot: Foot


def remarks_page(
    session: Session,
    *,
    scope: Scope,
    unit: UnitFacts | None,
    view: ReportFilter,
    asked: Asked,
    words: Words,
) -> RemarksPage:
    """The page in words and figures."""
    units = scope.under(unit.id) if unit else tuple(scope.units)
    wanted = Wanted(units, view.period, view.as_of)
    tapped = queries.reasons(session, wanted)
    total = sum(tapped.values(), Reasons())
    foot = foot_of(session, units, view)
    comments = _comments(session, scope, wanted, asked, words)
    names = reason_names()
    found = summary(total, comments.all, view, foot.k)
    alone = unit is not None and not unit.is_area
    if alone:
        rows = _officers(session, units, tapped, view, words)
    else:
        rows = _units(scope, unit, tapped, view, words)
    return RemarksPage(
        unit=unit,
        view=view,
        asked=asked,
        periods=periods_of(view, words),
        sentences=remark_sentences(found, words),
        cards=(),
        charts=[reason_chart(total, names, words)] if total.n else [],
        listing=_listing(rows, total, names, words, alone=alone),
        comments=comments,
        latest=None if total.n else latest_of(session, units, view),
        foot=foot,
    )


def _officers(
    session: Session,
    units: Sequence[int],
    tapped: dict[tuple[int, int], Reasons],
    view: ReportFilter,
    words: Words,
) -> list[Row]:
    posted = {(p.unit_id, p.officer_id): p for p in posted_officers(session, units)}
    shown = [posted[key] for key in tapped if key in posted]
    shown += [
        p for key, p in posted.items() if key not in tapped and p.during(view.period)
    ]
    return [
        _row(
            p.name,
            tapped.get((p.unit_id, p.officer_id)),
            officer_remarks_link(p.officer_id, p.unit_id, view),
            words,
        )
        for p in sorted(shown, key=lambda each: person_key(each.name))
    ]


def _units(
    scope: Scope,
    area: UnitFacts | None,
    tapped: dict[tuple[int, int], Reasons],
    view: ReportFilter,
    words: Words,
) -> list[Row]:
    by_unit: dict[int, Reasons] = {}
    for (unit_id, _), each in tapped.items():
        by_unit[unit_id] = by_unit.get(unit_id, Reasons()) + each
    rows = []
    for unit, ids in groups_of(scope, area):
        own = [by_unit[each] for each in ids if each in by_unit]
        if own or unit is not area:
            link = remarks_link(unit.id, view)
            rows.append(_row(unit.name, sum(own, Reasons()), link, words))
    return rows


def _row(name: str, found: Reasons | None, href: str, words: Words) -> Row:
    if not found or not found.n:
        return Row([name], href=href, note=words.gettext("not enough to publish"))
    counts = map(words.number, (found.n, *found.counts))
    return Row([name, *counts], href=href)


def _listing(
    rows: list[Row],
    total: Reasons,
    names: dict[str, str],
    words: Words,
    *,
    alone: bool,
) -> Table:
    head = words.gettext("Officer") if alone else words.gettext("Unit")
    title = (
        words.gettext("Reasons, officer by officer")
        if alone
        else words.gettext("Reasons, unit by unit")
    )
    heads = [head, words.gettext("Remarks with a reason"), *names.values()]
    if total.n:
        counts = map(words.number, (total.n, *total.counts))
        rows = [*rows, Row([words.gettext("Together"), *counts], total=True)]
    return Table(title, heads, rows)


def _comments(
    session: Session, scope: Scope, wanted: Wanted, asked: Asked, words: Words
) -> Comments:
    page, (shown, found) = asked.page, _turned(session, wanted, asked)
    if not shown and page > 1:  # beyond the last page, so the first
        page, (shown, found) = 1, _turned(session, wanted, replace(asked, page=1))
    every = queries.count_comments(session, wanted) if asked.search else found
    several = len(wanted.units) > 1
    months: dict[str, list[Said]] = {}
    for each in shown:
        unit = scope.units[each.unit_id].name if several else ""
        months.setdefault(_month(each.month, words), []).append(Said(each.text, unit))
    away = [
        (_month(each.month, words), each.reason, each.person, each.at)
        for each in queries.withheld(session, wanted)
    ]
    pages = max(1, -(-found // PAGE))
    return Comments(list(months.items()), found, every, page, pages, away)


def _turned(
    session: Session, wanted: Wanted, asked: Asked
) -> tuple[list[Written], int]:
    first = (asked.page - 1) * PAGE
    return queries.comments(
        session, wanted, search=asked.search, first=first, most=PAGE
    )


def _month(first: date, words: Words) -> str:
    return period_name(Period.holding(PeriodKind.MONTH, first), words)
