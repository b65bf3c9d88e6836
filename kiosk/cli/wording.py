"""What a command says of a refusal; the domain names facts and has no sentences."""

from kiosk.demo.store import NotADemonstration
from kiosk.domain.calendar import HANOI
from kiosk.domain.copies import StoreInUse
from kiosk.domain.errors import DomainError, TooManyTries
from kiosk.domain.organisation import UnknownUnit
from kiosk.domain.register import Problem, RegisterRefused

SENTENCES = {
    "not_set_up": "There is no store yet. Run: flask kiosk init",
    "room_key_missing": "The waiting room was sealed with a key that is not in the key ring.",
    "username_malformed": "A user name has 2 to 40 letters a to z, digits, dots, hyphens.",
    "username_taken": "Another account has this user name.",
    "password_too_short": "A password has 12 characters or more.",
    "password_too_long": "A password has 128 characters at most.",
    "password_easy": "This password is too easy to guess.",
    "roles_mixed": "The account has another role in these days: an administrator sees no results.",
    "scope_wrong": "A ward head or a delegation needs a unit; an administrator has none.",
    "days_reversed": "The last day lies before the first.",
    "not_a_backup": "{0.path} is no backup of this program's store. Nothing was changed.",
    "backup_damaged": "{0.path} is damaged: {0.detail}. Nothing was changed.",
    "other_database": (
        "{0.path} is of another kind of database than the store of KIOSK_DATABASE_URL: "
        "SQLite's end in .sqlite3, PostgreSQL's in .dump. Nothing was changed."
    ),
    "copy_failed": "It could not be done: {0.detail}. Nothing was changed.",
}
FAULTS = {
    "no_files": "no file of a register is here; it may have: {about}",
    "unknown_file": "is no file of a register; it may have: {about}",
    "empty_file": "is empty; its first line must name the columns",
    "not_utf8": "is not written in UTF-8 here; save it as “CSV UTF-8”",
    "not_csv": "has quotation marks that do not match, or a cell without an end",
    "unknown_column": "is no column of this file; it may have: {about}",
    "doubled_column": "stands twice in the first line",
    "missing_column": "is missing in the first line; it may have: {about}",
    "too_many_cells": "has more cells than the first line",
    "empty": "is empty",
    "control_character": "has a character that cannot be seen",
    "too_long": "is longer than {about} characters",
    "not_a_code": "“{value}” is no code: letters, digits, dot, hyphen, slash, 40 at most",
    "not_a_date": "“{value}” is no day; write 2026-03-02 or 02/03/2026",
    "not_a_time": "“{value}” is no time; write 8:00 or 13:30",
    "not_an_instant": "“{value}” is no day and time; write 2026-03-02 8:00",
    "not_a_weekday": "“{value}” is no weekday; write monday, T2 or Thứ hai",
    "not_yes_or_no": "“{value}” is neither yes nor no",
    "not_a_year": "“{value}” is no year of this century",
    "not_a_share": "“{value}” is no share; write 0.85 or 85 %",
    "not_one_of": "“{value}” is none of: {about}",
    "not_a_photo_name": "“{value}” is no name of a picture (.jpg, .png or .webp)",
    "photo_missing": "“{value}” is not in the folder photos",
    "photo_too_big": "“{value}” is larger than 512 KiB",
    "not_a_photo": "“{value}” is no JPEG, PNG or WebP picture",
    "twice": "“{value}” stands in line {about} already",
    "ends_before_it_begins": "“{value}” comes before it begins ({about})",
    "overlaps": "“{value}” falls into another period of the same{about}",
    "unknown_unit": "there is no unit with the code “{value}”",
    "zeros_lost": "there is no unit “{value}”, but {about}: did a spreadsheet eat the zeros?",
    "unit_not_then": "the unit “{value}” was not in force on {about}",
    "ambiguous_unit": "“{value}” was the code of several units; write it as code@first_day",
    "other_unit": "“{value}” is another unit than the one loaded before",
    "same_unit": "“{value}” cannot follow itself",
    "circle": "“{value}” leads back to this unit",
    "unknown_officer": "there is no officer with the code “{value}”",
    "unknown_counter": "the unit has no counter with the code “{value}”",
    "no_posting": "officer “{value}” is not posted in this unit on that day",
    "outside_posting": "“{value}” is after the posting's last day ({about})",
    "lower_target": "“{value}” is lower than the target of the unit above ({about})",
}


def sentence(refusal: DomainError) -> str:
    """The refusal in words, over as many lines as it has problems."""
    if isinstance(refusal, RegisterRefused):
        lines = [describe(problem) for problem in refusal.problems]
        count = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
        return "\n".join([f"Nothing was loaded: {count}.", *lines])
    if isinstance(refusal, UnknownUnit):
        return f"There is no unit with the code {refusal.code} on {refusal.day}."
    if isinstance(refusal, NotADemonstration):
        return f"{refusal.path} is there and is no demonstration. It was left as it is."
    if isinstance(refusal, TooManyTries):
        until = refusal.until.astimezone(HANOI)
        return f"Too many tries. Try again after {until:%H:%M}."
    if isinstance(refusal, StoreInUse):
        users = ", ".join(refusal.users)
        return f"The store is in use: {users}. Stop the server, then repeat. Nothing was changed."
    return SENTENCES.get(refusal.kind, refusal.kind.replace("_", " ")).format(refusal)


def describe(problem: Problem) -> str:
    """A problem of a register: where it is, and what is wrong there."""
    about = problem.about
    if problem.fault == "overlaps":
        about = f" (line {about})" if about else " in the store"
    words = FAULTS[problem.fault].format(value=problem.value, about=about)
    line = f", line {problem.line}" if problem.line else ""
    column = f", column {problem.column}" if problem.column else ""
    return f"  {problem.file}{line}{column}: {words}"
