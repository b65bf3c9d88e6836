"""On which local day a citizen tapped, judged from two clocks neither of which is trusted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kiosk.domain.calendar import HANOI

OLDEST = timedelta(days=90)
AGREE = timedelta(minutes=5)
UNPROVEN = "clock_unproven"
DISAGREE = "clock_disagrees"
OUT_OF_RANGE = "clock_out_of_range"
REPLAYED = "replayed"


@dataclass(frozen=True, slots=True)
class Dated:
    """The local day and hour of a tap, the hour if it is known, and a mark where it is not sure."""

    day: date
    hour: int | None
    mark: str | None


def date_tap(*, tapped_at: int, sent_at: int, skew: int | None, now: datetime) -> Dated:
    """Date a tap by the tablet's clock (ms since 1970) in two ways that must agree.

    First estimate: how long before sending it was tapped, counted back from now; a steady wrong
    clock does no harm. Second: the tablet's time less the skew (tablet minus server, ms) at its
    last contact; a clock that jumped while waiting shows. The same local day by both: that day.
    Without a skew the first alone, marked. Otherwise the day of arrival, marked.
    """
    age = timedelta(milliseconds=sent_at - tapped_at)
    if not timedelta(0) <= age <= OLDEST:
        return _at(now, OUT_OF_RANGE)
    by_age = now - age
    if skew is None:
        return _at(by_age, UNPROVEN)
    by_skew = _instant(tapped_at - skew)
    if (
        by_skew is None
        or by_skew.astimezone(HANOI).date() != by_age.astimezone(HANOI).date()
    ):
        return _at(now, DISAGREE)
    return _at(by_age, None)


def date_change(
    *, made_at: int, sent_at: int, skew: int | None, now: datetime
) -> tuple[datetime, str | None]:
    """The minute in which staff changed something on a tablet, by the rules of ``date_tap``.

    What counts here is the minute and not the day, so the two estimates must lie within five
    minutes of each other; otherwise, or over 90 days ago, it counts from its arrival, marked.
    """
    age = timedelta(milliseconds=sent_at - made_at)
    if not timedelta(0) <= age <= OLDEST:
        return _minute(now), OUT_OF_RANGE
    by_age = now - age
    if skew is None:
        return _minute(by_age), UNPROVEN
    by_skew = _instant(made_at - skew)
    if by_skew is None or abs(by_skew - by_age) > AGREE:
        return _minute(now), DISAGREE
    return _minute(by_age), None


def date_replayed(*, tapped_at: int, skew: int | None, arrived: date) -> Dated:
    """Date a tap whose request is long over: of the two estimates only the second is left.

    The day on which it arrived where that one lies after it or over 90 days before; always marked.
    """
    tapped = None if skew is None else _instant(tapped_at - skew)
    if tapped is not None:
        dated = _at(tapped, REPLAYED)
        if timedelta(0) <= arrived - dated.day <= OLDEST:
            return dated
    return Dated(arrived, None, REPLAYED)


def _instant(milliseconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def _at(instant: datetime, mark: str | None) -> Dated:
    local = instant.astimezone(HANOI)
    return Dated(local.date(), local.hour, mark)
