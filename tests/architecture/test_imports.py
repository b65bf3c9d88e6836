"""The wall as the imports show it; the layers are held by import-linter (pyproject.toml)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import sources

# What DESIGN lets reports see of the rest, and rules that hold no answer and open no store.
REPORTS_MAY = {
    "kiosk.models.blocks",
    "kiosk.models.organisation",
    "kiosk.models.sums",
    "kiosk.models.store",  # demonstration or not, and the restores that pages name
    "kiosk.domain.access",
    "kiosk.domain.calendar",
    "kiosk.domain.errors",
    "kiosk.domain.folding",
    "kiosk.domain.opening",
    "kiosk.domain.places",
    "kiosk.domain.questionnaire",
    "kiosk.domain.units",
}
OF_THE_STORE = {"reports_session"}
LAYERS = {"app", "cli", "demo", "web", "db", "config", "domain", "models"}
LAYERS |= {"citizen", "tablets", "accounts", "admin"}
BESIDE = {"__init__", "build", "migrations", "translations"}


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of every import; the name is empty for `import module`."""
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((str(node.module), alias.name) for alias in node.names)


def test_reports_import_only_what_holds_no_single_rating() -> None:
    strangers = [
        f"{sources.name(path)}: {module} {name}"
        for path in sources.files(".py", under=("reports",))
        for module, name in imports(path)
        if module.split(".")[0] == "kiosk"
        and not {module, f"{module}.{name}"} & REPORTS_MAY
        and not module.startswith("kiosk.web")
        and not (module == "kiosk.db" and name in OF_THE_STORE)
        and not (module == "kiosk" and name == "web")
    ]

    assert not strangers, "\n".join(strangers)


def test_only_the_assembly_imports_reports() -> None:
    importers = {
        sources.name(path)
        for path in sources.files(".py", under=("kiosk",))
        for module, _ in imports(path)
        if module.split(".")[0] == "reports"
    }

    assert importers == {"kiosk/app.py"}


def test_every_part_of_kiosk_stands_in_a_layer() -> None:
    parts = {
        path.relative_to(sources.ROOT / "kiosk").parts[0].removesuffix(".py")
        for path in sources.files(".py", under=("kiosk",))
    }

    assert parts - BESIDE <= LAYERS


def test_no_module_is_named_for_everything_and_nothing() -> None:
    vague = {"utils", "helpers", "common", "manager", "service", "misc"}

    assert not [
        sources.name(path)
        for path in sources.files(".py", ".js")
        if path.stem in vague or vague & set(path.parts)
    ]
