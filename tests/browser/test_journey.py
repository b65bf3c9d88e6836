"""The main job, end to end: citizens' taps become a ward's report, through real servers.

A tablet is paired in the console; citizens tap while the server is away; it comes back and takes
the queue; the release publishes one block; the head and a delegation read it.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import HANOI
from kiosk.models.blocks import Block
from kiosk.models.waiting import Waiting
from kiosk.web import clock
from tests import cast, people
from tests.browser import kiosk
from tests.browsing import Complaints
from tests.servers import ROOT, Gunicorn

CITIZENS = 10
ANSWERS = ("yes", "no", "yes", 5)


def sign_in(page: Page, server: Gunicorn, role: str) -> None:
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Tên đăng nhập").fill(people.NAMES[role])
    page.get_by_label("Mật khẩu").fill(people.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def code_from_the_console(page: Page, server: Gunicorn) -> str:
    """As the administrator does it: the place, then a new code."""
    sign_in(page, server, "administrator")
    page.get_by_role("link", name="Quầy số 1").first.click()
    page.get_by_role("button", name="Tạo mã").click()
    return page.locator(".code__letters").inner_text().replace(" ", "")


def flask(environment: dict[str, str], *words: str) -> str:
    """A command as an operator runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "kiosk", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rate_while_the_server_is_away(
    tablet: Page, server: Gunicorn, day: datetime
) -> None:
    server.stop()
    tablet.clock.set_system_time(day)
    for _ in range(CITIZENS):
        kiosk.tap(tablet, *ANSWERS)
        expect(tablet.get_by_role("heading")).to_contain_text("Xin cảm ơn")
        tablet.wait_for_timeout(kiosk.GUARD)
        tablet.get_by_role("button", name="Xong").click()
    tablet.clock.set_system_time(clock.now())
    server.start()
    tablet.reload()  # the queue outlives the page, and a new page does not back off
    kiosk.sent(tablet)


def check_the_only_block(session: Session) -> None:
    block = session.scalars(select(Block)).one()
    counts = (block.n, block.greeted_yes, block.asked_no, block.level_5)
    assert counts == (CITIZENS,) * 4
    assert session.scalars(select(Waiting)).all() == []
    session.rollback()


def read_as_a_delegation(page: Page, server: Gunicorn, month: str) -> None:
    sign_in(page, server, "delegation")
    page.goto(f"{server.url}/reports/overview?period={month}")
    expect(page.get_by_role("row", name="Phường Trúc Bạch").first).to_be_visible()
    refused = page.goto(f"{server.url}/admin/tablets")
    assert refused is not None
    assert refused.status == 403


@pytest.mark.browser
def test_the_taps_of_ten_citizens_become_a_report(
    environment: dict[str, str],
    server: Gunicorn,
    session: Session,
    new_page: Callable[..., Page],
    complaints: Complaints,
) -> None:
    world = cast.build_world(session)
    people.appoint(session, world)
    yesterday = clock.now() - timedelta(days=1)
    tablet = new_page(viewport=kiosk.LANDSCAPE)
    kiosk.pair(tablet, server.url, code_from_the_console(new_page(), server))
    complaints.forgive("401")

    rate_while_the_server_is_away(tablet, server, yesterday)
    complaints.forgive_absence()

    head = new_page()
    sign_in(head, server, "head")
    month = f"{yesterday.astimezone(HANOI):%Y-%m}"
    report = f"{server.url}/reports/units/{world.truc_bach}?period={month}"
    head.goto(report)
    expect(head.locator("main")).to_contain_text("Chưa")
    expect(head.locator("main")).not_to_contain_text("10 lượt")

    assert "10 counted" in flask(environment, "release")
    flask(environment, "balance")
    check_the_only_block(session)
    head.reload()
    expect(head.locator("main")).to_contain_text("Nguyễn Thị Minh Hạnh")
    expect(head.locator(".js-plotly-plot").first).to_be_visible()
    row = head.get_by_role("row", name="Nguyễn Thị Minh Hạnh").first
    expect(row).to_contain_text("10")

    read_as_a_delegation(new_page(), server, month)
    complaints.forgive("403")
