"""Brings the store up to what a register says: everything, or nothing where it has a problem."""

from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.domain.calendar import local_day
from kiosk.domain.register.changes import Change, Loading
from kiosk.domain.register.desks import (
    load_counters,
    load_hours,
    load_procedures,
    load_tablets,
    load_targets,
)
from kiosk.domain.register.people import load_officers, load_postings, load_seats
from kiosk.domain.register.problems import RegisterRefused
from kiosk.domain.register.reading import Register
from kiosk.domain.register.units import Units, load_successions


def load_register(
    session: Session, *, register: Register, now: datetime
) -> dict[str, Change]:
    """Load every row by its natural key; what the files do not name stays as it is.

    Raises RegisterRefused with every problem, of the files and of what they say; the session is
    then as it was. The result says by file how many lines added, changed or found a fact.
    """
    loading = Loading(session, register, local_day(now), list(register.problems))
    with session.begin_nested():
        _load(loading)
        if loading.problems:
            raise RegisterRefused(loading.problems)
    return loading.changes()


def _load(loading: Loading) -> None:
    units = Units(loading)
    units.load()
    load_successions(loading, units)
    load_officers(loading)
    load_counters(loading, units)
    load_postings(loading, units)
    load_seats(loading, units)
    load_tablets(loading, units)
    load_procedures(loading)
    load_hours(loading, units)
    load_targets(loading, units)
    loading.session.flush()
