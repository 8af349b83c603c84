"""The project's Python files, each read once and parsed when it is asked for, for the guards to look at."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In their order: each imports only from those before it.
APPS = ["students", "attendance", "interventions", "reporting"]


@dataclass(frozen=True)
class Source:
    """One file, its path from the top, its text and its syntax tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Parsed by the test that looks at it: while tests are collected each worker would parse all of them."""
        return ast.parse(self.text)

    @property
    def app(self) -> str:
        return self.path.partition("/")[0]

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def at(self, node: ast.AST) -> str:
        """Where something stands, as an editor opens it."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The Python files in these folders, and in all folders below."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(_source(path) for path in found)


@cache
def _source(path: Path) -> Source:
    return Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))


def layer(*names: str) -> tuple[Source, ...]:
    """The files of these folders (`rules`) and modules (`tasks.py`) of every app."""
    return tuple(source for source in sources(*APPS) if set(source.path.split("/")[1:]) & set(names))


def imported_modules(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Every module that a file imports, inside functions too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, "." * node.level + (node.module or "")


def attribute_names(node: ast.AST) -> Iterator[ast.Attribute]:
    """Every `something.name` below a node."""
    return (each for each in ast.walk(node) if isinstance(each, ast.Attribute))
