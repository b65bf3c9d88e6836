"""The console's register of accounts."""

from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from kiosk.models.accounts import Account
from tests import cast, people
from tests.cast import NOON
from tests.markup import parse
from tests.pages import visit


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_register_says_who_may_see_what_until_when(
    app: Flask, session: Session, language: str
) -> None:
    world = cast.build_world(session)
    people.appoint(session, world)
    people.account(
        session, "cu", "head", {world.quan_thanh}, last_day=date(2026, 3, 31)
    )
    people.account(session, "moi")
    session.query(Account).filter_by(username="moi").update({"closed_at": NOON})
    session.commit()

    client = app.test_client()
    with time_machine.travel(NOON, tick=False):
        people.sign_in(client, "quantri")
        page = visit(client, f"/admin/accounts?lang={language}", language=language)

    root, _ = parse(page.text)
    rows = [row.text() for row in root.all("tr")][1:]
    expected = {
        "vi": [
            "Chutich chutich Lãnh đạo phường: Phường Trúc Bạch · từ 01/01/2026",
            "Cu cu Lãnh đạo phường: Phường Quán Thánh · 01/01/2026 đến 31/03/2026"
            " (không còn hoặc chưa có hiệu lực)",
            "Giamsat giamsat Đoàn giám sát: Quận Ba Đình · từ 01/01/2026",
            "Moi Đã khoá moi không có",
            "Quantri quantri Quản trị viên · từ 01/01/2026",
        ],
        "en": [
            "Chutich chutich Ward head: Phường Trúc Bạch · since 1 Jan 2026",
            "Cu cu Ward head: Phường Quán Thánh · 1 Jan 2026 to 31 Mar 2026"
            " (not in force)",
            "Giamsat giamsat Delegation: Quận Ba Đình · since 1 Jan 2026",
            "Moi Closed moi none",
            "Quantri quantri Administrator · since 1 Jan 2026",
        ],
    }
    assert rows == expected[language]
