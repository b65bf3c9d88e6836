"""The places of tablets: what is refused, and in which order they come."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from kiosk.domain import tablets
from kiosk.domain.errors import NotFound
from kiosk.domain.tablets import CountersElsewhere, LabelTaken
from tests import cast, people
from tests.cast import NOON


def add(session: Session, unit_id: int, label: str, *counters: int) -> int:
    return tablets.add_place(
        session,
        unit_id=unit_id,
        label=label,
        counter_ids=counters,
        by=people.account(session, f"quantri{uuid4().hex}"[:40]),
        now=NOON,
    )


def test_a_place_has_no_counter_of_another_unit(session: Session) -> None:
    world = cast.build_world(session)

    with pytest.raises(CountersElsewhere):
        add(session, world.quan_thanh, "A", world.counter)


def test_a_label_is_used_once_in_a_unit_until_it_is_retired(session: Session) -> None:
    world = cast.build_world(session)
    by = people.account(session, "quantri")

    with pytest.raises(LabelTaken):
        add(session, world.truc_bach, "Sảnh")
    add(session, world.quan_thanh, "Quầy số 1")
    tablets.retire(session, tablet_id=world.hall_tablet, by=by, now=NOON)

    assert add(session, world.truc_bach, "Sảnh")


def test_a_place_needs_a_unit(session: Session) -> None:
    with pytest.raises(NotFound):
        add(session, 999, "A")


def test_places_come_by_unit_in_the_order_they_were_added(session: Session) -> None:
    world = cast.build_world(session)

    every = tablets.list_places(session)
    one = tablets.list_places(session, unit_id=world.quan_thanh)

    assert [place.label for place in every] == ["Quầy số 1", "Sảnh", "Sảnh"]
    assert every[1].counters == ("Quầy số 1", "Quầy số 2")
    assert [place.id for place in one] == [world.quan_thanh_tablet]


def test_a_place_paired_twice_is_listed_once(session: Session) -> None:
    world = cast.build_world(session)
    cast.pair(session, world.tablet)
    cast.pair(session, world.tablet, now=NOON + timedelta(days=1))

    (place,) = [p for p in tablets.list_places(session) if p.id == world.tablet]

    assert place.paired_at == NOON + timedelta(days=1)
    assert place.heard is None


def test_retiring_twice_is_told_once(session: Session) -> None:
    world = cast.build_world(session)
    by = people.account(session, "quantri")

    tablets.retire(session, tablet_id=world.tablet, by=by, now=NOON)
    tablets.retire(session, tablet_id=world.tablet, by=by, now=NOON + timedelta(days=1))

    assert tablets.place(session, tablet_id=world.tablet).retired_at == NOON
