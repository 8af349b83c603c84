"""What a later file changes: the past stands, what is no longer listed ends, and too many endings wait for a person.

The import runs on Tuesday 27 October 2020; the session day before it is Monday the 26th.
"""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.models import ClassMeeting, Mark
from students import clock
from students.access import installation_scope
from students.models import Enrollment, RoleAssignment, SectionEnrollment, SectionTeacher, Student, User
from students.oneroster.endings import is_too_many
from students.services.roster_import import run_import
from students.signals import roster_changed
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY, AUGUST = date(2020, 10, 27), date(2020, 10, 26), date(2020, 8, 10)


@pytest.fixture
def files():
    return RosterFiles().with_days()


@pytest.fixture
def bring_in(tmp_path):
    def run(files, **options):
        report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"), **options)
        assert [str(fault) for fault in report.faults] == []
        return report

    return run


@pytest.fixture
def news():
    heard = []

    def listen(sender, **said):
        heard.append(said)

    roster_changed.connect(listen)
    yield heard
    roster_changed.disconnect(listen)


def on(day):
    return clock.stopped_at(datetime(2020, 10, day, 10, tzinfo=ZoneInfo("America/Chicago")))


def span(fact):
    return fact.starts_on, fact.ends_on


def test_what_is_no_longer_listed_ends_on_the_session_day_before(files, bring_in):
    bring_in(files)
    files.drop_student("p2")
    report = bring_in(files)
    assert span(SectionEnrollment.objects.get(student__source_id="p2")) == (AUGUST, YESTERDAY)
    assert span(Enrollment.objects.get(student__source_id="p2")) == (AUGUST, YESTERDAY)
    assert report.counts["class enrollments"] == {"created": 0, "changed": 0, "ended": 1, "unchanged": 2}
    assert Student.objects.filter(source_id="p2").exists()
    assert report.counts["students"] == {"created": 0, "changed": 0, "ended": 1, "unchanged": 2}


def test_on_a_monday_it_ends_on_the_friday_before(files, bring_in):
    bring_in(files)
    files.drop_student("p2")
    with on(26):
        bring_in(files)
    assert Enrollment.objects.get(student__source_id="p2").ends_on == date(2020, 10, 23)


def test_an_end_in_the_file_is_exclusive_and_ours_is_the_last_day(files, bring_in):
    files.row("enrollments", "e-p2")["endDate"] = "2020-12-19"
    bring_in(files)
    assert SectionEnrollment.objects.get(student__source_id="p2").ends_on == date(2020, 12, 18)


def test_what_ended_and_is_listed_again_without_a_date_is_a_second_row(files, bring_in):
    bring_in(files)
    rows = files.files["enrollments"]
    files.drop("enrollments", "e-p2")
    with on(20):
        bring_in(files)
    files.files["enrollments"] = rows
    files.row("enrollments", "e-p2")["beginDate"] = ""
    bring_in(files)
    held = SectionEnrollment.objects.filter(student__source_id="p2").order_by("starts_on")
    assert [span(fact) for fact in held] == [(AUGUST, date(2020, 10, 19)), (TODAY, None)]


def test_what_ended_and_is_listed_again_from_its_first_day_had_never_ended(files, bring_in):
    bring_in(files)
    rows = files.files["enrollments"]
    files.drop("enrollments", "e-p2")
    with on(20):
        bring_in(files)
    files.files["enrollments"] = rows
    bring_in(files)
    assert span(SectionEnrollment.objects.get(student__source_id="p2")) == (AUGUST, None)


def test_RD11_an_enrollment_without_a_begin_date_begins_on_the_day_of_the_import_and_stays_there(files, bring_in):
    files.row("enrollments", "e-p2")["beginDate"] = ""
    with on(26):
        report = bring_in(files)
    assert any("1 rows of enrollments.csv have no begin date" in note for note in report.notes)
    bring_in(files)
    assert span(SectionEnrollment.objects.get(student__source_id="p2")) == (YESTERDAY, None)


def test_an_enrollment_that_began_today_and_vanishes_today_is_taken_away(files, bring_in):
    bring_in(files)
    files.add("enrollments", sourcedId="late", classSourcedId="algebra", schoolSourcedId="washington", role="student",
              userSourcedId="p9")  # fmt: skip
    files.add_person("p9", "student", "washington")
    bring_in(files)
    assert SectionEnrollment.objects.get(student__source_id="p9").starts_on == TODAY
    files.drop_student("p9")
    bring_in(files)
    assert not SectionEnrollment.objects.filter(student__source_id="p9").exists()
    assert not Enrollment.objects.filter(student__source_id="p9").exists()


def test_one_that_was_marked_today_keeps_its_one_day(files, bring_in):
    files.row("enrollments", "e-p2")["beginDate"] = ""
    bring_in(files)
    held = SectionEnrollment.objects.get(student__source_id="p2")
    _mark(held)
    files.drop_student("p2")
    bring_in(files)
    held.refresh_from_db()
    assert span(held) == (TODAY, TODAY)


def _mark(held):
    teacher = User.objects.get(source_id="t1")
    meeting, _ = ClassMeeting.objects.update_or_create(
        section=held.section, date=TODAY, period="1",
        defaults={"school": held.section.school, "starts_at": "08:00", "ends_at": "08:55", "instructional_minutes": 55,
                      "state": "taken", "taken_by": teacher, "taken_at": clock.now()},
    )  # fmt: skip
    Mark.objects.create(
        meeting=meeting, student=held.student, status="present", minutes_attended=55, marked_by=teacher,
        marked_at=clock.now(),
    )  # fmt: skip


def test_new_ids_for_the_same_enrollments_change_no_day(files, bring_in, news):
    bring_in(files)
    news.clear()
    for row in files.files["enrollments"]:
        row["sourcedId"] += "-new"
    report = bring_in(files)
    assert report.counts["class enrollments"] == {"created": 0, "changed": 3, "ended": 0, "unchanged": 0}
    assert news == []


def test_an_id_that_moves_to_another_class_takes_the_student_there(files, bring_in):
    files.add_class("geometry", "lincoln", "2")
    bring_in(files)
    files.row("enrollments", "e-p2").update(classSourcedId="geometry", beginDate="2020-10-27")
    bring_in(files)
    held = SectionEnrollment.objects.filter(student__source_id="p2").order_by("starts_on")
    assert [(fact.section.source_id, *span(fact)) for fact in held] == [
        ("algebra", AUGUST, YESTERDAY),
        ("geometry", TODAY, None),
    ]


def test_an_id_that_moves_to_another_class_without_a_date_is_refused_in_words(files, bring_in, tmp_path):
    files.add_class("geometry", "lincoln", "2")
    bring_in(files)
    files.row("enrollments", "e-p2")["classSourcedId"] = "geometry"
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
    assert "column sourcedId: The id stands for another class from 2020-08-10 on" in str(report.faults[0])


def test_an_end_that_comes_late_ends_on_its_own_day_without_a_begin_date_too(files, bring_in):
    files.row("enrollments", "e-p2")["beginDate"] = ""
    with on(20):
        bring_in(files)
    files.row("enrollments", "e-p2")["endDate"] = "2020-10-23"
    bring_in(files)
    assert span(SectionEnrollment.objects.get(student__source_id="p2")) == (date(2020, 10, 20), date(2020, 10, 22))


def test_schools_may_swap_their_codes(files, bring_in):
    bring_in(files)
    one, two = files.row("orgs", "lincoln"), files.row("orgs", "washington")
    one["identifier"], two["identifier"] = two["identifier"], one["identifier"]
    assert bring_in(files).counts["schools"]["changed"] == 2


def test_a_code_of_a_school_no_longer_listed_is_not_given_to_another(files, bring_in, tmp_path):
    bring_in(files)
    for file in ("bells", "calendar"):
        files.files[file] = []
    files.row("orgs", "washington")["sourcedId"] = "jefferson"
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
    assert "orgs.csv, line 4, column identifier: It belongs to washington" in str(report.faults[0])


def test_RD09_on_a_transfer_the_day_belongs_to_the_receiving_school(files, bring_in):
    row = files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="lincoln", entryDate="2020-08-10",
                    primary="true", entryCode="E1")  # fmt: skip
    bring_in(files)
    row.update(schoolSourcedId="washington", entryDate="2020-10-22", entryCode="E3")
    bring_in(files)
    held = Enrollment.objects.filter(student__source_id="p1").order_by("starts_on")
    assert [(fact.school.source_id, *span(fact)) for fact in held] == [
        ("lincoln", AUGUST, date(2020, 10, 21)),
        ("washington", date(2020, 10, 22), None),
    ]
    assert bring_in(files).written is False


def test_without_the_districts_file_codes_and_first_days_stay_as_they_are(files, bring_in):
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="lincoln", entryDate="2020-09-01",
              primary="true", entryCode="E4", adaIncluded="false")  # fmt: skip
    bring_in(files)
    del files.files["school_enrollments"]
    bring_in(files)
    held = Enrollment.objects.get(student__source_id="p1")
    assert (held.starts_on, held.entry_code, held.ada_included) == (date(2020, 9, 1), "E4", False)


def test_two_students_may_swap_their_state_ids(files, bring_in):
    bring_in(files)
    one, two = files.row("users", "p1"), files.row("users", "p2")
    one["identifier"], two["identifier"] = two["identifier"], one["identifier"]
    assert bring_in(files).counts["students"]["changed"] == 2
    assert Student.objects.get(source_id="p1").state_id == "100000002"


def test_a_state_id_of_a_student_no_longer_listed_is_not_given_to_another(files, bring_in, tmp_path):
    bring_in(files)
    files.drop_student("p2")
    files.add_student("p7", "100000002")
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
    assert "belongs to p2" in str(report.faults[0])
    assert SectionEnrollment.objects.filter(ends_on=None).count() == 3


def test_staff_no_longer_listed_keep_their_account_and_cannot_sign_in(files, bring_in):
    files.add_staff("t2", "teacher", "lincoln")
    with on(26):
        bring_in(files)
    files.drop("users", "t2")
    files.drop("roles", "t2", "userSourcedId")
    report = bring_in(files)
    assert report.counts["staff"]["ended"] == 1
    assert not User.objects.get(source_id="t2").is_active
    assert RoleAssignment.objects.get(user__source_id="t2").ends_on == YESTERDAY


def test_a_teacher_taken_off_a_class_ends_there(files, bring_in):
    bring_in(files)
    files.drop("enrollments", "e-t1")
    bring_in(files)
    assert SectionTeacher.objects.get().ends_on == YESTERDAY


@pytest.mark.parametrize(
    ("ended", "active", "held"), [(20, 100, False), (21, 100, True), (21, 420, False), (22, 420, True)]
)
def test_endings_wait_for_a_person_above_a_share_and_a_count(ended, active, held):
    assert is_too_many(ended, active) is held


@given(active=st.integers(1, 200_000), beyond=st.integers(-3, 3))
def test_both_the_share_and_the_count_must_be_passed_before_a_set_is_held(active, beyond):
    ended = max(20, active * 5 // 100) + beyond
    assert is_too_many(ended, active) is (beyond > 0)
    assert is_too_many(ended, active) is (ended > 20 and Fraction(ended, active) > Fraction(5, 100))


def test_too_many_endings_are_held_until_confirmed(files, bring_in, tmp_path):
    for number in range(10, 40):
        files.add_student(f"p{number}")
    bring_in(files)
    for number in range(10, 31):
        files.drop_student(f"p{number}")
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
    assert report.held == [
        f"21 of 33 active {kind} would end, more than 5% and more than 20."
        for kind in ("students", "class enrollments")
    ]
    assert (report.refused, report.written) == (False, False)
    assert not Enrollment.objects.filter(ends_on=YESTERDAY).exists()
    assert bring_in(files, confirm_endings=True).written
    assert Enrollment.objects.filter(ends_on=YESTERDAY).count() == 21


def test_the_news_names_whose_days_change_and_from_when(files, bring_in, news):
    bring_in(files)
    assert news.pop()["from_date"] == AUGUST
    files.drop_student("p2")
    bring_in(files)
    said = news.pop()
    assert said["student_ids"] == {Student.objects.get(source_id="p2").pk}
    assert said["from_date"] == TODAY


def test_a_changed_name_is_no_news_to_the_ledger(files, bring_in, news):
    bring_in(files)
    news.clear()
    files.row("users", "p1")["familyName"] = "Married"
    assert bring_in(files).written
    assert news == []


def test_a_set_may_leave_a_file_out_and_what_it_carries_stands(files, bring_in):
    bring_in(files)
    only = RosterFiles().with_days()
    for name in list(only.files):
        if name != "calendar":
            only.files[name] = []
    only.row("calendar", "2020-10-30", "date").update(eventType="H", dayKind="", bellSchedule="", reportingMonth="")
    report = bring_in(only)
    assert list(report.counts) == ["calendar days"]
    assert report.counts["calendar days"]["changed"] == 2
