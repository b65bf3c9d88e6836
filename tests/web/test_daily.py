"""The release by the application itself: once a day, after an answer, and nobody waits for it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from kiosk.models.blocks import Block, ReleaseRun
from kiosk.models.waiting import Waiting
from kiosk.web.daily import Daily
from tests import cast, stores
from tests.cast import NOON

SIX = datetime(2026, 6, 10, 23, 0, tzinfo=UTC)  # 06:00 of the 11th in Hà Nội


@pytest.fixture
def watched(environment: dict[str, str]) -> Iterator[Flask]:
    app = stores.application(environment | {"KIOSK_AUTO_RELEASE": "1"})
    yield app
    stores.dispose(app)


def daily(app: Flask) -> Daily:
    (watch,) = [f for f in app.after_request_funcs[None] if hasattr(f, "__self__")]
    found = watch.__self__
    assert isinstance(found, Daily)
    return found


def send_ratings(app: Flask, session: Session, number: int) -> None:
    world = cast.build_world(session)
    device = cast.pair(session, world.tablet)
    items = [cast.rating(device, world.truc_bach, world.hanh) for _ in range(number)]
    client = app.test_client()
    client.set_cookie("kiosk_tablet", device.secret, path="/tablet/")
    with time_machine.travel(NOON, tick=False):
        reply = client.post(
            "/tablet/sync",
            data=cast.envelope(device, *items),
            content_type="application/json",
        )
    assert reply.status_code == 200


def count(session: Session, model: type) -> int:
    session.rollback()
    return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_the_first_answer_after_six_releases_yesterday(
    watched: Flask, session: Session
) -> None:
    send_ratings(watched, session, 12)

    thread = daily(watched).start(SIX)

    assert thread is not None
    thread.join(30)
    assert (count(session, Block), count(session, Waiting)) == (1, 0)
    assert session.scalars(select(ReleaseRun.day)).first() == SIX.date() + timedelta(
        days=1
    )


def test_before_six_nothing_is_released(watched: Flask, session: Session) -> None:
    send_ratings(watched, session, 12)

    assert daily(watched).start(SIX - timedelta(seconds=1)) is None
    assert count(session, ReleaseRun) == 0


def test_an_answer_sets_it_off_only_once_in_ten_minutes(
    watched: Flask, session: Session
) -> None:
    cast.build_world(session)
    started: list[datetime] = []
    watch = daily(watched)
    begin = watch.start

    def counted(now: datetime) -> object:
        started.append(now)
        thread = begin(now)
        assert thread is not None
        thread.join(30)
        return thread

    watched.extensions["started"] = started
    object.__setattr__(watch, "start", counted)
    client = watched.test_client()
    with time_machine.travel(SIX, tick=False) as clock:
        for minutes in (0, 1, 8, 2):
            clock.shift(timedelta(minutes=minutes))
            client.get("/sign-in").close()

    assert started == [SIX, SIX + timedelta(minutes=11)]


def test_a_failing_release_is_logged_and_the_page_is_none_the_wiser(
    watched: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    cast.build_world(session)
    session.execute(text("DROP TABLE waiting"))
    session.commit()

    thread = daily(watched).start(SIX)

    assert thread is not None
    thread.join(30)
    assert "release of unit" in caplog.text
    assert watched.test_client().get("/sign-in").status_code == 200
