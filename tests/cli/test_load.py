"""A register by command: told what was done, or every problem in words."""

from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.cli.wording import FAULTS
from kiosk.models.organisation import Unit
from tests import stores
from tests.domain.registers import SMALL, changed, write

SOURCES = Path(__file__).parents[2] / "kiosk" / "domain" / "register"


def test_a_register_is_loaded_and_the_changes_are_told(
    app: Flask, tmp_path: Path
) -> None:
    folder = str(write(tmp_path / "register"))

    first = stores.command(app, "kiosk", "load", folder)
    second = stores.command(app, "kiosk", "load", folder)

    assert first.exit_code == second.exit_code == 0, first.output
    assert "units.csv          4 added, 0 changed, 0 unchanged\n" in first.output
    assert "units.csv          0 added, 0 changed, 4 unchanged\n" in second.output


def test_every_problem_is_told_with_its_place_and_nothing_is_loaded(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    files = changed("postings.csv", "CB-2,00004", "CB-9,4")
    files |= {"officers.csv": SMALL["officers.csv"] + "CB 3,\n"}

    result = stores.command(app, "kiosk", "load", str(write(tmp_path / "bad", files)))

    assert result.exit_code == 2
    assert "Nothing was loaded: 4 problems." in result.output
    assert "officers.csv, line 4, column name: is empty" in result.output
    assert (
        "postings.csv, line 4, column unit_code: there is no unit “4”, but 00004: "
        "did a spreadsheet eat the zeros?" in result.output
    )
    assert (
        "postings.csv, line 4, column officer_code: there is no officer with the code “CB-9”"
        in result.output
    )
    assert list(session.scalars(select(Unit))) == []


def test_a_folder_that_is_not_there_is_a_mistake_not_a_crash(app: Flask) -> None:
    result = stores.command(app, "kiosk", "load", "no-such-folder")

    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_every_fault_that_the_rules_name_has_words() -> None:
    sources = "".join(path.read_text() for path in SOURCES.glob("*.py"))

    for fault in FAULTS:
        assert f'"{fault}"' in sources, fault
