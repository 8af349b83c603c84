"""How the state calls a student's standing in a school at the end of a month."""

from reporting.rules.facts import EnrollmentFact
from students.rules.state_codes import NO_SHOW

# Left for another school or state; T1 is another grade of the same school, and T7 and T8 leave the schools.
TRANSFERS = frozenset({"T2", "T3", "T4", "T5"})


def standing_of(enrollment: EnrollmentFact) -> str:
    """`no_show`, `current` while there is no last day, `transferring` for a transfer code, else `former`."""
    if enrollment.exit_code == NO_SHOW:
        return "no_show"
    if enrollment.left_on is None:
        return "current"
    return "transferring" if enrollment.exit_code in TRANSFERS else "former"
