"""MS-11: no school code for virtual students alone."""

from datetime import timedelta

from reporting.rules.checks.virtual_schools import check
from reporting.rules.facts import CalendarFacts, MonthFacts, SchoolFacts, StudentDay
from tests.reporting.rules.worlds import MONDAY, facts

DAYS = [MONDAY + timedelta(days=each) for each in range(5)]


def school(name: str, *modes: str, kind: str = "traditional") -> MonthFacts:
    """Five days of as many students as there are modes."""
    return facts(
        school=SchoolFacts("2500", "Magnolia County", "008", name),
        days=[StudentDay(n, day, "present", "09", mode) for n, mode in enumerate(modes) for day in DAYS],
        calendar=[CalendarFacts(day, "IN", "", kind, "daily", True, 330) for day in DAYS],
    )


def test_MS11_a_virtual_school_by_name_and_by_every_day_blocks() -> None:
    (found,) = check(school("Magnolia Virtual Academy", "async_online", "sync_online", kind="virtual"))
    assert (found.severity, found.code) == ("error", "virtual_school_code")
    assert list(check(school("Magnolia Virtual Academy", "async_online", "in_person"))) == []


def test_MS11_a_campus_to_which_nobody_came_on_days_that_are_not_virtual_is_asked_about() -> None:
    (found,) = check(school("Lincoln High School", "async_online", "sync_online"))
    assert (found.severity, found.code) == ("warning", "nobody_in_person")
    assert list(check(school("Lincoln High School", "async_online", "in_person"))) == []


def test_MS11_a_campus_that_is_closed_for_a_virtual_month_is_a_campus() -> None:
    assert list(check(school("Lincoln High School", "sync_online", kind="virtual"))) == []
    assert list(check(school("Lincoln Virtual High School", ""))) == []
