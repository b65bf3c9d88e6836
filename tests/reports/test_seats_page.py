"""The page of seats: what was said on a tablet, when, where from, and what was not accepted."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kiosk.models.organisation import SeatChange
from tests.pages import visit
from tests.reports.city import JUNE, City
from tests.reports.reading import words_of

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
AT = datetime(2026, 6, 10, 1, 30, tzinfo=UTC)  # 08:30 in Hà Nội


def said(session: Session, city: City, **changes: object) -> None:
    world = city.world
    values = {
        "change": uuid4().bytes,
        "unit_id": world.truc_bach,
        "tablet_id": world.hall_tablet,
        "counter_id": world.counter,
        "officer_id": world.bao,
        "at": AT,
        "arrived_at": AT,
    }
    session.add(SeatChange(**(values | changes)))
    session.commit()


def page(city: City, query: str = JUNE) -> str:
    return f"/reports/units/{city.world.truc_bach}/seats?{query}"


def test_a_head_sees_who_was_seated_when_and_from_which_tablet(
    head: FlaskClient, session: Session, city: City
) -> None:
    said(session, city)
    said(session, city, officer_id=None, arrived_at=AT + timedelta(days=2))
    said(session, city, mark="clock_disagrees")
    said(session, city, officer_id=None, refusal="officer_not_posted")

    words = words_of(visit(head, page(city)).text)

    assert "08:30" in words and "Trần Quốc Bảo" in words and "Sảnh" in words
    assert "không có ai" in words and "Thực hiện khi mất mạng" in words
    assert "Không được chấp nhận" in words and "Đồng hồ của máy" in words


@one_store
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_period_says_why(
    head: FlaskClient, session: Session, city: City, language: str
) -> None:
    said(session, city, at=AT + timedelta(days=30))

    visit(head, f"{page(city)}&lang={language}", language=language)
    shown = visit(head, page(city), language=language)

    assert "Trần Quốc Bảo" not in words_of(shown.text)
    assert ".xlsx" in shown.text
    assert f"/units/{city.world.truc_bach}/seats" in shown.text


@one_store
def test_the_file_holds_what_the_page_holds(
    head: FlaskClient, session: Session, city: City
) -> None:
    said(session, city, refusal="officer_not_posted", officer_id=None)

    answer = head.get(page(city).replace("/seats?", "/seats.csv?"))

    first, row = answer.data.decode("utf-8-sig").splitlines()
    assert first.startswith("Từ lúc;Quầy;Cán bộ;")
    assert row.startswith("08:30") and "Không được chấp nhận: hôm đó" in row
    other = page(city).replace(str(city.world.truc_bach), str(city.world.quan_thanh), 1)
    assert head.get(other.replace("/seats?", "/seats.csv?")).status_code == 404


@one_store
def test_another_units_seats_are_not_found(head: FlaskClient, city: City) -> None:
    visit(head, f"/reports/units/{city.world.quan_thanh}/seats?{JUNE}", status=404)
