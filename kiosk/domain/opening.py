"""When desks are open, and on how many of their days nobody heard of a tablet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import HANOI, is_public_holiday, local_day
from kiosk.models.organisation import OpeningHours

# A desk whose hours nobody has registered is taken to be open as offices are.
USUALLY_OPEN, USUALLY_CLOSED, USUAL_DAYS = time(8), time(17), 5
LONGEST_LOOK = 60  # days; who was not heard for so long is silent whatever the hours


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on a weekday (Monday is 0) from a time to a time, from a day to a day."""

    weekday: int
    opens: time
    closes: time
    first_day: date
    last_day: date | None

    def hold_on(self, day: date) -> bool:
        last = self.last_day or date.max
        return self.weekday == day.weekday() and self.first_day <= day <= last


class Opening:
    """The opening hours of all units."""

    def __init__(self, hours: Mapping[int, Sequence[Hours]]) -> None:
        self._hours = hours

    def days_missed(
        self, unit_id: int, *, since: datetime, now: datetime, most: int
    ) -> int:
        """How many opening days were missed from opening to closing; counts no further than most.

        The day of the last contact is missed if that came before it opened, and today if the desk
        has closed.
        """
        first, last = local_day(since), local_day(now)
        first = max(first, last - timedelta(days=LONGEST_LOOK))
        missed = 0
        for number in range((last - first).days + 1):
            span = self._span(unit_id, first + timedelta(days=number))
            missed += span is not None and since < span[0] and span[1] <= now
            if missed == most:
                break
        return missed

    def _span(self, unit_id: int, day: date) -> tuple[datetime, datetime] | None:
        """When the desk opens first and closes last on a day; None on a closed one."""
        if is_public_holiday(day):
            return None
        times = [h for h in self._hours.get(unit_id, USUAL) if h.hold_on(day)]
        if not times:
            return None
        opens, closes = min(h.opens for h in times), max(h.closes for h in times)
        return (
            datetime.combine(day, opens, HANOI),
            datetime.combine(day, closes, HANOI),
        )


USUAL = tuple(
    Hours(day, USUALLY_OPEN, USUALLY_CLOSED, date.min, None)
    for day in range(USUAL_DAYS)
)


def read_opening(session: Session) -> Opening:
    """The opening hours of all units, as registered."""
    hours: defaultdict[int, list[Hours]] = defaultdict(list)
    rows: Iterable[OpeningHours] = session.scalars(select(OpeningHours))
    for row in rows:
        hours[row.unit_id].append(
            Hours(row.weekday, row.opens, row.closes, row.first_day, row.last_day)
        )
    return Opening(hours)
