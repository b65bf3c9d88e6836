"""The chart cards of a unit's page."""

from reports.charts.control import share_in_time
from reports.charts.courtesies import OfficerRow, Panel, officer_courtesies
from reports.charts.levels import LevelRow, levels_height, satisfaction_levels
from reports.control import ControlChart
from reports.pages.parts import (
    ChartCard,
    Row,
    Table,
    chart_labels,
    courtesy_titles,
    level_names,
    moment,
    ratings_words,
    reach,
    share_cells,
)
from reports.pages.people import Person
from reports.pages.unit_reading import UnitReading
from reports.signal_words import run_words
from reports.statistics import Verdict
from reports.tallies import Satisfaction
from reports.terms import Words, verdict_words


def unit_charts(found: UnitReading, words: Words) -> list[ChartCard]:
    """The officers' courtesies, the weeks, and satisfaction; each only if it shows something."""
    people = [person for person in found.people if person.tally.n]
    charts = [_courtesies(found, people, words)] if people else []
    if found.control:
        height = levels_height(len(people) + 1)
        charts.append(_weeks(found, found.control, max(300, height), words))
    return [*charts, _levels(found, people, words)]


def _courtesies(found: UnitReading, people: list[Person], words: Words) -> ChartCard:
    titles = courtesy_titles(words)
    panels = [
        Panel(key, titles[key], courtesy.share)
        for key, courtesy in found.tally.courtesies.items()
    ]
    rows = [
        OfficerRow(
            person.posting.name,
            ratings_words(person.tally.n, words),
            {key: courtesy.share for key, courtesy in person.tally.courtesies.items()},
        )
        for person in people
    ]
    level_name = words.gettext("level of the unit")
    return ChartCard(
        "officers",
        words.gettext("Each officer: greeting, asking, thanking"),
        words.gettext(
            "A mark is the share of “Yes”, its line the 95%% interval; grey is the level of the"
            " whole unit. Where a line touches the grey, no difference can be told."
        ),
        officer_courtesies(rows, panels, chart_labels(words), level_name),
        _courtesy_table(people, words),
    )


def _courtesy_table(people: list[Person], words: Words) -> Table:
    heads = [
        words.gettext("Officer"),
        words.gettext("Courtesy"),
        words.gettext("Yes"),
        words.gettext("No"),
        words.gettext("Did not notice"),
        words.gettext("Share of yes"),
        words.gettext("95%% interval"),
        words.gettext("Against the other officers"),
    ]
    titles = courtesy_titles(words)
    rows = []
    for person in people:
        for key, courtesy in person.tally.courtesies.items():
            counts = [courtesy.yes, courtesy.no, courtesy.unsure]
            rows.append(
                Row(
                    [
                        person.posting.name,
                        titles[key],
                        *map(words.number, counts),
                        *share_cells(courtesy.share, words),
                        verdict_words(person.standing[key].verdict, words),
                    ]
                )
            )
    return Table(
        words.gettext("Answers about each officer"), heads, rows, numbers=2, words=1
    )


def _weeks(
    found: UnitReading, chart: ControlChart, height: int, words: Words
) -> ChartCard:
    moments = [moment(week, words) for week, _ in found.weeks]
    outside = {
        Verdict.HIGHER: words.gettext("above the band"),
        Verdict.LOWER: words.gettext("below the band"),
    }
    runs = [run_words(run.length, run.side, words) for run in chart.runs]
    title = words.gettext("All three courtesies by week")
    drawn = share_in_time(
        chart, moments, chart_labels(words), outside, runs, height=height
    )
    reading = words.gettext(
        "Within the band: ordinary variation. A diamond or a broad stroke: hard to explain by"
        " chance."
    )
    table = _weeks_table(found, chart, outside, words)
    return ChartCard("weeks", title, reading, drawn, table, half=True)


def _weeks_table(
    found: UnitReading,
    chart: ControlChart,
    outside: dict[Verdict, str],
    words: Words,
) -> Table:
    heads = [
        words.gettext("Week"),
        words.gettext("Ratings"),
        words.gettext("All three courtesies"),
        words.gettext("95%% interval"),
        words.gettext("Ordinary variation"),
        words.gettext("Place"),
    ]
    rows = []
    for at, (week, _) in enumerate(found.weeks):
        point = chart.points[at]
        if point is None:
            continue
        band = reach(point.low, point.high, words, 1)
        said = [outside.get(point.signal, words.gettext("within the band"))]
        said += [
            run_words(run.length, run.side, words)
            for run in chart.runs
            if run.first <= at <= run.last
        ]
        figures = [words.number(point.share.total), *share_cells(point.share, words)]
        rows.append(Row([moment(week, words).full, *figures, band, "; ".join(said)]))
    return Table(words.gettext("All three courtesies by week"), heads, rows, words=1)


def _levels(found: UnitReading, people: list[Person], words: Words) -> ChartCard:
    together = (words.gettext("Together"), found.tally.satisfaction)
    named = [(person.posting.name, person.tally.satisfaction) for person in people]
    everybody = [together, *named]
    rows = [
        LevelRow(name, ratings_words(each.total, words), each)
        for name, each in everybody
    ]
    names = level_names(words)
    return ChartCard(
        "satisfaction",
        words.gettext("Satisfaction"),
        words.gettext("Of a hundred citizens, how many chose each level."),
        satisfaction_levels(rows, names, chart_labels(words)),
        levels_table(everybody, words),
        half=True,
    )


def levels_table(rows: list[tuple[str, Satisfaction]], words: Words) -> Table:
    """The five levels as counts, and the share of the two upper ones."""
    heads = [
        words.gettext("Officer"),
        *level_names(words),
        words.gettext("Satisfied (levels 4 and 5)"),
        words.gettext("95%% interval"),
    ]
    cells = [
        Row([name, *map(words.number, each.levels), *share_cells(each.share, words)])
        for name, each in rows
    ]
    return Table(words.gettext("Satisfaction"), heads, cells)
