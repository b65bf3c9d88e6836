"""A city of two wards and six officers on simulated days: its citizens, and what befalls it.

An officer moves from one ward to the other, one retires, one stands in for a month. Tablets are
offline for up to three weeks, citizens are unsure who served them or leave half-way. At a restore
the days since the backup are lost, and what the tablets still hold comes again, late and mixed
with new answers.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kiosk.domain.answers import Courtesy, Rating
from tests.attack.witness import Citizen, Witness
from tests.domain.waiting_room import add_ward, end_posting, post

BEGAN = date(2026, 1, 5)  # a Monday
WARDS = {1: (11, 12, 13), 2: (21, 22, 23)}
MOVES, RETIRES, STANDS_IN = 12, 13, 22
ANSWERS: tuple[Courtesy, ...] = ("yes", "yes", "yes", "no", "unsure")


@dataclass
class City:
    """The simulation: `rate` ratings a day and officer, and restores: to which evening, by day."""

    witness: Witness
    rate: float
    seed: int = 1
    restores: Mapping[int, int] = field(default_factory=dict)
    announced: bool = True
    today: date = BEGAN
    served: list[Citizen] = field(default_factory=list)  # those of today

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._underway: defaultdict[int, list[Citizen]] = defaultdict(list)
        self._sent: list[tuple[int, Citizen]] = []  # with the day of arrival
        self._backups: dict[int, bytes] = {}
        with self.witness.store.session() as session:
            for unit_id, officers in WARDS.items():
                add_ward(session, unit_id, officers)
            session.commit()

    def looks(self, days: int) -> Iterator[date]:
        """Live through the days; yields whenever there may be something new to look at.

        At six the release, then citizens and what their tablets send; on the day of the restore
        that is lost at ten, and the restored store makes up for its release.
        """
        for offset in range(days):
            self.today = BEGAN + timedelta(days=offset)
            self._change_postings(offset)
            yield self._release()
            self.served = list(self._serve())
            self._receive(offset)
            if offset in self.restores:
                self._restore(offset)
                yield self._release()
            if offset in self.restores.values():
                self._backups.setdefault(offset, self.witness.store.image())

    def _release(self) -> date:
        for unit_id in WARDS:
            self.witness.release(unit_id, self.today)
        return self.today

    def _serve(self) -> Iterator[Citizen]:
        """Today's citizens; each answer is on its way with the tablet it was given to."""
        delays = {tablet: self._delay() for tablet in range(4)}
        for unit_id, officer_id in self._on_duty():
            for _ in range(self._number()):
                who = officer_id if self._chance.random() < 0.92 else None
                for answer in self._answers():
                    citizen = self.witness.answer(unit_id, who, self.today, answer)
                    tablet = citizen.number % len(delays)
                    arrives = (self.today - BEGAN).days + delays[tablet]
                    self._underway[arrives].append(citizen)
                    yield citizen

    def _receive(self, offset: int) -> None:
        arriving = self._underway.pop(offset, [])
        self.witness.arrive(arriving)
        self._sent += [(offset, citizen) for citizen in arriving]

    def _restore(self, offset: int) -> None:
        """An evening's backup is back; what came later is sent again over the next weeks.

        Of a few the clock has been set meanwhile: they come again under the day of arrival.
        """
        evening = self.restores[offset]
        image = self._backups[evening]
        self.witness.restore(image, self.today, announced=self.announced)
        self._change_postings(*range(evening + 1, offset + 1))
        again = {c.number: c for arrived, c in self._sent if arrived > evening}
        for citizen in again.values():
            arrives = offset + self._chance.choice((0, 0, 1, 3, 9, 14))
            day, mark = BEGAN + timedelta(days=arrives), "clock_out_of_range"
            odd = self._chance.random() < 0.1
            sent = replace(citizen, day=day, mark=mark) if odd else citizen
            self._underway[arrives].append(sent)
        self._receive(offset)

    def _on_duty(self) -> Iterator[tuple[int, int]]:
        offset = (self.today - BEGAN).days
        if self.today.weekday() > 4:
            return
        for unit_id, officers in WARDS.items():
            for officer_id in officers:
                here = offset < 100 or officer_id != MOVES
                if here and not (officer_id == RETIRES and offset > 140):
                    yield unit_id, officer_id
        if offset >= 100:
            yield 2, MOVES
        if 60 <= offset < 90:
            yield 1, STANDS_IN

    def _change_postings(self, *offsets: int) -> None:
        """What the register is told on these days; the retirement is told three weeks late."""
        with self.witness.store.session() as session:
            for offset in offsets:
                if offset == 60:
                    first, last = (BEGAN + timedelta(days=n) for n in (60, 89))
                    post(session, STANDS_IN, unit_id=1, first=first, last=last)
                if offset == 100:
                    moved = BEGAN + timedelta(days=100)
                    end_posting(session, MOVES, moved - timedelta(days=1), unit_id=1)
                    post(session, MOVES, unit_id=2, first=moved)
                if offset == 161:
                    end_posting(session, RETIRES, BEGAN + timedelta(days=140))
            session.commit()

    def _delay(self) -> int:
        return self._chance.choice((0,) * 12 + (1, 3, 8, 21))

    def _number(self) -> int:
        """Of many who might answer, each does or does not (a binomial number)."""
        might = max(round(4 * self.rate), 2)
        return sum(self._chance.random() < self.rate / might for _ in range(might))

    def _answers(self) -> Iterator[Rating | frozenset[str]]:
        greeted, asked, thanked = (self._chance.choice(ANSWERS) for _ in range(3))
        rating = Rating(greeted, asked, thanked, self._chance.choice((1, 3, 4, 5, 5)))
        left = self._chance.random()
        if left < 0.08:
            rating = Rating(greeted, None, None, None)
        elif left < 0.15:
            rating = Rating(greeted, asked, None, None)
        yield rating
        if self._chance.random() < 0.2:
            yield frozenset(self._chance.sample(["fast", "clear", "waited"], 2))
