"""The tree: what stands on top, what every module says of itself, and what no file may contain."""

import ast
import re

from tests.architecture import sources

TOP = {"kiosk", "reports", "templates", "static", "tests"}
TOP |= {"wsgi.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
TOP |= {"constraints.txt", "requirements.lock"}
MADE = {"instance", "build", "kiosk.egg-info"}  # ignored by git
SUPPRESSION = re.compile(
    r"# *(noqa|type: *ignore|pragma: *no cover)|@ts-(ignore|expect-error|nocheck)"
)
ARGUED = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]) +# .{10,}")
NEVER_RUN = {"skip", "skipif", "skipIf", "xfail", "importorskip"}
# Put together here, so that this file does not find itself.
HOSTS = ("pypi" + ".org", "npmjs" + ".com", "npmjs" + ".org", "pythonhosted" + ".org")
PLACES = ("/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/", "/o" + "pt/")


def test_the_top_level_is_what_the_user_fixed() -> None:
    top = {path.name for path in sources.ROOT.iterdir() if path.name[0] != "."}

    assert top - MADE <= TOP


def test_every_module_says_what_it_answers_for_in_one_to_five_lines() -> None:
    silent = []
    for path in sources.files(".py"):
        text = ast.get_docstring(sources.tree(path)) or ""
        if not text or (len(text.splitlines()) > 5 and "tests" not in path.parts):
            silent.append(sources.name(path))

    assert silent == ["kiosk/__init__.py"]  # that one holds the table of layers


def test_every_script_is_checked_for_types() -> None:
    unchecked = [
        sources.name(path)
        for path in sources.files(".js", under=("static",))
        if not sources.read(path).startswith("// @ts-check")
    ]

    assert not unchecked


def test_a_suppression_is_rare_and_argued() -> None:
    found = [
        (sources.name(path), line.strip())
        for path in sources.files(".py", ".js")
        for line in sources.read(path).splitlines()
        if path.name != "test_layout.py" and SUPPRESSION.search(line)
    ]

    assert len(found) <= 5
    assert [line for _, line in found if not ARGUED.search(line)] == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    found = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.files(".py", under=("tests",))
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in NEVER_RUN
    ]

    assert not found


def test_no_file_names_a_package_host_or_a_place_on_somebodys_machine() -> None:
    text = {".py", ".html", ".css", ".js", ".toml", ".md", ".txt", ".lock", ".po"}
    text |= {".json", ".csv", ".ini", ".mako", ".svg", ""}

    found = [
        f"{sources.name(path)}: {word}"
        for path in sources.files(*text)
        for word in (*HOSTS, *PLACES)
        if word in sources.read(path)
    ]

    assert not found


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + "X|NotImplement" + r"ed\w*)\b")

    found = [
        f"{sources.name(path)}: {match.group()}"
        for path in sources.files(".py", ".js", ".css", ".html", ".md")
        if (match := words.search(sources.read(path)))
    ]

    assert not found
