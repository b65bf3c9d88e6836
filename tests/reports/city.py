"""Released figures for the small city of tests.cast: May and June 2026, read on 1 July.

Hạnh does all three; Bảo seldom asks; Phương moved from Trúc Bạch to Quán Thánh in June; Khoát is
new and has too few ratings. Kim Mã and Phúc Xá make the district one of four wards.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kiosk.models.organisation import Target
from tests import cast, people
from tests.cast import World
from tests.reports.blocks import add_block, add_partial, add_run, add_tally

TODAY = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)  # 10:00 in Hà Nội
JUNE = "period=2026-06&as_of=2026-07-01"
MONDAYS = [date(2026, 5, 4) + timedelta(weeks=at) for at in range(8)]
CHAIN = bytes(range(32))


@dataclass
class City:
    """The keys of what `build_city` added to the world."""

    world: World
    kim_ma: int
    phuc_xa: int
    phuong: int
    khoat: int


def build_city(session: Session, *, wards: int = 4) -> City:
    """Write it all and commit it; `wards` of the four contribute to the district's total."""
    world = cast.build_world(session)
    people.appoint(session, world)
    city = City(
        world,
        kim_ma=cast.unit(
            session, "ward", "00028", "Phường Kim Mã", parent=world.district
        ),
        phuc_xa=cast.unit(
            session, "ward", "00001", "Phường Phúc Xá", parent=world.district
        ),
        phuong=cast.officer(session, "CB04", "Lê Thu Phương"),
        khoat=cast.officer(session, "CB05", "Vũ Trọng Khoát"),
    )
    cast.posting(session, city.phuong, world.truc_bach, last_day=date(2026, 6, 10))
    cast.posting(session, city.phuong, world.quan_thanh, first_day=date(2026, 6, 11))
    cast.posting(session, city.khoat, world.truc_bach)
    _officers(session, city)
    contributing = [world.truc_bach, world.quan_thanh, city.kim_ma, city.phuc_xa][
        :wards
    ]
    for unit_id in contributing:
        for monday in MONDAYS:
            add_tally(session, unit_id, monday, n=40, all_three=30, unsure=2)
        add_run(session, unit_id, date(2026, 6, 30), chain=CHAIN)
    add_partial(session, world.truc_bach, date(2026, 6, 9))
    session.commit()
    return city


def _officers(session: Session, city: City) -> None:
    world = city.world
    for monday in MONDAYS:
        for day in (monday, monday + timedelta(days=2)):
            add_block(session, world.truc_bach, world.hanh, day)
            add_block(session, world.truc_bach, world.bao, day, asked=(6, 6, 0))
            add_block(session, world.quan_thanh, world.dung, day)
        moved = monday >= date(2026, 6, 11)
        unit_id = world.quan_thanh if moved else world.truc_bach
        add_block(session, unit_id, city.phuong, monday, thanked=(12, 0, 0))
    add_block(session, world.truc_bach, None, date(2026, 6, 3), greeted=(12, 0, 0))


def promise(session: Session, unit_id: int, **shares: float) -> None:
    """Targets for 2026, by indicator."""
    session.add_all(
        Target(unit_id=unit_id, indicator=indicator, year=2026, value=value)
        for indicator, value in shares.items()
    )
    session.commit()


def sign_in(client: FlaskClient, role: str) -> None:
    """Sign in as the head of Trúc Bạch, the delegation over Ba Đình, or the administrator."""
    answer = people.sign_in(client, people.NAMES[role])
    assert answer.status_code == 303
