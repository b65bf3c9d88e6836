"""The lives of the store: a restore from a backup begins a new one, and the release must know.

What was shown between the backup and the restore is gone from here, but not from people's memory.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import local_day
from kiosk.models.store import Epoch

EPOCH = select(func.coalesce(func.max(Epoch.number), 1))


@dataclass(frozen=True, slots=True)
class Lives:
    """The number of the present life, and the local day of the last restore, if any."""

    number: int
    restored_on: date | None


def lives_of(session: Session) -> Lives:
    """What the release must know about restores; a store without epochs is in its first life."""
    epochs = session.execute(select(Epoch.number, Epoch.began_at)).all()
    restores = [local_day(epoch.began_at) for epoch in epochs if epoch.number > 1]
    return Lives(
        number=max((epoch.number for epoch in epochs), default=1),
        restored_on=max(restores, default=None),
    )


def current_epoch(session: Session) -> int:
    """The number of the store's present life."""
    return session.execute(EPOCH).scalar_one()


def begin_epoch(session: Session, *, now: datetime, after: int = 1) -> int:
    """Write down that the store was restored from a backup, and return the new number.

    To be called before the restored store takes its first item. A store that had no epoch gets
    its first one too, so that the new one is never mistaken for it; ``after`` is a life that it is
    known to have had, though it may have forgotten.
    """
    number = max(current_epoch(session), after) + 1
    if session.get(Epoch, 1) is None:
        session.add(Epoch(number=1, began_at=now))
    session.add(Epoch(number=number, began_at=now))
    session.flush()
    return number
