"""The form in a browser with JavaScript switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.waiting import Waiting
from tests import cast
from tests.browser import kiosk
from tests.browsing import barriers
from tests.servers import Gunicorn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]


def test_a_tablet_without_scripts_is_paired_rates_and_forgets(
    new_page: Callable[..., Page], server: Gunicorn, session: Session
) -> None:
    world = cast.build_world(session)
    page = new_page(java_script_enabled=False)
    page.goto(f"{server.url}/tablet/")
    page.get_by_role("link", name="Ghép máy này").click()
    page.get_by_label("Mã ghép máy").fill(kiosk.code_for(session, world.tablet))
    page.get_by_role("button", name="Ghép máy này").click()

    for question in ("greeted", "asked", "thanked"):
        page.locator(f"[name={question}][value=yes]").check()
    page.get_by_label("Rất hài lòng").check()
    page.get_by_role("button", name="Gửi").click()
    page.get_by_label("Đúng hẹn").check()
    page.get_by_role("button", name="Xong").click()
    expect(page.get_by_role("heading")).to_have_text("Xin cảm ơn ông/bà!")

    rows = session.execute(select(Waiting.kind, Waiting.channel)).all()
    assert sorted(tuple(row) for row in rows) == [
        ("rating", "form"),
        ("reasons", "form"),
    ]
    page.get_by_role("link", name="Người tiếp theo").click()
    assert page.locator("input:checked").count() == 0
    for _ in range(3):
        page.go_back()
        assert page.locator("input:checked").count() == 0


@pytest.mark.parametrize("size", [kiosk.LANDSCAPE, kiosk.PHONE])
def test_its_pages_keep_nobody_out(
    new_page: Callable[..., Page],
    server: Gunicorn,
    session: Session,
    size: dict[str, int],
) -> None:
    world = cast.build_world(session)
    page = new_page(viewport=size)
    secret = cast.pair(session, world.hall_tablet).secret
    page.context.add_cookies(
        [{"name": "kiosk_tablet", "value": secret, "url": f"{server.url}/tablet/"}]
    )

    for language in ("vi", "en"):
        for name in ("form", "form/remark", "form/thanks", "form/pairing"):
            page.goto(f"{server.url}/tablet/{name}?lang={language}")
            assert barriers(page) == [], (name, language)
