"""How tablets stand, judged from what they last said of themselves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kiosk.domain import fleet
from kiosk.domain.errors import NotFound
from kiosk.domain.fleet import Member
from kiosk.domain.opening import Opening
from kiosk.domain.tablets import Heard, Place
from tests import cast
from tests.cast import NOON

MINUTE = 60_000
WELL = Heard(NOON, 0, persisted=True, client="1.2", queued_before=0, skew=900, gone=0)
PLACE = Place(
    id=1,
    unit_id=1,
    label="Quầy số 1",
    counters=(),
    retired_at=None,
    paired_at=NOON - timedelta(days=30),
    heard=WELL,
)


def judge(*places: Place) -> list[Member]:
    return fleet.judge(places, opening=Opening({}), now=NOON)


def troubles(place: Place) -> set[str]:
    return set(judge(place)[0].troubles)


def said(**changes: Any) -> Place:
    return replace(PLACE, heard=replace(WELL, **changes))


def test_a_tablet_that_is_well_has_no_trouble() -> None:
    assert troubles(PLACE) == set()


@pytest.mark.parametrize(
    ("days_ago", "silent"), [(0, False), (1, False), (2, False), (3, True), (6, True)]
)
def test_a_tablet_is_silent_when_it_missed_two_opening_days(
    days_ago: int, silent: bool
) -> None:
    """Noon is a Wednesday; whoever was heard on Sunday missed Monday and Tuesday."""
    place = said(seen_at=NOON - timedelta(days=days_ago))

    assert ("silent" in troubles(place)) == silent


def test_a_tablet_that_was_never_heard_is_silent_two_days_after_its_pairing() -> None:
    fresh = replace(PLACE, heard=None, paired_at=NOON - timedelta(hours=2))
    old = replace(PLACE, heard=None, paired_at=NOON - timedelta(days=6))

    assert (troubles(fresh), troubles(old)) == (set(), {"silent"})


def test_a_place_without_a_device_lacks_only_that() -> None:
    assert troubles(replace(PLACE, heard=None, paired_at=None)) == {"unpaired"}


def test_nothing_is_wrong_with_a_place_out_of_service() -> None:
    assert (
        troubles(replace(PLACE, retired_at=NOON, heard=None, paired_at=None)) == set()
    )


@pytest.mark.parametrize(
    ("before", "queued", "grows"),
    [
        (None, 400, False),
        (0, 50, False),
        (0, 51, True),
        (60, 60, True),
        (90, 80, False),
    ],
)
def test_a_queue_longer_than_one_request_that_does_not_shrink_grows(
    before: int | None, queued: int, grows: bool
) -> None:
    place = said(queued_before=before, queued=queued)

    assert ("growing" in troubles(place)) == grows


@pytest.mark.parametrize(
    ("skew", "wrong"),
    [(None, False), (5 * MINUTE, False), (5 * MINUTE + 1, True), (-6 * MINUTE, True)],
)
def test_a_clock_is_wrong_beyond_five_minutes(skew: int | None, wrong: bool) -> None:
    assert ("clock" in troubles(said(skew=skew))) == wrong


def test_storage_and_answers_given_up_are_told() -> None:
    assert troubles(said(persisted=False)) == {"storage"}
    assert troubles(said(gone=2)) == {"gone"}


def test_a_version_is_old_when_another_tablet_has_a_newer_one() -> None:
    versions = ["1.2", "1.10", "1.10", "", "demonstration"]
    every = judge(*(said(client=version) for version in versions))

    assert [set(each.troubles) for each in every] == [
        {"old"},
        set(),
        set(),
        set(),
        set(),
    ]


def test_a_version_is_old_when_the_server_runs_a_newer_one() -> None:
    every = fleet.judge(
        [said(client="1.9.9"), said(client="1.10.0")],
        opening=Opening({}),
        now=NOON,
        running="1.10.0",
    )

    assert ["old" in each.troubles for each in every] == [True, False]


def test_a_retired_tablets_version_makes_no_other_old() -> None:
    newest = replace(said(client="9"), retired_at=NOON, paired_at=None)

    assert not judge(PLACE, newest)[0].troubles


def test_states_are_counted_and_shown_alone() -> None:
    retired = replace(PLACE, retired_at=NOON, heard=None, paired_at=None)
    every = judge(PLACE, said(gone=1, persisted=False), said(gone=3), retired)

    assert fleet.states(every) == {
        "all": 3,
        "paired": 3,
        "attention": 2,
        "gone": 2,
        "storage": 1,
        "retired": 1,
    }
    shown = {
        state: sum(fleet.in_state(each, state) for each in every)
        for state in ("", "attention", "gone", "storage", "clock", "retired", "odd")
    }
    assert shown == {
        "": 4,
        "attention": 2,
        "gone": 2,
        "storage": 1,
        "clock": 0,
        "retired": 1,
        "odd": 4,
    }


def test_each_order_puts_the_worst_first_and_the_mute_last() -> None:
    late, long, off, old = (
        replace(said(seen_at=NOON - timedelta(days=1)), label="late"),
        replace(said(queued=9), label="long"),
        replace(said(skew=-20 * MINUTE), label="off"),
        replace(said(client="1.1"), label="old"),
    )
    unheard = replace(PLACE, heard=None, label="unheard")
    none = replace(PLACE, heard=None, paired_at=None, label="none")
    every = judge(none, unheard, late, long, off, old)

    def first(order: fleet.Order) -> list[str]:
        return [each.place.label for each in fleet.sort(every, order)]

    assert first("unit") == ["none", "unheard", "late", "long", "off", "old"]
    assert first("heard")[:2] == ["unheard", "late"] and first("heard")[-1] == "none"
    assert first("queue")[0] == "long" and first("queue")[-2:] == ["none", "unheard"]
    assert first("clock")[0] == "off"
    assert first("version")[0] == "old"


def test_a_single_place_is_judged_among_all(session: Session) -> None:
    world = cast.build_world(session)

    one = fleet.member(session, tablet_id=world.hall_tablet, now=NOON)

    assert (one.place.label, set(one.troubles)) == ("Sảnh", {"unpaired"})
    with pytest.raises(NotFound):
        fleet.member(session, tablet_id=999, now=NOON)
