"""The fleet page: how all tablets stand, what is safe in backups, and what lies kept apart."""

import re
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain import backups
from kiosk.models.tablets import Contact, Tablet, TabletCounter
from kiosk.models.waiting import Quarantined
from tests import cast, people
from tests.cast import NOON, World
from tests.pages import visit

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
FLEET = "/admin/tablets"


@pytest.fixture
def world(session: Session) -> Iterator[World]:
    with time_machine.travel(NOON, tick=False):
        world = cast.build_world(session)
        people.appoint(session, world)
        yield world


@pytest.fixture
def client(app: Flask, world: World) -> FlaskClient:
    client = app.test_client()
    people.sign_in(client, "quantri")
    return client


def heard(session: Session, tablet_id: int, **changes: object) -> None:
    """Pair a device with the place; it was heard with these words of itself."""
    device = cast.pair(session, tablet_id)
    values = {
        "unit_id": device.enrolled.unit_id,
        "enrolment_id": device.enrolled.id,
        "seen_at": NOON,
        "queued": 0,
        "queued_before": 0,
        "persisted": True,
        "client": "1.0",
        "skew": 0,
        "have_through": 0,
        "gone": 0,
        "durable_through": 0,
    }
    session.add(Contact(**(values | changes)))
    session.commit()


def apart(session: Session, unit_id: int, reason: str, count: int) -> None:
    for _ in range(count):
        session.add(
            Quarantined(
                unit_id=unit_id,
                key=secrets.token_bytes(16),
                day=NOON.date(),
                reason=reason,
                receipted=True,
                sealed=b"never shown",
            )
        )
    session.commit()


def places(text: str) -> list[str]:
    """The labels of the places on a page, in their order."""
    return re.findall(r'href="/admin/tablets/\d+">([^<]+)</a>\s*(?:<small|</th>)', text)


def test_the_page_says_how_each_tablet_stands(
    client: FlaskClient, session: Session, world: World
) -> None:
    heard(session, world.tablet, queued=3)
    late = NOON - timedelta(days=8)
    heard(session, world.hall_tablet, seen_at=late)

    page = visit(client, FLEET)

    in_use = r"Quầy số 1</a>.*?Đang dùng.*?12:00.10/06/2026.*?>\s*3\s*<.*?đúng giờ"
    assert re.search(in_use, page.text, re.DOTALL)
    silent = r"Sảnh</a>.*?Quầy số 1, Quầy số 2.*?Mất liên lạc"
    assert re.search(silent, page.text, re.DOTALL)
    assert "3 vị trí đặt máy · 2 máy đã ghép · 1 máy mất liên lạc" in page.text
    assert "Chưa ghép" in page.text


@one_store
def test_each_trouble_is_named_where_it_stands(
    client: FlaskClient, session: Session, world: World
) -> None:
    heard(
        session,
        world.tablet,
        queued=80,
        queued_before=60,
        skew=-26 * 3_600_000,
        persisted=False,
        gone=4,
        client="0.9",
    )
    heard(session, world.hall_tablet)

    for address in (f"{FLEET}?lang=en", f"{FLEET}/{world.tablet}"):
        page = visit(client, address, language="en").text
        for words in ("growing", "26 hours behind", "not promised", "4 given up"):
            assert words in page, (address, words)
        assert re.search(r"0\.9 <span[^>]*>.*?old</span>", page)


@one_store
def test_a_wiped_tablet_says_when_it_was_and_how_many_were_lost(
    client: FlaskClient, session: Session, world: World
) -> None:
    heard(session, world.tablet, lost=1200, wiped_at=NOON)
    heard(session, world.hall_tablet)

    wiped = visit(client, f"{FLEET}?state=wiped").text
    one = visit(client, f"{FLEET}/{world.tablet}").text

    assert places(wiped) == ["Quầy số 1"]
    assert re.search(r"Bộ nhớ bị xoá <b>1</b>", wiped)
    for page in (wiped, one):
        assert "mất 1.200 lượt" in page and "bị xoá ngày 10/06/2026" in page
    assert re.search(r"Đã mất do trình duyệt xoá bộ nhớ</dt><dd>1.200</dd>", one)


@one_store
def test_a_state_is_shown_alone_and_its_count_says_how_many(
    client: FlaskClient, session: Session, world: World
) -> None:
    heard(session, world.tablet, persisted=False)
    heard(session, world.hall_tablet)

    every = visit(client, FLEET).text
    storage = visit(client, f"{FLEET}?state=storage").text
    nothing = visit(client, f"{FLEET}?state=clock").text
    unknown = visit(client, f"{FLEET}?state=made-up&sort=made-up&unit=x").text

    assert len(places(every)) == len(places(unknown)) == 3
    assert places(storage) == ["Quầy số 1"]
    assert re.search(r'aria-current="true">Lưu trữ chưa bảo đảm <b>1</b>', storage)
    assert "Không có máy nào ở tình trạng này." in nothing and places(nothing) == []


@one_store
def test_the_order_stands_in_the_address(
    client: FlaskClient, session: Session, world: World
) -> None:
    heard(session, world.tablet, queued=1)
    heard(session, world.hall_tablet, queued=7)
    heard(session, world.quan_thanh_tablet, queued=40)

    by_unit = visit(client, FLEET).text
    by_queue = visit(client, f"{FLEET}?sort=queue").text

    assert "rowgroup" in by_unit and "rowgroup" not in by_queue
    assert re.findall(r'number">\s*(\d+)\s*</td>', by_queue) == ["40", "7", "1"]
    assert re.search(r'aria-sort="descending">\s*<a[^>]*>Chờ gửi', by_queue)
    assert '<option selected value="queue">' in by_queue


@one_store
def test_a_filter_keeps_the_unit_the_order_and_the_state(
    client: FlaskClient, session: Session, world: World
) -> None:
    heard(session, world.quan_thanh_tablet, gone=1)
    address = f"{FLEET}?unit={world.quan_thanh}&state=gone&sort=heard"

    page = visit(client, address).text

    assert places(page) == ["Sảnh"]
    assert f"unit={world.quan_thanh}&amp;state=attention&amp;sort=heard" in page
    assert f"unit={world.quan_thanh}&amp;state=gone&amp;sort=clock" in page
    assert re.search(r'<input[^>]*name="state"[^>]*value="gone"', page)


@one_store
def test_one_unit_can_be_shown_alone(client: FlaskClient, world: World) -> None:
    page = visit(client, f"{FLEET}?unit={world.quan_thanh}").text
    every = visit(client, f"{FLEET}?unit=999").text

    assert places(page) == ["Sảnh"]
    assert len(places(every)) == 3


@one_store
def test_without_a_place_the_page_says_what_to_do(
    client: FlaskClient, session: Session
) -> None:
    session.execute(delete(TabletCounter))
    session.execute(delete(Tablet))
    session.commit()

    page = visit(client, FLEET).text

    assert "Chưa có vị trí đặt máy nào." in page
    assert "Chưa có bản sao lưu nào." in page
    assert "Không có lượt nào phải để riêng." in page


def test_the_last_backup_and_what_is_safe_in_all_of_them_are_told(
    client: FlaskClient, session: Session, world: World, tmp_path: Path
) -> None:
    heard(session, world.tablet, have_through=1500, durable_through=1200)
    none = visit(client, FLEET).text
    for days_ago in (9, 1):
        made_at = NOON - timedelta(days=days_ago)
        backups.record(
            session, path=tmp_path / f"{days_ago}", made_at=made_at, marks={}
        )
    session.commit()

    page = visit(client, FLEET).text

    assert "Chưa có bản sao lưu nào</a>" in none and "cần sao lưu ngay" in none
    assert re.search(r"Sao lưu gần nhất: 12:00.09/06/2026", page)
    assert "cần sao lưu ngay" not in page
    assert "2 bản, bản cũ nhất ngày 01/06/2026" in page
    assert "1.200 trên 1.500 lượt" in page


@one_store
def test_a_backup_of_two_days_ago_is_too_old(
    client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    made_at = NOON - timedelta(days=2, minutes=1)
    backups.record(session, path=tmp_path / "a", made_at=made_at, marks={})
    session.commit()

    page = visit(client, FLEET).text

    assert "cần sao lưu ngay" in page and "đã quá hai ngày" in page


def test_what_lies_apart_is_counted_by_unit_in_words_and_never_shown(
    client: FlaskClient, session: Session, world: World
) -> None:
    apart(session, world.truc_bach, "officer_not_posted", 3)
    apart(session, world.quan_thanh, "invalid_asked", 1)

    every = visit(client, FLEET).text
    one = visit(client, f"{FLEET}?unit={world.quan_thanh}").text

    assert "4 lượt để riêng" in every and "1 lượt để riêng" in one
    words = r"<b[^>]*>3</b> <span>cán bộ chưa có trong danh mục của đơn vị"
    assert re.search(rf"<h3>Phường Trúc Bạch</h3>.*?{words}", every, re.DOTALL)
    assert "cán bộ chưa có trong sổ" not in one and "invalid_asked" in one
    assert "never shown" not in every
