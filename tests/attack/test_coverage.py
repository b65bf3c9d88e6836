"""What coverage shows of citizens: that they tapped, in cells of five and more, and no answer.

A tap is no answer, but to leave half-way says something of a citizen, and so does an hour of the
day. The same attacker subtracts all pages of all days from each other, as he does with answers.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.base import Base
from kiosk.models.tablets import Contact, Enrolment, Tablet
from kiosk.models.waiting import Activity
from tests.attack.attacker import Members, by_algebra, by_subtraction
from tests.attack.pages import Cell, Visitor
from tests.attack.watching import K
from tests.domain.waiting_room import WARD, add_ward, at, memory_store, release

BEGAN = date(2026, 1, 5)
TABLETS, DAYS = (1, 2, 3), 100
Citizens = dict[tuple[int, date], list[tuple[int, bool, int]]]


def stand(session: Session) -> None:
    """Three paired tablets that send every day."""
    add_ward(session)
    for number in TABLETS:
        session.add(Tablet(id=number, unit_id=WARD, label=f"Quầy số {number}"))
        session.flush()
        session.add(
            Enrolment(
                id=number,
                install=bytes(16),
                tablet_id=number,
                unit_id=WARD,
                secret_hash=number.to_bytes(32),
                began_at=at(BEGAN - timedelta(days=1)),
            )
        )
    session.flush()


def seen(session: Session, day: date) -> None:
    for number in TABLETS:
        session.merge(
            Contact(
                unit_id=WARD,
                enrolment_id=number,
                seen_at=at(day, 8),
                queued=0,
                persisted=True,
                client="1",
                have_through=0,
                gone=0,
                durable_through=0,
            )
        )


def serve(session: Session, day: date, dice: random.Random, who: Citizens) -> None:
    """Those of a day: on which tablet, at which hour, and whether they left half-way."""
    counts: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for tablet in TABLETS:
        for _ in range(dice.choice((0, 0, 1, 2, 3 * tablet))):
            number = sum(map(len, who.values()))
            hour, left = dice.choice((8, 9, 10, 14, 16)), dice.random() < 0.15
            who[tablet, day].append((number, left, hour))
            counts[tablet, hour][0] += 1
            counts[tablet, hour][1] += left
    session.add_all(
        Activity(unit_id=WARD, tablet_id=t, day=day, hour=hour, taps=n, partials=left)
        for (t, hour), (n, left) in counts.items()
    )


def shown(session: Session, day: date, who: Citizens) -> Iterator[Cell]:
    """The cells that the day's release wrote, and who is in each; a tablet is the "officer"."""
    for name in ("coverage_month", "coverage_hours"):
        table = Base.metadata.tables[name].c
        for row in session.execute(select(*table).where(table.released_on == day)):
            inside = [
                (number, left, hour)
                for (tablet, when), found in who.items()
                if tablet == row.tablet_id and when.replace(day=1) == row.month
                for number, left, hour in found
            ]
            if name == "coverage_month":
                members = [number for number, left, _ in inside if left]
                assert row.partials == (len(members) if len(members) >= K else 0)
                members = members if row.partials else []
            else:
                span = range(row.first_hour, row.last_hour + 1)
                members = [number for number, _, hour in inside if hour in span]
                assert row.taps == len(members) >= K
            yield Cell(name, name, WARD, row.tablet_id, row.month, members)


def test_he_isolates_nobody_who_left_half_way_or_came_at_an_hour() -> None:
    dice, visitor = random.Random(1), Visitor()
    who: Citizens = defaultdict(list)
    families: defaultdict[str, list[Members]] = defaultdict(list)
    with memory_store() as store, store.session() as session:
        stand(session)
        for day in (BEGAN + timedelta(days=n) for n in range(DAYS)):
            seen(session, day)
            release(session, day)
            cells = list(shown(session, day, who))
            visitor.add(cells)
            visitor.look()
            for cell in cells:
                families[cell.family].append(frozenset(cell.members))
            if day.weekday() < 5:
                serve(session, day, dice, who)
            session.flush()

    assert visitor.smallest is not None and visitor.smallest >= K
    assert len(families["coverage_month"]) >= 6 < len(families["coverage_hours"])
    for figures in families.values():
        assert by_subtraction(figures, k=K) is None
        assert by_algebra(figures, k=K) is None
