"""The one total beyond a unit's own: of the unit above, or of all that a delegation was granted."""

from datetime import date

from sqlalchemy.orm import Session

from kiosk.domain.access import CurrentAccount, unit_above, units_below
from reports import queries
from reports.filters import ReportFilter
from reports.findings import Above
from reports.funnel import funnel
from reports.queries import Span
from reports.scopes import Scope, UnitFacts, unit_facts
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
    below = units_below(session, unit_ids=frozenset({area_id}), day=today)
    area = Scope(
        frozenset({area_id}), unit_facts(session, below | {area_id}, day=today)
    )
    counts = _counts(session, area, view)
    giving = [
        member.id
        for member in area.members(area_id)
        if any(counts.get(each) for each in area.under(member.id))
    ]
    others = [each for each in giving if each not in scope.units]
    if len(giving) < LEAST_UNITS or len(others) < LEAST_UNITS - 1:
        return None
    return _standing(area.unit(area_id).name, counts, area, scope.under(unit.id))


def _within_scope(
    session: Session, scope: Scope, unit: UnitFacts, view: ReportFilter, words: Words
) -> Above | None:
    own = scope.under(unit.id)
    if len(own) == len(scope.units):
        return None
    counts = _counts(session, scope, view)
    return _standing(words.gettext("the units granted"), counts, scope, own)


def _counts(session: Session, scope: Scope, view: ReportFilter) -> dict[int, AllThree]:
    span = Span(list(scope.units), [view.period], view.as_of)
    return {
        unit_id: each for (unit_id, _), each in queries.all_three(session, span).items()
    }


def _standing(
    name: str, counts: dict[int, AllThree], area: Scope, own: tuple[int, ...]
) -> Above | None:
    """As on the overview of the area: within its funnel or outside of it."""
    total = all_three_of(counts.values()).share
    if total is None:
        return None
    groups = [area.under(member.id) for member in area.members()]
    if own not in groups:
        groups = [own, *((each,) for each in counts if each not in own)]
    shares = {group: _sum(counts, group).share for group in groups}
    found = funnel(total, list(shares.values()))
    return Above(name, total, found.verdict(shares[own]) if found else Verdict.TOO_FEW)


def _sum(counts: dict[int, AllThree], units: tuple[int, ...]) -> AllThree:
    return all_three_of(counts.get(each, AllThree()) for each in units)
