"""Where months begin and end, who sees them, and one look at the database."""

from datetime import date
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction

from attendance.models import CalendarDay, DailyAttendance, EventType, GradeDay
from attendance.selectors.roster import roster_on
from attendance.selectors.school_years import reporting_months, school_year
from attendance.services.days import open_day
from reporting.models import MonthRun
from reporting.rules.facts import SessionDays, days_in_session
from reporting.selectors.calendar import calendar_facts, days_held
from reporting.selectors.enrollments import enrollments_through
from reporting.selectors.months import months_of_schools, run_in_scope, school_month
from reporting.selectors.months_list import months_page
from reporting.selectors.snapshot import snapshot
from reporting.services.attempts import attempt
from students.access import visible_to, why_can_view
from students.models import School
from students.refusals import NotInScope, Refused
from tests.reporting.months import AFTER, LAST, REAL, after_the_month, ask, build, take_month
from tests.world import TODAY, YEAR_STARTS, World


def test_RD70_a_months_range_is_the_districts_and_its_school_days_the_schools_own(world: World) -> None:
    CalendarDay.objects.filter(school=world.washington, date__in=["2020-10-19", "2020-11-06"]).update(
        event_type=EventType.HOLIDAY, name="Fair"
    )
    held = school_month(after_the_month(), world.washington, world.year, 3)
    assert (held.starts_on, held.ends_on) == (date(2020, 10, 19), date(2020, 11, 6))
    assert (held.session_days, held.last_day) == (13, date(2020, 11, 5))


def test_a_school_day_without_a_month_of_its_own_lies_in_its_range(world: World) -> None:
    CalendarDay.objects.filter(school=world.lincoln, date="2020-10-21").update(reporting_month=None)
    assert school_month(after_the_month(), world.lincoln, world.year, 3).session_days == 15


def test_calendars_that_contradict_each_other_are_refused_with_what_to_mend(world: World) -> None:
    CalendarDay.objects.filter(school=world.washington, date="2020-10-21").update(reporting_month=4)
    with pytest.raises(Refused, match=r"2020-10-21.*calendar\.csv"):
        reporting_months(after_the_month(), world.year)


def test_a_year_without_a_calendar_has_no_months(world: World) -> None:
    CalendarDay.objects.all().delete()
    assert reporting_months(after_the_month(), world.year) == []
    assert months_of_schools(after_the_month(), [world.lincoln.pk], []) == {}
    assert [school.months for school in months_page(after_the_month()).schools] == [[], []]


def test_a_school_year_is_found_by_the_year_it_begins_in(world: World) -> None:
    assert school_year(after_the_month(), 2020) == world.year
    with pytest.raises(Refused, match="begins in 2021"):
        school_year(after_the_month(), 2021)


def test_RD10_the_district_is_the_sum_of_its_schools(committed_world: World) -> None:
    for school in (committed_world.lincoln, committed_world.washington):
        take_month(committed_world, school)
        build(school)
    (month,) = months_page(after_the_month()).district
    # Nine students and one, each present on all of its own school's days.
    assert (str(month.name), month.done, month.schools, month.ada) == ("2020-11", 2, 2, "10.00")


@pytest.mark.parametrize("person", ["whitfield", "okafor", "reyes", "park", "lindqvist"])
def test_the_list_of_runs_and_the_answer_about_each_agree(world: World, person: str) -> None:
    scope = world.scope(person, AFTER)
    for school in School.objects.all():
        run = ask(school)
        is_listed = visible_to(scope, MonthRun).filter(pk=run.pk).exists()
        assert (why_can_view(scope, run) is not None) is is_listed
        assert is_listed is (person in {"reyes", "okafor" if school == world.lincoln else "lindqvist"})


def test_a_run_of_another_school_is_not_there(world: World) -> None:
    with pytest.raises(NotInScope):
        run_in_scope(world.scope("lindqvist", AFTER), ask(world.lincoln).pk)


def test_a_snapshot_sees_nothing_that_is_saved_after_it_began(committed_world: World) -> None:
    _rename("Before")
    with snapshot():
        assert _names() == {"Before"}
        somebody = Thread(target=_rename, args=["After"])
        somebody.start()
        somebody.join()
        assert _names() == {"Before"}
    assert _names() == {"After"}


def _rename(name: str) -> None:
    School.objects.update(name=name)
    connection.close()


def _names() -> set[str]:
    return set(School.objects.values_list("name", flat=True))


def test_a_snapshot_writes_nothing_and_begins_its_own_transaction(committed_world: World) -> None:
    with pytest.raises(DatabaseError, match="read-only"), snapshot():
        School.objects.update(name="Written")
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic(), snapshot():
        pass
    assert not connection.in_atomic_block


def test_a_school_without_students_makes_a_package_without_rows(committed_world: World) -> None:
    empty = committed_world.washington
    empty.enrollments.update(ends_on=date(2020, 9, 1), exit_code="T3")
    run = ask(empty)
    assert attempt(after_the_month(), run.pk, instants=lambda: REAL) is not None
    run.refresh_from_db()
    assert (run.state, run.days_present, run.days_enrolled) == ("done", 0, 0)


def test_the_state_hears_of_an_exit_on_its_last_day_in_session_and_not_before_it_happened(world: World) -> None:
    lincoln, saturday = world.lincoln, date(2020, 10, 31)
    world.students["Abara"].enrollments.update(ends_on=saturday, exit_code="T3")
    world.students["Grant"].enrollments.update(ends_on=date(2020, 11, 9), exit_code="T4")
    world.students["Hollis"].enrollments.update(ends_on=date(2020, 7, 1), starts_on=date(2019, 8, 5))
    told = {each.student_id: each for each in enrollments_through(after_the_month(), lincoln.pk, YEAR_STARTS, LAST)}
    abara, grant = told[world.students["Abara"].pk], told[world.students["Grant"].pk]
    assert (abara.left_on, abara.exit_code) == (date(2020, 10, 30), "T3")
    assert (grant.left_on, grant.exit_code) == (None, "")
    assert world.students["Hollis"].pk not in told


def test_somebody_who_never_came_has_no_day_in_the_ledger_and_stands_on_no_class_list(world: World) -> None:
    abara = world.students["Abara"]
    abara.enrollments.update(ends_on=TODAY, exit_code="NS")
    open_day(world.installation, world.lincoln.pk, TODAY)
    assert not DailyAttendance.objects.filter(student=abara).exists()
    assert abara not in roster_on(world.installation, world.sections["1"].pk, TODAY)
    (told,) = [
        each
        for each in enrollments_through(after_the_month(), world.lincoln.pk, YEAR_STARTS, LAST)
        if each.student_id == abara.pk
    ]
    assert (told.exit_code, told.left_on) == ("NS", TODAY)


def test_RD10_days_are_counted_as_each_grade_has_them(world: World) -> None:
    world.students["Abara"].enrollments.update(grade="12")
    days = CalendarDay.objects.filter(school=world.lincoln, date__in=["2020-10-26", "2020-10-27"]).order_by("date")
    off, alone = days
    GradeDay.objects.create(calendar_day=off, grade="12", event_type="O", name="Seniors are done")
    span = (world.lincoln.pk, date(2020, 10, 19), date(2020, 10, 30))
    assert days_held(world.installation, *span) == SessionDays(10, {"12": 9})
    bells = alone.bell_schedule
    days.filter(pk=alone.pk).update(event_type="TD", bell_schedule=None, day_kind="")
    assert days_held(world.installation, *span) == SessionDays(9, {"12": 8})
    GradeDay.objects.create(
        calendar_day=alone, grade="12", event_type="IN", day_kind="traditional", bell_schedule=bells
    )
    assert days_held(world.installation, *span) == SessionDays(10, {"09": 9, "12": 9})
    facts = {day.date: day for day in calendar_facts(world.installation, *span)}
    assert days_in_session(facts.values()) == SessionDays(10, {"09": 9, "12": 9})
    assert (facts[alone.date].event_type, facts[alone.date].grades_off) == ("IN", {"09"})
