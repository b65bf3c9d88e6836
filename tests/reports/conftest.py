"""A client of each reader, on 1 July 2026, before the figures of the small city."""

from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.reports.city import TODAY, City, build_city, sign_in


@pytest.fixture
def on_1_july() -> Iterator[None]:
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def city(on_1_july: None, session: Session) -> City:
    return build_city(session)


@pytest.fixture
def head(city: City, client: FlaskClient) -> FlaskClient:
    sign_in(client, "head")
    return client


@pytest.fixture
def delegation(city: City, client: FlaskClient) -> FlaskClient:
    sign_in(client, "delegation")
    return client
