"""Every rule that may decide a day has its sentence."""

import re
from datetime import date
from pathlib import Path

from attendance.rules import contributions, day
from attendance.rules.policy import Policy
from attendance.selectors.rule_words import cited, rule_lines

POLICY = Policy(id=1, name="The state's of 2020-21", starts_on=date(2020, 7, 1))


def named_by_the_rules() -> set[str]:
    """Every rule number that stands as a value in what judges a day."""
    text = "".join(Path(module.__file__).read_text() for module in (contributions, day))
    return set(re.findall(r'"((?:MS|RD)-\d\d)"', text))


def test_every_rule_that_the_judge_may_name_has_a_sentence() -> None:
    numbers = sorted(named_by_the_rules())
    assert len(numbers) >= 20
    lines = rule_lines(numbers, POLICY, health=True)
    assert [line.number for line in lines] == numbers
    assert all(line.text.endswith(".") and "%" not in line.text.replace("63%", "") for line in lines)


def test_RD60_who_may_not_know_reasons_reads_nothing_of_a_quarantine() -> None:
    lines = rule_lines(["RD-26", "MS-33", "RD-03"], POLICY, health=False)
    assert [line.number for line in lines] == ["", "RD-03"]
    assert "quarantine" not in " ".join(line.text for line in lines).lower()
    assert cited(["RD-26", "MS-33"], health=False) == ""
    assert cited(["RD-26", "MS-33"], health=True) == " (RD-26, MS-33)"
