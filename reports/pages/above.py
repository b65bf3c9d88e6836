"""The one total beyond a unit's own: of the unit above, or of all that a delegation was granted."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from kiosk.domain.access import CurrentAccount, unit_above
from reports import group_queries
from reports.filters import ReportFilter
from reports.findings import Above
from reports.funnel import funnel
from reports.scopes import Group, Scope, UnitFacts
from reports.statistics import Verdict
from reports.tallies import AllThree, all_three_of
from reports.terms import Words

LEAST_UNITS = 3  # of two, the other would be a subtraction away


def above_of(
    session: Session,
    account: CurrentAccount,
    scope: Scope,
    unit: UnitFacts,
    view: ReportFilter,
    *,
    today: date,
    words: Words,
) -> Above | None:
    """How the unit stands to what is above it; None where nobody may see that, or too few are.

    A head sees the unit above only where at least three units contribute, two of them not his.
    """
    if account.role == "delegation":
        return _within_scope(session, scope, unit, view, words)
    area_id = unit_above(session, account, day=today)
    if area_id is None:
        return None
    area = Scope(session, (area_id,), day=today)
    groups = _parted(area.groups(area.unit(area_id)), unit)
    counts = _counts(session, groups, view)
    giving = counts.keys() - {area_id}
    others = giving - scope.those(giving).keys()
    if len(giving) < LEAST_UNITS or len(others) < LEAST_UNITS - 1:
        return None
    return _standing(area.unit(area_id).name, counts, unit)


def _within_scope(
    session: Session, scope: Scope, unit: UnitFacts, view: ReportFilter, words: Words
) -> Above | None:
    """Among the units beside it, below the same one; or among those granted."""
    parent = scope.find(unit.parent_id)
    groups = scope.groups(parent)
    if parent is None and len(groups) == 1:
        return None
    name = words.gettext("the units granted")
    if parent is not None and scope.granted != {parent.id}:
        name = parent.name
    counts = _counts(session, groups, view)
    return _standing(name, counts, unit)


def _counts(
    session: Session, groups: Sequence[Group], view: ReportFilter
) -> dict[int, AllThree]:
    """Per unit of those beside it that counts anything."""
    found = group_queries.listed(session, groups, as_of=view.as_of)
    rows = group_queries.all_three(session, found, [view.period])
    return {unit_id: each for (unit_id, _), each in rows.items()}


def _standing(
    name: str, counts: Mapping[int, AllThree], unit: UnitFacts
) -> Above | None:
    """As on the overview of the area: within its funnel or outside of it."""
    total = all_three_of(counts.values()).share
    if total is None:
        return None
    shares = {each: counts[each].share for each in counts}
    found = funnel(total, list(shares.values()))
    verdict = found.verdict(shares.get(unit.id)) if found else Verdict.TOO_FEW
    return Above(name, total, verdict)


def _parted(groups: Sequence[Group], unit: UnitFacts) -> list[Group]:
    """With a unit that stands farther below one of them apart from it."""
    if any(each.unit.id == unit.id for each in groups):
        return list(groups)
    rest = [
        Group(each.unit, tuple(one for one in each.units if one != unit.id))
        for each in groups
    ]
    return [*rest, Group(unit, (unit.id,))]
