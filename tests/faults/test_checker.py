"""The checker finds what it is there to find: each fault is planted once."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kiosk.domain.cutting import open_row
from kiosk.domain.sealing import bound_to
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Waiting
from tests.faults.checker import Verdict, check
from tests.faults.citizens import citizen
from tests.faults.inside import deliver
from tests.faults.stage import RING, Stage, pair_tablets
from tests.faults.tablet import Tablet

pytestmark = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


@pytest.fixture
def tablets(stage: Stage, client: FlaskClient) -> list[Tablet]:
    """Two tablets that have delivered sixty items each."""
    tablets = pair_tablets(stage, 2, seed=3)
    for tablet in tablets:
        for _ in range(60):
            tablet.tap(citizen(tablet.random, stage.officers(tablet.unit)))
        deliver(tablet, client)
    return tablets


def check_after(
    session: Session, tablets: list[Tablet], plant: Callable[[], object]
) -> Verdict:
    plant()
    session.commit()
    return check(session, RING, tablets)


def resealed(row: Waiting) -> Waiting:
    """The same answers once more, under another key."""
    columns = {column.name: getattr(row, column.name) for column in row.__table__.c}
    bound = {name: value for name, value in columns.items() if name != "sealed"}
    bound |= {"key": Random(1).randbytes(16)}
    sealed = RING.seal(open_row(RING, row.unit_id, row), bound_to(**bound))
    return Waiting(**columns | {"key": bound["key"], "sealed": sealed})


def test_a_store_that_holds_everything_once_is_clean(
    session: Session, tablets: list[Tablet]
) -> None:
    verdict = check(session, RING, tablets)

    assert verdict == Verdict(120, 120, 0, 0, 0, 0, 0, 0, 0)
    assert verdict.clean


def test_an_acknowledged_item_without_a_receipt_is_lost(
    session: Session, tablets: list[Tablet]
) -> None:
    one = tablets[0].tapped[7].id.bytes

    verdict = check_after(
        session,
        tablets,
        lambda: session.execute(delete(Receipt).where(Receipt.item_id == one)),
    )

    assert verdict.lost == 1
    assert verdict.unbalanced > 0


def test_what_was_acknowledged_and_is_asked_for_again_was_lost(
    session: Session, tablets: list[Tablet]
) -> None:
    tablets[0].asked_again = 3

    assert check(session, RING, tablets).lost == 3


def test_a_receipt_without_its_row_is_half_written(
    session: Session, tablets: list[Tablet]
) -> None:
    row = session.scalars(select(Waiting).where(Waiting.kind == "comment")).first()

    verdict = check_after(session, tablets, lambda: session.delete(row))

    assert verdict.half_written == 1
    assert verdict.unbalanced == 1


def test_a_row_too_many_is_doubled(session: Session, tablets: list[Tablet]) -> None:
    row = session.scalars(select(Waiting).where(Waiting.kind == "rating")).first()
    assert row is not None

    verdict = check_after(session, tablets, lambda: session.add(resealed(row)))

    assert verdict.doubled == 1
    assert verdict.unbalanced == 1


def test_another_digest_is_another_text(
    session: Session, tablets: list[Tablet]
) -> None:
    one = tablets[0].tapped[7].id.bytes

    verdict = check_after(
        session,
        tablets,
        lambda: session.execute(
            update(Receipt).where(Receipt.item_id == one).values(digest=bytes(32))
        ),
    )

    assert replace(verdict, altered=0).clean
    assert verdict.altered == 1
