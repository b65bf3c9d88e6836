"""Local days, working days, and which days are final; all at Asia/Ho_Chi_Minh."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FINAL_AFTER = timedelta(days=15)


def local_day(instant: datetime) -> date:
    """The day of an aware instant as people in Vietnam date it."""
    return instant.astimezone(HANOI).date()


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


def is_public_holiday(day: date) -> bool:
    """Whether it is a public holiday of Vietnam."""
    return day in _public_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday of Vietnam."""
    return day.weekday() < 5 and not is_public_holiday(day)


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after ``first`` up to and including ``last``; 0 if none."""
    span = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, span + 1))


def week_end(day: date) -> date:
    """The Sunday of the day's ISO week."""
    return day + timedelta(days=6 - day.weekday())


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_final(day: date, *, today: date) -> bool:
    """Whether a period that holds the day ended more than 15 days ago.

    Quarters and years end with a month, so weeks and months decide.
    """
    return min(week_end(day), month_end(day)) + FINAL_AFTER < today


def first_open_day(day: date, *, today: date) -> date:
    """The day itself, or the first day after it that is not final."""
    while is_final(day, today=today):
        day = min(week_end(day), month_end(day)) + timedelta(days=1)
    return day
