"""The page of targets: what was promised for the year against what citizens answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.charts.targets import TargetRow, target_plot
from reports.filters import ReportFilter
from reports.links import targets_link
from reports.names import short_names
from reports.pages.frame import Foot, Periods, latest_of_listed, periods_of
from reports.pages.parts import (
    Card,
    ChartCard,
    Row,
    Table,
    chart_labels,
    measure_titles,
    ratings_words,
    share_cells,
)
from reports.pages.target_reading import Promise, TargetReading, read_targets
from reports.scopes import Scope, UnitFacts
from reports.target_words import TargetSummary, standing_words, target_sentences
from reports.targets import Result, Standing
from reports.terms import Words


@dataclass(frozen=True)
class TargetsPage:
    """Everything the template shows; `unit` is none for all units granted."""

    unit: UnitFacts | None
    view: ReportFilter
    periods: Periods
    sentences: Sequence[str]
    cards: Sequence[Card]
    charts: Sequence[ChartCard]
    listing: Table
    latest: ReportFilter | None
    foot: Foot


def targets_page(
    session: Session,
    *,
    scope: Scope,
    unit: UnitFacts | None,
    view: ReportFilter,
    words: Words,
) -> TargetsPage:
    """The page in words and figures."""
    found = read_targets(session, scope, unit, view)
    empty = bool(found.promises) and found.nothing is not None
    return TargetsPage(
        unit=unit,
        view=view,
        periods=periods_of(view, words),
        sentences=target_sentences(summary(found, words), words),
        cards=[],
        charts=_charts(found, words),
        listing=_listing(found, words),
        latest=latest_of_listed(session, scope.groups(unit), view) if empty else None,
        foot=found.foot,
    )


def summary(found: TargetReading, words: Words) -> TargetSummary:
    """What the sentences may say."""
    titles = indicator_titles(words)
    missed = [
        titles[each.indicator]
        if found.alone
        else f"{each.unit.name} ({titles[each.indicator]})"
        for each in found.standing(Standing.MISSED)
    ]
    return TargetSummary(
        period=found.view.period,
        year=found.view.period.last.year,
        promised=len(found.promises),
        reached=len(found.standing(Standing.REACHED)),
        missed=missed,
        open=len(found.standing(Standing.OPEN)),
        too_few=len(found.standing(Standing.TOO_FEW)),
        nothing=found.nothing,
    )


def indicator_titles(words: Words) -> Mapping[str, str]:
    """What a target may be set for, as it stands above figures."""
    return {
        "all_three": words.gettext("All three courtesies"),
        **measure_titles(words),
    }


def _charts(found: TargetReading, words: Words) -> list[ChartCard]:
    promises, titles = found.promises, indicator_titles(words)
    if not promises:
        return []
    if found.alone:
        rows = [_drawn(titles[each.indicator], each, words) for each in promises]
        title = words.gettext("Targets and results")
        return [_chart("targets", title, words.gettext("Indicator"), rows, words)]
    charts = []
    for indicator, title in titles.items():
        held = [each for each in promises if each.indicator == indicator]
        names = short_names([each.unit.name for each in held])
        rows = [
            _drawn(name, each, words) for name, each in zip(names, held, strict=True)
        ]
        if rows:
            key = f"targets-{indicator}"
            charts.append(_chart(key, title, words.gettext("Unit"), rows, words))
    return charts


def _drawn(name: str, promise: Promise, words: Words) -> TargetRow:
    share = promise.result.share
    note = ratings_words(share.total, words) if share else ""
    return TargetRow(name, note, promise.result)


def _chart(
    key: str, title: str, head: str, rows: Sequence[TargetRow], words: Words
) -> ChartCard:
    target = words.gettext("Target")
    cells = [Row([row.name, *_cells(row.result, words)]) for row in rows]
    return ChartCard(
        key,
        title,
        words.gettext(
            "The upright stroke is the target, the dot the share with its interval: filled where"
            " the target is clearly reached, a diamond where it is clearly missed, hollow where"
            " chance explains the difference."
        ),
        target_plot(rows, chart_labels(words), target),
        Table(title, [head, *_heads(words)], cells, words=1),
        half=len(rows) > 1 and key != "targets",
    )


def _heads(words: Words) -> list[str]:
    return [
        words.gettext("Target"),
        words.gettext("Share"),
        words.gettext("95%% interval"),
        words.gettext("Against the target"),
    ]


def _cells(result: Result, words: Words) -> list[str]:
    return [
        words.percent(result.target),
        *share_cells(result.share, words),
        standing_words(result.standing, words),
    ]


def _listing(found: TargetReading, words: Words) -> Table:
    titles = indicator_titles(words)
    heads = [words.gettext("Unit"), words.gettext("Indicator"), *_heads(words)]
    rows = [
        Row(
            [each.unit.name, titles[each.indicator], *_cells(each.result, words)],
            href="" if found.alone else targets_link(each.unit.id, found.view),
        )
        for each in found.promises
    ]
    return Table(words.gettext("Targets"), heads, rows, numbers=2, words=1)
