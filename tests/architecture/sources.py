"""The repository's own files, and how many lines of code are in them."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("kiosk", "reports", "templates", "static", "tests")
NOT_OURS = ("__pycache__", "vendor", "tabler", "node_modules")
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
COMMENTS = {
    ".js": re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE),
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
    ".html": re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL),
}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def files(*suffixes: str, under: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Files of ours with one of the suffixes, or all; third-party and made ones left out."""
    found = [path for path in ROOT.glob("*.*") if path.is_file() and under == FOLDERS]
    for folder in under:
        found += (path for path in (ROOT / folder).rglob("*") if path.is_file())
    found = [path for path in found if not path.name.startswith(".coverage")]
    ours = (path for path in found if not set(path.parts) & set(NOT_OURS))
    return sorted(p for p in ours if not suffixes or p.suffix in suffixes)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path))


@cache
def python_code(path: Path) -> frozenset[int]:
    """The numbers of the lines that hold code: no blank line, comment or docstring."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(read(path)).readline):
        if token.type not in SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree(path)):
        if isinstance(node, Documented) and ast.get_docstring(node) is not None:
            text = node.body[0]
            lines.difference_update(range(text.lineno, (text.end_lineno or 0) + 1))
    return frozenset(lines)


def code_lines(path: Path) -> int:
    if path.suffix == ".py":
        return len(python_code(path))
    bare = COMMENTS[path.suffix].sub("", read(path))
    return sum(1 for line in bare.splitlines() if line.strip())


@dataclass(frozen=True)
class Routine:
    """A function where it stands."""

    where: str
    lines: int
    is_view: bool


def functions(path: Path) -> Iterator[Routine]:
    """Every function of a module; a view is one that a blueprint or the app routes to."""
    code = python_code(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            span = range(node.lineno, (node.end_lineno or 0) + 1)
            yield Routine(
                where=f"{name(path)}:{node.lineno} {node.name}",
                lines=len(code.intersection(span)),
                is_view=any(map(_routes, node.decorator_list)),
            )


def _routes(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in {
        "route",
        "get",
        "post",
        "put",
        "delete",
    }
