"""What may be compared: the units that a reader may choose, and the periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.filters import ReportFilter, against_code
from reports.pages.frame import Foot, Periods
from reports.periods import Period, PeriodKind
from reports.scopes import Scope, UnitFacts
from reports.terms import Words, period_name

MOST_UNITS = 300  # of a larger scope, only the units beside the one shown are offered
PERIODS = {
    PeriodKind.WEEK: 26,
    PeriodKind.MONTH: 13,
    PeriodKind.QUARTER: 8,
    PeriodKind.YEAR: 5,
}

Option = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """The units by number, and by group what they may be compared with; values and names."""

    units: Sequence[Option]
    others: Mapping[str, Sequence[Option]]

    @property
    def second(self) -> str:
        """What stands there as long as nothing is chosen: the second unit."""
        return f"unit-{self.units[1][0]}" if len(self.units) > 1 else ""


@dataclass(frozen=True)
class ChoicePage:
    """What is shown until two sides are chosen, or where they cannot be compared."""

    unit: UnitFacts | None
    view: ReportFilter
    periods: Periods
    sentences: Sequence[str]
    foot: Foot
    charts: Sequence[None] = ()
    choosing: bool = True


def choices_of(
    scope: Scope, unit: UnitFacts | None, view: ReportFilter, words: Words
) -> Choices:
    """All units of a small scope, by code; of a large one those beside the unit."""
    units = offered(scope, unit, view)
    twice = {each.name for each in units if sum(u.name == each.name for u in units) > 1}
    named = [
        (each.id, f"{each.name} ({each.code})" if each.name in twice else each.name)
        for each in units
    ]
    others = [(against_code(key), name) for key, name in named]
    if unit is not None or len(named) == 1:
        own = against_code(unit.id if unit else named[0][0])
        others = [(code, name) for code, name in others if code != own]
    groups = {
        words.gettext("The same unit in another period"): [
            (each.code, _upper(period_name(each, words))) for each in _periods(view)
        ],
        words.gettext("Another unit in the same period"): others,
    }
    if unit is None:
        groups = dict(reversed(groups.items()))
    return Choices(
        [(str(key), name) for key, name in named],
        {str(group): options for group, options in groups.items() if options},
    )


def offered(
    scope: Scope, unit: UnitFacts | None, view: ReportFilter
) -> list[UnitFacts]:
    """By code, areas last; the sides that are shown are always among them."""
    if len(scope.every) <= MOST_UNITS:
        found = list(scope.units.values())
    else:
        beside = scope.find(unit.parent_id) if unit else None
        found = scope.members(beside.id if beside else None)
        shown = [unit] if unit else []
        if isinstance(view.against, int):
            shown.append(scope.unit(view.against))
        found += [each for each in shown if each not in found]
    return sorted(found, key=lambda each: (each.is_area, each.code))


def _periods(view: ReportFilter) -> list[Period]:
    """Those before the one shown, the latest first, and the one it is held against."""
    count = PERIODS[view.period.kind]
    found = [view.period.moved(-number) for number in range(1, count + 1)]
    if isinstance(view.against, Period) and view.against not in found:
        found.append(view.against)
    return found


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]
