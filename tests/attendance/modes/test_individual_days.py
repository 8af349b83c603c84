"""Days that are unlike the class's: schedules, colleges, assessments and instruction of one student's own."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from attendance.models import (
    BellSchedule,
    CalendarDay,
    ClassMeeting,
    CollegeSection,
    DailyAttendance,
    DayReview,
    GradeDay,
    LearningPlan,
    Period,
    SectionMeetingTime,
)
from attendance.rules.college_days import BadCollegeFile, read_college_days
from attendance.rules.modes import ModeFact
from attendance.services.colleges import add_college, set_college_sections, set_days_off
from attendance.services.days import open_day
from attendance.services.homebound import enter_homebound
from attendance.services.ledger import check
from attendance.services.marking import MarkEntry
from attendance.services.own_days import Accommodated, OwnDays, enter_own_days, preview_own_days
from students.models import Enrollment, Section, SectionEnrollment, SectionTeacher
from students.refusals import Forbidden, NotInScope, Refused
from students.signals import roster_changed
from tests.attendance.acts import meeting_of, open_both_schools, take
from tests.attendance.modes.test_modes import give
from tests.world import PERIODS, TODAY, YEAR_ENDS, YEAR_STARTS, YESTERDAY, World, add_student, at, put_on_roster

FRIDAY = date(2020, 10, 23)
TOMORROW = TODAY + timedelta(days=1)


def day_of(world: World, name: str = "Abara", day: date = YESTERDAY) -> DailyAttendance:
    return DailyAttendance.objects.get(student=world.students[name], date=day)


def own(world: World, days: OwnDays | Accommodated, name: str = "Abara", by: str = "mayfield") -> None:
    scope, student = world.scope(by, at(17)), world.students[name].pk
    look = preview_own_days(scope, student, days)
    enter_own_days(
        scope, student, days, submission_id=uuid4(), agreed=str(look.agreement), late_reason="Told only today."
    )


def off_rosters(world: World, *periods: str, name: str = "Abara") -> None:
    student = world.students[name]
    SectionEnrollment.objects.filter(student=student, section__in=[world.sections[each] for each in periods]).delete()


def period_of(minutes: int, world: World) -> None:
    """Every period of Lincoln lasts as many minutes."""
    for period in Period.objects.filter(bell_schedule__school=world.lincoln, kind="class"):
        start = period.starts_at.hour * 60 + period.starts_at.minute + minutes
        period.ends_at = time(start // 60, start % 60)
        period.save()


@pytest.mark.parametrize(("missed", "status"), [(55, "present"), (56, "absent")])
def test_MS04_a_senior_of_150_minutes_needs_95(world: World, missed: int, status: str) -> None:
    period_of(50, world)
    off_rosters(world, "4", "5", "6")
    open_both_schools(world)
    own(world, OwnDays("early_release", YEAR_STARTS, reason="All credits but three"))
    abara = world.students["Abara"].pk
    take(world, "1", Abara="absent")
    take(world, "2", Abara=MarkEntry(abara, "tardy", minutes=100 - missed))
    take(world, "3")
    day = day_of(world)
    assert (day.minutes_required, day.minutes_needed, day.minutes_attended) == (150, 95, 150 - missed)
    assert day.status == status


def test_MS04_RD02_a_senior_with_no_class_on_a_day_is_exempt_and_anybody_else_undetermined(world: World) -> None:
    for name in ("Abara", "Baptiste"):
        off_rosters(world, *PERIODS, name=name)
    open_both_schools(world)
    own(world, OwnDays("early_release", YEAR_STARTS))
    assert (day_of(world).status, day_of(world).rules) == ("present", "MS-04 RD-02")
    assert day_of(world, "Baptiste").status == "undetermined"


def test_MS32_RD27_a_dual_credit_student_has_the_college_class_where_the_calendars_do_not_align(world: World) -> None:
    open_both_schools(world)
    district = world.scope("reyes", at(17))
    college = add_college(district, "Hinds Community College")
    set_college_sections(district, college.pk, [world.sections["6"].pk])
    for period in PERIODS[:5]:
        take(world, period, Abara="present" if period < "4" else "absent")
    take(world, "6", Abara="absent", Baptiste="absent")
    assert (day_of(world).minutes_attended, day_of(world).status) == (165, "absent")
    set_days_off(district, college.pk, {YESTERDAY: "Fall break", TOMORROW: "Fall break"})
    day = day_of(world)
    # The college's class alone is credited: 55 minutes, not the day.
    assert (day.minutes_required, day.minutes_attended, day.status) == (330, 220, "present")
    set_days_off(district, college.pk, {TOMORROW: "Fall break"})
    assert day_of(world).minutes_attended == 165
    assert check(world.installation) == []
    for who, refusal in [("mayfield", Forbidden), ("whitfield", NotInScope)]:
        with pytest.raises(refusal):
            set_days_off(world.scope(who, at(17)), college.pk, {})
    other = add_college(district, "Jackson State")
    with pytest.raises(Refused, match="Another college"):
        set_college_sections(district, other.pk, [world.sections["6"].pk])
    assert CollegeSection.objects.count() == 1


def test_RD27_a_colleges_calendar_is_read_from_a_file_by_its_lines() -> None:
    assert read_college_days("\ufeffdate,name\r\n2020-11-25,Thanksgiving\r\n2020-11-26,\r\n") == {
        date(2020, 11, 25): "Thanksgiving",
        date(2020, 11, 26): "",
    }
    for text, said in [
        ("day\n2020-11-25", "names the columns"),
        ("date\n11/25/2020", "Line 2: “11/25/2020” is no date"),
        ("date\n2020-11-25\n2020-11-25", "Line 3: 2020-11-25 stands in the file twice"),
    ]:
        with pytest.raises(BadCollegeFile, match=said):
            read_college_days(text)


def test_RD01_a_part_time_student_is_judged_by_the_own_classes(world: World) -> None:
    off_rosters(world, "3", "4", "5", "6")
    open_both_schools(world)
    own(world, OwnDays("part_time", YEAR_STARTS))
    take(world, "1")
    take(world, "2", Abara=MarkEntry(world.students["Abara"].pk, "left_early", minutes=14))
    day = day_of(world)
    assert (day.minutes_required, day.minutes_needed, day.minutes_attended, day.status) == (110, 69, 69, "present")


def test_RD01_on_A_and_B_days_the_classes_of_the_rotation_count_and_no_others(world: World) -> None:
    for day, turn in [(FRIDAY, "A"), (YESTERDAY, "B")]:
        CalendarDay.objects.filter(school=world.lincoln, date=day).update(rotation_day=turn)
    for number, key in enumerate(PERIODS):
        SectionMeetingTime.objects.filter(section=world.sections[key]).update(rotation_days=["AB"[number % 2]])
    open_both_schools(world)
    for day, met in [(FRIDAY, {"1", "3", "5"}), (YESTERDAY, {"2", "4", "6"})]:
        held = ClassMeeting.objects.filter(school=world.lincoln, date=day)
        assert {each.period for each in held} == met
        assert (day_of(world, day=day).meetings_expected, day_of(world, day=day).minutes_required) == (3, 165)
    take(world, "2")
    take(world, "4")
    assert day_of(world).status == "present"


@pytest.mark.parametrize(("minutes", "status"), [(138, "present"), (137, "absent")])
def test_RD01_in_a_block_schedule_two_long_classes_make_the_day(world: World, minutes: int, status: str) -> None:
    regular = BellSchedule.objects.get(school=world.lincoln)
    Period.objects.filter(bell_schedule=regular).exclude(name__in=["1", "5"]).delete()
    Period.objects.filter(bell_schedule=regular, name="1").update(starts_at=time(8), ends_at=time(9, 50))
    Period.objects.filter(bell_schedule=regular, name="5").update(starts_at=time(10), ends_at=time(11, 49))
    open_both_schools(world)
    take(world, "1")
    take(world, "5", Abara=MarkEntry(world.students["Abara"].pk, "left_early", minutes=minutes - 110))
    day = day_of(world)
    assert (day.meetings_expected, day.minutes_required, day.minutes_needed) == (2, 219, 138)
    assert (day.minutes_attended, day.status) == (minutes, status)


def test_MS13_two_blocks_of_120_minutes_make_240(world: World) -> None:
    regular = BellSchedule.objects.get(school=world.lincoln)
    Period.objects.filter(bell_schedule=regular).exclude(name__in=["1", "5"]).delete()
    Period.objects.filter(bell_schedule=regular, name="1").update(starts_at=time(8), ends_at=time(10))
    Period.objects.filter(bell_schedule=regular, name="5").update(starts_at=time(12, 30), ends_at=time(14, 30))
    open_both_schools(world)
    give(world, ModeFact("sync_online", YESTERDAY, None), late_reason="Late.")
    abara = world.students["Abara"].pk
    take(world, "1", Abara=MarkEntry(abara, "left_early", minutes=31))
    take(world, "5")
    day = day_of(world)
    assert (day.mode, day.minutes_required, day.minutes_needed) == ("sync_online", 240, 151)
    assert (day.minutes_attended, day.status) == (151, "present")


def test_RD01_the_same_class_twice_a_day_is_two_meetings(world: World) -> None:
    SectionMeetingTime.objects.create(section=world.sections["1"], period="2", starts_on=YEAR_STARTS, ends_on=YEAR_ENDS)
    off_rosters(world, "2")
    open_both_schools(world)
    assert ClassMeeting.objects.filter(section=world.sections["1"], date=YESTERDAY).count() == 2
    assert (day_of(world).meetings_expected, day_of(world).minutes_required) == (6, 330)


def test_RD03_who_enrolls_in_the_middle_of_the_day_is_unmarked_in_the_classes_taken_before(world: World) -> None:
    open_both_schools(world)
    for period in ("1", "2"):
        take(world, period)
    late = add_student(world, "Zamora Luz", "300000000", world.lincoln, YESTERDAY)
    for period in PERIODS:
        put_on_roster(late, world.sections[period], YESTERDAY)
    roster_changed.send(
        Enrollment, scope=world.installation, student_ids={late.pk}, school_ids=set(), from_date=YESTERDAY
    )
    day = day_of(world, "Zamora")
    assert (day.meetings_expected, day.meetings_untaken, day.status) == (6, 6, "undetermined")
    assert day_of(world, day=YESTERDAY).meetings_untaken == 4


def test_RD09_a_half_day_in_another_school_joins_the_day_of_the_primary_one(world: World) -> None:
    off_rosters(world, "4", "5", "6")
    career = Section.objects.create(
        source_id="career",
        course=world.sections["1"].course,
        school=world.washington,
        title="Welding",
        kind="scheduled",
    )
    SectionMeetingTime.objects.create(section=career, period="5", starts_on=YEAR_STARTS, ends_on=YEAR_ENDS)
    SectionTeacher.objects.create(
        source_id="stc", section=career, user=world.users["park"], starts_on=YEAR_STARTS, is_primary=True
    )
    put_on_roster(world.students["Abara"], career)
    Enrollment.objects.create(
        student=world.students["Abara"], school=world.washington, grade="09", starts_on=YEAR_STARTS, is_primary=False
    )
    open_both_schools(world)
    [day] = DailyAttendance.objects.filter(student=world.students["Abara"], date=YESTERDAY)
    assert (day.school, day.meetings_expected, day.minutes_required) == (world.lincoln, 4, 220)


def test_RD09_on_the_day_of_a_transfer_the_day_is_the_receiving_schools(world: World) -> None:
    abara = world.students["Abara"]
    Enrollment.objects.filter(student=abara).update(ends_on=FRIDAY, exit_code="T2")
    Enrollment.objects.create(student=abara, school=world.washington, grade="09", starts_on=YESTERDAY, entry_code="E4")
    open_both_schools(world)
    days = DailyAttendance.objects.filter(student=abara, date__gte=FRIDAY).order_by("date")
    assert [(each.date, each.school) for each in days] == [
        (FRIDAY, world.lincoln),
        (YESTERDAY, world.washington),
        (TODAY, world.washington),
    ]


def test_RD11_who_never_came_has_no_day(world: World) -> None:
    Enrollment.objects.filter(student=world.students["Abara"]).update(exit_code="NS")
    open_both_schools(world)
    assert not DailyAttendance.objects.filter(student=world.students["Abara"]).exists()


def test_RD11_a_retroactive_withdrawal_keeps_the_marks_and_takes_the_days(world: World) -> None:
    open_both_schools(world)
    take(world, "1", Abara="absent")
    abara = world.students["Abara"]
    Enrollment.objects.filter(student=abara).update(ends_on=FRIDAY, exit_code="T2")
    roster_changed.send(
        Enrollment, scope=world.installation, student_ids={abara.pk}, school_ids=set(), from_date=FRIDAY
    )
    assert not DailyAttendance.objects.filter(student=abara, date__gt=FRIDAY).exists()
    assert meeting_of(world, "1").marks.filter(student=abara).exists()
    assert check(world.installation) == []


def test_RD10_on_staggered_first_days_a_grade_that_does_not_begin_yet_has_no_day(world: World) -> None:
    first = CalendarDay.objects.get(school=world.lincoln, date=FRIDAY)
    GradeDay.objects.create(calendar_day=first, grade="09", event_type="O", name="Grade 10 begins")
    Enrollment.objects.filter(student=world.students["Baptiste"]).update(grade="10")
    open_both_schools(world)
    days = DailyAttendance.objects.filter(date=FRIDAY, school=world.lincoln)
    assert [each.student for each in days] == [world.students["Baptiste"]]


def test_RD01_bells_of_some_grades_alone_are_those_grades_own_minutes(world: World) -> None:
    regular = BellSchedule.objects.get(school=world.lincoln)
    period = Period.objects.get(bell_schedule=regular, name="1")
    period.pk, period.grades = None, ["10"]
    period.starts_at, period.ends_at = time(8, 0), time(8, 40)
    period.save(force_insert=True)
    Section.objects.filter(pk=world.sections["1"].pk).update(grades=["10"])
    open_day(world.installation, world.lincoln.pk, TODAY)
    assert meeting_of(world, "1").instructional_minutes == 40
    assert day_of(world).minutes_required == 5 * 55 + 40


def test_RD01_homebound_instruction_is_entered_as_minutes(world: World) -> None:
    open_both_schools(world)
    own(world, OwnDays("homebound", YESTERDAY, reason="Surgery"))
    day = day_of(world)
    assert (day.status, day.minutes_required, day.minutes_needed) == ("undetermined", 330, 208)
    office, abara = world.scope("mayfield", at(17)), world.students["Abara"].pk
    enter_homebound(office, abara, {YESTERDAY: 207, TODAY: 0})
    assert (day_of(world).status, day_of(world, day=TODAY).status) == ("absent", "absent")
    assert enter_homebound(office, abara, {YESTERDAY: 207}) is None
    with pytest.raises(Refused, match="Say why"):
        enter_homebound(office, abara, {YESTERDAY: 208})
    # Her teacher keeps the log too.
    enter_homebound(world.scope("whitfield", at(17)), abara, {YESTERDAY: 208}, reason="One lesson was left out.")
    assert (day_of(world).status, day_of(world).minutes_attended) == ("present", 208)
    assert DayReview.objects.get(date=YESTERDAY).reason == "One lesson was left out."
    for given, said in [({TOMORROW: 60}, "still to come"), ({FRIDAY: 60}, "no homebound"), ({TODAY: 601}, "between 0")]:
        with pytest.raises(Refused, match=said):
            enter_homebound(office, abara, given)
    for who, refusal in [("tran", Forbidden), ("lindqvist", NotInScope)]:
        with pytest.raises(refusal):
            enter_homebound(world.scope(who, at(17)), abara, {TODAY: 10}, reason="Mine.")
    assert check(world.installation) == []


@pytest.mark.parametrize("plain", [False, True])
def test_RD26_in_quarantine_every_class_and_its_work_or_absent_unless_the_district_judges_by_minutes(
    world: World, plain: bool
) -> None:
    LearningPlan.objects.create(starts_on=YEAR_STARTS, quarantine_by_minutes=plain)
    open_both_schools(world)
    fact = ModeFact("sync_online", YESTERDAY, date(2020, 11, 6), reason="quarantine")
    give(world, fact, by="tran", late_reason="Told today.")
    for period in PERIODS:
        take(world, period, Abara="absent" if period == "6" else "present")
    day = day_of(world)
    assert (day.status, day.minutes_attended) == ("present" if plain else "absent", 275)
    if not plain:
        assert day.rules.startswith("RD-26")


def test_MS39_an_accommodation_lets_another_measure_count_for_one_student(world: World) -> None:
    LearningPlan.objects.create(starts_on=YEAR_STARTS, measures=["work"])
    open_both_schools(world)
    fact = ModeFact("async_online", YESTERDAY, None)
    give(world, fact, "Abara", "Baptiste", late_reason="Late.")
    for name in ("Abara", "Baptiste"):
        for key in PERIODS:
            DayReview.objects.create(
                student=world.students[name],
                section=world.sections[key],
                date=YESTERDAY,
                measure="contact",
                entered_by=world.users["whitfield"],
                entered_at=at(17),
            )
    own(world, Accommodated(("contact",), YESTERDAY, reason="IEP"), by="tran")
    own(world, Accommodated(("lms_login",), YESTERDAY, reason="IEP"), "Baptiste", by="tran")
    assert (day_of(world).status, day_of(world, "Baptiste").status) == ("present", "absent")
