"""Puts single facts into the store by their natural keys, and counts what that changed."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from kiosk.domain.register.problems import Problem
from kiosk.domain.register.reading import Register, file_of
from kiosk.domain.register.rows import Row
from kiosk.models import Base

_Model = TypeVar("_Model", bound=Base)


@dataclass(frozen=True)
class Change:
    """What loading a file did to the store, in lines of the file."""

    added: int
    changed: int
    unchanged: int


@dataclass
class Loading:
    """A register on its way into the store: what was done and what was found wrong so far."""

    session: Session
    register: Register
    today: date
    problems: list[Problem] = field(default_factory=list)
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    _seen: dict[tuple[str, Hashable], int] = field(default_factory=dict)
    _row_of: dict[Base, Row] = field(default_factory=dict)

    def problem(
        self,
        row: Row,
        column: str | None,
        fault: str,
        value: object = "",
        about: object = "",
    ) -> None:
        """Note what is wrong with a line."""
        file = file_of(type(row))
        self.problems.append(
            Problem(file, row.line, column, fault, str(value), str(about))
        )

    def first_time(self, row: Row, column: str, key: Hashable, shown: object) -> bool:
        """Whether no earlier line of the file has this key; a second one is a problem."""
        place = (file_of(type(row)), key)
        line = self._seen.setdefault(place, row.line)
        if line != row.line:
            self.problem(row, column, "twice", shown, line)
        return line == row.line

    def in_order(self, row: Row, column: str, first: Any, last: Any) -> bool:
        """Whether a period ends after it begins; else a problem of the column it ends in."""
        good = last is None or first <= last
        if not good:
            self.problem(row, column, "ends_before_it_begins", last, first)
        return good

    def put(
        self, row: Row, model: type[_Model], found: _Model | None, **facts: Any
    ) -> _Model:
        """Bring ``found`` up to the facts, or make a new one; count which it was."""
        if found is None:
            found = model(**facts)
            self.session.add(found)
            self.count(row, "added")
        else:
            self.count(row, "changed" if _update(found, facts) else "unchanged")
        self._row_of[found] = row
        return found

    def count(self, row: Row, outcome: str) -> None:
        """Count the line's outcome: added, changed or unchanged."""
        file = file_of(type(row))
        self.outcomes.setdefault(file, Counter())[outcome] += 1

    def refuse_overlaps(
        self,
        column: str,
        periods: Iterable[tuple[Any, Any, Base]],
        *,
        may_touch: bool = False,
    ) -> None:
        """A problem for each two periods (first, last, fact) that share a day.

        ``may_touch`` where the end is no longer part of the period, as with instants.
        """
        ordered = sorted(periods, key=lambda period: period[0])
        for (_, last, earlier), (first, _, later) in pairwise(ordered):
            row = self._row_of.get(later) or self._row_of.get(earlier)
            apart = last is not None and (last < first or (may_touch and last == first))
            if row is not None and not apart:
                other = self._row_of.get(earlier)
                about = other.line if other and other is not row else ""
                self.problem(row, column, "overlaps", first, about)

    def changes(self) -> dict[str, Change]:
        """What was done, by file, in the order of loading."""
        return {
            file: Change(counts["added"], counts["changed"], counts["unchanged"])
            for file, counts in self.outcomes.items()
        }


def _update(found: Base, facts: dict[str, Any]) -> bool:
    differing = {n: v for n, v in facts.items() if getattr(found, n) != v}
    for name, value in differing.items():
        setattr(found, name, value)
    return bool(differing)
