"""The demo, loaded once for this file by the real importer, as the application's role."""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.db import connection
from django.db.models import Max
from django.test import TransactionTestCase

from attendance.demo.calendar import session_days
from attendance.demo.cast import ACCOUNTS, ELEMENTARY, HIGH, MIDDLE, NOW, PASSWORD, SCHOOL_CODE, TODAY, YESTERDAY
from attendance.demo.families import FAMILIES
from attendance.demo.individual_days import COLLEGE_IS_OUT, RETEST
from attendance.demo.lawful import HURRICANE, PREPARED, QUARANTINED
from attendance.demo.sets import write_sets
from attendance.models import (
    AssessmentSeat,
    CalendarDay,
    ClassMeeting,
    CollegeSection,
    DailyAttendance,
    DayStatus,
    Document,
    Excuse,
    Mark,
    MeetingState,
    OfficeEntry,
    OfficeEvent,
    SchoolDays,
    Submission,
)
from attendance.rules.excuse import ACCEPTED, NOT_SUFFICIENT, PENDING, REFUSED, standing
from attendance.rules.filing_year import year_around
from attendance.rules.lawful_calendar import Code
from attendance.selectors.calendar_law import calendar_laws
from attendance.selectors.calls_page import calls_page
from attendance.selectors.correction_requests import request_list
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.family_report_list import from_families
from attendance.selectors.planning import planning_of
from attendance.selectors.policies import policies
from attendance.selectors.reconciliation import disagreements
from attendance.selectors.roster import live_roster_on
from attendance.services.document_folder import is_there
from attendance.services.ledger import check
from attendance.services.marking import MarkEntry, save_marks
from interventions.demo.loading import load
from students.access import installation_scope, scope_of
from students.models import Enrollment, School, Student, User
from students.selectors.families import children_of
from students.selectors.family_language import language_at_home
from students.services.roster_import import run_import

# Loading takes most of a minute, and one file is one worker's: the demo's care is looked at here too.
from tests.interventions.demo_care import (  # noqa: F401
    test_every_tier_has_its_students_and_cases_and_a_night_changes_nothing,
    test_letters_were_printed_in_three_languages_and_some_are_due_ready_and_withdrawn,
    test_one_campaign_went_out_in_three_languages_and_a_draft_waits,
    test_one_is_found_by_the_mondays_alone_and_the_page_says_so,
    test_some_are_on_course_to_a_threshold_and_the_year_so_far_says_how_often_that_came_true,
    test_somebody_is_disengaged_and_the_directory_has_partners_of_every_kind,
    test_the_fall_is_told_by_timelines_that_began_on_different_days,
    test_the_officer_was_told_of_most_notices_and_the_newest_wait,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loading takes seconds, so the tests of this file share one load, and only read or roll back."""
    with django_db_blocker.unblock():
        # As `prepare_demo` does: a worker's heap of all tests was walked through again and again while rows were made.
        usual = gc.get_threshold()
        gc.set_threshold(100_000, 50, 100)
        load(installation_scope(NOW))
        gc.set_threshold(*usual)
        yield
        TransactionTestCase._fixture_teardown(TransactionTestCase())


def absences(school: str) -> Counter[int]:
    """How many students of a school were absent on how many days, by the ledger."""
    members = Student.objects.filter(enrollments__school__source_id=school, enrollments__is_primary=True).distinct()
    absent = DailyAttendance.objects.filter(status=DayStatus.ABSENT)
    by_student = Counter(absent.values_list("student_id", flat=True))
    return Counter(by_student[student] for student in members.values_list("pk", flat=True))


def counts() -> dict[str, int]:
    kinds = (Student, ClassMeeting, Mark, Excuse, DailyAttendance, User, CalendarDay)
    return {kind.__name__: kind.objects.count() for kind in kinds}


@pytest.mark.parametrize("school", [ELEMENTARY, MIDDLE, HIGH])
def test_most_students_missed_little_and_every_level_of_support_has_its_students(school):
    missed = absences(school)
    everybody = sum(missed.values())
    assert everybody >= 350
    assert sum(missed[count] for count in range(5)) >= everybody * 6 // 10
    assert missed[5] >= 3
    assert sum(missed[count] for count in range(6, 11)) >= 3
    assert sum(count for days, count in missed.items() if days > 10) >= 3


def test_MS06_students_come_late_and_leave_early_and_some_days_are_lost_by_minutes():
    assert Mark.objects.filter(status="tardy", minutes_attended__lt=20).exists()
    assert Mark.objects.filter(status="tardy", minutes_attended__gte=60).count() > 100
    assert Mark.objects.filter(status="left_early").count() > 50
    assert DailyAttendance.objects.filter(status=DayStatus.ABSENT, minutes_attended__gt=0).count() > 10


def test_absences_are_excused_and_unexcused_and_notes_stand_in_every_way():
    kinds = Counter(DailyAttendance.objects.filter(status=DayStatus.ABSENT).values_list("absence_kind", flat=True))
    assert min(kinds["excused"], kinds["unexcused"]) > 900
    policy = policies(installation_scope(NOW))[-1]
    days = list(CalendarDay.objects.filter(event_type__in=["IN", "LAED"]).values_list("date", flat=True))
    states = Counter(
        standing(fact_of(excuse), excuse.ends_on, days, policy, TODAY).state
        for excuse in numbered(Excuse.objects.all())
    )
    assert states.keys() == {ACCEPTED, PENDING, NOT_SUFFICIENT, REFUSED}
    assert min(states[each] for each in (ACCEPTED, PENDING, NOT_SUFFICIENT)) >= 3
    assert [is_there(name) for name in Document.objects.values_list("storage_name", flat=True)] == [True] * 7


def test_in_each_mode_some_are_present_some_absent_and_the_week_that_ended_waits_for_some():
    for mode in ("async_online", "offline_digital", "offline_packets"):
        days = DailyAttendance.objects.filter(mode=mode)
        assert days.filter(status=DayStatus.PRESENT).count() > 100, mode
        assert days.filter(status=DayStatus.ABSENT).count() > 5, mode
    waiting = DailyAttendance.objects.exclude(own_time_sections=[]).filter(status=DayStatus.UNDETERMINED)
    assert waiting.filter(date__lt=TODAY - timedelta(days=1)).exists()
    assert not waiting.filter(date__lt=TODAY - timedelta(days=9)).exists()


def test_MS12_an_assessment_was_sat_in_school_by_those_online_and_MS32_a_college_has_its_own_days():
    day = DailyAttendance.objects.filter(student__in=AssessmentSeat.objects.values("student"), date=RETEST)
    assert set(day.values_list("mode", flat=True)) == {"in_person"}
    college = CollegeSection.objects.get()
    seniors = DailyAttendance.objects.filter(
        date__in=COLLEGE_IS_OUT, student__in=college.section.enrollments.values("student")
    )
    assert seniors.exists()
    assert not seniors.filter(minutes_attended=0).exists()


def test_RD26_quarantined_students_are_present_with_all_classes_and_work_done():
    days = DailyAttendance.objects.filter(rules="RD-26")
    assert days.filter(status=DayStatus.PRESENT).exists()
    assert DailyAttendance.objects.filter(rules="RD-03 RD-26", date=TODAY - timedelta(days=1)).exists()


def test_today_is_taken_as_far_as_it_has_gone_but_for_the_cast_and_one_class_of_yesterday_is_not():
    today = ClassMeeting.objects.filter(date=TODAY, section__kind="scheduled").exclude(school__source_id=ELEMENTARY)
    assert not today.filter(state=MeetingState.EXPECTED, period__in=["1", "Block 1"]).exists()
    held_now = today.filter(period__in=["2", "Block 2"])
    assert held_now.filter(state=MeetingState.TAKEN).count() > held_now.count() // 2
    assert held_now.filter(state=MeetingState.EXPECTED, section__teachers__user__username="whitfield").count() == 1
    assert not today.filter(state=MeetingState.TAKEN, starts_at__gt=time(10)).exists()
    untaken = ClassMeeting.objects.get(date=YESTERDAY, state=MeetingState.EXPECTED)
    assert untaken.section.teachers.get().user.username == "whitfield"
    assert {days.opened_through for days in SchoolDays.objects.all()} == {TODAY}
    assert SchoolDays.objects.count() == 3


def test_every_homeroom_but_one_has_its_whole_day_marked_this_morning():
    today = ClassMeeting.objects.filter(date=TODAY, section__kind="homeroom", school__source_id=ELEMENTARY)
    assert today.filter(state=MeetingState.TAKEN).count() == 17 * 5
    waiting = today.filter(state=MeetingState.EXPECTED)
    assert {meeting.section.teachers.get().user.username for meeting in waiting} == {"simmons"}
    assert waiting.count() == 5


def test_a_homerooms_day_is_one_mark_with_its_arrival_or_departure():
    homeroom = Mark.objects.filter(meeting__section__kind="homeroom", meeting__school__source_id=ELEMENTARY)
    arrived: dict[tuple[int, date], set] = defaultdict(set)
    for student, day, moment in homeroom.exclude(arrived_at=None).values_list("student", "meeting__date", "arrived_at"):
        arrived[student, day].add(moment)
    assert len(arrived) > 200
    assert {len(moments) for moments in arrived.values()} == {1}


def test_every_save_has_its_form_and_a_substitutes_classes_are_theirs():
    assert Submission.objects.count() == ClassMeeting.objects.filter(state=MeetingState.TAKEN).count()
    taken = ClassMeeting.objects.filter(taken_by__username="dubose")
    assert {meeting.section.course.title for meeting in taken} == {"Geometry"}
    assert {meeting.date for meeting in taken} <= {date(2020, 9, 21) + timedelta(days=each) for each in range(12)}
    assert taken.count() >= 20


def test_an_early_dismissal_cuts_the_day_short_in_every_school():
    cut = ClassMeeting.objects.filter(date=date(2020, 10, 23))
    assert cut.values("school").distinct().count() == 3
    assert cut.aggregate(last=Max("ends_at"))["last"] == time(13, 10)
    open_days = DailyAttendance.objects.filter(date=date(2020, 10, 23), status=DayStatus.UNDETERMINED)
    assert not open_days.filter(own_time_sections=[]).exclude(rules="RD-03 RD-26").exists()


def test_RD09_a_day_of_two_schools_is_one_row_of_the_students_own_school():
    enrollment = Enrollment.objects.get(is_primary=False)
    days = DailyAttendance.objects.filter(student=enrollment.student)
    assert set(days.values_list("school__source_id", flat=True)) == {MIDDLE}
    assert days.count() == len(session_days())
    joined = days.get(date=YESTERDAY)
    assert (joined.meetings_expected, joined.minutes_required) == (5, 4 * 52 + 88)


def test_the_files_to_try_say_nothing_new_today_and_a_little_tomorrow_and_the_wrong_one_is_held(tmp_path):
    today, tomorrow, wrong = write_sets(tmp_path)
    assert run_import(installation_scope(NOW), today, dry_run=True).changes_nothing
    report = run_import(installation_scope(NOW), tomorrow, dry_run=True)
    assert not report.refused
    assert report.counts["students"]["created"] == 1
    assert report.counts["class enrollments"]["created"] == 9
    assert run_import(installation_scope(NOW), wrong, dry_run=True).held


def test_RD03_one_untaken_class_alone_keeps_month_2_from_being_built():
    month = (date(2020, 9, 14), date(2020, 10, 16))
    untaken = ClassMeeting.objects.get(date__range=month, state=MeetingState.EXPECTED)
    assert untaken.school.code == SCHOOL_CODE
    undetermined = DailyAttendance.objects.filter(date__range=month, status=DayStatus.UNDETERMINED)
    assert {day.date for day in undetermined} == {untaken.date}
    rostered = set(untaken.section.enrollments.values_list("student_id", flat=True))
    assert {day.student_id for day in undetermined} <= rostered
    assert 1 <= len(undetermined) <= 3


def test_the_administrator_mends_month_2_on_the_page_of_that_one_class():
    meeting = ClassMeeting.objects.get(date=date(2020, 10, 6), state=MeetingState.EXPECTED)
    away = DailyAttendance.objects.filter(date=meeting.date, status=DayStatus.UNDETERMINED)
    gone_home = set(away.values_list("student_id", flat=True))
    okafor = scope_of(User.objects.get(username="okafor"), NOW)
    roster = live_roster_on(okafor, meeting.section_id, meeting.date).values_list("pk", flat=True)
    entries = [MarkEntry(student, "absent" if student in gone_home else "present") for student in roster]
    save_marks(okafor, meeting.pk, submission_id=uuid4(), version=0, entries=entries, reason="Never taken.")
    day = DailyAttendance.objects.filter(date=meeting.date)
    assert not day.filter(status=DayStatus.UNDETERMINED).exists()
    assert set(day.filter(student__in=gone_home).values_list("status", flat=True)) == {DayStatus.ABSENT}


def test_month_1_is_complete():
    first = (date(2020, 8, 10), date(2020, 9, 11))
    assert not ClassMeeting.objects.filter(date__range=first).exclude(state=MeetingState.TAKEN).exists()
    assert not DailyAttendance.objects.filter(date__range=first, status=DayStatus.UNDETERMINED).exists()


def test_everybody_in_a_taken_class_has_a_mark_of_its_teacher_made_by_then():
    assert not ClassMeeting.objects.filter(taken_at__gt=NOW).exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM students_sectionenrollment roster JOIN attendance_classmeeting meeting "
            "ON meeting.section_id = roster.section_id AND meeting.date >= roster.starts_on "
            "AND meeting.date <= COALESCE(roster.ends_on, 'infinity') LEFT JOIN attendance_mark mark "
            "ON mark.meeting_id = meeting.id AND mark.student_id = roster.student_id "
            "AND mark.marked_by_id = meeting.taken_by_id AND mark.marked_at = meeting.taken_at "
            "JOIN attendance_dailyattendance ledger ON ledger.student_id = roster.student_id "
            "AND ledger.date = meeting.date AND NOT meeting.section_id = ANY(ledger.own_time_sections) "
            "WHERE meeting.state = 'taken' AND mark.id IS NULL"
        )
        assert cursor.fetchone() == (0,)


def test_the_ledger_equals_its_facts():
    assert check(installation_scope(NOW), from_date=date(2020, 10, 5)) == []


def test_the_casts_stories_are_in_the_ledger():
    missed = Counter(
        DailyAttendance.objects.filter(status=DayStatus.ABSENT).values_list("student__family_name", flat=True)
    )
    names = ["Abara", "Baptiste", "Hollis"]
    assert [missed[name] for name in names] == [0, 5, 12]
    tasha = DailyAttendance.objects.get(
        student__family_name="Grant", date=date(2020, 10, 15), student__given_name="Tasha"
    )
    assert (tasha.status, tasha.minutes_attended, tasha.minutes_needed) == (DayStatus.ABSENT, 154, 222)


def test_a_second_load_changes_nothing():
    before = counts()
    assert load(installation_scope(NOW)) is None
    assert counts() == before


def test_one_account_of_each_role_signs_in_with_the_printed_password_and_nobody_else_has_one(capsys):
    call_command("demo_accounts", port=8123)
    printed = capsys.readouterr().out
    assert "http://localhost:8123/months/" in printed
    for account in ACCOUNTS:
        assert account.username in printed
        user = authenticate(None, username=account.username, password=PASSWORD)
        assert user is not None
        validate_password(PASSWORD, user)
    families = [family.username for family in FAMILIES]
    assert all(name in printed and authenticate(None, username=name, password=PASSWORD) for name in families)
    others = User.objects.exclude(username__in=[*families, *(account.username for account in ACCOUNTS)])
    assert not any(user.has_usable_password() for user in others)


def test_RD62_the_demos_families_see_their_own_children_in_their_own_language():
    seen = {}
    for family in FAMILIES:
        user = User.objects.get(username=family.username)
        scope = scope_of(user, NOW)
        children = sorted(each.given_name for each in children_of(scope))
        seen[family.username] = (language_at_home(scope), children)
    assert seen == {
        "hollis": ("en", ["Wade"]),
        "john": ("en", ["Zaria"]),
        "pena": ("es", ["Alondra", "Makayla"]),
        "baptiste": ("ht", ["Naomie"]),
        "toney": (None, ["Chase"]),
    }


def test_MS01_the_demos_calendars_are_lawful_but_for_a_waiver_whose_document_is_to_come():
    laws = calendar_laws(installation_scope(NOW), list(School.objects.values_list("pk", flat=True)), year_around(TODAY))
    by_school = {school.source_id: laws[school.pk] for school in School.objects.all()}
    assert {name: [fault.code for fault in law.faults] for name, law in by_school.items()} == {
        ELEMENTARY: [],
        MIDDLE: [Code.WITHOUT_DOCUMENT],
        HIGH: [],
    }
    assert by_school[HIGH].waived == (PREPARED, QUARANTINED)
    assert by_school[HIGH].lost == (HURRICANE,)


def test_MS40_one_teacher_of_the_demo_has_too_little_time_to_plan():
    planned = planning_of(installation_scope(NOW), list(School.objects.values_list("pk", flat=True)), TODAY)
    assert [(each.name, each.time.minutes) for each in planned if not each.time.is_enough] == [("Regina Alford", 140)]
    assert len(planned) > 50
    assert {each.time.due for each in planned} == {150, 225}


def test_RD06_RD07_the_offices_have_entered_a_late_bus_a_trip_suspensions_and_two_days_to_reconcile():
    clerk = scope_of(User.objects.get(username="mayfield"), NOW)
    administrator = scope_of(User.objects.get(username="reyes"), NOW)
    [bus] = OfficeEntry.objects.filter(note__contains="Bus 12")
    assert bus.events.count() == 38
    trip = OfficeEntry.objects.get(kind="activity")
    assert trip.events.count() == 24
    suspended = DailyAttendance.objects.filter(absence_kind="suspended")
    assert suspended.count() == 3
    kept_in = OfficeEvent.objects.get(kind="in_school_suspension")
    days = DailyAttendance.objects.filter(student=kept_in.student, date__range=(kept_in.starts_on, kept_in.ends_on))
    assert {day.status for day in days} == {DayStatus.PRESENT}
    assert disagreements(clerk, None).total == 2
    middle = School.objects.get(source_id=MIDDLE).pk
    assert disagreements(administrator, middle, from_date=date(2020, 10, 1)).total == 0
    calls = calls_page(clerk, None, TODAY)
    assert calls.total >= 5
    assert calls.called == 1
    assert OfficeEvent.objects.filter(kind="reported_absence", starts_on=TODAY).count() >= 3
    assert OfficeEvent.objects.filter(kind="reported_absence", starts_on__gt=TODAY).count() == 2


def test_families_have_told_the_school_and_some_of_it_waits() -> None:
    clerk = scope_of(User.objects.get(username="mayfield"), NOW)
    school = School.objects.get(code=SCHOOL_CODE)
    waits = from_families(clerk, school.pk)
    assert (waits.reports, waits.requests, waits.notes) == (3, 1, 1)
    teacher = scope_of(User.objects.get(username="whitfield"), NOW)
    assert [each.student for each in request_list(teacher).lines] == ["Hollis, Wade"]
