"""What a month says of its calendar and teachers before the law: facts to be known, and waivers to be mended."""

from datetime import date

from reporting.rules.checks import check_month
from reporting.rules.checks.lawful_calendar import check as law_findings
from reporting.rules.facts import CalendarFault, ShortPlanning
from reporting.rules.found import ERROR, WARNING
from tests.reporting.rules.worlds import MONDAY, facts


def test_MS01_an_unlawful_day_and_a_year_without_enough_days_are_warnings_and_an_unlawful_waiver_blocks() -> None:
    faults = [
        CalendarFault(None, "too_few_days", "MS-01", "2 of 180 instructional days are missing"),
        CalendarFault(MONDAY, "without_document", "MS-01", "waived, but no document is named for it"),
        CalendarFault(MONDAY, "third_shortened", "ST-07", "shortened, after two others"),
    ]
    waiver, of_the_year, shortened = check_month(facts(calendar_faults=faults), [])
    assert [each.severity for each in (waiver, of_the_year, shortened)] == [ERROR, WARNING, WARNING]
    assert (of_the_year.day, of_the_year.rule) == (None, "MS-01")
    assert of_the_year.message == "The calendar: 2 of 180 instructional days are missing."
    assert (waiver.code, waiver.day) == ("calendar_without_document", MONDAY)
    assert waiver.message == "Monday, September 14, 2020: waived, but no document is named for it."
    assert "name its document" in waiver.mend
    assert "be ready to say why" in shortened.mend


def test_MS40_teachers_with_too_little_time_to_plan_are_one_warning() -> None:
    one = [ShortPlanning("Regina Alford", 140, 225)]
    [found] = law_findings(facts(short_planning=one))
    assert (found.severity, found.rule) == (WARNING, "MS-40")
    assert found.message == ("1 teacher has less planning time a week than is due: Regina Alford (140 of 225 minutes).")
    many = [ShortPlanning(f"Teacher {number:02d}", number, 150) for number in range(12)]
    [found] = law_findings(facts(short_planning=many))
    assert found.message.startswith("12 teachers have less planning time")
    assert found.message.endswith("Teacher 09 (9 of 150 minutes) and 2 more.")


def test_a_lawful_calendar_says_nothing() -> None:
    assert list(law_findings(facts(starts_on=date(2020, 9, 14)))) == []
