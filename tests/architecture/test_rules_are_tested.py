"""Every rule has a test of its own, and those of the rule book bear its numbers."""

import re

from tests.architecture.sources import Source, imported_modules, layer, sources

RULES = [source for source in layer("rules") if not source.path.endswith("__init__.py")]
# The parts of a month's package, which are proved where whole packages are laid out and read back.
THROUGH_THE_PACKAGE = {
    "reporting/rules/facts.py",
    "reporting/rules/layout_columns.py",
    "reporting/rules/layout_faults.py",
    "reporting/rules/manifests.py",
    "reporting/rules/records.py",
    "reporting/rules/records_beside.py",
    "reporting/rules/verify_beside.py",
    "reporting/rules/verify_contents.py",
    "reporting/rules/verify_days.py",
    "reporting/rules/verify_summary.py",
    "reporting/rules/verified.py",
    "reporting/rules/checks/named.py",
    "reporting/rules/verify_grades.py",
    "reporting/rules/verify_members.py",
    "reporting/rules/wording.py",
}


def module_of(source: Source) -> str:
    return source.path.removesuffix(".py").replace("/", ".")


def test_every_rule_is_imported_by_a_test() -> None:
    imported = {module for source in sources("tests") for _, module in imported_modules(source)}
    untested = {source.path for source in RULES if module_of(source) not in imported}
    assert untested - THROUGH_THE_PACKAGE == set()


def test_the_parts_of_a_package_are_used_by_rules_that_have_a_test() -> None:
    used = {module for source in RULES if source.app == "reporting" for _, module in imported_modules(source)}
    assert {path for path in THROUGH_THE_PACKAGE if path.removesuffix(".py").replace("/", ".") not in used} == set()


def test_the_rules_that_this_house_stands_on_are_named_by_tests() -> None:
    names = set(re.findall(r"def test_((?:MS|RD|ST|MD)\d\d)_", "\n".join(each.text for each in sources("tests"))))
    wanted = "MS03 MS04 MS05 MS06 MS07 MS13 MS17 MS33 MS34 RD01 RD02 RD03 RD05 RD08 RD09 RD10 RD11 RD23 RD70"
    of_calendars = "MS01 MS02 MS38 MS40 MS41 ST07 RD30"
    assert {*wanted.split(), *of_calendars.split()} - names == set()


def test_enough_rules_were_looked_at() -> None:
    assert len(RULES) >= 20
