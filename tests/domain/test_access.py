"""The access table, and which units stand below which on which day."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from kiosk.domain.access import (
    ACCESS,
    HOMES,
    ROLES,
    CurrentAccount,
    Role,
    callers_of,
    unit_above,
    units_below,
)
from kiosk.models.organisation import UnitVersion
from tests import cast

DAY = date(2026, 6, 10)


def who(role: Role, *units: int) -> CurrentAccount:
    return CurrentAccount(
        id=1,
        username="ai",
        name="Ai",
        role=role,
        unit_ids=frozenset(units),
        last_day=None,
    )


def below(session: Session, unit_id: int) -> frozenset[int]:
    return units_below(session, unit_ids=frozenset({unit_id}), day=DAY)


def test_an_endpoint_that_is_not_named_is_open_to_nobody() -> None:
    assert callers_of("admin.everything") == frozenset()


def test_no_administrator_reaches_a_page_of_results() -> None:
    pages = {name for name in ACCESS if name.startswith("reports.")}

    assert {n for n in pages if "administrator" in callers_of(n)} == {
        "reports.methodology"
    }


def test_no_reader_reaches_the_console() -> None:
    console = [name for name in ACCESS if name.startswith("admin.")]

    assert console
    assert all(callers_of(name) == {"administrator"} for name in console)


def test_a_tablet_reaches_nothing_that_a_person_reaches_by_role() -> None:
    for name, callers in ACCESS.items():
        assert callers, name
        if callers & {"tablet", "public"}:
            assert len(callers) == 1, name


def test_every_role_may_open_its_own_home() -> None:
    for role in ROLES:
        assert role in callers_of(HOMES[role])


def test_what_stands_below_is_found_at_whatever_depth(session: Session) -> None:
    world = cast.build_world(session)

    assert below(session, world.city) == {
        world.district,
        world.truc_bach,
        world.quan_thanh,
    }
    assert below(session, world.truc_bach) == frozenset()


def test_what_stands_below_is_asked_of_the_day(session: Session) -> None:
    world = cast.build_world(session)
    moved = session.query(UnitVersion).filter_by(unit_id=world.quan_thanh).one()
    moved.last_day = date(2026, 5, 31)
    session.add(
        UnitVersion(
            unit_id=world.quan_thanh,
            parent_id=world.city,
            code="00013",
            name="Phường Quán Thánh",
            first_day=date(2026, 6, 1),
        )
    )
    session.flush()

    may = units_below(session, unit_ids=frozenset({world.district}), day=moved.last_day)
    june = units_below(session, unit_ids=frozenset({world.district}), day=DAY)

    assert may == {world.truc_bach, world.quan_thanh}
    assert june == {world.truc_bach}


def test_a_circle_in_the_register_does_not_hang_a_page(session: Session) -> None:
    world = cast.build_world(session)
    city = session.query(UnitVersion).filter_by(unit_id=world.city).one()
    city.parent_id = world.truc_bach
    session.flush()

    assert below(session, world.truc_bach) == {
        world.city,
        world.district,
        world.truc_bach,
        world.quan_thanh,
    }


def test_a_ward_head_is_told_the_one_unit_above(session: Session) -> None:
    world = cast.build_world(session)

    assert unit_above(session, who("head", world.truc_bach), day=DAY) == world.district


@pytest.mark.parametrize("role", ["delegation", "administrator"])
def test_nobody_else_is_told_a_unit_above(session: Session, role: Role) -> None:
    world = cast.build_world(session)

    assert unit_above(session, who(role, world.truc_bach), day=DAY) is None


def test_units_under_different_roofs_have_no_one_unit_above(session: Session) -> None:
    world = cast.build_world(session)
    other = cast.unit(session, "district", "002", "Quận Hoàn Kiếm", parent=world.city)
    ward = cast.unit(session, "ward", "00037", "Phường Hàng Bạc", parent=other)

    above = unit_above(session, who("head", world.truc_bach, ward), day=DAY)

    assert above is None


def test_a_head_of_both_is_told_nothing_twice(session: Session) -> None:
    world = cast.build_world(session)
    head = who("head", world.truc_bach, world.district)

    assert unit_above(session, head, day=DAY) is None


def test_the_top_of_the_tree_has_nothing_above(session: Session) -> None:
    world = cast.build_world(session)

    assert unit_above(session, who("head", world.city), day=DAY) is None
