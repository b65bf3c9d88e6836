"""Units of a register: their versions, the units above them, and what became of them.

A code is no key: every reference names a code and is read on the day it speaks of.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from kiosk.domain.register.cells import UnitRef
from kiosk.domain.register.changes import Loading
from kiosk.domain.register.reading import file_of
from kiosk.domain.register.rows import Row, SuccessionRow, UnitRow
from kiosk.models.organisation import Succession, Unit, UnitVersion


@dataclass
class _Entry:
    """A code from a day to a day, the unit that had it, and the line that says so."""

    code: str
    first_day: date
    last_day: date | None
    unit: Unit | None
    version: UnitVersion | None
    row: UnitRow | None = None

    def in_force(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class Units:
    """All units of the store and of the register, found by code and day."""

    def __init__(self, loading: Loading) -> None:
        self._loading = loading
        self._by_code: defaultdict[str, list[_Entry]] = defaultdict(list)
        versions = loading.session.execute(
            select(UnitVersion, Unit).join(Unit, Unit.id == UnitVersion.unit_id)
        )
        for version, unit in versions:
            entry = _Entry(
                version.code, version.first_day, version.last_day, unit, version
            )
            self._by_code[entry.code].append(entry)

    def find(
        self, row: Row, column: str, ref: UnitRef, day: date | None = None
    ) -> Unit | None:
        """The unit meant on that day, or today where the line has no day; None is a problem."""
        entry = self._find(row, column, ref, day)
        return entry.unit if entry else None

    def above(self, unit_id: int) -> set[int]:
        """The units that stand, or once stood, directly above this one."""
        versions = (entry.version for entry in self._all())
        return {
            each.parent_id
            for each in versions
            if each and each.unit_id == unit_id and each.parent_id
        }

    def load(self) -> None:
        """Load units.csv: first every unit, then the versions, which may name any of them."""
        rows = [
            row
            for row in self._loading.register.of(UnitRow)
            if self._loading.first_time(
                row, "code", (row.code, row.first_day), row.code
            )
            and self._loading.in_order(row, "last_day", row.first_day, row.last_day)
        ]
        for row in rows:
            self._enter(row)
        for entry, _ in self._from_file():
            self._give_unit(entry, [])
        self._loading.session.flush()
        for entry, row in self._from_file():
            self._put_version(entry, row)
        self._loading.session.flush()
        self._refuse_overlaps()
        self._refuse_circles()

    def _all(self) -> Iterator[_Entry]:
        return (entry for entries in self._by_code.values() for entry in entries)

    def _from_file(self) -> list[tuple[_Entry, UnitRow]]:
        return [(entry, entry.row) for entry in self._all() if entry.row]

    def _find(
        self, row: Row, column: str, ref: UnitRef, day: date | None
    ) -> _Entry | None:
        known = self._by_code.get(ref.code, [])
        if not known:
            self._unknown(row, column, ref)
            return None
        if ref.first_day:
            meant = [e for e in known if e.first_day == ref.first_day]
        else:
            meant = [e for e in known if e.in_force(day or self._loading.today)]
        if not meant and day is None and len(known) == 1:
            meant = known
        if not meant:
            fault = "unit_not_then" if day or ref.first_day else "ambiguous_unit"
            self._loading.problem(row, column, fault, ref, day or "")
            return None
        return meant[0]

    def _unknown(self, row: Row, column: str, ref: UnitRef) -> None:
        """A code of a line that could not be read is known; spreadsheets eat leading zeros."""
        if ref.code in self._loading.register.mentioned.get(file_of(UnitRow), ()):
            return
        alike = [code for code in self._by_code if code.lstrip("0") == ref.code]
        fault = "zeros_lost" if alike else "unknown_unit"
        self._loading.problem(row, column, fault, ref, ", ".join(sorted(alike)))

    def _enter(self, row: UnitRow) -> None:
        known = self._by_code[row.code]
        entry = next((e for e in known if e.first_day == row.first_day), None)
        if entry is None:
            entry = _Entry(row.code, row.first_day, row.last_day, None, None)
            known.append(entry)
        entry.last_day = row.last_day
        entry.row = row

    def _give_unit(self, entry: _Entry, below: list[_Entry]) -> Unit | None:
        """The entry's unit: its own, that of the version it continues, or a new one."""
        row = entry.row
        if row is None:
            return entry.unit
        before = self._before(entry, row, below)
        if before:
            unit = self._give_unit(before, [*below, entry])
            if entry.unit and entry.unit is not unit:
                self._loading.problem(row, "continues", "other_unit", row.continues)
            entry.unit = entry.unit or unit
        if entry.unit is None:
            entry.unit = Unit(kind=row.kind)
            self._loading.session.add(entry.unit)
        return entry.unit

    def _before(
        self, entry: _Entry, row: UnitRow, below: list[_Entry]
    ) -> _Entry | None:
        """The version that the line says it continues, in force on the day before it."""
        if row.continues is None:
            return None
        eve = row.first_day - timedelta(days=1)
        before = self._find(row, "continues", row.continues, eve)
        if before is entry or before in below:
            self._loading.problem(row, "continues", "circle", row.continues)
            return None
        return before

    def _put_version(self, entry: _Entry, row: UnitRow) -> None:
        unit, parent = entry.unit, None
        if row.parent_code:
            parent = self.find(row, "parent_code", row.parent_code, row.first_day)
        if unit is None:
            return
        entry.version = self._loading.put(
            row,
            UnitVersion,
            entry.version,
            unit_id=unit.id,
            parent_id=parent.id if parent else None,
            code=row.code,
            name=row.name,
            first_day=row.first_day,
            last_day=row.last_day,
        )
        unit.kind = row.kind

    def _refuse_overlaps(self) -> None:
        by_unit = defaultdict(list)
        for entry in self._all():
            if entry.version is not None:
                by_unit[entry.version.unit_id].append(entry)
        for entries in (*self._by_code.values(), *by_unit.values()):
            self._loading.refuse_overlaps(
                "first_day",
                [(e.first_day, e.last_day, e.version) for e in entries if e.version],
            )

    def _refuse_circles(self) -> None:
        """A unit must not stand above itself on the day a version of it begins."""
        for day in {entry.first_day for entry, _ in self._from_file()}:
            above = {
                e.version.unit_id: e.version.parent_id
                for e in self._all()
                if e.version and e.in_force(day)
            }
            for entry, row in self._from_file():
                if entry.first_day == day and _is_above_itself(entry, above):
                    self._loading.problem(row, "parent_code", "circle", row.parent_code)


def _is_above_itself(entry: _Entry, above: dict[int, int | None]) -> bool:
    if entry.version is None:
        return False
    unit_id = entry.version.unit_id
    passed = {unit_id}
    parent = above.get(unit_id)
    while parent is not None and parent not in passed:
        passed.add(parent)
        parent = above.get(parent)
    return parent == unit_id


def load_successions(loading: Loading, units: Units) -> None:
    """Load successions.csv."""
    known = {
        (each.predecessor_id, each.successor_id, each.day): each
        for each in loading.session.scalars(select(Succession))
    }
    for row in loading.register.of(SuccessionRow):
        eve = row.day - timedelta(days=1)
        before = units.find(row, "predecessor_code", row.predecessor_code, eve)
        after = units.find(row, "successor_code", row.successor_code, row.day)
        if before is None or after is None:
            continue
        key = (before.id, after.id, row.day)
        if before is after:
            loading.problem(row, "successor_code", "same_unit", row.successor_code)
        elif loading.first_time(row, "predecessor_code", key, row.predecessor_code):
            facts = dict(
                zip(("predecessor_id", "successor_id", "day"), key, strict=True)
            )
            loading.put(row, Succession, known.get(key), in_part=row.in_part, **facts)
