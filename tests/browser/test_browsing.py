"""What the browser fixtures promise: a page's complaint is heard, and a barrier is named."""

import pytest
from playwright.sync_api import Page

from tests.browsing import Complaints, barriers

FRAME = "<!doctype html><html lang=vi><title>T</title><main><h1>Xin chào</h1>{}</main>"
POLICY = "default-src 'none'; script-src 'unsafe-inline'"

pytestmark = pytest.mark.browser


def show(page: Page, content: str) -> None:
    """Opens a page with this content, as if a server with our policy had sent it."""
    headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
    body = FRAME.format(content)
    page.route(
        "http://kiosk.test/", lambda route: route.fulfill(body=body, headers=headers)
    )
    page.goto("http://kiosk.test/")


def test_a_quiet_page_has_no_complaint_and_no_barrier(
    page: Page, complaints: Complaints
) -> None:
    show(page, "<p>Mời ông/bà</p>")

    assert barriers(page) == []
    assert not complaints


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ("<p style='color: red'>Đỏ</p>", "CSP: style-src"),
        ("<script>console.warn('careful')</script>", "careful"),
        ("<script>throw new Error('broken')</script>", "uncaught: broken"),
    ],
)
def test_a_complaint_is_heard_unless_the_test_forgives_it(
    page: Page, complaints: Complaints, content: str, heard: str
) -> None:
    show(page, content)

    assert any(heard in complaint for complaint in complaints), [*complaints]
    complaints.forgive("")


def test_a_field_without_a_label_is_a_barrier(page: Page) -> None:
    show(page, "<input>")

    assert any(barrier.startswith("label: ") for barrier in barriers(page))


def test_a_reset_is_a_complaint_unless_a_server_was_stopped() -> None:
    complaints = Complaints()
    complaints.append("net::ERR_CONNECTION_RESET")
    heard = [*complaints]

    complaints.append("net::ERR_CONNECTION_REFUSED")
    complaints.forgive_absence()
    complaints.append("net::ERR_CONNECTION_RESET")

    assert heard == ["net::ERR_CONNECTION_RESET"]
    assert not complaints
