"""Whom the law obliges to be in school, and who of them is not enrolled (ST-01, ST-06, RD-41)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from interventions.rules.policy import CarePolicy

KINDERGARTEN = "KG"
SCHOOL_AGE, KINDERGARTEN_AGE, END_AGE = 6, 5, 17

# Left for another state, school or certificate, or died: nobody is to be looked for (students.rules.state_codes).
ACCOUNTED_FOR = frozenset({"T3", "T4", "T5", "T7", "T8", "C1", "C2", "Z1"})


class Age(StrEnum):
    """What the birth date says of the obligation."""

    COMPULSORY = "compulsory"
    KINDERGARTEN = "kindergarten"
    """Five, and enrolled in kindergarten."""
    UNKNOWN = "unknown"
    """No birth date: treated as obliged, since a child who is not told of is missed by everybody."""
    YOUNGER = "younger"
    OLDER = "older"

    @property
    def obliges(self) -> bool:
        """Whether the child has to be in school."""
        return self not in (Age.YOUNGER, Age.OLDER)


def age_of(birth_date: date | None, first_year: int, *, in_kindergarten: bool = False) -> Age:
    """The obligation in the school year that begins in `first_year`, judged at its September 1 (ST-01, RD-41).

    Six by that day and not yet seventeen; five where enrolled in full-day kindergarten.
    """
    if birth_date is None:
        return Age.UNKNOWN
    if birth_date <= born_for(first_year, END_AGE):
        return Age.OLDER
    if birth_date <= born_for(first_year, SCHOOL_AGE):
        return Age.COMPULSORY
    is_five = birth_date <= born_for(first_year, KINDERGARTEN_AGE)
    return Age.KINDERGARTEN if is_five and in_kindergarten else Age.YOUNGER


def born_for(first_year: int, age: int) -> date:
    """The last day of birth of who is so old on September 1."""
    return date(first_year - age, 9, 1)


@dataclass(frozen=True)
class LastKnown:
    """What is known of a child who attends no school of the district: the exit code of the last enrollment."""

    exit_code: str
    age: Age


def enroll_by(first_day: date, policy: CarePolicy) -> date:
    """The last day on which a child is enrolled in time: calendar days after the first day of school (ST-06)."""
    return first_day + timedelta(days=policy.enrollment_days)


def is_to_be_reported(known: LastKnown, today: date, first_day: date, policy: CarePolicy) -> bool:
    """Whether a child who is not enrolled is told of: of compulsory age, not accounted for, and the days are over."""
    return known.age.obliges and known.exit_code not in ACCOUNTED_FOR and today > enroll_by(first_day, policy)
