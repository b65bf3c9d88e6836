"""Whether tablets stood open: taps per week, silent stretches, and a month's hours of the day.

Counted from taps alone, never from answers. A week or month is written once and for good, from the
day after its end, but only when the tablet has been in touch since: one that was offline, and will
bring its taps later, must not look hidden. After 15 days it is written as it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kiosk.domain.calendar import (
    FINAL_AFTER,
    is_public_holiday,
    local_day,
    month_end,
    week_end,
)
from kiosk.domain.opening import USUAL
from kiosk.models.base import Base
from kiosk.models.blocks import CoverageMonth, CoverageWeek
from kiosk.models.organisation import OpeningHours
from kiosk.models.tablets import Contact, Enrolment
from kiosk.models.waiting import Activity

SILENCE = 120  # minutes of opening time without a tap that make a silent stretch
MOST_ITEMS = 50  # of one request: a longer queue has not come in whole
_DAY = timedelta(days=1)

Values = dict[str, Any]


@dataclass(slots=True)
class Stay:
    """A tablet at the unit: the days it was paired, and the last day its queue came in whole.

    ``arrived`` is None where nobody can say, as for a tablet that only sends forms.
    """

    paired: list[tuple[date, date]] = field(default_factory=list)
    arrived: date | None = None

    def pair(self, first: date, last: date | None) -> None:
        self.paired.append((first, last or date.max))

    @property
    def began(self) -> date:
        return min(first for first, _ in self.paired)

    def was_here(self, first: date, last: date) -> bool:
        return any(a <= last and first <= b for a, b in self.paired)

    def whole_day(self, day: date) -> bool:
        """Whether it was paired all day long; the days of pairing themselves prove nothing."""
        return any(a < day < b for a, b in self.paired)

    def complete(self, last: date, today: date) -> bool:
        """Whether all taps up to a last day are here, or are waited for no longer."""
        arrived = self.arrived is None or self.arrived > last
        return last < today and (arrived or last + FINAL_AFTER < today)


def cover(
    session: Session, *, unit_id: int, k: int, today: date
) -> dict[str, list[Values]]:
    """The coverage rows of a unit's run, by table: every week and month now complete."""
    stays = _stays(session, unit_id)
    if not stays:
        return {}
    weeks = _due(session, unit_id, CoverageWeek.week, stays, today)
    months = _due(session, unit_id, CoverageMonth.month, stays, today)
    if not weeks and not months:
        return {}
    desk = _Desk(session, unit_id, first=min(day for _, day in weeks + months))
    head = {"unit_id": unit_id, "released_on": today}
    written: dict[str, list[Values]] = {
        "coverage_week": [
            {**head, "tablet_id": t, "week": day, **desk.week(t, day, stays[t])}
            for t, day in weeks
        ],
        "coverage_month": [
            {**head, "tablet_id": t, "month": day, **desk.month(t, day, k)}
            for t, day in months
        ],
        "coverage_hours": [
            {**head, "tablet_id": t, "month": day, **cell}
            for t, day in months
            for cell in merge_hours(desk.by_hour(t, day), k)
        ],
    }
    return {table: rows for table, rows in written.items() if rows}


def erase_counted(session: Session, *, unit_id: int, today: date) -> None:
    """Forget the taps of days whose week and month are final: both have been written."""
    open_day = today - FINAL_AFTER
    before = min(open_day.replace(day=1), _monday(open_day))
    activity = Base.metadata.tables[Activity.__tablename__]
    session.execute(
        delete(activity).where(activity.c.unit_id == unit_id, activity.c.day < before)
    )


def merge_hours(taps: Mapping[int, int], k: int) -> list[Values]:
    """The hours of a day in cells of k taps or more; none if there are fewer in all."""
    cells: list[Values] = []
    if sum(taps.values()) < k:
        return cells
    first, waiting = min(taps), 0
    for hour in range(min(taps), max(taps) + 1):
        waiting += taps.get(hour, 0)
        if waiting >= k:
            cells.append({"first_hour": first, "last_hour": hour, "taps": waiting})
            first, waiting = hour + 1, 0
    if waiting:
        cells[-1]["last_hour"] = max(taps)
        cells[-1]["taps"] += waiting
    return cells


def silences(cells: Iterable[tuple[int, int]]) -> list[int]:
    """The silent stretches of a day, in minutes, from (opening minutes, taps) hour by hour.

    A break at noon neither ends a stretch nor counts in it.
    """
    stretches, silent = [], 0
    for minutes, taps in [*cells, (0, 1)]:
        if not taps:
            silent += minutes
            continue
        if silent >= SILENCE:
            stretches.append(silent)
        silent = 0
    return stretches


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _stays(session: Session, unit_id: int) -> dict[int, Stay]:
    """The unit's tablets, by key."""
    stays: defaultdict[int, Stay] = defaultdict(Stay)
    for row in session.execute(_ENROLMENTS, {"unit_id": unit_id}):
        stay, ended = stays[row.tablet_id], row.ended_at
        stay.pair(local_day(row.began_at), None if ended is None else local_day(ended))
        if ended is None and row.seen_at is not None:
            whole = row.queued <= MOST_ITEMS
            arrived = local_day(row.seen_at) if whole else date.min
            stay.arrived = min(arrived, stay.arrived or date.max)
    return dict(stays)


# Built once, for it is asked of every unit every day (see pools).
_ENROLMENTS = (
    select(
        Enrolment.tablet_id,
        Enrolment.began_at,
        Enrolment.ended_at,
        Contact.seen_at,
        Contact.queued,
    )
    .outerjoin(
        Contact,
        (Contact.unit_id == bindparam("unit_id"))
        & (Contact.enrolment_id == Enrolment.id),
    )
    .where(Enrolment.unit_id == bindparam("unit_id"))
)


def _due(
    session: Session,
    unit_id: int,
    period: InstrumentedAttribute[date],
    stays: Mapping[int, Stay],
    today: date,
) -> list[tuple[int, date]]:
    """The tablets and periods, by their first days, that are complete and not written yet."""
    weekly = period is CoverageWeek.week
    start, end = (_monday, week_end) if weekly else (_first, month_end)
    table = period.class_.__table__
    query = (
        select(table.c.tablet_id, func.max(table.c[period.key]).label("last"))
        .where(table.c.unit_id == unit_id)
        .group_by(table.c.tablet_id)
    )
    written = {row.tablet_id: row.last for row in session.execute(query)}
    due = []
    for tablet_id, stay in sorted(stays.items()):
        last = written.get(tablet_id)
        first = start(stay.began) if last is None else end(last) + _DAY
        while stay.complete(end(first), today):
            if stay.was_here(first, end(first)):
                due.append((tablet_id, first))
            first = end(first) + _DAY
    return due


def _first(day: date) -> date:
    return day.replace(day=1)


class _Desk:
    """What a unit's tablets were tapped, and when its desk was open."""

    def __init__(self, session: Session, unit_id: int, *, first: date) -> None:
        self._taps: defaultdict[int, dict[tuple[date, int], tuple[int, int]]]
        self._taps = defaultdict(dict)
        query = select(*Activity.__table__.c)
        query = query.where(Activity.unit_id == unit_id, Activity.day >= first)
        for row in session.execute(query):
            self._taps[row.tablet_id][row.day, row.hour] = (row.taps, row.partials)
        hours = select(*OpeningHours.__table__.c)
        hours = hours.where(OpeningHours.unit_id == unit_id)
        self._hours: Sequence[Any] = session.execute(hours).all() or USUAL

    def week(self, tablet_id: int, monday: date, stay: Stay) -> Values:
        """Taps, opening hours and silent stretches of a tablet's week."""
        taps = self._taps[tablet_id]
        days = [monday + timedelta(days=n) for n in range(7)]
        opening, stretches = 0, []
        for day in filter(stay.whole_day, days):
            cells = [
                (minutes, taps.get((day, hour), (0, 0))[0])
                for hour, minutes in self._opening(day)
            ]
            opening += sum(minutes for minutes, _ in cells)
            stretches += silences(cells)
        return {
            "taps": sum(n for (day, _), (n, _) in taps.items() if day in days),
            "opening_hours": opening // 60,
            "silent_stretches": len(stretches),
            "silent_hours": sum(stretches) // 60,
        }

    def month(self, tablet_id: int, first: date, k: int) -> Values:
        """Taps of a tablet's month, and its partial ratings if they are k or more."""
        counts = [
            c for (day, _), c in self._taps[tablet_id].items() if _first(day) == first
        ]
        partials = sum(partial for _, partial in counts)
        return {
            "taps": sum(n for n, _ in counts),
            "partials": partials if partials >= k else 0,
        }

    def by_hour(self, tablet_id: int, first: date) -> Counter[int]:
        """Taps of a tablet's month by hour of the day."""
        taps: Counter[int] = Counter()
        for (day, hour), (n, _) in self._taps[tablet_id].items():
            if _first(day) == first:
                taps[hour] += n
        return taps

    def _opening(self, day: date) -> list[tuple[int, int]]:
        """The desk's hours on a day and the minutes it is open in each; none on a holiday."""
        minutes: Counter[int] = Counter()
        for row in [] if is_public_holiday(day) else self._hours:
            in_force = row.first_day <= day <= (row.last_day or date.max)
            if not in_force or row.weekday != day.weekday():
                continue
            opens, closes = (t.hour * 60 + t.minute for t in (row.opens, row.closes))
            for hour in range(opens // 60, (closes - 1) // 60 + 1):
                open_end = min(closes, hour * 60 + 60)
                minutes[hour] += open_end - max(opens, hour * 60)
        return sorted(minutes.items())
