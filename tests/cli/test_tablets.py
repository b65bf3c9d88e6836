"""Tablets by command: the list, and a link that pairs a browser once."""

import re
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from kiosk.domain import pairing
from tests import cast, stores


def test_tablets_are_listed_with_number_unit_and_label(
    app: Flask, session: Session
) -> None:
    world = cast.build_world(session)

    result = stores.command(app, "kiosk", "tablet", "list")

    assert result.exit_code == 0
    assert f"{world.hall_tablet:>5}  Phường Trúc Bạch, Sảnh\n" in result.output


def test_the_link_of_a_tablet_pairs_it(app: Flask, session: Session) -> None:
    world = cast.build_world(session)

    result = stores.command(
        app,
        *("kiosk", "tablet", "code", str(world.tablet)),
        *("--address", "https://danhgia.example/"),
    )

    assert result.exit_code == 0
    link = re.search(
        r"^https://danhgia\.example/tablet/#(\w{8})$", result.output, re.MULTILINE
    )
    assert link is not None
    paired = pairing.pair(
        session, code=link[1], install=bytes(16), now=datetime.now(UTC)
    )
    assert paired.tablet_id == world.tablet


def test_a_tablet_that_is_not_there_has_no_code(app: Flask) -> None:
    result = stores.command(app, "kiosk", "tablet", "code", "77")

    assert result.exit_code == 2
    assert "There is no tablet 77 in service" in result.output
