"""A witness of real releases, who knows of every published figure whose answers are in it.

He brings citizens' answers to a store, runs `release_unit` on it, and compares each row that was
written with what was sealed: the same number, the same counts, every answer at most once. The
attacker gets the sets of citizens from him, which is more than the published tables tell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.answers import Rating
from kiosk.domain.epochs import begin_epoch
from kiosk.domain.pools import PoolKey, pools_of, read_waiting
from kiosk.domain.release import UnitRun, release_unit
from kiosk.models.base import Base
from kiosk.models.waiting import Waiting
from tests.domain.waiting_room import RING, MemoryStore, at, wait

QUESTIONS = {"greeted": "greeted", "asked": "asked", "thanked": "thanked"}
QUESTIONS |= {"satisfaction": "level"}
VALUES = {"level": (1, 2, 3, 4, 5)}
KINDS = {"rating": "block", "partial": "partial_block", "reasons": "reason_block"}
REASONS = "fast caring clear punctual waited attitude unclear returned".split()


@dataclass(frozen=True)
class Citizen:
    """One who answered: about whom, where, when, and what."""

    number: int
    unit_id: int
    officer_id: int | None
    day: date
    answer: Rating | frozenset[str]
    mark: str | None = None


@dataclass(frozen=True)
class Shown:
    """A published figure: where it stands, and the numbers of those it counts.

    Figures of different families answer different questions: they cannot be subtracted.
    """

    key: bytes
    table: str
    family: str
    unit_id: int
    officer_id: int | None
    counted_on: date
    released_on: date
    members: frozenset[int]


@dataclass
class Life:
    """What one life of the store holds: where each citizen's answer is."""

    arrived: dict[bytes, Citizen] = field(default_factory=dict)  # by waiting key
    counted: dict[int, bytes] = field(default_factory=dict)  # block, by citizen
    tallied: dict[bytes, bytes] = field(default_factory=dict)  # unit tally, by block


class Witness:
    """A store, the citizens who answered, and all that was ever shown, lost lives included."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.citizens: list[Citizen] = []
        self.shown: list[Shown] = []  # ever
        self.visible: list[Shown] = []  # in this life of the store
        self.life = Life()
        self._ever: dict[bytes, Citizen] = {}  # all that ever arrived, by waiting key
        self.lives = 1

    def answer(
        self,
        unit_id: int,
        officer_id: int | None,
        day: date,
        answer: Rating | frozenset[str],
    ) -> Citizen:
        """A citizen answers; the tablet has not sent it yet."""
        citizen = Citizen(len(self.citizens), unit_id, officer_id, day, answer)
        self.citizens.append(citizen)
        return citizen

    def arrive(self, citizens: Iterable[Citizen]) -> None:
        """Their answers come in, unless this life of the store has them already."""
        known = {*self.life.counted, *(c.number for c in self.life.arrived.values())}
        alike: defaultdict[tuple[object, ...], list[Citizen]] = defaultdict(list)
        for c in citizens:
            if c.number not in known:
                alike[c.unit_id, c.officer_id, c.day, c.mark].append(c)
        with self.store.session() as session:
            for group in alike.values():
                answers, c = [c.answer for c in group], group[0]
                keys = wait(
                    session,
                    c.officer_id,
                    c.day,
                    *answers,
                    unit_id=c.unit_id,
                    mark=c.mark,
                )
                came = dict(zip(keys, group, strict=True))
                self.life.arrived |= came
                self._ever |= came
            session.commit()

    def release(self, unit_id: int, today: date, *, k: int = 5) -> UnitRun | None:
        """The unit's run of the day, compared with what was sealed."""
        with self.store.session() as session:
            pools = pools_of(read_waiting(session, unit_id=unit_id, today=today))
            keys = {pool: [row.key for row in rows] for pool, rows in pools.items()}
            run = release_unit(session, unit_id=unit_id, ring=RING, k=k, now=at(today))
            if run is not None:
                self._compare(session, run, keys)
            session.commit()
        return run

    def restore(self, image: bytes, today: date, *, announced: bool = True) -> None:
        """An older state of the store takes its place; what was shown since stays in memory."""
        self.store.close()
        self.store = MemoryStore(image)
        with self.store.session() as session:
            if announced:
                begin_epoch(session, now=at(today, 10))
            present = set(session.execute(select(Waiting.key)).scalars())
            for table in (*KINDS.values(), "unit_tally"):
                columns = Base.metadata.tables[table].c
                present |= set(session.execute(select(columns.key)).scalars())
            session.commit()
        self.visible = [shown for shown in self.visible if shown.key in present]
        self.lives += 1
        life = self.life
        life.arrived = {k: c for k, c in self._ever.items() if k in present}
        life.counted = {c: b for c, b in life.counted.items() if b in present}
        life.tallied = {b: t for b, t in life.tallied.items() if {b, t} <= present}

    def _compare(
        self, session: Session, run: UnitRun, pools: Mapping[PoolKey, Sequence[bytes]]
    ) -> None:
        left = set(session.execute(select(Waiting.key)).scalars())
        arrived = self.life.arrived
        gone = {key: arrived.pop(key) for key in list(arrived) if key not in left}
        counted = 0
        for kind, table in KINDS.items():
            for row in _written(session, table, run):
                keys = pools[_pool(kind, row)]
                members = [gone[key] for key in keys if key in gone]
                self._count(row, kind, members)
                counted += len(members)
        assert len(gone) == counted + sum(run.never_published.values())
        for row in _written(session, "unit_tally", run):
            self._tally(row)

    def _count(self, row: Any, kind: str, members: Sequence[Citizen]) -> None:
        """A block counts these citizens: each for the first time, and as they answered."""
        assert len(members) == row.n >= row.k >= 5
        for citizen in members:
            assert citizen.number not in self.life.counted
            self.life.counted[citizen.number] = row.key
        for family, answered, counts in _figures(kind, members):
            shown = {name: getattr(row, name) for name in counts}
            if kind == "partial" and set(shown.values()) == {None}:
                continue
            assert shown == counts
            self._show(row, KINDS[kind], family, [c.number for c in answered])

    def _tally(self, row: Any) -> None:
        """A tally joins all blocks of the unit that no tally of this life has joined yet."""
        members = {
            number: block
            for number, block in self.life.counted.items()
            if block not in self.life.tallied
            and self.citizens[number].unit_id == row.unit_id
            and _complete(self.citizens[number].answer)
        }
        joint = Counter(_rating(self.citizens[n].answer).all_three for n in members)
        assert (row.n, row.all_three) == (len(members), joint["yes"])
        assert row.unsure == joint["unsure"] and row.n >= 20
        self.life.tallied |= dict.fromkeys(members.values(), row.key)
        self._show(row, "unit_tally", "rating", members)

    def _show(self, row: Any, table: str, family: str, who: Iterable[int]) -> None:
        shown = Shown(
            key=row.key,
            table=table,
            family=family,
            unit_id=row.unit_id,
            officer_id=getattr(row, "officer_id", None),
            counted_on=row.counted_on,
            released_on=row.released_on,
            members=frozenset(who),
        )
        self.shown.append(shown)
        self.visible.append(shown)


def _written(session: Session, table: str, run: UnitRun) -> Sequence[Any]:
    columns = Base.metadata.tables[table].c
    return session.execute(
        select(*columns).where(
            columns.unit_id == run.unit_id, columns.released_on == run.day
        )
    ).all()


def _pool(kind: str, row: Any) -> PoolKey:
    pool = {"partial": "unit", "reasons": "officer"}.get(kind) or row.pool
    officer_id = getattr(row, "officer_id", None)
    return PoolKey(kind, pool, officer_id, row.questionnaire, row.channel)


def _figures(
    kind: str, members: Sequence[Citizen]
) -> Iterator[tuple[str, Sequence[Citizen], dict[str, int]]]:
    """The families of figures of a block, who is in each, and the counts as they should be."""
    if kind == "reasons":
        tapped = Counter(r for c in members for r in _reasons(c.answer))
        yield "reasons", members, {reason: tapped[reason] for reason in REASONS}
        return
    for question, stem in QUESTIONS.items():
        answers = {c: getattr(c.answer, question) for c in members}
        answered = [c for c in members if answers[c] is not None]
        counts = Counter(answers[c] for c in answered)
        values = VALUES.get(stem, ("yes", "no", "unsure"))
        family = kind if kind == "rating" else f"partial {question}"
        yield family, answered, {f"{stem}_{value}": counts[value] for value in values}


def _complete(answer: Rating | frozenset[str]) -> bool:
    return isinstance(answer, Rating) and answer.complete


def _rating(answer: Rating | frozenset[str]) -> Rating:
    assert isinstance(answer, Rating)
    return answer


def _reasons(answer: Rating | frozenset[str]) -> frozenset[str]:
    assert isinstance(answer, frozenset)
    return answer
