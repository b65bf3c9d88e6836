"""Units on a day, and the changes an office makes to postings and seats."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain import organisation
from kiosk.domain.calendar import HANOI
from kiosk.domain.errors import NotFound
from kiosk.models.organisation import Posting, Seat, UnitVersion
from tests import cast
from tests.cast import NOON

TODAY = date(2026, 6, 10)


def seats(session: Session, officer_id: int) -> list[tuple[datetime, datetime | None]]:
    session.flush()
    query = select(Seat).join(Posting, Posting.id == Seat.posting_id)
    query = query.where(Posting.officer_id == officer_id)
    return [(s.began_at, s.ended_at) for s in session.scalars(query.order_by(Seat.id))]


def test_units_are_listed_as_they_were_on_a_day(room: Session) -> None:
    world = cast.build_world(room)
    version = room.scalars(
        select(UnitVersion).where(UnitVersion.unit_id == world.quan_thanh)
    ).one()
    version.last_day = date(2026, 6, 9)

    yesterday = organisation.units_on(room, day=date(2026, 6, 9))
    today = organisation.units_on(room, day=TODAY)

    assert [unit.code for unit in yesterday] == ["00004", "00013", "001", "01"]
    assert [unit.code for unit in today] == ["00004", "001", "01"]
    assert today[0].name == "Phường Trúc Bạch"
    assert today[0].parent_id == world.district


def test_a_code_names_a_unit_on_a_day(room: Session) -> None:
    world = cast.build_world(room)

    found = organisation.unit_with_code(room, code="00004", day=TODAY)

    assert (found.id, found.kind) == (world.truc_bach, "ward")
    with pytest.raises(organisation.UnknownUnit):
        organisation.unit_with_code(room, code="00004", day=date(2025, 12, 31))


def test_an_officer_moves_from_one_unit_to_another(room: Session) -> None:
    world = cast.build_world(room)

    organisation.end_posting(
        room, officer_id=world.hanh, unit_id=world.truc_bach, last_day=TODAY
    )
    organisation.post(
        room,
        officer_id=world.hanh,
        unit_id=world.quan_thanh,
        title="Công chức",
        first_day=TODAY + timedelta(days=1),
    )

    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(organisation.NotPosted):
        organisation.posting_on(
            room, officer_id=world.hanh, unit_id=world.truc_bach, day=tomorrow
        )
    posting = organisation.posting_on(
        room, officer_id=world.hanh, unit_id=world.quan_thanh, day=tomorrow
    )
    assert posting.title == "Công chức"


def test_the_end_of_a_posting_ends_its_seats_at_midnight(room: Session) -> None:
    world = cast.build_world(room)

    organisation.end_posting(
        room, officer_id=world.hanh, unit_id=world.truc_bach, last_day=TODAY
    )

    (_, ended_at), *_ = seats(room, world.hanh)
    assert ended_at == datetime(2026, 6, 11, tzinfo=HANOI)


def test_nobody_is_posted_twice_in_the_same_unit(room: Session) -> None:
    world = cast.build_world(room)

    with pytest.raises(organisation.AlreadyPosted):
        organisation.post(
            room,
            officer_id=world.hanh,
            unit_id=world.truc_bach,
            title="Công chức",
            first_day=TODAY,
        )


def test_a_stand_in_takes_a_seat_until_the_evening(room: Session) -> None:
    world = cast.build_world(room)
    evening = NOON + timedelta(hours=5)

    seat = organisation.take_seat(
        room,
        officer_id=world.bao,
        counter_id=world.counter,
        now=NOON,
        until=evening,
    )

    assert (seat.counter_id, seat.ended_at) == (world.counter, evening)
    assert len(seats(room, world.bao)) == 2


def test_taking_a_seat_again_ends_the_one_before(room: Session) -> None:
    world = cast.build_world(room)

    organisation.take_seat(
        room, officer_id=world.hanh, counter_id=world.counter, now=NOON
    )

    assert [ended for _, ended in seats(room, world.hanh)] == [NOON, None]


def test_leaving_a_seat_ends_it_now_and_again_does_nothing(room: Session) -> None:
    world = cast.build_world(room)
    leave = {"officer_id": world.hanh, "counter_id": world.counter}

    organisation.leave_seat(room, **leave, now=NOON)
    organisation.leave_seat(room, **leave, now=NOON + timedelta(hours=1))

    assert [ended for _, ended in seats(room, world.hanh)] == [NOON]


def test_only_who_is_posted_there_may_take_a_seat(room: Session) -> None:
    world = cast.build_world(room)

    with pytest.raises(organisation.NotPosted):
        organisation.take_seat(
            room, officer_id=world.dung, counter_id=world.counter, now=NOON
        )
    with pytest.raises(NotFound):
        organisation.take_seat(room, officer_id=world.dung, counter_id=999, now=NOON)
