"""The worked examples of the methodology page, reckoned as the reports reckon."""

from dataclasses import dataclass

from reports.funnel import Funnel
from reports.pages.frame import LEAST_K
from reports.pages.parts import interval
from reports.statistics import COMPARABLE, Share, difference, share
from reports.terms import Words

NOW, BEFORE = (514, 612), (480, 600)
LEVEL, FEW, MANY = (8_100, 10_000), 90, 1_800


@dataclass(frozen=True)
class Example:
    """Two shares and their difference, and two units in a funnel, as the page writes them."""

    k: int
    comparable: int
    values: dict[str, str]
    funnel: dict[str, str]


def example(words: Words) -> Example:
    """84 % against 80 %, and why that is no clear change."""
    now, before = _share(NOW), _share(BEFORE)
    found = difference(now, before)
    values = {
        "points": words.number(found.value * 100, 1),
        "low": words.number(found.low * 100, 1),
        "high": words.number(found.high * 100, 1),
        **_named("one", now, words),
        **_named("two", before, words),
    }
    return Example(LEAST_K, COMPARABLE, values, _funnel(words))


def _funnel(words: Words) -> dict[str, str]:
    found = Funnel(_share(LEVEL), phi=1, tau=0)
    values = {"level": words.percent(found.centre.value)}
    for name, total in (("few", FEW), ("many", MANY)):
        band = found.band(total)
        values |= {
            name: words.number(total),
            f"{name}_low": words.percent(band.low, 1),
            f"{name}_high": words.percent(band.high, 1),
        }
    return values


def _share(counts: tuple[int, int]) -> Share:
    found = share(*counts)
    if found is None:
        raise ValueError(counts)
    return found


def _named(name: str, given: Share, words: Words) -> dict[str, str]:
    return {
        name: words.number(given.count),
        f"{name}_of": words.number(given.total),
        f"{name}_share": words.percent(given.value, 1),
        f"{name}_interval": interval(given, words, 1),
    }
