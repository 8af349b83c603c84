"""RD-71: whether a finding blocks a month is written in one place, and every kind of it is described."""

import ast
from pathlib import Path

import pytest

from reporting.rules.found import ERROR, WARNING, Found
from reporting.rules.kind import Kind
from reporting.rules.kinds import KINDS
from reporting.rules.kinds_of_classes import OF_CLASSES, OF_OWN_TIME
from reporting.rules.kinds_of_people import OF_ABSENCES, OF_PEOPLE
from reporting.views.mending import ACTIONS, PAGES
from reporting.views.wording import FINDING_TITLES

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "docs" / "checks.md"
CHECKS = [path for path in (ROOT / "reporting" / "rules" / "checks").glob("*.py") if path.stem != "__init__"]
# What several checks share.
SHARED = {"named"}


def line_of(kind: Kind) -> str:
    """A kind's line of the documentation."""
    return f"| `{kind.code}` | {kind.severity} | {kind.rule or 'none'} | {kind.what} | {kind.mended} |"


def test_RD71_a_finding_of_no_listed_kind_or_of_another_severity_is_refused() -> None:
    with pytest.raises(ValueError, match="not listed"):
        Found(WARNING, "no_such_kind", "RD-71", "Something.")
    with pytest.raises(ValueError, match="no_state_id is not listed as warning by MS-37"):
        Found(WARNING, "no_state_id", "MS-37", "Something.")
    with pytest.raises(ValueError, match="by no rule"):
        Found(ERROR, "no_state_id", "", "Something.")
    assert Found(ERROR, "no_state_id", "MS-37", "Something.").students == 0


def test_every_check_stands_in_the_document_as_it_is_listed() -> None:
    written = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| `")]
    assert written == [line_of(kind) for kind in KINDS.values()]


def test_no_code_is_listed_twice() -> None:
    codes = [kind.code for kind in (*OF_CLASSES, *OF_OWN_TIME, *OF_PEOPLE, *OF_ABSENCES)]
    assert len(codes) == len(set(codes))
    assert set(codes) < KINDS.keys()


def test_every_kind_has_a_heading_and_every_page_a_link() -> None:
    assert FINDING_TITLES.keys() == KINDS.keys()
    asked = {page for kind in KINDS.values() for page in kind.at}
    assert asked == PAGES.keys() == ACTIONS.keys()


def test_every_check_is_registered_and_has_a_test_beside_it() -> None:
    registry = ast.parse((ROOT / "reporting" / "rules" / "checks" / "__init__.py").read_text())
    called = {
        each.value.id
        for each in ast.walk(registry)
        if isinstance(each, ast.Attribute) and each.attr == "check" and isinstance(each.value, ast.Name)
    }
    assert called == {path.stem for path in CHECKS} - SHARED
    tests = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "checks").glob("test_*.py")}
    assert called - tests == set()
