"""What tablets said of seats: who sits where from when on, and what was not accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from kiosk.domain.calendar import HANOI
from kiosk.models.organisation import Counter, Officer, SeatChange
from reports.periods import Period

MOST = 500
# Of tablets reports know the name only; their module holds receipts as well.
_TABLET = table("tablet", column("id"), column("label"))


@dataclass(frozen=True)
class SeatSaid:
    """One change: whom it seats (none: nobody), said on which tablet; a refused one says why."""

    at: datetime
    arrived_at: datetime
    counter: str | None
    officer: str | None
    tablet: str
    doubtful: bool
    refusal: str | None

    @property
    def late(self) -> bool:
        """Whether it came so long after that the tablet had no network."""
        return self.arrived_at - self.at > timedelta(minutes=15)


def seats_said(session: Session, unit_id: int, period: Period) -> Sequence[SeatSaid]:
    """The changes in a unit that count from a day of the period, the last first."""
    first = datetime.combine(period.first, time.min, tzinfo=HANOI)
    end = datetime.combine(period.last + timedelta(days=1), time.min, tzinfo=HANOI)
    query = (
        select(
            SeatChange.at,
            SeatChange.arrived_at,
            Counter.label,
            Officer.name,
            _TABLET.c.label.label("tablet"),
            SeatChange.mark.is_not(None),
            SeatChange.refusal,
        )
        .join(_TABLET, _TABLET.c.id == SeatChange.tablet_id)
        .outerjoin(Counter, Counter.id == SeatChange.counter_id)
        .outerjoin(Officer, Officer.id == SeatChange.officer_id)
        .where(SeatChange.unit_id == unit_id)
        .where(SeatChange.at >= first, SeatChange.at < end)
        .order_by(SeatChange.at.desc(), SeatChange.id.desc())
        .limit(MOST)
    )
    return [SeatSaid(*row) for row in session.execute(query)]
