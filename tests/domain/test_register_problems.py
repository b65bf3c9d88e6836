"""Each contradiction in a register is named with its place, and nothing of it is loaded."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.organisation import Unit
from tests.domain.registers import SMALL, changed, load, problems


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "fault"),
    [
        (
            "units.csv",
            "Ba Đình,01,2025",
            "Ba Đình,02,2025",
            5,
            "parent_code",
            "unknown_unit",
        ),
        (
            "units.csv",
            "Bạch,001,2016",
            "Bạch,001,2015",
            4,
            "parent_code",
            "unit_not_then",
        ),
        (
            "units.csv",
            "2016-01-01,2025-06-30\n00004",
            "2026-01-01,2025-06-30\n00004",
            3,
            "last_day",
            "ends_before_it_begins",
        ),
        ("units.csv", "Nội,,2016", "Nội,00004,2016", 2, "parent_code", "circle"),
        (
            "units.csv",
            "Bạch,001,2016-01-01,2025-06-30",
            "Bạch,001,2016-01-01,",
            5,
            "first_day",
            "overlaps",
        ),
        (
            "units.csv",
            "00004,ward,Phường Ba Đình,01,2025-07-01",
            "00004,ward,Phường Ba Đình,01,2016-01-01",
            5,
            "code",
            "twice",
        ),
        (
            "successions.csv",
            "00004,00004,",
            "00004,00005,",
            2,
            "successor_code",
            "unknown_unit",
        ),
        ("officers.csv", "CB-2", "CB-1", 3, "code", "twice"),
        ("postings.csv", "CB-2", "CB-9", 4, "officer_code", "unknown_officer"),
        (
            "postings.csv",
            "2020-01-01,2025-06-30",
            "2020-01-01,2020-01-01,x",
            2,
            None,
            "too_many_cells",
        ),
        ("postings.csv", "CB-2,00004", "CB-2,4", 4, "unit_code", "zeros_lost"),
        ("postings.csv", "CB-2,00004", "CB-1,00004", 4, "officer_code", "twice"),
        ("counters.csv", "00004,1", "00007,1", 2, "unit_code", "unknown_unit"),
        ("counters.csv", "00004,2", "00004,1", 3, "code", "twice"),
        (
            "seats.csv",
            "CB-2,00004,2",
            "CB-2,00004,9",
            3,
            "counter_code",
            "unknown_counter",
        ),
        (
            "seats.csv",
            "CB-2,00004,2,2025-07-01",
            "CB-2,00004,2,2025-06-01",
            3,
            "officer_code",
            "no_posting",
        ),
        (
            "seats.csv",
            "CB-2,00004,2,2025-07-01",
            "CB-9,00004,2,2025-07-01",
            3,
            "officer_code",
            "unknown_officer",
        ),
        ("tablets.csv", "1 2", "1 3", 2, "counter_codes", "unknown_counter"),
        ("opening_hours.csv", "T2,13:30", "T2,11:30", 3, "first_day", "overlaps"),
        (
            "opening_hours.csv",
            "8:00,12:00",
            "12:00,12:00",
            2,
            "closes",
            "ends_before_it_begins",
        ),
        (
            "opening_hours.csv",
            "8:00,12:00",
            "12:00,8:00",
            2,
            "closes",
            "ends_before_it_begins",
        ),
        ("targets.csv", "0.85", "0.79", 3, "value", "lower_target"),
        ("targets.csv", "00004,", "00004@2020-01-01,", 3, "unit_code", "unit_not_then"),
    ],
)
def test_each_contradiction_is_named_with_its_place(
    file: str,
    old: str,
    new: str,
    line: int,
    column: str | None,
    fault: str,
    room: Session,
    tmp_path: Path,
) -> None:
    found = problems(room, tmp_path, changed(file, old, new))

    places = {(p.file, p.line, p.column, p.fault) for p in found}
    assert (file, line, column, fault) in places
    assert list(room.scalars(select(Unit))) == []


def test_a_line_that_cannot_be_read_is_not_blamed_on_those_that_refer_to_it(
    room: Session, tmp_path: Path
) -> None:
    files = changed("units.csv", "01,province", "01,realm")
    files |= {"officers.csv": "code,name\nCB-1,\nCB-2,Bảo\n"}

    found = problems(room, tmp_path, files)

    assert {(p.file, p.fault) for p in found} == {
        ("units.csv", "not_one_of"),
        ("officers.csv", "empty"),
    }


def test_a_code_without_a_day_means_the_unit_of_today(
    room: Session, tmp_path: Path
) -> None:
    text = SMALL["units.csv"].replace("Đình,01,2025-07-01,", "Đình,01,2027-01-01,")
    files = {"units.csv": text, "counters.csv": SMALL["counters.csv"]}
    old = SMALL["counters.csv"].replace("00004", "00004@2016-01-01")

    found = problems(room, tmp_path, files)

    assert {problem.fault for problem in found} == {"ambiguous_unit"}
    assert (
        load(room, tmp_path, files | {"counters.csv": old})["counters.csv"].added == 2
    )


def test_a_posting_that_overlaps_one_in_the_store_is_refused(
    room: Session, tmp_path: Path
) -> None:
    load(room, tmp_path)
    text = "officer_code,unit_code,title,first_day\nCB-2,00004,Công chức,2026-01-05\n"

    found = problems(room, tmp_path / "more", {"postings.csv": text})

    assert [(p.line, p.fault, p.about) for p in found] == [(2, "overlaps", "")]


def test_seats_may_follow_each_other_but_not_overlap(
    room: Session, tmp_path: Path
) -> None:
    load(room, tmp_path)
    head = "officer_code,unit_code,counter_code,from,to\n"
    later = head + "CB-2,00004,2,2026-03-02 17:00,2026-03-03\n"
    during = head + "CB-2,00004,2,2026-03-02 16:00,2026-03-04\n"
    beyond = head + "CB-1,00004,1,2025-01-02 8:00,2025-07-02\n"

    assert load(room, tmp_path / "a", {"seats.csv": later})["seats.csv"].added == 1
    assert {p.fault for p in problems(room, tmp_path / "b", {"seats.csv": during})} == {
        "overlaps"
    }
    refused = {p.fault for p in problems(room, tmp_path / "c", {"seats.csv": beyond})}
    assert refused == {"unknown_counter"}


def test_a_seat_ends_with_its_posting(room: Session, tmp_path: Path) -> None:
    files = changed("postings.csv", "kê,2025-07-01,", "kê,2025-07-01,2026-02-01")

    found = problems(room, tmp_path, files)

    assert [(p.file, p.column, p.fault) for p in found] == [
        ("seats.csv", "to", "outside_posting")
    ]


def test_a_circle_of_renamings_is_refused(room: Session, tmp_path: Path) -> None:
    text = (
        "code,kind,name,first_day,last_day,continues\n"
        "1,ward,A,2016-01-01,2016-12-31,2@2016-01-01\n"
        "2,ward,B,2016-01-01,2016-12-31,1@2016-01-01\n"
    )

    found = problems(room, tmp_path, {"units.csv": text})

    assert "circle" in {problem.fault for problem in found}


def test_a_version_does_not_pass_to_another_unit(room: Session, tmp_path: Path) -> None:
    load(room, tmp_path)
    text = (
        "code,kind,name,parent_code,first_day,last_day,continues\n"
        "00004,ward,Phường Ba Đình,01,2025-07-01,,00004@2016-01-01\n"
    )

    found = problems(room, tmp_path / "more", {"units.csv": text})

    assert [problem.fault for problem in found] == ["other_unit"]
