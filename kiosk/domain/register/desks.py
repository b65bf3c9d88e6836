"""Counters, tablets, opening hours, procedures and targets of a register."""

from collections import defaultdict

from sqlalchemy import select

from kiosk.domain.register.changes import Loading
from kiosk.domain.register.reading import file_of
from kiosk.domain.register.rows import (
    CounterRow,
    HoursRow,
    ProcedureRow,
    TabletRow,
    TargetRow,
)
from kiosk.domain.register.units import Units
from kiosk.models.organisation import Counter, OpeningHours, Procedure, Target
from kiosk.models.tablets import Tablet, TabletCounter


def load_counters(loading: Loading, units: Units) -> None:
    """Load counters.csv."""
    known = {
        (each.unit_id, each.code): each
        for each in loading.session.scalars(select(Counter))
    }
    for row in loading.register.of(CounterRow):
        unit = units.find(row, "unit_code", row.unit_code)
        if unit is None:
            continue
        key = (unit.id, row.code)
        if loading.first_time(row, "code", key, row.code):
            facts = {"unit_id": unit.id, "code": row.code, "label": row.label}
            loading.put(row, Counter, known.get(key), **facts)
    loading.session.flush()


def load_tablets(loading: Loading, units: Units) -> None:
    """Load tablets.csv; a retired tablet is left alone, its label may be given anew."""
    session = loading.session
    in_use = select(Tablet).where(Tablet.retired_at.is_(None))
    known = {(each.unit_id, each.label): each for each in session.scalars(in_use)}
    counters = {
        (each.unit_id, each.code): each.id for each in session.scalars(select(Counter))
    }
    for row in loading.register.of(TabletRow):
        unit = units.find(row, "unit_code", row.unit_code)
        if unit is None:
            continue
        standing = _counters(loading, row, unit.id, counters)
        key = (unit.id, row.label)
        if loading.first_time(row, "label", key, row.label):
            _put_tablet(loading, row, unit.id, known.get(key), standing)


def load_procedures(loading: Loading) -> None:
    """Load procedures.csv."""
    known = {each.code: each for each in loading.session.scalars(select(Procedure))}
    for row in loading.register.of(ProcedureRow):
        if loading.first_time(row, "code", row.code, row.code):
            facts = {"code": row.code, "name": row.name, "field": row.field}
            loading.put(row, Procedure, known.get(row.code), **facts)


def load_hours(loading: Loading, units: Units) -> None:
    """Load opening_hours.csv."""
    known = {
        (each.unit_id, each.weekday, each.opens, each.first_day): each
        for each in loading.session.scalars(select(OpeningHours))
    }
    for row in loading.register.of(HoursRow):
        unit = units.find(row, "unit_code", row.unit_code, row.first_day)
        if unit is None:
            continue
        key = (unit.id, row.weekday, row.opens, row.first_day)
        if row.opens == row.closes:
            loading.problem(
                row, "closes", "ends_before_it_begins", row.closes, row.opens
            )
        elif (
            loading.first_time(row, "opens", key, row.opens)
            and loading.in_order(row, "closes", row.opens, row.closes)
            and loading.in_order(row, "last_day", row.first_day, row.last_day)
        ):
            known[key] = loading.put(
                row,
                OpeningHours,
                known.get(key),
                unit_id=unit.id,
                weekday=row.weekday,
                opens=row.opens,
                closes=row.closes,
                first_day=row.first_day,
                last_day=row.last_day,
            )
    _refuse_doubled_hours(loading, list(known.values()))


def load_targets(loading: Loading, units: Units) -> None:
    """Load targets.csv; a unit promises as much as the unit above it, or more."""
    known = {
        (each.unit_id, each.indicator, each.year): each
        for each in loading.session.scalars(select(Target))
    }
    promised = []
    for row in loading.register.of(TargetRow):
        unit = units.find(row, "unit_code", row.unit_code)
        if unit is None:
            continue
        key = (unit.id, row.indicator, row.year)
        if loading.first_time(row, "indicator", key, row.indicator):
            names = ("unit_id", "indicator", "year")
            facts = dict(zip(names, key, strict=True), value=row.value)
            known[key] = loading.put(row, Target, known.get(key), **facts)
            promised.append((row, unit.id))
    for row, unit_id in promised:
        for above in units.above(unit_id):
            target = known.get((above, row.indicator, row.year))
            if target is not None and row.value < target.value:
                loading.problem(row, "value", "lower_target", row.value, target.value)


def _counters(
    loading: Loading, row: TabletRow, unit_id: int, counters: dict[tuple[int, str], int]
) -> set[int]:
    mentioned = loading.register.mentioned.get(file_of(CounterRow), set())
    for code in row.counter_codes:
        if (unit_id, code) not in counters and code not in mentioned:
            loading.problem(row, "counter_codes", "unknown_counter", code)
    keys = ((unit_id, code) for code in row.counter_codes)
    return {counters[key] for key in keys if key in counters}


def _put_tablet(
    loading: Loading,
    row: TabletRow,
    unit_id: int,
    found: Tablet | None,
    standing: set[int],
) -> None:
    """A tablet and the counters it stands at, as one fact."""
    session = loading.session
    tablet = found or Tablet(unit_id=unit_id, label=row.label, retired_at=None)
    session.add(tablet)
    session.flush()
    places = session.scalars(
        select(TabletCounter).where(TabletCounter.tablet_id == tablet.id)
    )
    stood = {place.counter_id: place for place in places}
    for counter_id in stood.keys() - standing:
        session.delete(stood[counter_id])
    for counter_id in standing - stood.keys():
        session.add(TabletCounter(tablet_id=tablet.id, counter_id=counter_id))
    same = stood.keys() == standing
    outcome = "unchanged" if same else "changed"
    loading.count(row, outcome if found else "added")


def _refuse_doubled_hours(loading: Loading, hours: list[OpeningHours]) -> None:
    """On one day a desk does not open twice at the same time."""
    by_day = defaultdict(list)
    for each in hours:
        by_day[each.unit_id, each.weekday].append(each)
    for together in by_day.values():
        for each in together:
            at_once = [
                (other.first_day, other.last_day, other)
                for other in together
                if other is each
                or (other.opens < each.closes and each.opens < other.closes)
            ]
            loading.refuse_overlaps("first_day", at_once)
