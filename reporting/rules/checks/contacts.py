"""Families whom nobody can tell of an absence (RD-50)."""

from collections.abc import Iterator

from reporting.rules.checks.named import named, only_one
from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted


def check(facts: MonthFacts) -> Iterator[Found]:
    """Students enrolled at the month's end of whom nobody may be told, or can be for want of a number and address."""
    if without := facts.without_contact:
        yield Found(
            WARNING,
            "nobody_to_tell",
            "RD-50",
            f"{counted(len(without), 'student')} without anybody who may be told of an absence and can be reached: "
            f"{named(facts, without)}.",
            "Give the guardians with a number or address in guardians.csv and users.csv of the next roster import.",
            student_id=only_one(without),
            students=len(without),
        )
