"""Planning time as it follows from rosters, calendars, bells and the working day of a school."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import CalendarDay, DailyAttendance, Period, SectionMeetingTime, StaffHours
from attendance.rules.planning_time import Level
from attendance.selectors.planning import TeacherPlanning, planning_of
from attendance.services.ledger import check
from attendance.services.staff_hours import set_staff_hours
from students.models import Enrollment, SectionTeacher
from students.refusals import Forbidden, NotInScope, Refused
from tests.attendance.acts import open_both_schools, take
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, YEAR_ENDS, YEAR_STARTS, World

PAGE = reverse("planning")


def planned(world: World, *schools: str, on: date = TODAY) -> list[TeacherPlanning]:
    ids = [getattr(world, name).pk for name in schools or ("lincoln",)]
    return planning_of(world.scope("reyes"), ids, on)


def work(world: World, starts: time, ends: time, by: str = "okafor", starts_on: date = YEAR_STARTS) -> StaffHours:
    scope = world.scope(by)
    return set_staff_hours(scope, world.lincoln.pk, starts_on=starts_on, starts_at=starts, ends_at=ends)


def leave(world: World, *sections: str) -> None:
    SectionTeacher.objects.filter(section__in=[world.sections[key] for key in sections]).delete()


def teach(world: World, who: str, section: str, **given) -> SectionTeacher:
    said = {"source_id": f"{who}-{section}", "starts_on": YEAR_STARTS} | given
    return SectionTeacher.objects.create(user=world.users[who], section=world.sections[section], **said)


def test_MS40_a_teacher_without_a_free_period_plans_before_and_after_the_bells_of_the_day(world: World) -> None:
    [rosa] = planned(world)
    assert (rosa.name, rosa.time.minutes, rosa.time.due, rosa.time.is_enough) == ("Rosa Whitfield", 0, 225, False)
    work(world, time(7, 30), time(14, 45))
    assert [minutes for _, minutes in planned(world)[0].time.days] == [45] * 5
    assert planned(world)[0].time.minutes == 225


def test_MS40_a_free_period_counts_until_another_class_is_given(world: World) -> None:
    leave(world, "6")
    assert planned(world)[0].time.minutes == 275
    teach(world, "whitfield", "6", is_primary=False)
    assert planned(world)[0].time.minutes == 0


def test_MS40_in_a_rotation_the_average_week_of_the_cycle_counts(world: World) -> None:
    for place, day in enumerate(CalendarDay.objects.filter(school=world.lincoln).order_by("date")):
        CalendarDay.objects.filter(pk=day.pk).update(rotation_day="AB"[place % 2])
    SectionMeetingTime.objects.filter(section=world.sections["6"]).update(rotation_days=["B"])
    [rosa] = planned(world)
    assert rosa.time.days == (("A", 55), ("B", 0))
    assert (rosa.time.minutes, rosa.time.is_enough) == (137, False)


def test_MS40_days_without_a_letter_are_of_the_cycle_too(world: World) -> None:
    """A, B, A, B and a Friday of all classes, three weeks of them."""
    for day in CalendarDay.objects.filter(school=world.lincoln, date__week_day__lt=6):
        CalendarDay.objects.filter(pk=day.pk).update(rotation_day="AB"[day.date.weekday() % 2])
    SectionMeetingTime.objects.filter(section=world.sections["6"]).update(rotation_days=["B"])
    [rosa] = planned(world)
    assert rosa.time.days == (("A", 55), ("B", 0), ("Other days", 55))
    assert rosa.time.minutes == 2 * 55 + 55


def test_MS40_early_dismissals_and_days_of_special_bells_make_no_usual_week(world: World) -> None:
    leave(world, "6")
    CalendarDay.objects.filter(school=world.lincoln, date=date(2020, 10, 26)).update(dismissal_time=time(11))
    CalendarDay.objects.filter(school=world.lincoln, date=date(2020, 10, 27)).update(event_type="LAED")
    assert [minutes for _, minutes in planned(world)[0].time.days] == [55] * 5


def test_MS40_classes_in_another_school_are_no_planning_and_a_teacher_stands_in_one_school(world: World) -> None:
    leave(world, "1")
    teach(world, "whitfield", "W1")
    assert planned(world)[0].time.minutes == 0
    [park] = planned(world, "washington")
    assert (park.name, park.time.minutes) == ("Owen Park", 275 * 5)
    assert [each.name for each in planned(world, "lincoln", "washington")] == ["Owen Park", "Rosa Whitfield"]


def test_MS40_a_teacher_of_lower_grades_in_an_elementary_school_needs_150_minutes(world: World) -> None:
    Enrollment.objects.filter(school=world.lincoln).update(grade="03")
    [rosa] = planned(world)
    assert (rosa.time.level, rosa.time.due) == (Level.ELEMENTARY, 150)


def test_MS40_what_holds_on_the_date_asked_for_decides(world: World) -> None:
    SectionTeacher.objects.filter(section=world.sections["6"]).update(ends_on=date(2020, 10, 23))
    assert planned(world, on=date(2020, 10, 23))[0].time.minutes == 0
    assert planned(world, on=date(2020, 10, 26))[0].time.minutes == 275
    work(world, time(7, 45), time(14, 45), starts_on=date(2020, 11, 2))
    assert planned(world, on=date(2020, 11, 1))[0].time.minutes == 275
    assert planned(world, on=date(2020, 11, 2))[0].time.minutes == 275 + 150
    assert planned(world, on=date(2019, 11, 2)) == []


def test_a_school_without_bells_or_days_tells_no_planning_time(world: World) -> None:
    Period.objects.filter(bell_schedule__school=world.lincoln).delete()
    assert planned(world) == []
    CalendarDay.objects.filter(school=world.washington).delete()
    assert planned(world, "washington") == []


def test_MS40_more_teachers_and_schools_ask_the_database_no_more(world: World) -> None:
    scope = world.scope("reyes")
    with CaptureQueriesContext(connection) as of_one:
        planning_of(scope, [world.lincoln.pk], TODAY)
    with CaptureQueriesContext(connection) as of_two:
        planning_of(scope, [world.lincoln.pk, world.washington.pk], TODAY)
    assert len(of_one) == len(of_two) == 7


def test_the_working_day_is_set_by_the_schools_administrators_once_and_judges_no_day_anew(world: World) -> None:
    open_both_schools(world)
    take(world, "1")
    stood = list(DailyAttendance.objects.order_by("pk").values())
    assert work(world, time(7, 30), time(15)) == work(world, time(7, 30), time(15))
    assert work(world, time(7), time(15)).events.count() == 1
    assert StaffHours.objects.count() == 1
    for who, refusal in [("whitfield", Forbidden), ("mayfield", Forbidden), ("lindqvist", NotInScope)]:
        with pytest.raises(refusal):
            work(world, time(8), time(9), by=who)
    with pytest.raises(Refused, match="ends before it starts"):
        work(world, time(15), time(15), starts_on=YEAR_ENDS)
    assert list(DailyAttendance.objects.order_by("pk").values()) == stood
    assert check(world.installation) == []


def test_the_page_lists_who_has_too_little_and_sets_the_working_day(world: World) -> None:
    okafor = client_of(world, "okafor")
    page = okafor.get(PAGE)
    assert "1 teacher of 1 has less planning time than is due (MS-40)." in page.content.decode()
    said = {"starts_on": YEAR_STARTS, "starts_at": "07:15", "ends_at": "15:00"}
    assert okafor.post(PAGE, said).status_code == 302
    page = okafor.get(PAGE).content.decode()
    assert "1 teacher has the planning time that is due" in page
    assert "Monday 75" in page
    assert "Whitfield" not in okafor.get(PAGE, {"short": "yes"}).content.decode()
    assert okafor.post(PAGE, said | {"ends_at": "07:00"}).status_code == 422
    for who, reads, writes in [("hale", 200, 403), ("mayfield", 404, 404), ("whitfield", 404, 404)]:
        assert client_of(world, who).get(PAGE).status_code == reads
        assert client_of(world, who).post(PAGE, said).status_code == writes
    assert client_of(world, "lindqvist").get(PAGE, {"school": world.lincoln.pk}).status_code == 404
