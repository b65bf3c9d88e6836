"""What comes from a tablet is stored exactly once, on both databases, good or bad."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from kiosk.config import parse_room_keys
from kiosk.domain.protocol import parse_request
from kiosk.domain.sealing import KeyRing, bound_to, unpad_raw, unpad_text
from kiosk.domain.storing import Result
from kiosk.domain.sync import Standing
from kiosk.models.base import Base
from kiosk.models.tablets import Receipt
from kiosk.models.waiting import Activity, Ledger, Quarantined, Waiting
from kiosk.web.intake import receive
from tests import cast
from tests.cast import NOON, Device, World
from tests.stores import ROOM_KEYS

RING = KeyRing(parse_room_keys(ROOM_KEYS))


@pytest.fixture
def world(session: Session) -> World:
    return cast.build_world(session)


@pytest.fixture
def device(session: Session, world: World) -> Device:
    return cast.pair(session, world.tablet)


def send(
    session: Session, device: Device, *items: str, **changes: object
) -> tuple[Sequence[Result], Standing]:
    asked = parse_request(cast.envelope(device, *items, **changes).encode())
    return receive(session, ring=RING, enrolled=device.enrolled, asked=asked, now=NOON)


def outcomes(results: Sequence[Result]) -> list[str]:
    return [f"{r.outcome}:{r.reason}" if r.reason else r.outcome for r in results]


def count(session: Session, model: type[Base]) -> int:
    return session.execute(select(func.count()).select_from(model)).scalar_one()


def ledger(session: Session) -> dict[str, int]:
    rows = session.execute(select(Ledger.kind, Ledger.received))
    return {row.kind: row.received for row in rows}


def opened(row: Waiting) -> bytes:
    bound = bound_to(
        unit_id=row.unit_id,
        key=row.key,
        kind=row.kind,
        officer_id=row.officer_id,
        questionnaire=row.questionnaire,
        channel=row.channel,
        day=row.day,
        mark=row.mark,
    )
    return RING.open(row.sealed, bound)


def test_a_rating_is_sealed_receipted_and_counted(
    session: Session, world: World, device: Device
) -> None:
    results, standing = send(
        session, device, cast.rating(device, world.truc_bach, world.hanh)
    )

    waiting = session.scalars(select(Waiting)).one()
    assert outcomes(results) == ["stored"]
    assert (waiting.kind, waiting.officer_id, waiting.mark) == (
        "rating",
        world.hanh,
        None,
    )
    assert (waiting.day, waiting.channel) == (date(2026, 6, 10), "tablet")
    assert opened(waiting) == bytes((1, 2, 3, 4))
    assert ledger(session) == {"rating": 1}
    assert standing == Standing(have_through=1, durable_through=0, need=[], epoch=1)
    activity = session.scalars(select(Activity)).one()
    assert (activity.hour, activity.taps, activity.partials) == (11, 1, 0)


def test_a_remark_becomes_two_rows_that_share_nothing(
    session: Session, world: World, device: Device
) -> None:
    comment = "Cảm ơn chị Ha\u0323nh"  # a decomposed letter

    send(session, device, cast.remark(device, world.truc_bach, None, comment=comment))

    rows = {row.kind: row for row in session.scalars(select(Waiting))}
    assert rows.keys() == {"reasons", "comment"}
    assert opened(rows["reasons"]) == bytes((0b00010001,))
    assert unpad_text(opened(rows["comment"])) == "Cảm ơn chị Hạnh"
    assert rows["reasons"].key != rows["comment"].key
    assert ledger(session) == {"remark": 1, "reasons": 1, "comment": 1}
    assert count(session, Activity) == 0


def test_a_partial_rating_is_kept_and_counted_as_such(
    session: Session, world: World, device: Device
) -> None:
    item = cast.rating(
        device, world.truc_bach, world.hanh, thanked=..., satisfaction=...
    )

    send(session, device, item)

    assert session.scalars(select(Waiting)).one().kind == "partial"
    assert session.scalars(select(Activity)).one().partials == 1


def test_a_resent_rating_is_counted_once(
    session: Session, world: World, device: Device
) -> None:
    item = cast.rating(device, world.truc_bach, world.hanh)
    send(session, device, item)

    results, standing = send(session, device, item, item)

    assert outcomes(results) == ["duplicate", "duplicate"]
    assert count(session, Waiting) == count(session, Receipt) == 1
    assert standing.have_through == 1


def test_the_same_id_with_another_content_stays_out_and_is_kept(
    session: Session, world: World, device: Device
) -> None:
    first = cast.rating(device, world.truc_bach, world.hanh)
    other = json.dumps(json.loads(first) | {"satisfaction": 1})
    send(session, device, first)

    results, _ = send(session, device, other)
    again, _ = send(session, device, other)

    quarantined = session.scalars(select(Quarantined)).one()
    assert outcomes(results) == outcomes(again) == ["conflict:conflict"]
    assert unpad_raw(RING.open(quarantined.sealed, quarantined.key)) == other.encode()
    assert not quarantined.receipted
    assert ledger(session) == {"rating": 1, "quarantined": 1}
    assert opened(session.scalars(select(Waiting)).one())[3] == 4


def test_two_contents_of_one_id_in_one_request_are_judged_in_order(
    session: Session, world: World, device: Device
) -> None:
    first = cast.rating(device, world.truc_bach, world.hanh)
    other = json.dumps(json.loads(first) | {"satisfaction": 1})

    results, _ = send(session, device, first, other, first)

    assert outcomes(results) == ["stored", "conflict:conflict", "duplicate"]


def test_bad_items_are_quarantined_with_their_reason_and_the_others_stored(
    session: Session, world: World, device: Device
) -> None:
    def bad(**changes: object) -> str:
        return cast.rating(device, world.truc_bach, world.hanh, **changes)

    results, standing = send(
        session,
        device,
        bad(satisfaction=6),
        bad(apologised="yes"),
        cast.rating(device, world.truc_bach, world.dung),
        cast.rating(device, world.quan_thanh, world.dung),
        bad(questionnaire=9),
        cast.remark(device, world.truc_bach, world.hanh, reasons=["handsome"]),
        cast.remark(device, world.truc_bach, world.hanh, comment="ế" * 501),
        cast.remark(device, world.truc_bach, world.hanh, comment="a\0"),
        cast.remark(device, world.truc_bach, world.hanh, comment="\ud800"),
        bad(),
    )

    assert outcomes(results) == [
        "quarantined:invalid_satisfaction",
        "quarantined:unknown_field",
        "quarantined:officer_not_posted",
        "quarantined:unit_not_enrolled",
        "quarantined:unknown_questionnaire",
        "quarantined:invalid_reasons",
        "quarantined:comment_too_long",
        "quarantined:comment_has_nul",
        "quarantined:unreadable",
        "stored",
    ]
    assert standing.have_through == 10
    assert ledger(session) == {"rating": 1, "quarantined": 9}
    assert count(session, Receipt) == 10


def test_what_has_no_readable_id_is_kept_once_however_often_it_comes(
    session: Session, world: World, device: Device
) -> None:
    device.next_seq()
    good = cast.rating(device, world.truc_bach, world.hanh)

    for _ in range(2):
        send(session, device, '{"kind": 1}', good)
    results, standing = send(session, device, '{"kind": 1}', good)

    assert outcomes(results) == ["quarantined:invalid_kind", "duplicate"]
    assert count(session, Quarantined) == 1
    assert standing.have_through == 0

    _, standing = send(session, device, gone=[[1, 1]])

    assert standing.have_through == 2


def test_a_queue_from_before_a_move_is_stored_in_the_unit_of_the_tap(
    session: Session, world: World, device: Device
) -> None:
    before = cast.rating(device, world.truc_bach, world.hanh)
    moved = cast.pair(session, world.quan_thanh_tablet, install=device.install)
    moved.seq = device.seq
    after = cast.rating(moved, world.quan_thanh, world.dung)

    results, standing = send(session, moved, before, after)

    rows = {row.unit_id: row.officer_id for row in session.scalars(select(Waiting))}
    assert outcomes(results) == ["stored", "stored"]
    places = {row.unit_id: row.tablet_id for row in session.scalars(select(Activity))}
    assert places == {
        world.truc_bach: world.tablet,
        world.quan_thanh: world.quan_thanh_tablet,
    }
    assert rows == {world.truc_bach: world.hanh, world.quan_thanh: world.dung}
    assert standing.have_through == 2


def test_a_bad_item_sent_again_after_a_move_is_kept_once(
    session: Session, world: World, device: Device
) -> None:
    bad = [
        cast.rating(device, world.truc_bach, world.hanh, satisfaction=11),
        cast.rating(device, world.truc_bach, 999),
        cast.rating(device, world.city, None),
        "42",
    ]
    send(session, device, *bad)
    moved = cast.pair(session, world.quan_thanh_tablet, install=device.install)

    results, standing = send(session, moved, *bad)  # the first answer was lost

    assert [r.outcome for r in results] == [*["duplicate"] * 3, "quarantined"]
    assert {row.unit_id for row in session.scalars(select(Quarantined))} == {
        world.truc_bach
    }
    assert (count(session, Quarantined), count(session, Receipt)) == (4, 3)
    assert ledger(session) == {"quarantined": 4}
    assert standing.have_through == 3


def test_a_tap_after_midnight_by_the_tablets_age_falls_on_its_own_day(
    session: Session, world: World, device: Device
) -> None:
    yesterday = cast.NOON_MS - 13 * 3_600_000

    send(
        session, device, cast.rating(device, world.truc_bach, None, tapped_at=yesterday)
    )

    assert session.scalars(select(Waiting)).one().day == NOON.date() - timedelta(days=1)


def test_two_sends_at_once_store_each_item_once(
    session: Session, world: World, device: Device
) -> None:
    items = [cast.rating(device, world.truc_bach, world.hanh) for _ in range(20)]
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    session.rollback()
    barrier = Barrier(4)

    def at_once(_: int) -> list[str]:
        with Session(engine) as own:
            barrier.wait()
            return outcomes(send(own, device, *items)[0])

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(at_once, range(4)))

    flat = [outcome for answer in answers for outcome in answer]
    assert flat.count("stored") == 20
    assert flat.count("duplicate") == 60
    assert count(session, Waiting) == count(session, Receipt) == 20
    assert ledger(session) == {"rating": 20}
    assert session.scalars(select(Activity.taps)).one() == 20


def test_the_order_of_the_rows_is_not_the_order_of_the_taps(
    session: Session, world: World, device: Device
) -> None:
    said = [f"người thứ {number}" for number in range(25)]
    items = [
        cast.remark(device, world.truc_bach, None, reasons=[], comment=words)
        for words in said
    ]

    send(session, device, *items)

    query = select(Waiting)
    if session.get_bind().dialect.name == "postgresql":
        query = query.order_by(text("ctid"))  # as they lie on the disk
    kept = [unpad_text(opened(row)) for row in session.scalars(query)]
    assert sorted(kept) == sorted(said)
    assert kept != said
