"""Who neither sees nor touches the screen rates by keyboard and hears every screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.waiting import Waiting
from tests import cast
from tests.browser import kiosk, reader
from tests.browsing import Complaints
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]


def test_the_whole_journey_is_told_and_made_by_keyboard_in_both_languages(
    new_page: Callable[..., Page],
    server: Gunicorn,
    session: Session,
    complaints: Complaints,
) -> None:
    world = cast.build_world(session)
    page = new_page(viewport=kiosk.LANDSCAPE)
    kiosk.pair(page, server.url, kiosk.code_for(session, world.hall_tablet))
    complaints.forgive("401")  # it asked for its desk before it was paired

    found = [
        f"{language}, {screen.name}: {fault}"
        for language in reader.WORDS
        for screen in reader.journey(page, language)
        for fault in screen.faults
    ]

    assert not found, "\n".join(found)
    kiosk.sent(page)
    session.rollback()
    kinds = sorted(session.scalars(select(Waiting.kind)))
    assert kinds == ["comment", "comment", "rating", "rating", "reasons", "reasons"]
