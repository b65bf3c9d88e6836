"""A tablet of the demonstration: what it collects on a day, and the requests it sends that evening.

The JSON is made as ``static/js/kiosk/items.js`` makes it; ids and salts come from the seed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from kiosk.demo import cast, visits
from kiosk.demo.plan import Plan
from kiosk.demo.seating import Place
from kiosk.domain.calendar import HANOI
from kiosk.domain.protocol import MOST_ITEMS
from kiosk.domain.questionnaire import CURRENT

# Half-hours of the desk (8:00 to 12:00, 13:30 to 17:00) and how many citizens come in each.
HALF_HOURS = {8.0: 5, 8.5: 8, 9.0: 11, 9.5: 11, 10.0: 10, 10.5: 9, 11.0: 6, 11.5: 3}
HALF_HOURS |= {13.5: 6, 14.0: 8, 14.5: 8, 15.0: 7, 15.5: 6, 16.0: 5, 16.5: 2}
WEEKDAYS = (1.2, 1.0, 0.92, 0.92, 0.98)
SILENCES = ((8.0, 11.5), (9.0, 12.0), (14.0, 17.0), (8.0, 17.0))
SILENT_DAYS = 0.6
NOT_SURE_WHO = 0.03
EVENING = time(17, 15)
Tap = dict[str, Any]


@dataclass(frozen=True)
class Device:
    """A browser at a place for a tablet; ``install`` is its name for itself."""

    ward: str
    label: str
    counters: frozenset[str]
    tablet_id: int
    unit_id: int
    install: bytes

    @property
    def key(self) -> str:
        return f"{self.ward} {self.label}"


def install_of(plan: Plan, ward: str, label: str) -> bytes:
    """The name that the device at this place gives itself."""
    return cast.dice(plan, f"install {ward} {label}").randbytes(16)


def collect(
    plan: Plan,
    device: Device,
    places: Sequence[Place],
    officers: Mapping[str, int],
    day: date,
) -> list[Tap]:
    """The items that citizens leave on the tablet that day, by time, still without a seq."""
    throw = cast.dice(plan, f"{device.key} {day}")
    skew = clock_skew(plan, device)
    here = [
        place
        for place in places
        if place.ward == device.ward and place.counter in device.counters
    ]
    taps: list[Tap] = []
    for at, place in _arrivals(plan, device, here, day, throw):
        sure = len(here) == 1 or throw.random() >= NOT_SURE_WHO
        head = {
            "unit": device.unit_id,
            "officer": officers[place.officer] if sure else None,
            "skew": skew,
        }
        officer = cast.character(plan, place.officer)
        manner = cast.manner_of(plan, place.ward, day)
        taps += _visit(throw, head, officer, manner, at + timedelta(milliseconds=skew))
    return taps


@cache
def clock_skew(plan: Plan, device: Device) -> int:
    """How many ms the device's clock is ahead of the server's, for good."""
    return cast.dice(plan, f"clock {device.key}").randint(-3000, 3000)


def requests(
    plan: Plan, device: Device, taps: Sequence[Tap], *, after_seq: int, day: date
) -> Iterator[tuple[bytes, datetime]]:
    """The bodies of the evening's requests, and when the server gets each."""
    throw = cast.dice(plan, f"evening {device.key} {day}")
    now = datetime.combine(day, EVENING, tzinfo=HANOI)
    now += timedelta(seconds=throw.randint(0, 1800))
    seq = after_seq
    for start in range(0, len(taps), MOST_ITEMS):
        items = []
        for tap in taps[start : start + MOST_ITEMS]:
            seq += 1
            items.append(tap | {"seq": seq})
        body = {
            "install": device.install.hex(),
            "nonce": throw.randbytes(16).hex(),
            "sent_at": _ms(now) + clock_skew(plan, device),
            "items": items,
            "acked_through": seq - len(items),
            "gone": [],
            "queued": 0,
            "persisted": True,
            "client": "demonstration",
        }
        yield msgspec.json.encode(body), now
        now += timedelta(seconds=2)


def _arrivals(
    plan: Plan,
    device: Device,
    here: Sequence[Place],
    day: date,
    throw: Random,
) -> list[tuple[datetime, Place]]:
    """When citizens come to the tablet, and to whom."""
    business = WEEKDAYS[day.weekday()]
    places = [
        place
        for place in here
        for _ in range(visits.how_many(throw, place.visits * business))
    ]
    seldom = [place for place in here if place.officer == cast.SELDOM_SEEN]
    if seldom and day in {plan.nth_day(n) for n in cast.SELDOM_DAYS}:
        places += seldom
    hours = throw.choices(list(HALF_HOURS), list(HALF_HOURS.values()), k=len(places))
    times = [hour + throw.random() / 2 for hour in hours]
    silence = _silence(plan, device, day, throw)
    midnight = datetime.combine(day, time(), tzinfo=HANOI)
    return sorted(
        (
            (midnight + timedelta(hours=at), place)
            for at, place in zip(times, places, strict=True)
            if not silence[0] <= at < silence[1]
        ),
        key=lambda arrival: arrival[0],
    )


def _silence(
    plan: Plan, device: Device, day: date, throw: Random
) -> tuple[float, float]:
    """From and to when the tablet is put aside today, in hours."""
    place = device.ward, device.label
    if place == cast.PUT_AWAY:
        began = plan.day_at(cast.PUT_AWAY_FROM)
        monday = began - timedelta(days=began.weekday())
        away = 0 <= (day - monday).days < cast.PUT_AWAY_DAYS
        return (0.0, 24.0 if away else 0.0)
    quiet = place == cast.QUIET_TABLET
    if quiet and throw.random() < SILENT_DAYS:
        return throw.choice(SILENCES)
    return (0.0, 0.0)


def _visit(
    throw: Random,
    head: dict[str, Any],
    officer: cast.Character,
    manner: float,
    at: datetime,
) -> list[Tap]:
    """One citizen's rating, partial or not, and perhaps a remark after it."""
    answers, felt = visits.answers(throw, officer, manner)
    leaves = officer.load > 0 and throw.random() < visits.PARTIALS
    if leaves:
        answers = visits.left_half_way(throw, answers)
    taps = [_item(throw, "rating", head, at, answers)]
    said = None if leaves or officer.load == 0 else visits.remark(throw, felt)
    if said:
        later = at + timedelta(seconds=throw.uniform(4, 40))
        taps.append(_item(throw, "remark", head, later, said))
    return taps


def _item(
    throw: Random,
    kind: str,
    head: dict[str, Any],
    at: datetime,
    content: dict[str, Any],
) -> Tap:
    return {
        "kind": kind,
        "id": str(UUID(int=throw.getrandbits(128), version=4)),
        "seq": 0,
        "salt": throw.randbytes(16).hex(),
        "unit": head["unit"],
        "officer": head["officer"],
        "tapped_at": _ms(at),
        "skew": head["skew"],
        "questionnaire": CURRENT.version,
    } | content


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
