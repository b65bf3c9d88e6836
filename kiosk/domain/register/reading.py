"""Reads the CSV files of a register into typed rows, and notes every line it cannot read.

UTF-8 with or without a byte order mark; comma, semicolon or tab, told by the header.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar, cast

from kiosk.domain.register.cells import Unreadable, clean
from kiosk.domain.register.problems import Problem
from kiosk.domain.register.rows import ROWS, Column, OfficerRow, Row, columns_of

PHOTO_LIMIT = 512 * 1024
_SIGNATURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
_Row = TypeVar("_Row", bound=Row)


@dataclass(frozen=True)
class Photo:
    """A picture file, and what kind of picture its first bytes say it is."""

    media_type: str
    body: bytes


@dataclass(frozen=True)
class Register:
    """What the files of a folder say.

    ``mentioned`` has the codes that stand in each file, also in lines that could not be read,
    so that one wrong date is not reported again for every line that refers to its code.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    mentioned: dict[str, set[str]] = field(default_factory=dict)

    def of(self, row: type[_Row]) -> list[_Row]:
        """The rows of one kind; none where the register has no such file."""
        file = file_of(row)
        return cast("list[_Row]", self.rows.get(file, []))


def file_of(row: type[Row]) -> str:
    """The file whose lines are such rows."""
    return next(file for file, kind in ROWS.items() if kind is row)


def read_register(folder: Path) -> Register:
    """Every file of the folder that belongs to a register; problems are noted, not raised."""
    register = Register()
    known = ", ".join(ROWS)
    for path in sorted(folder.iterdir()):
        if path.name in ROWS:
            _read_file(path, register)
        elif path.suffix.lower() == ".csv":
            problem = Problem(path.name, None, None, "unknown_file", about=known)
            register.problems.append(problem)
    if not register.rows and not register.problems:
        problem = Problem(folder.name, None, None, "no_files", about=known)
        register.problems.append(problem)
    _read_photos(folder / "photos", register)
    return register


def _read_file(path: Path, register: Register) -> None:
    file = path.name
    register.rows[file] = []
    register.mentioned[file] = set()
    lines = _lines(path, register)
    header = next(lines, None)
    if header is None:
        register.problems.append(Problem(file, None, None, "empty_file"))
        return
    columns = columns_of(ROWS[file])
    places = _places(file, header[1], columns, register)
    for line, row in lines:
        if any(text.strip() for text in row):
            _read_row((file, line), row, places, register)


def _lines(path: Path, register: Register) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line it begins at."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        register.problems.append(Problem(path.name, line, None, "not_utf8"))
        return
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error:
        register.problems.append(Problem(path.name, line, None, "not_csv"))


def _places(
    file: str, header: list[str], columns: tuple[Column, ...], register: Register
) -> list[Column | None]:
    """Which column stands at each place of a line."""
    names = [clean(text).casefold() for text in header]
    by_name = {column.header: column for column in columns}
    faults = [("unknown_column", n) for n in names if n and n not in by_name]
    faults += [("doubled_column", n) for n in set(names) if n and names.count(n) > 1]
    faults += [
        ("missing_column", column.header)
        for column in columns
        if not column.optional and column.header not in names
    ]
    wanted = ", ".join(by_name)
    register.problems.extend(
        Problem(file, 1, n, fault, about=wanted) for fault, n in faults
    )
    return [by_name.get(n) for n in names]


def _read_row(
    place: tuple[str, int],
    row: list[str],
    columns: list[Column | None],
    register: Register,
) -> None:
    """Add the row of a file and line, or the problems of its cells."""
    file, line = place
    before = len(register.problems)
    if any(text.strip() for text in row[len(columns) :]):
        register.problems.append(Problem(file, line, None, "too_many_cells"))
    row = row + [""] * (len(columns) - len(row))
    values: dict[str, Any] = {"line": line}
    for column, text in zip(columns, row, strict=False):
        if column is not None:
            values[column.field] = _read_cell(place, column, text, register)
    needed = {column.field for column in columns_of(ROWS[file]) if not column.optional}
    if len(register.problems) == before and needed <= values.keys():
        register.rows[file].append(ROWS[file](**values))


def _read_cell(
    place: tuple[str, int], column: Column, text: str, register: Register
) -> object:
    """The value of the cell; None where it is empty or has a problem."""
    file, line = place
    shown = clean(text)
    if column.header == "code":
        register.mentioned[file].add(shown)
    try:
        if any(ord(sign) < 32 and not sign.isspace() for sign in text):
            raise Unreadable("control_character")
        if not shown and not column.optional:
            raise Unreadable("empty")
        return column.read(shown) if shown else None
    except Unreadable as fault:
        register.problems.append(
            Problem(file, line, column.header, fault.fault, shown, fault.about)
        )
        return None


def _read_photos(folder: Path, register: Register) -> None:
    """The pictures that officers.csv names, by name."""
    for row in register.of(OfficerRow):
        name = row.photo
        if name is None or name in register.photos:
            continue
        path = folder / name
        body = path.read_bytes() if path.is_file() else b""
        media_type = _media_type(body)
        fault = _photo_fault(body, media_type)
        if media_type is None or fault:
            problem = Problem(file_of(OfficerRow), row.line, "photo", fault, name)
            register.problems.append(problem)
        else:
            register.photos[name] = Photo(media_type, body)


def _photo_fault(body: bytes, media_type: str | None) -> str:
    if not body:
        return "photo_missing"
    if len(body) > PHOTO_LIMIT:
        return "photo_too_big"
    return "" if media_type else "not_a_photo"


def _media_type(body: bytes) -> str | None:
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp"
    return next((_SIGNATURES[s] for s in _SIGNATURES if body.startswith(s)), None)
