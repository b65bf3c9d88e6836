"""No tail: every file and every function stays under the ceiling of the house style."""

from pathlib import Path

import pytest

from tests.architecture import sources


def ceiling(path: Path) -> int | None:
    """The most lines of code that a file may have; none where the style says nothing."""
    folder = sources.name(path).split("/")[0]
    match path.suffix:
        case ".py" if "versions" in path.parts:
            return None  # Alembic's, written once
        case ".py":
            return (
                150 if path.name == "conftest.py" else 300 if folder == "tests" else 250
            )
        case ".html":
            return 80 if "components" in path.parts else 120
        case ".css":
            return 200 if path.name == "tokens.css" else 150
        case ".js":
            return 300 if folder == "tests" else 150
        case _:
            return None


def test_no_file_is_over_its_ceiling() -> None:
    over = [
        f"{sources.name(path)}: {lines} lines of code, {most} allowed"
        for path in sources.files(".py", ".html", ".css", ".js")
        if (most := ceiling(path)) is not None
        and (lines := sources.code_lines(path)) > most
    ]

    assert not over, "\n".join(over)


@pytest.mark.parametrize("folder", ["kiosk", "reports", "tests"])
def test_no_function_is_over_fifty_lines_and_no_view_over_twenty_five(
    folder: str,
) -> None:
    routines = [
        routine
        for path in sources.files(".py", under=(folder,))
        if "versions" not in path.parts
        for routine in sources.functions(path)
    ]

    over = [
        f"{routine.where}: {routine.lines} lines"
        for routine in routines
        if routine.lines > (25 if routine.is_view else 50)
    ]

    assert routines
    assert not over, "\n".join(over)


def test_comments_docstrings_and_blank_lines_are_not_counted(tmp_path: Path) -> None:
    module = tmp_path / "m.py"
    module.write_text('"""Doc\n\nstring."""\n\n# why\nx = """a\n\nb"""  # c\n')
    style = tmp_path / "m.css"
    style.write_text("/* why\n not */\na { color: red }\n\n")
    script = tmp_path / "m.js"
    script.write_text("// why\n/** @type {x}\n*/\nlet a = 'http://b'; // c\n")

    counts = [sources.code_lines(path) for path in (module, style, script)]

    assert counts == [3, 1, 1]
