"""A tablet whose browser wiped its storage says so; how much was lost is counted here."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.fleet import member
from kiosk.domain.protocol import parse_request
from kiosk.domain.sync import Standing, reached
from kiosk.models.tablets import Contact
from kiosk.web.intake import receive
from tests import cast
from tests.cast import NOON, Device, World
from tests.stores import RING


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def device(session: Session, world: World) -> Device:
    return cast.pair(session, world.tablet)


def send(session: Session, device: Device, *items: str, **changes: object) -> Standing:
    asked = parse_request(cast.envelope(device, *items, **changes).encode())
    return receive(session, ring=RING, enrolled=device.enrolled, asked=asked, now=NOON)[
        1
    ]


def rate(session: Session, world: World, device: Device, *seqs: int) -> Standing:
    about = (device, world.truc_bach, world.hanh)
    return send(session, device, *(cast.rating(*about, seq=seq) for seq in seqs))


def test_what_had_come_is_not_lost_and_the_rest_is_counted_once(
    session: Session, world: World, device: Device
) -> None:
    rate(session, world, device, 1, 2, 5)

    first = send(session, device, wiped=9, acked_through=9)
    second = send(session, device, wiped=9, acked_through=9)

    assert (first.have_through, first.need) == (9, [])
    assert second == first
    contact = session.scalars(select(Contact)).one()
    assert (contact.lost, contact.gone) == (6, 0)
    assert contact.wiped_at == NOON


def test_what_the_tablet_gave_up_later_is_not_taken_for_wiped(
    session: Session, world: World, device: Device
) -> None:
    rate(session, world, device, 1)

    send(session, device, wiped=3, gone=[[5, 5]], acked_through=3)
    rate(session, world, device, 4, 6)
    standing = send(session, device, gone=[[5, 5]], acked_through=6)

    assert standing.have_through == 6
    contact = session.scalars(select(Contact)).one()
    assert (contact.lost, contact.gone) == (2, 1)


def test_a_wiped_tablet_that_had_sent_everything_lost_nothing_and_is_told_all_the_same(
    session: Session, world: World, device: Device
) -> None:
    rate(session, world, device, 1, 2)

    send(session, device, wiped=2, acked_through=2)

    found = member(session, tablet_id=world.tablet, now=NOON)
    assert found.heard is not None
    assert (found.heard.lost, found.heard.wiped_at) == (0, NOON)
    assert "wiped" in found.troubles


def test_a_tablet_that_was_not_wiped_has_no_such_trouble(
    session: Session, world: World, device: Device
) -> None:
    rate(session, world, device, 1)

    assert "wiped" not in member(session, tablet_id=world.tablet, now=NOON).troubles


def test_the_row_goes_on_after_the_highest_place_that_is_known(
    session: Session, world: World, device: Device
) -> None:
    before = reached(session, enrolled=device.enrolled)

    rate(session, world, device, 1, 2, 7)

    assert before == 0
    assert reached(session, enrolled=device.enrolled) == 7


def test_a_browser_paired_anew_goes_on_as_well(
    session: Session, world: World, device: Device
) -> None:
    rate(session, world, device, 1, 2)
    moved = cast.pair(session, world.quan_thanh_tablet, install=device.install)

    assert reached(session, enrolled=moved.enrolled) == 2
    assert send(session, moved, wiped=4, acked_through=4).have_through == 4
    lost = session.scalars(select(Contact.lost).order_by(Contact.enrolment_id)).all()
    assert lost == [0, 2]
