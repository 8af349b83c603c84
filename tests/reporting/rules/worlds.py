"""A school's month as plain values, for the rules."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from reporting.rules.facts import CalendarFacts, EnrollmentFact, MonthFacts, PersonFacts, SchoolFacts, StudentDay
from reporting.rules.package import Package, build_package
from reporting.selectors.layouts import layouts

MONDAY = date(2020, 9, 14)
MSIS_2 = layouts()["msis-2"]
AS_OF = datetime(2020, 10, 20, 15, 0, tzinfo=UTC)


def facts(students: int = 3, school_days: int = 5, **changed: Any) -> MonthFacts:
    """Month 2 of a small school, everybody present, a holiday at its end."""
    dates = [MONDAY + timedelta(days=offset) for offset in range(school_days)]
    last = dates[-1] + timedelta(days=1)
    return MonthFacts(
        **{
            "school": SchoolFacts("2500", "Magnolia County", "008", "Lincoln High School"),
            "month": 2,
            "first_year": 2020,
            "starts_on": dates[0],
            "ends_on": last,
            "opened_through": last,
            "policies": [{"name": "State policy 2020-21", "presence_percent": 63}],
            "calendar": [
                *(CalendarFacts(day, "IN", "", "traditional", "daily", True, 330) for day in dates),
                CalendarFacts(last, "H", "Founders, “and” friends", "", "daily", False),
            ],
            "days": [StudentDay(each, day, "present", "09", "in_person") for each in range(students) for day in dates],
            "enrollments": [EnrollmentFact(each, "09", date(2020, 8, 10), "E1") for each in range(students)],
            "people": {each: PersonFacts(f"Student {each}", f"{each:09d}") for each in range(students)},
        }
        | changed
    )


def package(**changed: Any) -> Package:
    """The package of that month."""
    return build_package(facts(**changed), MSIS_2, as_of=AS_OF, warnings=0)
