"""Which unit was merged whole into which: through several mergers, and never what was split."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from kiosk.models.organisation import Succession
from reports.successions import changes, heirs, merged
from tests.cast import unit

FIRST, LATER = date(2025, 1, 1), date(2025, 7, 1)


@pytest.fixture
def wards(session: Session) -> list[int]:
    return [unit(session, "ward", f"0000{at}", f"Phường {at}") for at in range(6)]


def became(
    session: Session, one: int, other: int, day: date, *, in_part: bool = False
) -> None:
    row = Succession(predecessor_id=one, successor_id=other, day=day, in_part=in_part)
    session.add(row)
    session.flush()


def test_mergers_are_followed_one_after_another(
    session: Session, wards: list[int]
) -> None:
    a, b, c, d, *_ = wards
    became(session, a, b, FIRST)
    became(session, b, c, LATER)
    became(session, d, c, LATER)

    assert merged(session, [c], day=LATER) == {a: c, b: c, d: c}
    assert heirs(session, wards, day=LATER) == {a: c, b: c, d: c}
    assert merged(session, [b, c], day=FIRST) == {a: b}
    assert heirs(session, wards, day=FIRST) == {a: b}


def test_what_was_split_belongs_to_nobody(session: Session, wards: list[int]) -> None:
    a, b, c, d, e, _ = wards
    became(session, a, b, FIRST, in_part=True)
    became(session, c, d, FIRST)
    became(session, c, e, FIRST)

    assert merged(session, wards, day=LATER) == {}
    assert heirs(session, wards, day=LATER) == {}
    found = changes(session, wards, after=date(2024, 12, 31))
    assert [(each.unit_id, each.heir_id, each.whole) for each in found] == [
        (a, b, False),
        (c, d, False),
        (c, e, False),
    ]
    assert changes(session, wards, after=FIRST) == []


def test_a_circle_in_the_register_hangs_nothing(
    session: Session, wards: list[int]
) -> None:
    a, b, *_ = wards
    became(session, a, b, FIRST)
    became(session, b, a, LATER)

    assert merged(session, [a], day=LATER) == {b: a}
    assert set(heirs(session, [a, b], day=LATER)) == {a, b}
