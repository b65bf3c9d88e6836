"""Reads one cell of a register: text in, value out, or Unreadable with the name of the fault."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from kiosk.domain.calendar import HANOI

KINDS = ("province", "district", "ward", "commune", "office")
INDICATORS = ("all_three", "greeted", "asked", "thanked", "satisfied")
_WEEKDAYS = (
    ("monday", "t2", "thứ hai"),
    ("tuesday", "t3", "thứ ba"),
    ("wednesday", "t4", "thứ tư"),
    ("thursday", "t5", "thứ năm"),
    ("friday", "t6", "thứ sáu"),
    ("saturday", "t7", "thứ bảy"),
    ("sunday", "cn", "chủ nhật"),
)
_YES_NO = {"yes": True, "no": False, "có": True, "không": False, "1": True, "0": False}
_VIETNAMESE_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?")
_CODE = re.compile(r"[\w.\-/]{1,40}")
_PHOTO = re.compile(r"[\w.\- ]{1,100}\.(jpe?g|png|webp)", re.IGNORECASE)
NAME_LIMIT = 200


class Unreadable(Exception):
    """The cell cannot be read; ``fault`` says why, ``about`` what would have been right."""

    def __init__(self, fault: str, about: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.about = about


@dataclass(frozen=True, order=True)
class UnitRef:
    """A unit as a register names it: a code, and a first day where the code served twice."""

    code: str
    first_day: date | None = None

    def __str__(self) -> str:
        return f"{self.code}@{self.first_day}" if self.first_day else self.code


Reader = Callable[[str], object]


def clean(text: str) -> str:
    """NFC, and no white space around it or doubled in it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def name(text: str) -> str:
    """A name or label of at most 200 characters."""
    if len(text) > NAME_LIMIT:
        raise Unreadable("too_long", str(NAME_LIMIT))
    return text


def code(text: str) -> str:
    """Letters, digits, dot, hyphen and slash: at most 40."""
    if not _CODE.fullmatch(text):
        raise Unreadable("not_a_code")
    return text


def codes(text: str) -> tuple[str, ...]:
    """Codes apart by spaces."""
    return tuple(code(word) for word in text.split())


def unit_ref(text: str) -> UnitRef:
    """``00004``, or ``00004@2025-07-01`` for the unit that had the code from that day."""
    head, mark, tail = text.partition("@")
    return UnitRef(code(head), day(tail) if mark else None)


def day(text: str) -> date:
    """2026-03-02 or 02/03/2026."""
    vietnamese = _VIETNAMESE_DATE.fullmatch(text)
    try:
        if vietnamese:
            return date(*(int(part) for part in reversed(vietnamese.groups())))
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Unreadable("not_a_date")


def clock(text: str) -> time:
    """8:00 or 13:30."""
    match = _TIME.fullmatch(text)
    if not match:
        raise Unreadable("not_a_time")
    return time(int(match[1]), int(match[2]))


def instant(text: str) -> datetime:
    """A day, with or without a time of day (00:00 without), local to Vietnam."""
    head, _, tail = text.replace("T", " ").partition(" ")
    try:
        at = clock(tail) if tail else time(0)
        return datetime.combine(day(head), at, tzinfo=HANOI)
    except Unreadable:
        raise Unreadable("not_an_instant") from None


def weekday(text: str) -> int:
    """Monday is 0; English names, or T2 to T7 and CN, or Thứ hai to Chủ nhật."""
    for number, names in enumerate(_WEEKDAYS):
        if text.casefold() in names:
            return number
    raise Unreadable("not_a_weekday")


def yes_no(text: str) -> bool:
    """yes or no, có or không, 1 or 0."""
    try:
        return _YES_NO[text.casefold()]
    except KeyError:
        raise Unreadable("not_yes_or_no") from None


def year(text: str) -> int:
    """A year of this century."""
    if not re.fullmatch(r"20\d\d", text):
        raise Unreadable("not_a_year")
    return int(text)


def share(text: str) -> float:
    """A share: 0.85, 0,85, 85 % or 85,5%."""
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?) ?(%?)", text)
    value = float(match[1].replace(",", ".")) / (100 if match[2] else 1) if match else 2
    if value > 1:
        raise Unreadable("not_a_share")
    return value


def kind(text: str) -> str:
    """The kind of a unit."""
    return _one_of(KINDS, text)


def indicator(text: str) -> str:
    """What a target is set for."""
    return _one_of(INDICATORS, text)


def photo(text: str) -> str:
    """The name of a picture in the folder ``photos``, never a path."""
    if not _PHOTO.fullmatch(text):
        raise Unreadable("not_a_photo_name")
    return text


def _one_of(words: tuple[str, ...], text: str) -> str:
    if text.casefold() not in words:
        raise Unreadable("not_one_of", ", ".join(words))
    return text.casefold()
