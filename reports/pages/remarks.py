"""The page of remarks: reasons as counts, comments in blocks; nothing beside a score."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from kiosk.domain.questionnaire import REASONS
from reports import remark_queries as queries
from reports.filters import ReportFilter
from reports.group_queries import Listed, counts, listed
from reports.links import officer_remarks_link, remarks_link
from reports.names import person_key
from reports.pages.frame import (
    Foot,
    Periods,
    foot_of_listed,
    latest_of_listed,
    periods_of,
)
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
    elsewhere: bool  # whether those of areas are left to their own pages
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
    groups = scope.groups(unit)
    found = listed(session, groups, as_of=view.as_of)
    foot = foot_of_listed(session, found, view)
    areas = [each for each in groups if each.unit.is_area and each.unit is not unit]
    # Those of a country would be read by nobody; an area's stand on its own page.
    near = [each for group in groups if group not in areas for each in group.units]
    comments = _comments(
        session, scope, Wanted(near, view.period, view.as_of), asked, words
    )
    alone = unit is not None and not unit.is_area
    if alone:
        total, rows = _officers(session, near, view, words)
    else:
        total, rows = _units(session, found, unit, view, words)
    names = reason_names()
    said = summary(total, None if areas else comments.all, view, foot.k)
    return RemarksPage(
        unit=unit,
        view=view,
        asked=asked,
        periods=periods_of(view, words),
        sentences=remark_sentences(said, words),
        cards=(),
        charts=[reason_chart(total, names, words)] if total.n else [],
        listing=_listing(rows, total, names, words, alone=alone),
        comments=comments,
        elsewhere=bool(areas),
        latest=None if total.n else latest_of_listed(session, groups, view),
        foot=foot,
    )


def _officers(
    session: Session,
    units: Sequence[int],
    view: ReportFilter,
    words: Words,
) -> tuple[Reasons, list[Row]]:
    tapped = queries.reasons(session, Wanted(units, view.period, view.as_of))
    posted = {(p.unit_id, p.officer_id): p for p in posted_officers(session, units)}
    shown = [posted[key] for key in tapped if key in posted]
    shown += [
        p for key, p in posted.items() if key not in tapped and p.during(view.period)
    ]
    rows = [
        _row(
            p.name,
            tapped.get((p.unit_id, p.officer_id)),
            officer_remarks_link(p.officer_id, p.unit_id, view),
            words,
        )
        for p in sorted(shown, key=lambda each: person_key(each.name))
    ]
    return sum(tapped.values(), Reasons()), rows


def _units(
    session: Session,
    found: Listed,
    area: UnitFacts | None,
    view: ReportFilter,
    words: Words,
) -> tuple[Reasons, list[Row]]:
    tapped: dict[int, Reasons] = {}
    columns = ("remarks", *REASONS)
    for (unit_id, _), sums in counts(session, found, [view.period], columns).items():
        tapped[unit_id] = queries.reasons_from(sums)
    wanted = Wanted(found.units, view.period, view.as_of)
    for unit_id, each in queries.reasons_of_units(session, wanted).items():
        listed_as = found.of[unit_id]
        tapped[listed_as] = tapped.get(listed_as, Reasons()) + each
    rows = [
        _row(unit.name, tapped.get(unit.id), remarks_link(unit.id, view), words)
        for unit in (group.unit for group in found.groups)
        if unit is not area or unit.id in tapped
    ]
    return sum(tapped.values(), Reasons()), rows


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
    units = scope.those(each.unit_id for each in shown) if several else {}
    months: dict[str, list[Said]] = {}
    for each in shown:
        unit = units[each.unit_id].name if several else ""
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
