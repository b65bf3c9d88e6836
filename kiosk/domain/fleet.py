"""How the tablets stand, all together: which are silent, filling up, mistaken or out of date.

Judged from what each last said of itself; nothing here knows an answer.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy.orm import Session

from kiosk import __version__
from kiosk.domain.opening import Opening, read_opening
from kiosk.domain.tablets import Heard, Place, list_places, place

Trouble = Literal[
    "unpaired", "silent", "growing", "wiped", "gone", "clock", "storage", "old"
]
TROUBLES: tuple[Trouble, ...] = get_args(Trouble)
Order = Literal["unit", "heard", "queue", "clock", "version"]
ORDERS: tuple[Order, ...] = get_args(Order)

SILENT_AFTER = 2  # opening days
LONG_QUEUE = 50  # what one request takes: a longer queue waits for something
WRONG_BY = timedelta(minutes=5)
VERSION = re.compile(r"\d+(\.\d+)*")
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Member:
    """A place, and what is wrong with the tablet there."""

    place: Place
    troubles: frozenset[Trouble]

    @property
    def heard(self) -> Heard | None:
        return self.place.heard


def members(session: Session, *, now: datetime) -> list[Member]:
    """Every place, by unit and in the order in which they were added."""
    return judge(list_places(session), opening=read_opening(session), now=now)


def member(session: Session, *, tablet_id: int, now: datetime) -> Member:
    """One place; NotFound if it is not there. Its version may be old by what the others have."""
    place(session, tablet_id=tablet_id)
    every = members(session, now=now)
    return next(each for each in every if each.place.id == tablet_id)


def judge(
    places: Sequence[Place],
    *,
    opening: Opening,
    now: datetime,
    running: str = __version__,
) -> list[Member]:
    """What is wrong with each; nothing is with a place that is out of service.

    Old is a version before the one that is ``running`` here, or before another tablet's.
    """
    others = (_numbers(p.heard.client) for p in places if _in_use(p) and p.heard)
    newest = max(_numbers(running), *others, ())
    return [
        Member(p, frozenset(_troubles(p, opening=opening, newest=newest, now=now)))
        for p in places
    ]


def states(every: Iterable[Member]) -> Mapping[str, int]:
    """How many are in service, retired, in need of attention, and in each trouble."""
    counts: Counter[str] = Counter()
    for each in every:
        retired = each.place.retired_at is not None
        counts["retired" if retired else "all"] += 1
        counts["paired"] += each.place.paired_at is not None
        counts["attention"] += bool(each.troubles)
        counts.update(each.troubles)
    return counts


def in_state(each: Member, state: str) -> bool:
    """Whether a member belongs to one of the ``states``; everything does to an unknown one."""
    if state == "attention":
        return bool(each.troubles)
    if state == "retired":
        return each.place.retired_at is not None
    return state not in TROUBLES or state in each.troubles


def sort(every: Iterable[Member], order: Order) -> list[Member]:
    """The worst first by what the order asks for; last those of whom nothing can be said."""
    if order == "unit":
        return list(every)
    mute = _unpaired if order == "heard" else _unheard
    return sorted(every, key=lambda each: (mute(each), _KEYS[order](each)))


def _unpaired(each: Member) -> bool:
    return each.place.paired_at is None


def _unheard(each: Member) -> bool:
    return each.heard is None


def _heard_of(each: Member) -> Heard:
    return each.heard or Heard(NEVER, 0, persisted=False, client="")


_KEYS: Mapping[Order, Callable[[Member], Any]] = {
    "heard": lambda each: _heard_of(each).seen_at,
    "queue": lambda each: -_heard_of(each).queued,
    "clock": lambda each: -abs(_heard_of(each).skew or 0),
    "version": lambda each: _numbers(_heard_of(each).client),
}


def _in_use(each: Place) -> bool:
    return each.paired_at is not None and each.retired_at is None


def _troubles(
    each: Place, *, opening: Opening, newest: tuple[int, ...], now: datetime
) -> Iterable[Trouble]:
    if each.retired_at is not None:
        return
    if each.paired_at is None:
        yield "unpaired"
        return
    since = each.heard.seen_at if each.heard else each.paired_at
    missed = opening.days_missed(each.unit_id, since=since, now=now, most=SILENT_AFTER)
    if missed >= SILENT_AFTER:
        yield "silent"
    if each.heard:
        yield from _said(each.heard, newest)


def _said(heard: Heard, newest: tuple[int, ...]) -> Iterable[Trouble]:
    """What a tablet's own words show."""
    before = heard.queued_before
    if before is not None and heard.queued >= max(LONG_QUEUE + 1, before):
        yield "growing"
    if heard.wiped_at is not None:
        yield "wiped"
    if heard.gone:
        yield "gone"
    if heard.skew is not None and abs(heard.skew) > WRONG_BY / timedelta(
        milliseconds=1
    ):
        yield "clock"
    if not heard.persisted:
        yield "storage"
    if () < _numbers(heard.client) < newest:
        yield "old"


def _numbers(version: str) -> tuple[int, ...]:
    """For comparing; none for what is no numbered version."""
    found = VERSION.match(version)
    return tuple(map(int, found[0].split("."))) if found else ()
