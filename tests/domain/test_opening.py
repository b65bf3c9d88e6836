"""On how many opening days nobody heard of a tablet."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from kiosk.domain.calendar import HANOI
from kiosk.domain.opening import Hours, Opening, read_opening
from kiosk.models.organisation import OpeningHours
from tests import cast

WARD, SATURDAYS = 1, 2
USUAL = Opening({})


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of June 2026 in Vietnam; the 10th is a Wednesday."""
    return datetime(2026, 6, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


def missed(
    since: datetime, now: datetime, opening: Opening = USUAL, most: int = 99
) -> int:
    return opening.days_missed(WARD, since=since, now=now, most=most)


@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        (at(10, 12), at(10, 23), 0),
        (at(9, 12), at(10, 12), 0),
        (at(8, 12), at(10, 12), 1),
        (at(7, 12), at(10, 12), 2),
        (at(8, 12), at(10, 17), 2),
        (at(8, 7, 30), at(9, 20), 2),
        (at(8, 8), at(9, 20), 1),
    ],
)
def test_a_day_is_missed_from_its_opening_to_its_closing(
    since: datetime, now: datetime, days: int
) -> None:
    assert missed(since, now) == days


def test_a_weekend_is_not_missed() -> None:
    assert missed(at(5, 12), at(8, 12)) == 0


def test_a_public_holiday_is_not_missed() -> None:
    eve = datetime(2026, 4, 29, 12, tzinfo=HANOI)

    assert missed(eve, eve + timedelta(days=5)) == 0  # 30 April, 1 May and a weekend


def test_the_desks_own_hours_count_where_they_are_registered() -> None:
    saturdays = [
        Hours(5, time(8), time(11, 30), date(2026, 6, 1), date(2026, 6, 14)),
        Hours(5, time(13), time(15), date(2026, 6, 1), None),
    ]
    opening = Opening({WARD: saturdays})

    assert missed(at(5, 12), at(12, 12), opening) == 1
    assert missed(at(5, 12), at(13, 14), opening) == 1
    assert missed(at(5, 12), at(13, 15), opening) == 2
    assert missed(at(15, 12), at(20, 15), opening) == 1


def test_it_counts_no_further_than_asked_and_looks_back_no_further_than_two_months() -> (
    None
):
    assert missed(at(1, 12), at(30, 12), most=2) == 2
    assert missed(datetime(1970, 1, 1, tzinfo=UTC), at(30, 20)) == 42


def test_the_hours_of_every_unit_are_read(session: Session) -> None:
    world = cast.build_world(session)
    session.add(
        OpeningHours(
            unit_id=world.truc_bach,
            weekday=2,
            opens=time(8),
            closes=time(12),
            first_day=date(2026, 1, 1),
        )
    )
    session.flush()

    opening = read_opening(session)

    def missed_there(unit_id: int) -> int:
        return opening.days_missed(unit_id, since=at(1, 7), now=at(10, 13), most=99)

    assert missed_there(world.truc_bach) == 2
    assert missed_there(world.quan_thanh) == 7
