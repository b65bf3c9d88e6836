"""Lives through a city's days beside the attacker, and asks what he found in the end.

Used by the tests, and at length by `python -m tests.attack`.
"""

from collections import defaultdict

from kiosk.domain.answers import Rating
from tests.attack.attacker import Members, by_algebra, by_subtraction
from tests.attack.city import City
from tests.attack.pages import Cell, Visitor
from tests.attack.witness import Shown, Witness

K = 5
DAYS = 250


def watch(city: City, days: int = DAYS) -> Visitor:
    """Live through the days beside a visitor of every page of the real release."""
    visitor, seen, lives = Visitor(), 0, 1
    for _ in city.looks(days):
        if city.witness.lives != lives:
            visitor.forget()
            seen, lives = 0, city.witness.lives
        visitor.add(map(cell, city.witness.visible[seen:]))
        seen = len(city.witness.visible)
        visitor.look()
    return visitor


def watch_live(city: City, days: int = DAYS) -> Visitor:
    """The same with live figures, shown as soon as they are over five."""
    visitor = Visitor(least=K)
    for _ in city.looks(days):
        visitor.add(
            Cell("live", "rating", c.unit_id, c.officer_id, c.day, [c.number])
            for c in city.served
            if isinstance(c.answer, Rating) and c.answer.complete
        )
        visitor.look()
    return visitor


def cell(shown: Shown) -> Cell:
    return Cell(
        shown.table,
        shown.family,
        shown.unit_id,
        shown.officer_id,
        shown.counted_on,
        shown.members,
    )


def isolated(witness: Witness) -> dict[str, Members]:
    """By family of figures, a set of under k citizens that combining all figures ever tells of."""
    families: defaultdict[str, list[Members]] = defaultdict(list)
    for shown in witness.shown:
        families[shown.family].append(shown.members)
    found = {}
    for family, figures in families.items():
        members = by_subtraction(figures, k=K) or by_algebra(figures, k=K)
        if members is not None:
            found[family] = members
    return found
