"""What the page of targets reads: promises of a unit or of those above it, and their results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from reports import queries
from reports.filters import ReportFilter
from reports.findings import Nothing
from reports.pages.frame import Foot, foot_of, nothing
from reports.pages.overview_reading import groups_of
from reports.queries import Span
from reports.scopes import Scope, UnitFacts, unit_facts
from reports.statistics import Share
from reports.tallies import all_three_of, total_of
from reports.target_queries import targets_of
from reports.targets import Result, Standing, results

INDICATORS = ("all_three", "greeted", "asked", "thanked", "satisfied")
MOST_LEVELS = 8  # of units above each other; a register that goes in circles ends there

Groups = Sequence[tuple[UnitFacts, tuple[int, ...]]]


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
    units: Sequence[int]
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
    groups: Groups = groups_of(scope, unit)
    alone = unit is not None and not unit.is_area
    if unit is not None and alone:
        groups = [(unit, scope.under(unit.id))]
    units = [each for _, ids in groups for each in ids]
    foot = foot_of(session, units, view)
    promises = _promises(session, groups, view)
    why = None
    if not any(each.result.share for each in promises):
        days = queries.release_days(session, units, as_of=view.as_of).values()
        why = nothing(view, foot.k, [day for found in days for day in found])
    return TargetReading(view, alone, units, promises, why, foot)


def _promises(session: Session, groups: Groups, view: ReportFilter) -> list[Promise]:
    """Every target of the units, by indicator and then by code."""
    shares = _shares(session, groups, view)
    promised = _promised(session, [unit for unit, _ in groups], view.period.last)
    asked = [
        (unit, indicator, promised[unit.id][indicator])
        for indicator in INDICATORS
        for unit, _ in groups
        if indicator in promised[unit.id]
    ]
    found = results((target, shares[unit.id][key]) for unit, key, target in asked)
    return [
        Promise(unit, key, result)
        for (unit, key, _), result in zip(asked, found, strict=True)
    ]


def _shares(
    session: Session, groups: Groups, view: ReportFilter
) -> dict[int, Mapping[str, Share | None]]:
    """Per unit with all below it, each indicator's share."""
    units = [each for _, ids in groups for each in ids]
    span = Span(units, [view.period], view.as_of)
    tallies, threes = queries.unit_figures(session, span)
    found: dict[int, Mapping[str, Share | None]] = {}
    for unit, ids in groups:
        keys = [(each, 0) for each in ids]
        tally = total_of(tallies[key] for key in keys if key in tallies)
        three = all_three_of(threes[key] for key in keys if key in threes)
        found[unit.id] = {
            "all_three": three.share,
            "satisfied": tally.satisfaction.share,
            **{key: each.share for key, each in tally.courtesies.items()},
        }
    return found


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
