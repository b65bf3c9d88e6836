"""A register's files become rows, and every line that cannot be read is named."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from kiosk.domain.calendar import HANOI
from kiosk.domain.register import cells
from kiosk.domain.register.cells import UnitRef, Unreadable
from kiosk.domain.register.reading import Register, read_register
from kiosk.domain.register.rows import ROWS, OfficerRow, SeatRow, UnitRow, columns_of
from tests.domain.registers import SMALL, write

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def faults(register: Register) -> list[tuple[str, int | None, str | None, str]]:
    return [(p.file, p.line, p.column, p.fault) for p in register.problems]


def test_a_small_register_is_read_as_written(tmp_path: Path) -> None:
    register = read_register(write(tmp_path))

    assert register.problems == []
    assert set(register.rows) == set(ROWS)
    assert register.of(UnitRow)[2] == UnitRow(
        line=4,
        code="00004",
        kind="ward",
        name="Phường Trúc Bạch",
        parent_code=UnitRef("001"),
        first_day=date(2016, 1, 1),
        last_day=date(2025, 6, 30),
    )
    assert register.of(SeatRow)[1].ended_at == datetime(2026, 3, 2, 17, tzinfo=HANOI)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_read_alike(
    delimiter: str, encoding: str, ending: str, tmp_path: Path
) -> None:
    text = SMALL["officers.csv"].replace(",", delimiter).replace("\n", ending)

    register = read_register(write(tmp_path, {"officers.csv": text.encode(encoding)}))

    assert register.problems == []
    assert [row.name for row in register.of(OfficerRow)] == [
        "Nguyễn Thị Hạnh",
        "Trần Quốc Bảo",
    ]


def test_names_are_composed_and_trimmed(tmp_path: Path) -> None:
    decomposed = "code,name\nCB-1,  Nguye\u0302\u0303n   Thi\u0323 Ha\u0323nh \n"

    register = read_register(write(tmp_path, {"officers.csv": decomposed}))

    assert register.of(OfficerRow)[0].name == "Nguyễn Thị Hạnh"


def test_columns_may_stand_in_any_order_and_lines_may_be_blank(tmp_path: Path) -> None:
    text = "name,code\nHạnh,CB-1\n\n , \nBảo,CB-2\n"

    register = read_register(write(tmp_path, {"officers.csv": text}))

    assert register.problems == []
    assert [(row.line, row.code) for row in register.of(OfficerRow)] == [
        (2, "CB-1"),
        (5, "CB-2"),
    ]


def test_a_name_over_two_lines_does_not_shift_the_numbers(tmp_path: Path) -> None:
    text = 'code,name\nCB-1,"Nguyễn\nHạnh"\nCB 2,Bảo\n'

    register = read_register(write(tmp_path, {"officers.csv": text}))

    assert register.of(OfficerRow)[0].name == "Nguyễn Hạnh"
    assert faults(register) == [("officers.csv", 4, "code", "not_a_code")]


def test_every_bad_cell_is_named_not_only_the_first(tmp_path: Path) -> None:
    text = (
        "code,kind,name,parent_code,first_day,last_day\n"
        "0 1,kingdom,,,2016-02-30,soon\n"
        "02,ward,Phường,,01/01/2016,\n"
    )

    register = read_register(write(tmp_path, {"units.csv": text}))

    assert faults(register) == [
        ("units.csv", 2, "code", "not_a_code"),
        ("units.csv", 2, "kind", "not_one_of"),
        ("units.csv", 2, "name", "empty"),
        ("units.csv", 2, "first_day", "not_a_date"),
        ("units.csv", 2, "last_day", "not_a_date"),
    ]
    assert [row.code for row in register.of(UnitRow)] == ["02"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [(None, None, "empty_file")]),
        ("code\nCB-1\n", [(1, "name", "missing_column")]),
        ("code,name,age\nCB-1,Bảo,3\n", [(1, "age", "unknown_column")]),
        ("code,name,name\nCB-1,Bảo,B\n", [(1, "name", "doubled_column")]),
        ("code,name\nCB-1,Bảo,more\n", [(2, None, "too_many_cells")]),
        ("code,name\nCB-1\n", [(2, "name", "empty")]),
        ('code,name\nCB-1,"Bảo\n', [(2, None, "not_csv")]),
        ("code,name\nCB-1,Bảo\n".encode("utf-16"), [(1, None, "not_utf8")]),
        ("code,name\nCB-1,Lê\n".encode("cp1258"), [(2, None, "not_utf8")]),
        ("code,name\nCB-1,B\0o\n", [(2, "name", "control_character")]),
        (f"code,name\nCB-1,{'a' * 201}\n", [(2, "name", "too_long")]),
        ("code,name,photo\nCB-1,B,../a.png\n", [(2, "photo", "not_a_photo_name")]),
        ("code,name,photo\nCB-1,B,no.png\n", [(2, "photo", "photo_missing")]),
    ],
)
def test_a_broken_file_is_a_problem_and_no_crash(
    content: str | bytes, expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    register = read_register(write(tmp_path, {"officers.csv": content}))

    found = [(line, column, fault) for _, line, column, fault in faults(register)]
    assert found[: len(expected)] == expected


def test_a_misspelt_file_is_not_passed_over(tmp_path: Path) -> None:
    register = read_register(write(tmp_path, {"officer.csv": "code,name\n"}))

    assert faults(register) == [("officer.csv", None, None, "unknown_file")]


def test_a_folder_without_files_is_a_problem(tmp_path: Path) -> None:
    register = read_register(tmp_path)

    assert [fault for *_, fault in faults(register)] == ["no_files"]


def test_photos_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    text = "code,name,photo\nA,A,a.png\nB,B,b.jpg\nC,C,c.png\nD,D,d.webp\n"
    write(tmp_path, {"officers.csv": text})
    webp = b"RIFF\x10\0\0\0WEBP" + bytes(4)
    write(tmp_path / "photos", {"a.png": PNG, "b.jpg": b"<html>", "d.webp": webp})
    write(tmp_path / "photos", {"c.png": PNG + bytes(512 * 1024)})

    register = read_register(tmp_path)

    assert {n: p.media_type for n, p in register.photos.items()} == {
        "a.png": "image/png",
        "d.webp": "image/webp",
    }
    assert faults(register) == [
        ("officers.csv", 3, "photo", "not_a_photo"),
        ("officers.csv", 4, "photo", "photo_too_big"),
    ]


@pytest.mark.parametrize("text", ["2026-03-02", "02/03/2026", "2/3/2026"])
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert cells.day(text) == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["2026-3-2", "03/02/26", "20260302", "31/02/2026"])
def test_a_day_that_may_mean_another_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        cells.day(text)


def test_other_cells_are_read_as_people_write_them() -> None:
    assert cells.clock("8:00") == time(8)
    assert cells.clock("13:30:00") == time(13, 30)
    assert [cells.weekday(t) for t in ("Monday", "T2", "thứ bảy", "CN")] == [0, 0, 5, 6]
    assert [cells.share(t) for t in ("0.85", "0,85", "85 %", "85%", "1")] == [
        *[0.85] * 4,
        1.0,
    ]
    assert [cells.yes_no(t) for t in ("yes", "Có", "0", "không")] == [
        True,
        True,
        False,
        False,
    ]
    assert cells.unit_ref("00004@2025-07-01") == UnitRef("00004", date(2025, 7, 1))
    assert cells.instant("2026-03-02T08:00") == datetime(2026, 3, 2, 8, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (cells.clock, "24:00"),
        (cells.clock, "8h"),
        (cells.weekday, "8"),
        (cells.share, "85"),
        (cells.share, "a"),
        (cells.yes_no, "maybe"),
        (cells.year, "26"),
        (cells.indicator, "speed"),
        (cells.instant, "8:00"),
        (cells.unit_ref, "00004@"),
        (cells.codes, "1 2,3"),
    ],
)
def test_what_is_not_clear_is_refused(read: cells.Reader, text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_every_column_has_a_reader() -> None:
    for row in ROWS.values():
        assert all(callable(column.read) for column in columns_of(row))
        assert len({column.header for column in columns_of(row)}) == len(
            columns_of(row)
        )
