"""The one clock; views and commands ask it and hand the instant down."""

from datetime import UTC, date, datetime

from kiosk.domain.calendar import local_day


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day that people in Vietnam write now."""
    return local_day(now())
