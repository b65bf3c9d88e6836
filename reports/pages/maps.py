"""What a page says of the map of units that it is read by."""

from reports.filters import Map, ReportFilter
from reports.pages.frame import MOST_NAMED, Foot, Merger
from reports.terms import Words, period_name


def map_sentences(foot: Foot, view: ReportFilter, words: Words) -> list[str]:
    """By which map the figures are, where it makes a difference."""
    many = len(foot.mergers) > MOST_NAMED
    if view.map is Map.TODAY:
        if many:
            return [_how_many(foot, words)]
        return [_counted_in(each, words) for each in foot.mergers]
    said = words.gettext(
        "Units as they stood in %(period)s, by the map of the time.",
        period=period_name(view.period, words),
    )
    return [said, *(_became(each, words) for each in foot.mergers if not many)]


def _how_many(foot: Foot, words: Words) -> str:
    whole = sum(each.whole for each in foot.mergers)
    return words.gettext(
        "By today's map, the figures of %(merged)s merged units are counted in the units they are"
        " in now; those of %(split)s units that were split stand by the map of the time only.",
        merged=words.number(whole),
        split=words.number(len(foot.mergers) - whole),
    )


def _counted_in(found: Merger, words: Words) -> str:
    if found.whole:
        return words.gettext(
            "By today's map, the figures of %(unit)s, merged on %(day)s, are counted in %(heirs)s.",
            **_values(found, words),
        )
    return words.gettext(
        "Parts of %(unit)s went to %(heirs)s on %(day)s. Its earlier figures are allotted to none"
        " of them; they stand by the map of the time.",
        **_values(found, words),
    )


def _became(found: Merger, words: Words) -> str:
    if found.whole:
        return words.gettext(
            "%(unit)s was merged into %(heirs)s on %(day)s.", **_values(found, words)
        )
    return words.gettext(
        "Parts of %(unit)s went to %(heirs)s on %(day)s.", **_values(found, words)
    )


def _values(found: Merger, words: Words) -> dict[str, str]:
    return {
        "unit": found.name,
        "day": words.day(found.day),
        "heirs": words.listing(found.heirs),
    }
