"""Coverage: a hidden tablet shows, an offline one is waited for, and nobody is singled out."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from kiosk.domain.chain import verify
from kiosk.domain.coverage import merge_hours, silences
from kiosk.models.base import Base
from kiosk.models.organisation import OpeningHours
from kiosk.models.tablets import Contact, Enrolment, Tablet
from kiosk.models.waiting import Activity
from tests.domain.waiting_room import WARD, add_ward, at, release

MONDAY = date(2026, 6, 8)
SUNDAY = MONDAY + timedelta(days=6)
NEXT_MONDAY = MONDAY + timedelta(days=7)
TABLET = 31


def rows(session: Session, table: str) -> list[Row[*tuple[object, ...]]]:
    columns = Base.metadata.tables[table].c
    return list(session.execute(select(*columns).order_by(*columns)).all())


def open_desk(session: Session) -> None:
    """A ward open from 8 to 11:30 and from 13:30 to 17 on working days, with one tablet."""
    add_ward(session)
    for weekday in range(5):
        for opens, closes in ((time(8), time(11, 30)), (time(13, 30), time(17))):
            session.add(
                OpeningHours(
                    unit_id=WARD,
                    weekday=weekday,
                    opens=opens,
                    closes=closes,
                    first_day=date(2020, 1, 1),
                )
            )
    session.add(Tablet(id=TABLET, unit_id=WARD, label="Quầy số 1"))
    session.flush()


def pair(
    session: Session,
    began: date = MONDAY - timedelta(days=3),
    *,
    ended: date | None = None,
    number: int = 1,
) -> None:
    session.add(
        Enrolment(
            id=number,
            install=bytes(16),
            tablet_id=TABLET,
            unit_id=WARD,
            secret_hash=bytes([number]) * 32,
            began_at=at(began, 9),
            ended_at=None if ended is None else at(ended, 9),
        )
    )
    session.flush()


def seen(session: Session, day: date, *, queued: int = 0, number: int = 1) -> None:
    session.merge(
        Contact(
            unit_id=WARD,
            enrolment_id=number,
            seen_at=at(day, 8),
            queued=queued,
            persisted=True,
            client="1",
            have_through=0,
            gone=0,
            durable_through=0,
        )
    )
    session.flush()


def tap(
    session: Session, day: date, *hours: int, taps: int = 1, partials: int = 0
) -> None:
    session.add_all(
        Activity(
            unit_id=WARD,
            tablet_id=TABLET,
            day=day,
            hour=hour,
            taps=taps,
            partials=partials,
        )
        for hour in hours
    )
    session.flush()


def test_a_week_is_told_from_the_monday_after(room: Session) -> None:
    open_desk(room)
    pair(room)
    for offset in range(5):
        tap(room, MONDAY + timedelta(days=offset), 8, 10, 14, 16, taps=3)
    seen(room, NEXT_MONDAY)
    release(room, SUNDAY)
    early = rows(room, "coverage_week")

    release(room, NEXT_MONDAY)

    (_, week) = rows(room, "coverage_week")
    assert [row.week for row in early] == [MONDAY - timedelta(days=7)]
    assert (week.tablet_id, week.week, week.released_on) == (
        TABLET,
        MONDAY,
        NEXT_MONDAY,
    )
    assert (week.taps, week.opening_hours) == (60, 35)
    assert (week.silent_stretches, week.silent_hours) == (0, 0)
    assert verify(room, WARD) is None


def test_a_hidden_tablet_shows_its_silent_hours(room: Session) -> None:
    open_desk(room)
    pair(room)
    tap(room, MONDAY, 8, 16)
    seen(room, NEXT_MONDAY)

    release(room, NEXT_MONDAY)

    week = rows(room, "coverage_week")[-1]
    # Monday from 9 to 16 less the break at noon; the other four days from morning to evening.
    assert (week.taps, week.silent_stretches) == (2, 5)
    assert week.silent_hours == 5 + 4 * 7


def test_a_public_holiday_is_not_silent(room: Session) -> None:
    open_desk(room)
    # National Day is Wednesday and the day before; Monday is a day off in lieu.
    week_of_holiday = date(2026, 8, 31)
    pair(room, week_of_holiday - timedelta(days=3))
    seen(room, week_of_holiday + timedelta(days=7))

    release(room, week_of_holiday + timedelta(days=7))

    week = rows(room, "coverage_week")[-1]
    assert (week.opening_hours, week.silent_stretches) == (14, 2)


def test_a_tablet_that_was_offline_is_waited_for(room: Session) -> None:
    open_desk(room)
    pair(room)
    seen(room, MONDAY)
    release(room, NEXT_MONDAY)
    waited = rows(room, "coverage_week")

    tap(room, MONDAY + timedelta(days=1), 8, taps=7)  # its queue, at last
    seen(room, NEXT_MONDAY + timedelta(days=3))
    release(room, NEXT_MONDAY + timedelta(days=4))

    assert [row.week for row in waited] == [MONDAY - timedelta(days=7)]
    assert rows(room, "coverage_week")[-1].taps == 7


def test_a_tablet_with_a_long_queue_is_waited_for(room: Session) -> None:
    open_desk(room)
    pair(room)
    seen(room, NEXT_MONDAY, queued=51)

    release(room, NEXT_MONDAY + timedelta(days=1))

    assert rows(room, "coverage_week") == []


def test_after_fifteen_days_a_silent_week_is_told_as_it_is(room: Session) -> None:
    open_desk(room)
    pair(room)
    seen(room, MONDAY)
    release(room, SUNDAY + timedelta(days=15))
    waited = len(rows(room, "coverage_week"))

    release(room, SUNDAY + timedelta(days=16))

    assert (waited, len(rows(room, "coverage_week"))) == (1, 2)
    assert rows(room, "coverage_week")[-1].silent_hours == 35


def test_weeks_without_a_run_are_made_up_for(room: Session) -> None:
    open_desk(room)
    pair(room)
    seen(room, MONDAY + timedelta(days=70))

    release(room, MONDAY + timedelta(days=70))
    release(room, MONDAY + timedelta(days=71))

    weeks = [row.week for row in rows(room, "coverage_week")]
    assert weeks == [MONDAY + timedelta(days=7 * n) for n in range(-1, 10)]


def test_a_tablet_is_judged_only_on_days_it_was_paired_all_day(room: Session) -> None:
    open_desk(room)
    pair(room, MONDAY, ended=MONDAY + timedelta(days=2))
    tap(room, MONDAY, 9, taps=4)
    release(room, NEXT_MONDAY)
    release(room, NEXT_MONDAY + timedelta(days=30))

    (week,) = rows(room, "coverage_week")
    assert (week.taps, week.opening_hours, week.silent_hours) == (4, 7, 7)


def test_a_replaced_device_leaves_its_tablet_one_row_a_week(room: Session) -> None:
    open_desk(room)
    pair(room, ended=MONDAY + timedelta(days=2))
    seen(room, MONDAY)
    pair(room, MONDAY + timedelta(days=2), number=2)
    seen(room, NEXT_MONDAY, number=2)

    release(room, NEXT_MONDAY)

    week = rows(room, "coverage_week")[-1]
    assert (week.week, week.opening_hours) == (MONDAY, 28)


def test_a_month_tells_hours_of_five_taps_and_more_and_partials_of_five(
    room: Session,
) -> None:
    open_desk(room)
    pair(room, date(2026, 5, 29))
    tap(room, date(2026, 5, 29), 9, taps=4, partials=4)
    tap(room, date(2026, 6, 1), 8, 9, 15, taps=3, partials=2)
    tap(room, date(2026, 6, 30), 10, taps=6)
    tap(room, date(2026, 6, 30), 16, taps=1, partials=1)
    seen(room, date(2026, 7, 1))

    release(room, date(2026, 7, 1))

    may, june = rows(room, "coverage_month")
    assert (may.month, may.taps, may.partials) == (date(2026, 5, 1), 4, 0)
    assert (june.month, june.taps, june.partials) == (date(2026, 6, 1), 16, 7)
    hours = [(c.first_hour, c.last_hour, c.taps) for c in rows(room, "coverage_hours")]
    assert hours == [(8, 9, 6), (10, 16, 10)]


def test_taps_of_final_weeks_and_months_are_forgotten(room: Session) -> None:
    open_desk(room)
    pair(room, date(2026, 5, 4))
    for day in (date(2026, 5, 11), date(2026, 5, 31), date(2026, 6, 1)):
        tap(room, day, 9)
    seen(room, date(2026, 6, 23))

    release(room, date(2026, 6, 15))
    kept = room.execute(select(func.count()).select_from(Activity)).scalar_one()
    release(room, date(2026, 6, 23))

    left = room.execute(select(Activity.day)).scalars().all()
    assert (kept, left) == (3, [date(2026, 6, 1)])


def test_a_stretch_of_silence_goes_over_noon_but_not_over_a_tap() -> None:
    assert silences([(60, 1), (60, 0), (30, 0), (30, 0), (60, 2)]) == [120]
    assert silences([(60, 0), (60, 1), (60, 0), (59, 0)]) == []
    assert silences([(60, 0), (60, 0), (60, 1), (60, 0), (60, 0)]) == [120, 120]
    assert silences([]) == []


def test_cells_of_hours_never_hold_fewer_than_k_taps() -> None:
    cells = merge_hours({7: 1, 8: 9, 9: 0, 10: 4, 11: 2, 16: 1}, 5)

    assert [tuple(cell.values()) for cell in cells] == [(7, 8, 10), (9, 16, 7)]
    assert merge_hours({8: 4}, 5) == []
    assert merge_hours({}, 5) == []


def test_the_clock_of_a_contact_is_read_in_hanoi(room: Session) -> None:
    open_desk(room)
    pair(room)
    seen(room, NEXT_MONDAY)
    contact = room.scalars(select(Contact)).one()
    contact.seen_at = datetime(2026, 6, 14, 17, 0, tzinfo=UTC)  # midnight in Hà Nội
    room.flush()

    release(room, NEXT_MONDAY + timedelta(days=1))

    assert rows(room, "coverage_week")[-1].week == MONDAY


def test_a_desk_without_registered_hours_is_judged_by_office_hours(
    room: Session,
) -> None:
    add_ward(room)
    room.add(Tablet(id=TABLET, unit_id=WARD, label="Quầy số 1"))
    room.flush()
    pair(room)
    tap(room, MONDAY, 8, 10, 12, 14, 16)
    seen(room, NEXT_MONDAY)

    release(room, NEXT_MONDAY)

    week = rows(room, "coverage_week")[-1]
    assert (week.opening_hours, week.silent_stretches, week.silent_hours) == (45, 4, 36)
