"""What units are called, now or when they last were."""

from datetime import date

from sqlalchemy.orm import Session

from kiosk.domain.units import desk_names, unit_names
from kiosk.models.organisation import UnitVersion
from tests import cast

DAY = date(2026, 6, 10)


def test_a_unit_that_is_gone_keeps_its_last_name(session: Session) -> None:
    world = cast.build_world(session)
    version = session.query(UnitVersion).filter_by(unit_id=world.quan_thanh).one()
    version.last_day = date(2026, 3, 31)
    session.flush()

    assert unit_names(session, day=DAY)[world.quan_thanh] == "Phường Quán Thánh"
    assert world.quan_thanh not in desk_names(session, day=DAY)


def test_a_unit_that_was_renamed_has_the_name_of_the_day(session: Session) -> None:
    world = cast.build_world(session)
    session.add(
        UnitVersion(
            unit_id=world.truc_bach,
            parent_id=world.city,
            code="00004",
            name="Phường Ba Đình",
            first_day=date(2026, 7, 1),
        )
    )
    session.flush()

    june = unit_names(session, day=date(2026, 6, 30))
    july = unit_names(session, day=date(2026, 7, 1))

    assert june[world.truc_bach] == "Phường Trúc Bạch"
    assert july[world.truc_bach] == "Phường Ba Đình"


def test_names_come_by_code(session: Session) -> None:
    world = cast.build_world(session)
    cast.unit(session, "ward", "00001", "Phường Phúc Xá", parent=world.district)

    assert [*unit_names(session, day=DAY).values()] == [
        "Phường Phúc Xá",
        "Phường Trúc Bạch",
        "Phường Quán Thánh",
        "Quận Ba Đình",
        "Thành phố Hà Nội",
    ]


def test_only_wards_communes_and_offices_have_a_desk(session: Session) -> None:
    world = cast.build_world(session)

    assert set(desk_names(session, day=DAY)) == {world.truc_bach, world.quan_thanh}
