"""A tablet's day: requests that the intake reads, in the order of the taps, from the seed alone."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from kiosk.demo import cast
from kiosk.demo.plan import Plan
from kiosk.demo.seating import Place
from kiosk.demo.tablets import Device, Tap, collect, install_of, requests
from kiosk.domain.calendar import HANOI, local_day
from kiosk.domain.clocks import date_tap
from kiosk.domain.items import RatingItem, RemarkItem, parse_item
from kiosk.domain.protocol import MOST_ITEMS, SyncRequest, parse_request

PLAN = Plan.ending(date(2026, 11, 23), days=180, seed=7)
TUESDAY = date(2026, 6, 9)
OFFICERS = {"CB-001": 11, "CB-003": 13}
PLACES = (
    Place("CB-001", "00001", "1", visits=90.0),
    Place("CB-003", "00001", "1", visits=30.0),
    Place("CB-002", "00001", "2", visits=50.0),
)


def device(
    label: str = "Máy ở quầy số 1", counters: str = "1", ward: str = "00001"
) -> Device:
    return Device(
        ward=ward,
        label=label,
        counters=frozenset(counters),
        tablet_id=5,
        unit_id=4,
        install=install_of(PLAN, ward, label),
    )


def taps(day: date = TUESDAY, places: Sequence[Place] = PLACES) -> list[Tap]:
    return collect(PLAN, device(), places, OFFICERS, day)


def sent(day: date = TUESDAY, after: int = 100) -> list[tuple[SyncRequest, datetime]]:
    bodies = requests(PLAN, device(), taps(day), after_seq=after, day=day)
    return [(parse_request(body), now) for body, now in bodies]


def test_the_intake_reads_every_item() -> None:
    items = [parse_item(raw) for request, _ in sent() for raw in request.items]

    assert {type(item) for item in items} == {RatingItem, RemarkItem}
    assert len(items) > 100


def test_requests_are_of_fifty_items_and_seqs_follow_each_other() -> None:
    asked = [request for request, _ in sent(after=100)]

    assert [len(r.items) for r in asked[:-1]] == [MOST_ITEMS] * (len(asked) - 1)
    seqs = [
        item.seq
        for request in asked
        for item in map(parse_item, request.items)
        if isinstance(item, RatingItem | RemarkItem)
    ]
    assert seqs == list(range(101, 101 + len(seqs)))
    assert [r.acked_through for r in asked[:2]] == [100, 150]


def test_taps_fall_into_opening_hours_of_their_day_without_a_mark() -> None:
    for request, now in sent():
        for item in map(parse_item, request.items):
            assert isinstance(item, RatingItem | RemarkItem)
            dated = date_tap(
                tapped_at=item.tapped_at,
                sent_at=request.sent_at,
                skew=item.skew,
                now=now,
            )
            assert (dated.day, dated.mark) == (TUESDAY, None)
            assert dated.hour in {8, 9, 10, 11, 13, 14, 15, 16, 17}
        assert local_day(now) == TUESDAY
        assert now.astimezone(HANOI).time() > time(17)


def test_the_same_seed_and_day_give_the_same_bytes() -> None:
    first, again, other = sent(), sent(), sent(TUESDAY + timedelta(days=1))

    assert first == again
    assert first[0][0].items[0] != other[0][0].items[0]


def test_only_those_who_sit_at_its_counters_are_rated() -> None:
    rated = Counter(tap["officer"] for tap in taps())

    assert set(rated) == {11, 13, None}
    assert rated[11] > rated[13] > rated[None] > 0


def test_who_sits_alone_is_known() -> None:
    alone = taps(places=PLACES[:1])

    assert {tap["officer"] for tap in alone} == {11}


def test_some_ratings_are_partial() -> None:
    ratings = [tap for tap in taps() if tap["kind"] == "rating"]
    partial = [tap for tap in ratings if "satisfaction" not in tap]

    assert 0 < len(partial) < len(ratings) / 10


def test_the_seldom_seen_officer_is_rated_four_times_in_all() -> None:
    places = [Place(cast.SELDOM_SEEN, "00001", "1", visits=0.0)]
    days = PLAN.working_days(date(2027, 6, 1))

    rated = [
        tap
        for day in days
        for tap in collect(PLAN, device(), places, {cast.SELDOM_SEEN: 9}, day)
    ]

    assert len(rated) == 4
    assert all(tap["kind"] == "rating" and "satisfaction" in tap for tap in rated)


def test_the_quiet_tablet_is_put_aside_for_hours() -> None:
    quiet = device("Máy ở quầy số 2", "2")
    places = [Place("CB-001", "00001", "2", visits=60.0)]
    silent = 0
    for day in PLAN.working_days(date(2026, 6, 30)):
        hours = {
            datetime.fromtimestamp(tap["tapped_at"] / 1000, HANOI).hour
            for tap in collect(PLAN, quiet, places, OFFICERS, day)
        }
        silent += not hours >= {9, 10, 14, 15}

    assert silent > len(PLAN.working_days(date(2026, 6, 30))) / 3


def test_a_tablet_lies_in_a_drawer_for_two_whole_weeks() -> None:
    ward, label = cast.PUT_AWAY
    away = device(label, "1", ward)
    places = [Place("CB-001", ward, "1", visits=60.0)]
    untouched = [
        day
        for day in PLAN.working_days(date(2026, 11, 23))
        if not collect(PLAN, away, places, OFFICERS, day)
    ]

    assert len(untouched) == 10
    assert untouched[0].weekday() == 0
    assert untouched[-1] - untouched[0] == timedelta(days=11)
