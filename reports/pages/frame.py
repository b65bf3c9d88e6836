"""What surrounds every report: the periods one tap away, and the foot with what it rests on."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from reports import group_queries, queries
from reports.filters import ReportFilter
from reports.findings import Nothing
from reports.group_queries import Listed
from reports.periods import Period, PeriodKind
from reports.queries import Runs
from reports.scopes import Group, unit_facts
from reports.statistics import expected_next
from reports.successions import Change, changes
from reports.terms import Words, period_name

MOST_NAMED = 8  # mergers; of more a page says how many
LEAST_K = 5  # before the first release; afterwards the last release says


@dataclass(frozen=True)
class Periods:
    """The period shown, the ones beside it, and the same by week, month, quarter and year."""

    name: str
    before: ReportFilter
    after: ReportFilter | None
    lengths: Sequence[tuple[str, ReportFilter, bool]]


@dataclass(frozen=True)
class Merger:
    """A unit that became others on a day; `whole` if one alone took all, else it was split."""

    day: date
    name: str
    heirs: Sequence[str]
    whole: bool


@dataclass(frozen=True)
class Foot:
    """What a printed page must say of itself."""

    as_of: date
    k: int
    released_on: date | None
    chains: int
    seal: str
    partials: int
    restored_on: Sequence[date]
    open_until: date | None
    mergers: Sequence[Merger]


def periods_of(view: ReportFilter, words: Words) -> Periods:
    """The bar above a report."""
    names = {
        PeriodKind.WEEK: words.gettext("Week"),
        PeriodKind.MONTH: words.gettext("Month"),
        PeriodKind.QUARTER: words.gettext("Quarter"),
        PeriodKind.YEAR: words.gettext("Year"),
    }
    lengths = [
        (names[kind], other, kind is view.period.kind)
        for kind, other in view.lengths().items()
    ]
    name = period_name(view.period, words)
    return Periods(name[:1].upper() + name[1:], view.before, view.after, lengths)


def foot_of(session: Session, units: Sequence[int], view: ReportFilter) -> Foot:
    """Reads the last releases of the units, what was left half-way, and the restores."""
    runs = queries.last_runs(session, units, as_of=view.as_of)
    partials = queries.partial_ratings(
        session, units, period=view.period, as_of=view.as_of
    )
    chains = len(runs.chains) if runs else 0
    return _foot(session, units, view, runs=runs, chains=chains, partials=partials)


def foot_of_listed(session: Session, found: Listed, view: ReportFilter) -> Foot:
    """The same of all units that a page lists."""
    runs, chains = group_queries.last_runs(session, found)
    partials = group_queries.partial_ratings(session, found, period=view.period)
    units = [each for group in found.groups for each in group.units]
    return _foot(session, units, view, runs=runs, chains=chains, partials=partials)


def _foot(
    session: Session,
    units: Sequence[int],
    view: ReportFilter,
    *,
    runs: Runs | None,
    chains: int,
    partials: int,
) -> Foot:
    restored = queries.restored_on(session)
    return Foot(
        as_of=view.as_of,
        k=runs.k if runs else LEAST_K,
        released_on=runs.day if runs else None,
        chains=chains,
        seal=_seal(runs),
        partials=partials,
        restored_on=[day for day in restored if view.period.first <= day <= view.as_of],
        open_until=None if view.final else view.period.open_until,
        mergers=_mergers(session, units, view),
    )


def _mergers(
    session: Session, units: Sequence[int], view: ReportFilter
) -> list[Merger]:
    """What became of the units since the period began; by name only where they are few."""
    found: dict[tuple[date, int], list[Change]] = {}
    for each in changes(session, units, after=view.period.first):
        found.setdefault((each.day, each.unit_id), []).append(each)
    mergers = []
    for (day, unit_id), parts in found.items():
        name, names = "", []
        if len(found) <= MOST_NAMED:
            before = unit_facts(session, [unit_id], day=day - timedelta(days=1))
            after = unit_facts(session, [each.heir_id for each in parts], day=day)
            name = before[unit_id].name
            names = [after[each.heir_id].name for each in parts]
        mergers.append(Merger(day, name, names, all(each.whole for each in parts)))
    return mergers


def latest_of(
    session: Session, units: Sequence[int], view: ReportFilter
) -> ReportFilter | None:
    """The last month with figures, to be offered where there are none; none if it is this one."""
    day = queries.latest_day(session, units, until=view.as_of, as_of=view.as_of)
    return _latest(day, view)


def latest_of_listed(
    session: Session, groups: Sequence[Group], view: ReportFilter
) -> ReportFilter | None:
    """The same of all units that a page lists."""
    found = group_queries.listed(session, groups, as_of=view.as_of)
    return _latest(group_queries.latest_day(session, found, until=view.as_of), view)


def _latest(day: date | None, view: ReportFilter) -> ReportFilter | None:
    if day is None or view.period.first <= day <= view.period.last:
        return None
    return view.at(Period.holding(PeriodKind.MONTH, day))


def nothing(view: ReportFilter, k: int, released: Sequence[date]) -> Nothing:
    """Why there is nothing to show; `released` are the days of past releases."""
    expected = expected_next(released)
    begun = view.period.first <= view.as_of
    in_time = begun and expected is not None and view.as_of < expected
    return Nothing(k, expected if in_time else None, view.final)


def _seal(runs: Runs | None) -> str:
    """The head of a chain; of several, the SHA-256 over all of them by unit number.

    On a page that lists areas, each area's is the SHA-256 over those of its own units.
    """
    if runs is None:
        return ""
    heads = [chain for _, chain in sorted(runs.chains.items())]
    found = heads[0] if len(heads) == 1 else hashlib.sha256(b"".join(heads)).digest()
    return " ".join(found.hex()[at : at + 8] for at in range(0, 64, 8))
