"""The page of targets: a unit's own or those of the unit above, against its released figures."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.pages import visit
from tests.reports.city import JUNE, City, promise
from tests.reports.reading import figures_of, links_of, words_of

one_store = pytest.mark.parametrize("environment", ["sqlite"], indirect=True)


def ward(city: City, query: str = JUNE) -> str:
    return f"/reports/units/{city.world.truc_bach}/targets?{query}&lang=en"


def test_a_ward_has_the_targets_of_the_district_and_higher_ones_of_its_own(
    head: FlaskClient, city: City, session: Session
) -> None:
    promise(session, city.world.district, all_three=0.6, greeted=0.5, asked=0.9)
    promise(session, city.world.truc_bach, greeted=0.99)

    html = visit(head, ward(city), language="en").text
    words = words_of(html)

    assert "Targets for 2026 clearly reached in June 2026: 1 of 3." in words
    assert "Clearly below the target: Greeting and Asking" in words
    (figure,) = figures_of(html)
    assert figure["wide"]["data"][1]["x"] == [60, 99, 90]


@one_store
def test_a_delegation_sees_every_ward_by_indicator(
    delegation: FlaskClient, city: City, session: Session
) -> None:
    promise(session, city.world.city, all_three=0.6, satisfied=0.5)

    html = visit(delegation, f"/reports/targets?{JUNE}").text

    assert len(figures_of(html)) == 2
    assert any(
        f"/reports/units/{city.kim_ma}/targets" in link for link in links_of(html)
    )
    assert "Phường Kim Mã" in words_of(html)


@one_store
def test_without_targets_the_page_says_who_enters_them(
    head: FlaskClient, city: City
) -> None:
    words = words_of(visit(head, ward(city), language="en").text)

    assert "For 2026 no targets are entered." in words
    assert "targets.csv" in words


@one_store
def test_targets_of_another_year_do_not_count(
    head: FlaskClient, city: City, session: Session
) -> None:
    promise(session, city.world.truc_bach, all_three=0.6)

    words = words_of(
        visit(head, ward(city, "period=2025-06&as_of=2026-07-01"), language="en").text
    )

    assert "For 2025 no targets are entered." in words


@one_store
def test_a_target_without_figures_says_when_they_may_come(
    head: FlaskClient, city: City, session: Session
) -> None:
    promise(session, city.world.truc_bach, all_three=0.6)

    words = words_of(
        visit(head, ward(city, "period=2026-02&as_of=2026-07-01"), language="en").text
    )

    assert "Nothing was published for February 2026" in words
    assert "too few to say" in words


@one_store
def test_the_file_holds_what_the_page_holds(
    head: FlaskClient, city: City, session: Session
) -> None:
    promise(session, city.world.truc_bach, all_three=0.6)

    answer = head.get(ward(city).replace("/targets?", "/targets.csv?"))

    assert answer.status_code == 200
    assert "60" in answer.text


@one_store
def test_another_ward_is_not_found(head: FlaskClient, city: City) -> None:
    answer = head.get(f"/reports/units/{city.kim_ma}/targets?{JUNE}")

    assert answer.status_code == 404
