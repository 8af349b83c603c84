"""One denominator: only `attendance/rules/rates.py` divides days by days."""

import ast

from tests.architecture.sources import APPS, Source, sources

RATES = "attendance/rules/rates.py"
# Where a slash joins paths of files, and divides nothing.
JOINS_PATHS = {
    "attendance/demo/sets.py",
    "reporting/services/package_files.py",
    "reporting/services/verification.py",
    "students/services/imports/archive.py",
    "students/services/imports/folder.py",
}


def shares(source: Source) -> list[str]:
    """Where a file divides, makes a fraction of two numbers, or lets the database take a mean."""
    return [source.at(node) for node in ast.walk(source.tree) if _is_share(source, node)]


def _is_share(source: Source, node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
        return source.path not in JOINS_PATHS
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return called in {"Avg", "mean", "fmean"} or (called == "Fraction" and len(node.args) == 2)


def test_only_the_rates_divide_days() -> None:
    wrong = [where for source in sources(*APPS) if source.path != RATES for where in shares(source)]
    assert wrong == []


def test_the_guard_sees_the_divisions_of_the_rates_themselves() -> None:
    [rates] = [source for source in sources(*APPS) if source.path == RATES]
    assert len(shares(rates)) >= 3
    assert len(sources(*APPS)) >= 200


def test_every_file_said_to_join_paths_still_does() -> None:
    by_path = {source.path: source for source in sources(*APPS)}
    for path in JOINS_PATHS:
        assert "pathlib" in by_path[path].text, path
