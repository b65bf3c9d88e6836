"""What holds however ratings arrive, officers come and go, and the store is restored.

The witness compares every written row with what was sealed: each answer is counted at most once,
no block is under k, every count is that of the answers. Here the rest is asked.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kiosk.domain.answers import Rating
from kiosk.domain.balance import balance
from kiosk.domain.calendar import is_final, month_end, week_end
from kiosk.domain.chain import verify
from tests.attack.watching import isolated
from tests.attack.witness import Citizen, Witness
from tests.domain.waiting_room import (
    GOOD,
    HOA,
    LAN,
    LEFT_EARLY,
    MINH,
    POOR,
    WARD,
    add_ward,
    end_posting,
    memory_store,
    post,
)

BEGAN = date(2026, 3, 2)
DAYS = 40
FIRST_AND_SECOND = Rating("no", "yes", None, None)
ANSWERS = (GOOD, GOOD, POOR, LEFT_EARLY, FIRST_AND_SECOND, frozenset({"fast"}))

a_day = st.integers(0, DAYS - 1)
an_officer = st.sampled_from((HOA, LAN, MINH))


@dataclass(frozen=True)
class Arrival:
    """Some citizens of an officer, or of nobody sure, whose answers come in late or at once."""

    day: int
    late: int
    officer_id: int | None
    answers: tuple[Rating | frozenset[str], ...]


@dataclass(frozen=True)
class Ending:
    """An officer's posting ends, and the register is told so afterwards; she may come back."""

    told: int
    officer_id: int
    last: int
    back: int | None


@dataclass(frozen=True)
class Restore:
    """On a day the store is set back to an evening; what was lost comes again later."""

    day: int
    lost_days: int
    again_after: int


@dataclass(frozen=True)
class Course:
    """Everything that happens in a ward."""

    arrivals: list[Arrival]
    endings: list[Ending]
    restore: Restore | None
    without_run: frozenset[int]
    raised: int


courses = st.builds(
    Course,
    arrivals=st.lists(
        st.builds(
            Arrival,
            day=a_day,
            late=st.sampled_from((0, 0, 0, 1, 6, 20)),
            officer_id=st.sampled_from((HOA, HOA, LAN, MINH, None)),
            answers=st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=9).map(
                tuple
            ),
        ),
        min_size=5,
        max_size=40,
    ),
    endings=st.lists(
        st.builds(
            Ending,
            told=a_day,
            officer_id=an_officer,
            last=st.integers(-10, DAYS),
            back=st.none() | a_day,
        ),
        max_size=3,
        unique_by=lambda ending: ending.officer_id,
    ),
    restore=st.none()
    | st.builds(
        Restore,
        day=st.integers(8, DAYS - 1),
        lost_days=st.integers(1, 7),
        again_after=st.integers(0, 12),
    ),
    without_run=st.frozensets(a_day, max_size=12),
    raised=st.sampled_from((DAYS * 3, DAYS * 3, 15)),
)


class Ward:
    """Lives through a course beside the witness, and watches the final weeks and months."""

    def __init__(self, witness: Witness, course: Course) -> None:
        self.witness, self.course = witness, course
        self.underway: defaultdict[int, list[Citizen]] = defaultdict(list)
        self.sent: list[tuple[int, Citizen]] = []
        self.backups: dict[int, bytes] = {}
        self.final: dict[tuple[str, date], frozenset[bytes]] = {}
        with witness.store.session() as session:
            add_ward(session)
            session.commit()
        for arrival in course.arrivals:
            day = BEGAN + timedelta(days=arrival.day)
            for answer in arrival.answers:
                citizen = witness.answer(WARD, arrival.officer_id, day, answer)
                self.underway[arrival.day + arrival.late].append(citizen)

    def live(self) -> None:
        for offset in [*range(DAYS + 25), DAYS + 40, DAYS * 3, 500]:
            self._register(offset)
            if offset not in self.course.without_run:
                self._release(offset)
            arriving = self.underway.pop(offset, [])
            self.witness.arrive(arriving)
            self.sent += [(offset, citizen) for citizen in arriving]
            restore = self.course.restore
            if restore is not None and offset == restore.day:
                self._restore(restore)
            if restore is not None and offset == restore.day - restore.lost_days:
                self.backups[offset] = self.witness.store.image()

    def _register(self, *offsets: int) -> None:
        with self.witness.store.session() as session:
            for ending in self.course.endings:
                if ending.told in offsets:
                    last = BEGAN + timedelta(days=ending.last)
                    end_posting(session, ending.officer_id, last)
                if ending.back is not None and ending.told in offsets:
                    first = BEGAN + timedelta(days=ending.last + 1 + ending.back)
                    post(session, ending.officer_id, first=first)
            session.commit()

    def _release(self, offset: int) -> None:
        today = BEGAN + timedelta(days=offset)
        k = 5 if offset < self.course.raised else 7
        assert self.witness.release(WARD, today, k=k) is not None
        assert self.witness.release(WARD, today, k=k) is None
        self._watch_final(today)

    def _watch_final(self, today: date) -> None:
        """What a final week or month said once it says for ever."""
        for ends in (week_end, month_end):
            periods: defaultdict[date, set[bytes]] = defaultdict(set)
            for shown in self.witness.visible:
                periods[ends(shown.counted_on)].add(shown.key)
            for offset in range((today - BEGAN).days):
                day = ends(BEGAN + timedelta(days=offset))
                if is_final(day, today=today):
                    said = frozenset(periods[day])
                    assert self.final.setdefault((ends.__name__, day), said) == said

    def _restore(self, restore: Restore) -> None:
        evening = restore.day - restore.lost_days
        self.witness.restore(self.backups[evening], BEGAN + timedelta(days=restore.day))
        self.final.clear()
        self._register(*range(evening + 1, restore.day + 1))
        for arrived, citizen in self.sent:
            if arrived > evening:
                later = 1 + citizen.number % (restore.again_after + 1)
                self.underway[restore.day + later].append(citizen)


# A course takes a second to live through: to shrink one would take minutes. The long form, after
# every change of the release: --hypothesis-profile=long
@pytest.mark.no_cover  # the release has tests of its own, and counting lines doubles the time
@settings(
    max_examples=settings().max_examples // 4, phases=(Phase.explicit, Phase.generate)
)
@given(courses)
def test_whatever_happens_nothing_is_lost_doubled_or_told_of_fewer_than_k(
    course: Course,
) -> None:
    with memory_store() as store:
        witness = Witness(store)
        Ward(witness, course).live()

        with witness.store.session() as session:
            books = balance(session, WARD)
            unbroken = verify(session, WARD)
        witness.store.close()

    waiting = len(witness.life.arrived)
    dropped = sum(line.never_published for line in books)
    assert [line.difference for line in books] == [0] * len(books)
    assert unbroken is None
    assert len(witness.life.counted) + waiting + dropped == len(witness.citizens)
    assert isolated(witness) == {}
