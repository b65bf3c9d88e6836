"""The chart cards of coverage, and the opening hours in words."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from kiosk.domain.opening import Hours
from reports.charts.base import Moment
from reports.charts.coverage import (
    Bar,
    HourRow,
    WeekCell,
    hours_of_day,
    weeks_of_taps,
)
from reports.charts.units import MOST_CELLS
from reports.coverage import TabletWeek
from reports.coverage_queries import TabletMonth
from reports.names import short_names
from reports.pages.coverage_reading import CoverageReading
from reports.pages.parts import ChartCard, Row, Table, moment, ratings_words
from reports.pages.watched import Watched
from reports.periods import Period, PeriodKind
from reports.terms import Words, period_name

MOST_HOURS = 36  # rows beyond that are no picture any more; the table has them all
LEAST_WEEKS = 8
_MONDAY = date(2026, 6, 1)


def coverage_charts(found: CoverageReading, words: Words) -> list[ChartCard]:
    """The weeks where anything is reported and there is room; a unit's hours of the day."""
    charts = []
    if 0 < len(found.shown) <= MOST_CELLS:
        charts.append(_weeks(found, words))
    if any(each.hours for each in found.months):
        charts.append(_hours(found, words))
    return charts


def silent_share(total: TabletWeek, words: Words) -> str:
    """Which part of the opening hours was silent; a dash where the desk was never open."""
    return words.percent(total.silent / total.opening) if total.opening else "–"


def opening_lines(found: CoverageReading, words: Words) -> list[str]:
    """When the desk is open, e.g. Monday – Friday: 08:00–11:30, 13:30–17:00."""
    by_days: dict[str, list[int]] = {}
    for weekday in range(7):
        spans = [each for each in found.opening if each.weekday == weekday]
        if spans:
            said = ", ".join(_span(each, found, words) for each in spans)
            by_days.setdefault(said, []).append(weekday)
    return [f"{_days(days, words)}: {said}" for said, days in by_days.items()]


def _span(hours: Hours, found: CoverageReading, words: Words) -> str:
    period = found.view.period
    text = f"{hours.opens:%H:%M}–{hours.closes:%H:%M}"
    if hours.first_day > period.first:
        day = words.day(hours.first_day)
        text = words.gettext("%(hours)s (from %(day)s)", hours=text, day=day)
    if hours.last_day and hours.last_day < period.last:
        day = words.day(hours.last_day)
        text = words.gettext("%(hours)s (until %(day)s)", hours=text, day=day)
    return text


def _days(weekdays: list[int], words: Words) -> str:
    names = [words.pattern(_MONDAY + timedelta(days=at), "EEEE") for at in weekdays]
    if len(names) > 2 and weekdays[-1] - weekdays[0] == len(names) - 1:
        return f"{names[0]} – {names[-1]}"
    return words.listing(names)


def _weeks(found: CoverageReading, words: Words) -> ChartCard:
    shown, first = found.shown, _first_reported(found)
    moments = [moment(week, words) for week in found.weeks[first:]]
    full = [each.name for each in shown]
    names = full if found.alone else short_names(full)
    cells = [
        WeekCell(name, _caption(each, words), _bars(each, first, moments, found, words))
        for name, each in zip(names, shown, strict=True)
    ]
    if found.alone:
        title = words.gettext("Taps by week, tablet by tablet")
        reading = words.gettext(
            "A bar is a week's taps, each tablet on its own scale; grey is what is ordinary for it."
            " A red column: fewer taps than ordinary, with a nought not a single one in a week in"
            " which the desk was open. Nothing: not reported yet, or closed."
        )
    else:
        title = words.gettext("Taps by week, unit by unit")
        reading = words.gettext(
            "A bar is a week's taps, each unit on its own scale; grey is what is ordinary for it."
            " A red column: a week in which the desk was open and nobody tapped at all. Nothing:"
            " not reported yet, or closed."
        )
    table = _weeks_table(found, words) if found.alone else _taps_table(found, words)
    return ChartCard("weeks", title, reading, weeks_of_taps(cells, moments), table)


def _first_reported(found: CoverageReading) -> int:
    """From which of the weeks shown anything is reported; never fewer than eight are drawn."""
    reported = [at for e in found.shown for at, (_, week) in enumerate(e.weeks) if week]
    return min(*reported, max(0, len(found.weeks) - LEAST_WEEKS))


def _caption(each: Watched, words: Words) -> str:
    if not each.reported:
        return words.gettext("not reported")
    silent = words.gettext("silent %(share)s", share=silent_share(each.total, words))
    return f"{ratings_words(each.total.taps, words)} · {silent}"


def _bars(
    each: Watched,
    first: int,
    moments: Sequence[Moment],
    found: CoverageReading,
    words: Words,
) -> list[Bar | None]:
    usual = each.habit
    bars: list[Bar | None] = []
    for when, (_, week) in zip(moments, each.weeks[first:], strict=True):
        if week is None or not (week.opening or week.taps):
            bars.append(None)
            continue
        ordinary = usual.ordinary(week.opening) if usual else None
        quiet = bool(usual and found.alone and usual.quiet(week))
        told = _told(week, words)
        bars.append(Bar(week.taps, ordinary, week.untouched, quiet, when.full, told))
    return bars


def _told(week: TabletWeek, words: Words) -> str:
    return words.gettext(
        "%(taps)s taps · silent %(silent)s of %(opening)s opening hours",
        taps=words.number(week.taps),
        silent=words.number(week.silent),
        opening=words.number(week.opening),
    )


def _weeks_table(found: CoverageReading, words: Words) -> Table:
    heads = [
        words.gettext("Tablet"),
        words.gettext("Week"),
        words.gettext("Taps"),
        words.gettext("Ordinary"),
        words.gettext("Opening hours"),
        words.gettext("Silent stretches"),
        words.gettext("Silent hours"),
        words.gettext("What is odd"),
    ]
    rows = [
        _week_row(each, at, week, words)
        for each in found.shown
        for at, week in each.weeks
        if week
    ]
    return Table(words.gettext("Taps by week"), heads, rows, numbers=2, words=1)


def _taps_table(found: CoverageReading, words: Words) -> Table:
    """A column for each unit: what else is known of its weeks stands on its own page."""
    shown = found.shown
    weeks = list(found.weeks)[_first_reported(found) :]
    by_unit = [dict(each.weeks) for each in shown]
    rows = [
        Row([moment(week, words).full, *(_taps(own[week], words) for own in by_unit)])
        for week in weeks
    ]
    names = short_names([each.name for each in shown])
    return Table(words.gettext("Taps by week"), [words.gettext("Week"), *names], rows)


def _taps(week: TabletWeek | None, words: Words) -> str:
    return words.number(week.taps) if week else "–"


def _week_row(each: Watched, at: Period, week: TabletWeek, words: Words) -> Row:
    usual, ordinary, odd = each.habit, "–", ""
    if usual:
        low, high = usual.ordinary(week.opening)
        ordinary = f"{words.number(low)}–{words.number(high)}"
    if week.untouched:
        odd = words.gettext("not one tap")
    elif usual and usual.quiet(week):
        odd = words.gettext("fewer taps than ordinary")
    counts = [week.opening, week.stretches, week.silent]
    return Row(
        [
            each.name,
            moment(at, words).full,
            words.number(week.taps),
            ordinary,
            *map(words.number, counts),
            odd,
        ]
    )


def _hours(found: CoverageReading, words: Words) -> ChartCard:
    names = {each.id: each.name for each in found.watched}
    months = sorted(
        (each for each in found.months if each.hours and each.tablet_id in names),
        key=lambda each: list(names).index(each.tablet_id),
    )
    rows = [
        HourRow(
            names[each.tablet_id],
            _month(each.month, words),
            each.hours,
            [_cell(*cell, words) for cell in each.hours],
        )
        for each in months[-MOST_HOURS:]
    ]
    title = words.gettext("At which hours the tablets were tapped")
    reading = words.gettext(
        "Taps of a whole month by hour of the day; the darker, the more an hour. Pale grey behind:"
        " the desk is open. Hours with fewer than %(k)s taps are joined with their neighbours.",
        k=found.foot.k,
    )
    axis = words.gettext("hour of the day")
    return ChartCard(
        "hours",
        title,
        reading,
        hours_of_day(rows, _open_spans(found.opening), axis),
        _hours_table(months, names, words),
    )


def _hours_table(
    months: Sequence[TabletMonth], names: dict[int, str], words: Words
) -> Table:
    heads = [
        words.gettext("Tablet"),
        words.gettext("Month"),
        words.gettext("Hours"),
        words.gettext("Taps"),
    ]
    rows = [
        Row(
            [
                names[each.tablet_id],
                _month(each.month, words),
                _hours_name(first, last),
                words.number(taps),
            ]
        )
        for each in months
        for first, last, taps in each.hours
    ]
    title = words.gettext("At which hours the tablets were tapped")
    return Table(title, heads, rows, numbers=3)


def _month(first: date, words: Words) -> str:
    return period_name(Period.holding(PeriodKind.MONTH, first), words)


def _cell(first: int, last: int, taps: int, words: Words) -> str:
    count = words.ngettext(
        "%(number)s tap", "%(number)s taps", taps, number=words.number(taps)
    )
    return f"{_hours_name(first, last)}: {count}"


def _hours_name(first: int, last: int) -> str:
    return f"{first}:00–{last + 1}:00"


def _open_spans(opening: Sequence[Hours]) -> list[tuple[float, float]]:
    """The hours of any weekday, as decimal hours, overlapping ones joined."""
    found: list[tuple[float, float]] = []
    for first, last in sorted({(_hour(o.opens), _hour(o.closes)) for o in opening}):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _hour(at: time) -> float:
    return at.hour + at.minute / 60
