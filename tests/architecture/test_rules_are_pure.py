"""Rules take values and return results: no Django, no clock, no database, no floating point."""

import ast

from tests.architecture.sources import APPS, Source, imported_modules, layer

# The standard library's modules of values and text alone: none that reads a clock, a file or the environment.
PURE = {
    "__future__",
    "bisect",
    "collections",
    "collections.abc",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "io",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "statistics",
    "string",
    "tomllib",
    "types",
    "typing",
    "unicodedata",
    "uuid",
}
# A package of the month, and a document that somebody sent, is bytes in, bytes out: no file on a disk is opened.
PURE_IN = {"attendance": {"zlib"}, "reporting": {"struct", "zipfile", "zlib"}}
RATES = "attendance/rules/rates.py"


def own_or_lower_rules(source: Source) -> tuple[str, ...]:
    return tuple(f"{app}.rules" for app in APPS[: APPS.index(source.app) + 1])


def is_allowed(source: Source, module: str) -> bool:
    if module in PURE or module in PURE_IN.get(source.app, set()):
        return True
    return any(module == rules or module.startswith(f"{rules}.") for rules in own_or_lower_rules(source))


def floats(source: Source) -> list[ast.AST]:
    return [node for node in ast.walk(source.tree) if _is_float(node)]


def _is_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    return isinstance(node, ast.Name) and node.id in {"float", "round"}


def divisions(source: Source) -> list[ast.AST]:
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.BinOp | ast.AugAssign) and _divides(node.op)]


def _divides(operator: ast.operator) -> bool:
    return isinstance(operator, ast.Div)


def test_rules_import_the_standard_library_and_rules_of_their_own_or_a_lower_app_alone() -> None:
    wrong = [
        f"{source.at(node)} {module}"
        for source in layer("rules")
        for node, module in imported_modules(source)
        if not is_allowed(source, module)
    ]
    assert wrong == []


def test_rules_compute_with_integers_and_fractions_and_never_with_floats() -> None:
    assert [source.at(node) for source in layer("rules") for node in floats(source)] == []


def test_no_rule_but_the_rates_divides_into_fractions() -> None:
    wrong = [source.at(node) for source in layer("rules") if source.path != RATES for node in divisions(source)]
    assert wrong == []


def test_rules_do_not_open_files_or_run_text() -> None:
    names = {"open", "eval", "exec", "__import__", "print", "input"}
    wrong = [
        source.at(node)
        for source in layer("rules")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id in names
    ]
    assert wrong == []


def test_the_rules_of_every_app_that_has_some_were_looked_at() -> None:
    looked_at = [source for source in layer("rules") if not source.path.endswith("__init__.py")]
    assert len(looked_at) >= 20
    assert {source.app for source in looked_at} >= {"students", "attendance", "reporting"}
    assert RATES in {source.path for source in looked_at}
