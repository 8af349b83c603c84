"""Virtual students belong to the campus they would attend: no school code is for them alone (MS-11)."""

from collections.abc import Iterator

from attendance.rules.modes import IN_PERSON
from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, WARNING, Found
from students.rules.campuses import speaks_of_virtual


def check(facts: MonthFacts) -> Iterator[Found]:
    """A school in which nobody was in person the whole month: virtual by its name, or against its own calendar."""
    modes = {day.mode for day in facts.days if day.mode}
    if not modes or IN_PERSON in modes:
        return
    name = facts.school.name
    if speaks_of_virtual(name):
        yield Found(
            ERROR,
            "virtual_school_code",
            "MS-11",
            f"{name} has students in virtual instruction alone, by its name and by every day of the month.",
            "Enroll the students at the campus they would attend (school_enrollments.csv). If this is a campus, give "
            "orgs.csv the campus’s own name.",
        )
    elif any(day.in_session and day.day_kind != "virtual" for day in facts.calendar):
        yield Found(
            WARNING,
            "nobody_in_person",
            "MS-11",
            f"Nobody was in person at {name} on any day of the month, though its calendar has days that are not "
            "virtual.",
            "If it is a campus, say why nobody came, or correct the calendar; otherwise its students belong elsewhere.",
        )
