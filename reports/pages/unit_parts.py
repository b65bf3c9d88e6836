"""The chart cards of a unit's page."""

from reports.charts.courtesies import OfficerRow, Panel, officer_courtesies
from reports.charts.levels import LevelRow, levels_height, satisfaction_levels
from reports.charts.weeks import weekly_share
from reports.pages.parts import (
    ChartCard,
    Row,
    Table,
    chart_labels,
    courtesy_titles,
    level_names,
    moment,
    ratings_words,
    share_cells,
)
from reports.pages.people import Person
from reports.pages.unit_reading import UnitReading
from reports.statistics import ControlChart, Verdict, control_chart
from reports.tallies import Satisfaction
from reports.terms import Words, verdict_words


def unit_charts(found: UnitReading, words: Words) -> list[ChartCard]:
    """The officers' courtesies, the weeks, and satisfaction; each only if it shows something."""
    people = [person for person in found.people if person.tally.n]
    charts = [_courtesies(found, people, words)] if people else []
    chart = control_chart(
        [(each.all_three, each.n - each.unsure) for _, each in found.weeks]
    )
    if chart:
        height = levels_height(len(people) + 1)
        charts.append(_weeks(found, chart, max(300, height), words))
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
    rows = []
    for when, (_, counts), point in zip(
        moments, found.weeks, chart.points, strict=True
    ):
        if point is None:
            continue
        band = f"{words.number(point.low * 100, 1)}–{words.percent(point.high, 1)}"
        place = outside.get(point.signal, words.gettext("within the band"))
        known = words.number(counts.n - counts.unsure)
        rows.append(
            Row([when.full, known, *share_cells(point.share, words), band, place])
        )
    heads = [
        words.gettext("Week"),
        words.gettext("Ratings"),
        words.gettext("All three courtesies"),
        words.gettext("95%% interval"),
        words.gettext("Ordinary variation"),
        words.gettext("Place"),
    ]
    return ChartCard(
        "weeks",
        words.gettext("All three courtesies by week"),
        words.gettext(
            "Within the band: ordinary variation. Outside: hard to explain by chance."
        ),
        weekly_share(chart, moments, chart_labels(words), outside, height=height),
        Table(words.gettext("All three courtesies by week"), heads, rows, words=1),
        half=True,
    )


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
