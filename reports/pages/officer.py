"""The page of an officer in one unit, in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.charts.course import Course, courses
from reports.charts.levels import LevelRow, satisfaction_levels
from reports.filters import ReportFilter
from reports.findings import OfficerSummary, changes, measures, shares
from reports.links import officer_link, unit_link
from reports.pages.frame import Foot, Periods, latest_of, periods_of
from reports.pages.officer_reading import OfficerReading, Step, read_officer
from reports.pages.parts import (
    Card,
    ChartCard,
    Row,
    Table,
    chart_labels,
    level_names,
    measure_titles,
    moment,
    ratings_words,
    share_cell,
    tally_cards,
)
from reports.pages.unit_parts import levels_table
from reports.scopes import PostedOfficer, Scope, UnitFacts
from reports.tallies import COURTESIES
from reports.terms import Words
from reports.wording import officer_sentences


@dataclass(frozen=True)
class OfficerPage:
    """Everything the template shows; `elsewhere` are the other units the reader may see."""

    posting: PostedOfficer
    unit: UnitFacts
    unit_href: str
    elsewhere: Sequence[tuple[str, str]]
    view: ReportFilter
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    charts: Sequence[ChartCard]
    latest: ReportFilter | None
    foot: Foot


def officer_page(
    session: Session,
    *,
    postings: Sequence[PostedOfficer],
    posting: PostedOfficer,
    scope: Scope,
    view: ReportFilter,
    words: Words,
) -> OfficerPage:
    """The page of the posting's officer in its unit; `postings` are all that may be seen."""
    unit = scope.unit(posting.unit_id)
    found = read_officer(session, posting, unit, view)
    others = {each.unit_id for each in postings} - {unit.id}
    return OfficerPage(
        posting=posting,
        unit=unit,
        unit_href=unit_link(unit.id, view),
        elsewhere=[
            (scope.unit(each).name, officer_link(posting.officer_id, each, view))
            for each in sorted(others)
        ],
        view=view,
        periods=periods_of(view, words),
        sentences=officer_sentences(summary(found), words),
        cards=tally_cards(found.tally, found.before, words) if found.tally.n else [],
        charts=officer_charts(found, words),
        latest=None if found.tally.n else latest_of(session, [unit.id], view),
        foot=found.foot,
    )


def summary(found: OfficerReading) -> OfficerSummary:
    """What the sentences may say."""
    changed = changes(found.tally, found.before)
    return OfficerSummary(
        period=found.view.period,
        officer=found.posting.name,
        ratings=found.tally.n,
        courtesies=shares(found.tally),
        others=found.standing,
        changes={key: changed[key] for key in COURTESIES},
        nothing=found.nothing,
    )


def officer_charts(found: OfficerReading, words: Words) -> list[ChartCard]:
    """The way through time, if there is one; satisfaction in the period, if there is any."""
    charts = [_course(found, words)] if any(step.own.n for step in found.course) else []
    return [*charts, _levels(found, words)] if found.tally.n else charts


def _course(found: OfficerReading, words: Words) -> ChartCard:
    names = measure_titles(words)
    drawn = [
        Course(
            key,
            name,
            [measures(step.own)[key] for step in found.course],
            [measures(step.others)[key] for step in found.course],
        )
        for key, name in names.items()
    ]
    moments = [moment(step.period, words) for step in found.course]
    title = words.gettext("Over time, against the other officers of the unit")
    rows = [
        _step_row(step, when.full, words)
        for step, when in zip(found.course, moments, strict=True)
    ]
    heads = [words.gettext("Period"), words.gettext("Ratings"), *names.values()]
    return ChartCard(
        "course",
        title,
        words.gettext(
            "A mark is the officer's share with its 95%% interval; the grey band is the interval"
            " of all others together. A gap: not enough ratings to publish."
        ),
        courses(drawn, moments, chart_labels(words)),
        Table(title, heads, rows),
    )


def _step_row(step: Step, name: str, words: Words) -> Row:
    if not step.own.n:
        return Row([name], note=words.gettext("not enough ratings to publish"))
    cells = [share_cell(share, words) for share in measures(step.own).values()]
    return Row([name, words.number(step.own.n), *cells])


def _levels(found: OfficerReading, words: Words) -> ChartCard:
    rows = [(found.posting.name, found.tally.satisfaction)]
    if found.others.n:
        rows.append((words.gettext("All other officers"), found.others.satisfaction))
    drawn = [
        LevelRow(name, ratings_words(each.total, words), each) for name, each in rows
    ]
    return ChartCard(
        "satisfaction",
        words.gettext("Satisfaction"),
        words.gettext("Of a hundred citizens, how many chose each level."),
        satisfaction_levels(drawn, level_names(words), chart_labels(words)),
        levels_table(rows, words),
    )
