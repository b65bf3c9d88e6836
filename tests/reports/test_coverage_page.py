"""The page of coverage: a tablet that was put away shows, and nothing of an answer does."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kiosk.domain.calendar import HANOI
from kiosk.domain.release import release_unit
from kiosk.models.organisation import OpeningHours
from kiosk.models.tablets import Contact, Enrolment
from kiosk.models.waiting import Activity
from tests.domain.waiting_room import RING
from tests.pages import visit
from tests.reports.city import JUNE, City
from tests.reports.reading import figures_of, links_of, words_of
from tests.reports.released import add_month, add_week

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
MONDAYS = [date(2026, 6, 1) + timedelta(weeks=at) for at in range(4)]
MORNING, AFTERNOON = (time(8), time(11, 30)), (time(13, 30), time(17))


def page(city: City, query: str = JUNE) -> str:
    return f"/reports/units/{city.world.truc_bach}/coverage?{query}"


def add_hours(session: Session, city: City) -> None:
    session.add_all(
        OpeningHours(
            unit_id=city.world.truc_bach,
            weekday=weekday,
            opens=opens,
            closes=closes,
            first_day=date(2020, 1, 1),
        )
        for weekday in range(5)
        for opens, closes in (MORNING, AFTERNOON)
    )


def tapped(
    session: Session, city: City, tablet_id: int, days: Callable[[date], bool]
) -> None:
    """A paired tablet that was tapped in every opening hour of the days, from 4 May to 30 June."""
    unit_id = city.world.truc_bach
    session.add(
        Enrolment(
            id=tablet_id,
            install=bytes(16),
            tablet_id=tablet_id,
            unit_id=unit_id,
            secret_hash=tablet_id.to_bytes(32),
            began_at=datetime(2026, 5, 1, tzinfo=UTC),
        )
    )
    session.flush()
    session.add(
        Contact(
            unit_id=unit_id,
            enrolment_id=tablet_id,
            seen_at=datetime(2026, 7, 1, tzinfo=UTC),
            queued=0,
            persisted=True,
            client="1",
            have_through=0,
            gone=0,
            durable_through=0,
        )
    )
    every = [date(2026, 5, 4) + timedelta(days=at) for at in range(58)]
    session.add_all(
        Activity(
            unit_id=unit_id, tablet_id=tablet_id, day=day, hour=hour, taps=2, partials=0
        )
        for day in every
        if day.weekday() < 5 and days(day)
        for hour in (8, 9, 10, 13, 14, 15, 16)
    )


def test_a_tablet_put_away_for_two_weeks_is_named_and_seen(
    head: FlaskClient, city: City, session: Session
) -> None:
    away = date(2026, 6, 8), date(2026, 6, 21)
    add_hours(session, city)
    tapped(session, city, city.world.tablet, lambda day: True)
    tapped(
        session, city, city.world.hall_tablet, lambda day: not away[0] <= day <= away[1]
    )
    session.commit()
    now = datetime(2026, 7, 1, 7, tzinfo=HANOI)
    release_unit(session, unit_id=city.world.truc_bach, ring=RING, k=5, now=now)
    session.commit()

    html = visit(head, page(city)).text

    found = words_of(html)
    assert (
        "Sảnh không có lượt nào từ 08/06/2026 đến 21/06/2026, dù bộ phận một cửa mở cửa 70 giờ."
        in found
    )
    assert "Quầy số 1 không có lượt nào" not in found
    assert "Sảnh Tuần 24 · 8/6 – 14/6/2026 0" in found
    weeks = figures_of(html)[0]["wide"]
    odd = [trace for trace in weeks["data"] if trace.get("text") == ["0", "0"]]
    (away_bars,) = odd
    titles = [note["text"] for note in weeks["layout"]["annotations"]]
    assert titles[0::2] == ["Quầy số 1", "Sảnh"]
    assert away_bars["xaxis"] == "x2"
    assert (
        "Giờ mở cửa theo danh mục: Thứ Hai – Thứ Sáu: 08:00–11:30, 13:30–17:00."
        in found
    )


@one_store
def test_figures_are_sums_over_the_weeks_that_begin_in_the_period(
    head: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    for monday in (date(2026, 5, 25), *MONDAYS):
        add_week(session, world.truc_bach, world.tablet, monday, taps=50, silent=7)
    add_month(session, world.truc_bach, world.tablet, date(2026, 6, 1), partials=6)
    session.commit()

    found = words_of(visit(head, page(city, f"{JUNE}&lang=vi")).text)

    assert "các máy ghi nhận 200 lượt. Trong 140 giờ mở cửa" in found
    assert "28 giờ ( 20 % ) nằm trong những quãng im lặng" in found
    assert "Quầy số 1 200 140 4 28 20 % 0 6" in found


@one_store
def test_fewer_than_five_partial_ratings_are_never_a_number(
    head: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    add_week(session, world.truc_bach, world.tablet, MONDAYS[0])
    hours = {(8, 9): 31, (10, 13): 6}
    add_month(session, world.truc_bach, world.tablet, date(2026, 6, 1), hours=hours)
    session.commit()

    html = visit(head, page(city)).text

    assert "dưới 5" in words_of(html)
    (strips,) = figures_of(html)[1]["wide"]["data"]
    assert strips["text"] == ["31", "6"]
    assert "10:00–14:00 6" in words_of(html)


def test_what_was_reported_after_the_day_is_not_seen(
    head: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    for monday in MONDAYS:
        add_week(session, world.truc_bach, world.tablet, monday, taps=50)
    session.commit()

    found = visit(head, page(city, "period=2026-06&as_of=2026-06-21")).text

    assert "các máy ghi nhận <strong>100</strong> lượt" in found


@one_store
def test_where_nothing_is_reported_that_is_explained(
    head: FlaskClient, city: City
) -> None:
    html = visit(head, page(city)).text

    assert "Chưa có số liệu của tháng 6/2026." in html
    assert "Chưa đăng ký giờ mở cửa; tạm tính theo giờ hành chính:" in html
    assert not figures_of(html)


def test_a_delegation_sees_units_and_who_was_away_in_them(
    delegation: FlaskClient, city: City, session: Session
) -> None:
    world = city.world
    for monday in MONDAYS:
        add_week(session, world.truc_bach, world.tablet, monday)
        add_week(session, world.truc_bach, world.hall_tablet, monday)
        add_week(
            session,
            world.quan_thanh,
            world.quan_thanh_tablet,
            monday,
            taps=0 if monday == MONDAYS[1] else 40,
        )
    session.commit()

    html = visit(delegation, f"/reports/coverage?{JUNE}&lang=en", language="en").text

    found = words_of(html)
    assert "Phường Quán Thánh, Sảnh was not tapped once from 8 Jun 2026 to" in found
    assert "Phường Trúc Bạch 2 480 280 8 24 9% 0" in found
    assert "Phường Kim Mã not reported" in found
    assert f"/reports/units/{world.truc_bach}/coverage?{JUNE}" in " ".join(
        links_of(html)
    )


@one_store
def test_other_units_are_not_found(head: FlaskClient, city: City) -> None:
    for unit_id in (city.world.quan_thanh, city.world.district, 9999):
        visit(head, f"/reports/units/{unit_id}/coverage?{JUNE}", status=404)


@one_store
def test_an_address_without_a_period_is_completed(
    head: FlaskClient, city: City
) -> None:
    response = head.get(page(city, "lang=en"))

    assert response.status_code == 302
    assert response.location == f"{page(city)}&lang=en"
