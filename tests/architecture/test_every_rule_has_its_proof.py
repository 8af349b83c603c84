"""No rule loses its proof: docs/rules-and-proofs.md names a module and a test for every rule of docs/rules.md."""

import re
from dataclasses import dataclass

import pytest

from tests.architecture.sources import APPS, ROOT, sources

RULES = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
PROOFS = (ROOT / "docs/rules-and-proofs.md").read_text(encoding="utf-8")
NUMBER = r"(?:MS|RD|ST|MD)-\d\d[a-z]?"
JUDGED, _, NOT_JUDGED = RULES.partition("## Not judged yet")
STATED = re.findall(rf"^\| ({NUMBER}) \|", JUDGED, re.MULTILINE)
# Rules on the first page whose proof is still to be written; none may stay here unsaid.
NOT_BUILT: set[str] = set()
TEXTS = {source.path: source.text for source in sources(*APPS, "tests")}


@dataclass(frozen=True)
class Proof:
    """A line of the page: where a rule is written, and `file::test` of what proves it."""

    number: str
    modules: list[str]
    tests: list[str]


def proofs() -> list[Proof]:
    found = re.findall(rf"^\| ({NUMBER}) \| (.*) \| (.*) \|$", PROOFS, re.MULTILINE)
    return [
        Proof(number, re.findall(r"`([^`]+)`", written), re.findall(r"`([^`]+)`", by)) for number, written, by in found
    ]


def named(number: str) -> re.Pattern[str]:
    """A rule's number by itself: MS-24 is not MS-24b."""
    return re.compile(rf"{number}(?![0-9a-z])")


def test_every_rule_has_its_line_and_only_one() -> None:
    lines = [proof.number for proof in proofs()]
    assert set(STATED) - set(lines) == NOT_BUILT
    assert set(lines) <= set(STATED)
    assert len(lines) == len(set(lines)) >= 60


@pytest.mark.parametrize("proof", proofs(), ids=lambda proof: proof.number)
def test_a_rules_modules_name_it_and_its_tests_bear_its_number(proof: Proof) -> None:
    assert proof.modules
    assert proof.tests
    for module in proof.modules:
        assert named(proof.number).search(TEXTS[module]), f"{module} does not name {proof.number}"
    for place in proof.tests:
        path, _, test = place.partition("::")
        assert f"_{proof.number.replace('-', '')}_" in test, f"{test} does not bear {proof.number}"
        assert f"def {test}(" in TEXTS[f"tests/{path}"], f"{place} is gone"


def test_every_number_of_the_rule_book_is_stated_or_said_to_be_missing() -> None:
    book = [f"MS-{number:02d}" for number in range(1, 42)] + [
        f"RD-{number:02d}" for number in (*range(1, 12), *range(20, 28), 30)
    ]
    silent = [each for each in book if each not in STATED and not named(each).search(NOT_JUDGED)]
    assert silent == []
