"""The README names every setting and every command, and none that is not there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from tests import stores
from tests.architecture import sources

README = sources.ROOT / "README.md"
SETTING = re.compile(r"(?:KIOSK|REPORTS)_[A-Z_]+")


@pytest.fixture
def bare_app(tmp_path: Path) -> Iterator[Flask]:
    """The assembly alone; no store stands behind it."""
    url = f"sqlite:///{tmp_path / 'none.sqlite3'}"
    app = stores.application(stores.variables(tmp_path, url, url))
    yield app
    stores.dispose(app)


def commands(group: click.Group, path: str) -> Iterator[str]:
    """Every command below a group, as one would type it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def test_every_setting_is_explained() -> None:
    config = sources.tree(sources.ROOT / "kiosk" / "config.py")
    read = {
        node.value
        for node in ast.walk(config)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SETTING.fullmatch(node.value)
    }

    named = set(SETTING.findall(sources.read(README)))

    assert read
    assert named == read


def test_every_command_is_explained(bare_app: Flask) -> None:
    kiosk = bare_app.cli.commands["kiosk"]
    assert isinstance(kiosk, click.Group)
    there = set(commands(kiosk, "flask kiosk"))

    text = sources.read(README)
    named = set(re.findall(r"flask kiosk(?: [a-z-]+)+", text))

    assert {command for command in there if command not in text} == set()
    assert {
        n for n in named if not any(n.startswith(command) for command in there)
    } == set()


def test_the_readme_can_be_read_in_one_go() -> None:
    text = sources.read(README)

    assert len(text.splitlines()) <= 200
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (sources.ROOT / link).exists(), link
