"""What units promised for a year, from the register."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from kiosk.models.organisation import Target


def targets_of(
    session: Session, units: Iterable[int], *, year: int
) -> dict[int, dict[str, float]]:
    """Per unit with targets, each indicator's share."""
    found: dict[int, dict[str, float]] = {}
    rows = session.execute(_targets(), {"units": list(units), "year": year})
    for unit_id, indicator, value in rows:
        found.setdefault(unit_id, {})[indicator] = value
    return found


# Put together once, for every page of targets asks it.
@cache
def _targets() -> Select[Any]:
    target = Target.__table__
    return select(target.c.unit_id, target.c.indicator, target.c.value).where(
        target.c.unit_id.in_(bindparam("units", expanding=True)),
        target.c.year == bindparam("year"),
    )
