"""The officers of a unit's page: who they are, what was answered, and who stands apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.findings import Outside, together
from reports.names import person_key
from reports.periods import Period
from reports.queries import PoolTally
from reports.scopes import PostedOfficer
from reports.statistics import Comparison, Verdict
from reports.tallies import Tally, total_of


@dataclass(frozen=True)
class Person:
    """An officer in a unit, what was answered about him, and how he stands to all others."""

    posting: PostedOfficer
    tally: Tally
    standing: Mapping[str, Comparison]


def people_of(
    pools: Sequence[PoolTally], posted: Sequence[PostedOfficer], period: Period
) -> list[Person]:
    """Everybody posted in the period or with ratings counted in it, by given name.

    `pools` are those of the period, of all units shown; the others are whoever else is in them.
    """
    tallies = {(pool.unit_id, pool.officer_id): pool.tally for pool in pools}
    latest = {(each.unit_id, each.officer_id): each for each in posted}
    there = {(each.unit_id, each.officer_id) for each in posted if each.during(period)}
    shown = [key for key in latest if key in there or key in tallies]
    found = _standings(
        {key: tallies.get(key, Tally()) for key in shown}, total_of(tallies.values())
    )
    people = [
        Person(latest[key], tallies.get(key, Tally()), found[key]) for key in shown
    ]
    return sorted(people, key=lambda person: person_key(person.posting.name))


def outside(people: Sequence[Person]) -> tuple[Outside, ...]:
    """Who clearly differs from all others, in which courtesy."""
    return tuple(
        Outside(person.posting.name, courtesy, comparison.verdict)
        for person in people
        for courtesy, comparison in person.standing.items()
        if comparison.clear
    )


def compared(people: Sequence[Person]) -> int:
    """How many could be compared with the others in something."""
    return sum(
        any(each.verdict is not Verdict.TOO_FEW for each in person.standing.values())
        for person in people
    )


def _standings(
    tallies: Mapping[tuple[int, int], Tally], total: Tally
) -> dict[tuple[int, int], dict[str, Comparison]]:
    pairs = {
        (key, courtesy): (own.share, (total.courtesies[courtesy] - own).share)
        for key, tally in tallies.items()
        for courtesy, own in tally.courtesies.items()
    }
    found: dict[tuple[int, int], dict[str, Comparison]] = {key: {} for key in tallies}
    for (key, courtesy), comparison in together(pairs).items():
        found[key][courtesy] = comparison
    return found
