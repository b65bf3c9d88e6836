"""Released rows as a release would have written them; plain factory functions, no commit.

Answers are given as counts (yes, no, unsure) and levels; n is their sum. The sums by month are
written when the session commits.
"""

import random
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import event
from sqlalchemy.orm import Session

from kiosk.models.blocks import Block, PartialBlock, ReleaseRun, UnitTally
from tests.reports.sums import write_sums

Answers = tuple[int, int, int]
Levels = tuple[int, int, int, int, int]
CHANGED = "units whose sums a commit writes"


def add_block(
    session: Session,
    unit_id: int,
    officer_id: int | None,
    day: date,
    *,
    greeted: Answers = (11, 1, 0),
    asked: Answers = (10, 1, 1),
    thanked: Answers = (11, 0, 1),
    levels: Levels = (0, 0, 1, 5, 6),
    released: date | None = None,
    pool: str | None = None,
) -> None:
    """A block counted on `day`, released the day after unless told otherwise."""
    rows = Block(
        unit_id=unit_id,
        key=secrets.token_bytes(16),
        pool=pool or ("officer" if officer_id else "several"),
        officer_id=officer_id,
        questionnaire=1,
        channel="tablet",
        n=sum(levels),
        k=5,
        counted_on=day,
        released_on=released or day + timedelta(days=1),
        **_answers("greeted", greeted),
        **_answers("asked", asked),
        **_answers("thanked", thanked),
        **{f"level_{at}": count for at, count in enumerate(levels, start=1)},
    )
    _add(session, rows)


def add_tally(
    session: Session,
    unit_id: int,
    day: date,
    *,
    n: int = 24,
    all_three: int = 20,
    unsure: int = 0,
    released: date | None = None,
) -> None:
    """How many of n citizens of a unit got all three."""
    _add(
        session,
        UnitTally(
            unit_id=unit_id,
            key=secrets.token_bytes(16),
            questionnaire=1,
            channel="tablet",
            n=n,
            all_three=all_three,
            unsure=unsure,
            counted_on=day,
            released_on=released or day + timedelta(days=1),
        ),
    )


def add_partial(session: Session, unit_id: int, day: date, *, n: int = 7) -> None:
    """Ratings left half-way."""
    _add(
        session,
        PartialBlock(
            unit_id=unit_id,
            key=secrets.token_bytes(16),
            questionnaire=1,
            channel="tablet",
            n=n,
            k=5,
            counted_on=day,
            released_on=day + timedelta(days=1),
        ),
    )


def add_run(
    session: Session,
    unit_id: int,
    day: date,
    *,
    k: int = 5,
    chain: bytes = b"\x5a" * 32,
) -> None:
    """A run of the release; `chain` is its head."""
    _add(
        session,
        ReleaseRun(
            unit_id=unit_id,
            day=day,
            k=k,
            epoch=1,
            previous=secrets.token_bytes(32),
            chain=chain,
        ),
    )


def _add(session: Session, row: Block | UnitTally | PartialBlock | ReleaseRun) -> None:
    session.add(row)
    session.info.setdefault(CHANGED, set()).add(row.unit_id)
    if not event.contains(session, "before_commit", _sum_up):
        event.listen(session, "before_commit", _sum_up)


def _sum_up(session: Session) -> None:
    if units := session.info.pop(CHANGED, None):
        session.flush()
        write_sums(session.connection(), units)


@dataclass(frozen=True)
class Habit:
    """How an officer behaves: how busy, and how likely each courtesy and full satisfaction are."""

    officer_id: int
    a_day: float
    greeted: float
    asked: float
    thanked: float
    pleased: float


def simulate(
    session: Session,
    unit_id: int,
    habits: Sequence[Habit],
    *,
    first: date,
    last: date,
    seed: int,
    drift: float = 0.0,
) -> None:
    """Blocks, tallies and runs of working days in which officers behave as they do.

    `drift` is what the likelihood of each courtesy gains from the first day to the last.
    """
    dice = random.Random(seed)
    waiting: dict[int, list[tuple[bool, bool, bool, int]]] = {
        h.officer_id: [] for h in habits
    }
    held: list[bool] = []
    for day in _working_days(first, last):
        gain = drift * ((day - first).days / max(1, (last - first).days))
        for habit in habits:
            count = _poisson(dice, habit.a_day)
            waiting[habit.officer_id] += [
                _rating(dice, habit, gain) for _ in range(count)
            ]
            pool = waiting[habit.officer_id]
            if len(pool) >= 10:
                _cut(session, unit_id, habit.officer_id, day, pool, dice)
                held += [all(rating[:3]) for rating in pool]
                waiting[habit.officer_id] = []
        if len(held) >= 20:
            add_tally(session, unit_id, day, n=len(held), all_three=sum(held))
            held = []
        add_run(session, unit_id, day, chain=dice.randbytes(32))


def _cut(
    session: Session,
    unit_id: int,
    officer_id: int,
    day: date,
    pool: Sequence[tuple[bool, bool, bool, int]],
    dice: random.Random,
) -> None:
    answers = []
    for at in range(3):
        unsure = sum(dice.random() < 0.04 for _ in pool)
        yes = min(sum(bool(rating[at]) for rating in pool), len(pool) - unsure)
        answers.append((yes, len(pool) - unsure - yes, unsure))
    one, two, three, four, five = (
        sum(rating[3] == level for rating in pool) for level in range(1, 6)
    )
    add_block(
        session,
        unit_id,
        officer_id,
        day,
        greeted=answers[0],
        asked=answers[1],
        thanked=answers[2],
        levels=(one, two, three, four, five),
    )


def _rating(
    dice: random.Random, habit: Habit, gain: float
) -> tuple[bool, bool, bool, int]:
    greeted, asked, thanked = (
        dice.random() < min(0.995, chance + gain)
        for chance in (habit.greeted, habit.asked, habit.thanked)
    )
    middle = (1 - habit.pleased) * 100
    weights = [
        0.1 * middle,
        0.15 * middle,
        0.75 * middle,
        45 * habit.pleased,
        55 * habit.pleased,
    ]
    return greeted, asked, thanked, dice.choices([1, 2, 3, 4, 5], weights)[0]


def _poisson(dice: random.Random, mean: float) -> int:
    count, left = 0, dice.expovariate(1)
    while left < mean:
        count += 1
        left += dice.expovariate(1)
    return count


def _working_days(first: date, last: date) -> Iterator[date]:
    span = range((last - first).days + 1)
    days = (first + timedelta(days=at) for at in span)
    return (day for day in days if day.weekday() < 5)


def _answers(question: str, counts: Answers) -> dict[str, int]:
    return {
        f"{question}_{answer}": count
        for answer, count in zip(("yes", "no", "unsure"), counts, strict=True)
    }
