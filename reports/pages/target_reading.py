"""What the page of targets reads: promises of a unit or of those above it, and their results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from reports import group_queries
from reports.filters import ReportFilter
from reports.findings import Nothing
from reports.group_queries import Listed, listed
from reports.pages.frame import Foot, foot_of_listed, nothing
from reports.scopes import Group, Scope, UnitFacts, unit_facts
from reports.statistics import Share
from reports.tallies import AllThree, Tally
from reports.target_queries import targets_of
from reports.targets import Result, Standing, results

INDICATORS = ("all_three", "greeted", "asked", "thanked", "satisfied")
MOST_LEVELS = 8  # of units above each other; a register that goes in circles ends there


@dataclass(frozen=True)
class Promise:
    """A unit's target for an indicator, and what became of it."""

    unit: UnitFacts
    indicator: str
    result: Result


@dataclass(frozen=True)
class TargetReading:
    """What the store says; `alone` is one ward or office, else the units of a scope."""

    view: ReportFilter
    alone: bool
    promises: Sequence[Promise]
    nothing: Nothing | None
    foot: Foot

    def standing(self, standing: Standing) -> list[Promise]:
        """The promises that stand so."""
        return [each for each in self.promises if each.result.standing is standing]


def read_targets(
    session: Session, scope: Scope, unit: UnitFacts | None, view: ReportFilter
) -> TargetReading:
    """Reads it all; the number of statements does not grow with the units."""
    groups = scope.groups(unit)
    alone = unit is not None and not unit.is_area
    if unit is not None and alone:
        groups = [Group(unit, scope.under(unit.id))]
    found = listed(session, groups, as_of=view.as_of)
    foot = foot_of_listed(session, found, view)
    promises = _promises(session, found, view)
    why = None
    if not any(each.result.share for each in promises):
        days = {} if view.final else group_queries.release_days(session, found)
        why = nothing(view, foot.k, [day for each in days.values() for day in each])
    return TargetReading(view, alone, promises, why, foot)


def _promises(session: Session, found: Listed, view: ReportFilter) -> list[Promise]:
    """Every target of the units, by indicator and then by code."""
    shares = _shares(session, found, view)
    units = [each.unit for each in found.groups]
    promised = _promised(session, units, view.period.last)
    asked = [
        (unit, indicator, promised[unit.id][indicator])
        for indicator in INDICATORS
        for unit in units
        if indicator in promised[unit.id]
    ]
    held = results((target, shares[unit.id][key]) for unit, key, target in asked)
    return [
        Promise(unit, key, result)
        for (unit, key, _), result in zip(asked, held, strict=True)
    ]


def _shares(
    session: Session, found: Listed, view: ReportFilter
) -> dict[int, Mapping[str, Share | None]]:
    """Per unit with all below it, each indicator's share."""
    tallies, threes = group_queries.figures(session, found, [view.period])
    shares: dict[int, Mapping[str, Share | None]] = {}
    for group in found.groups:
        tally = tallies.get((group.unit.id, 0), Tally())
        three = threes.get((group.unit.id, 0), AllThree())
        shares[group.unit.id] = {
            "all_three": three.share,
            "satisfied": tally.satisfaction.share,
            **{key: each.share for key, each in tally.courtesies.items()},
        }
    return shares


def _promised(
    session: Session, units: Sequence[UnitFacts], day: date
) -> dict[int, dict[str, float]]:
    """Per unit what holds for it in the year of the day, by the map of that day.

    What a unit did not promise itself is what the nearest unit above it did, whether or not the
    reader may see that one's figures.
    """
    parents = _parents(session, units, day)
    given = targets_of(session, parents, year=day.year)
    found: dict[int, dict[str, float]] = {}
    for unit in units:
        found[unit.id] = {}
        for each in reversed(_line(unit.id, parents)):
            found[unit.id] |= given.get(each, {})
    return found


def _line(unit_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and those above it, upwards."""
    line, at = [unit_id], parents.get(unit_id)
    while at is not None and at not in line:
        line.append(at)
        at = parents.get(at)
    return line


def _parents(
    session: Session, units: Sequence[UnitFacts], day: date
) -> dict[int, int | None]:
    """Each unit's parent, for the units and all above them."""
    parents: dict[int, int | None] = {unit.id: unit.parent_id for unit in units}
    for _ in range(MOST_LEVELS):
        missing = {each for each in parents.values() if each is not None}
        missing -= parents.keys()
        if not missing:
            break
        facts = unit_facts(session, missing, day=day)
        parents |= {
            each: facts[each].parent_id if each in facts else None for each in missing
        }
    return parents
