"""Dates and figures as people write them in either language."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from kiosk.web import filters, language

LATE = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)  # 00:05 of the 23rd in Hà Nội


@pytest.fixture
def bare() -> Flask:
    app = Flask(__name__)
    language.init_app(app)
    filters.init_app(app)
    return app


@pytest.fixture
def vietnamese(bare: Flask) -> Iterator[None]:
    with bare.test_request_context("/"):
        yield


@pytest.fixture
def english(bare: Flask) -> Iterator[None]:
    with bare.test_request_context("/?lang=en"):
        yield


@pytest.mark.usefixtures("vietnamese")
def test_vietnamese_dates_and_figures() -> None:
    assert filters.day(date(2026, 1, 5)) == "05/01/2026"
    assert filters.moment(LATE) == "00:05\N{NO-BREAK SPACE}23/11/2026"
    assert filters.number(12345.678, 1) == "12.345,7"
    assert filters.percent(0.845) == "84,5\N{NO-BREAK SPACE}%"
    assert filters.percent(1, 0) == "100\N{NO-BREAK SPACE}%"


@pytest.mark.usefixtures("english")
def test_english_dates_and_figures() -> None:
    assert filters.day(date(2026, 1, 5)) == "5 Jan 2026"
    assert filters.moment(LATE) == "00:05\N{NO-BREAK SPACE}23 Nov 2026"
    assert filters.number(12345) == "12,345"
    assert filters.percent(0.845) == "84.5%"


@pytest.mark.usefixtures("vietnamese")
def test_an_instant_is_dated_in_vietnam_not_at_greenwich() -> None:
    assert filters.day(LATE) == "23/11/2026"
    assert filters.hour(LATE) == "00:05"


def test_templates_know_the_filters(bare: Flask) -> None:
    with bare.test_request_context("/"):
        shown = bare.jinja_env.from_string("{{ 0.5|percent(0) }}").render()

    assert shown == "50\N{NO-BREAK SPACE}%"
