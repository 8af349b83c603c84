"""From the files to the ledger: students who leave, come and change class on days that were taken already.

Algebra and geometry of Lincoln and one class of Washington were taken every day from 19 to 26 October 2020, everybody
present; the import runs on Tuesday the 27th.
"""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from attendance.models import ClassMeeting, DailyAttendance, Mark
from attendance.selectors.roster import roster_on
from attendance.services.days import open_day
from attendance.services.ledger import check
from attendance.services.marking import MarkEntry, save_marks
from students import clock
from students.access import installation_scope, scope_of
from students.models import Enrollment, School, SectionEnrollment, User
from students.services.roster_import import ImportReport, run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
AUGUST, THURSDAY, YESTERDAY, TODAY = date(2020, 8, 10), date(2020, 10, 22), date(2020, 10, 26), date(2020, 10, 27)
DAYS = [date(2020, 10, day) for day in (19, 20, 21, 22, 23, 26)]
LATE = "that was taken without them since"


@pytest.fixture
def send(tmp_path) -> Callable[[RosterFiles], ImportReport]:
    """Bring a set in, twice: the second time nothing changes; the ledger equals its facts after it."""

    def run(files: RosterFiles) -> ImportReport:
        scope = installation_scope(clock.now())
        report = run_import(scope, files.folder(tmp_path / "set"))
        assert [str(fault) for fault in report.faults] == []
        assert not run_import(scope, files.folder(tmp_path / "set")).written
        assert check(scope) == []
        return report

    return run


@pytest.fixture
def files(send) -> RosterFiles:
    files = RosterFiles().with_days()
    files.add_staff("boss", "districtAdministrator", "district")
    files.add_class("geometry", "lincoln", "2")
    files.add_class("wash", "washington", "1")
    files.add_student("p4", "100000004", section="geometry")
    files.add_student("p5", "100000005", "washington", "wash")
    send(files)
    for school in School.objects.order_by("pk"):
        open_day(installation_scope(clock.now()), school.pk, TODAY)
    for meeting in ClassMeeting.objects.filter(date__in=DAYS).order_by("pk"):
        take(meeting)
    assert statuses("p2") == dict.fromkeys(DAYS, "present") | {TODAY: "undetermined"}
    return files


def take(meeting: ClassMeeting) -> None:
    scope = scope_of(User.objects.get(source_id="boss"), clock.now())
    roster = roster_on(scope, meeting.section_id, meeting.date)
    entries = [MarkEntry(student.pk, "present") for student in roster]
    save_marks(
        scope, meeting.pk, submission_id=uuid4(), version=meeting.version, entries=entries, reason="As it was that day"
    )


def joins(files: RosterFiles, who: str, section: str, begin: str = "2020-08-10", school: str = "lincoln") -> None:
    files.add("enrollments", sourcedId=f"{who}-{section}", classSourcedId=section, schoolSourcedId=school,
              userSourcedId=who, role="student", beginDate=begin)  # fmt: skip


def enrolled(files: RosterFiles, who: str, school: str, entry: str, **row: str) -> dict[str, str]:
    given = {"studentSourcedId": who, "schoolSourcedId": school, "entryDate": entry, "primary": "true"}
    return files.add("school_enrollments", **given, **row)


def statuses(who: str) -> dict[date, str]:
    return dict(DailyAttendance.objects.filter(student__source_id=who).values_list("date", "status"))


def rosters(who: str) -> list[tuple[str, date, date | None]]:
    held = SectionEnrollment.objects.filter(student__source_id=who).order_by("starts_on", "section__source_id")
    return list(held.values_list("section__source_id", "starts_on", "ends_on"))


def late(report: ImportReport) -> list[int]:
    return [warning.count for warning in report.warnings if LATE in warning.message]


def test_a_change_of_class_dated_to_the_terms_first_day_leaves_the_days_already_taken_as_they_are(files, send):
    before = statuses("p2")
    files.drop("enrollments", "e-p2")
    joins(files, "p2", "geometry")
    report = send(files)
    assert rosters("p2") == [("algebra", AUGUST, YESTERDAY), ("geometry", TODAY, None)]
    assert statuses("p2") == before
    assert late(report) == [1]


def test_it_joins_on_the_day_after_the_one_on_which_the_file_says_it_left_the_other_class(files, send):
    files.row("enrollments", "e-p2")["endDate"] = "2020-10-22"
    joins(files, "p2", "geometry")
    send(files)
    assert rosters("p2") == [("algebra", AUGUST, date(2020, 10, 21)), ("geometry", THURSDAY, None)]
    # RD-03: taken before the change was told, these classes still want this student's mark.
    late_days = dict.fromkeys([each for each in DAYS if each >= THURSDAY], "undetermined")
    assert statuses("p2") == dict.fromkeys(DAYS, "present") | late_days | {TODAY: "undetermined"}


def test_RD03_any_other_date_than_the_terms_first_is_believed(files, send):
    files.drop("enrollments", "e-p2")
    joins(files, "p2", "geometry", "2020-10-22")
    report = send(files)
    assert rosters("p2")[1] == ("geometry", THURSDAY, None)
    assert statuses("p2")[THURSDAY] == "undetermined"
    assert late(report) == []


def test_RD03_a_student_who_is_entered_late_has_undetermined_days_and_never_absent_ones(files, send):
    files.add_student("p9", "100000009", section="geometry")
    report = send(files)
    assert rosters("p9") == [("geometry", AUGUST, None)]
    assert statuses("p9") == dict.fromkeys([*DAYS, TODAY], "undetermined")
    assert late(report) == []


def test_a_class_that_was_never_taken_is_joined_from_the_day_given(files, send):
    files.add_class("art", "lincoln", "2")
    send(files)
    joins(files, "p2", "art")
    report = send(files)
    assert rosters("p2")[0] == ("algebra", AUGUST, None)
    assert ("art", AUGUST, None) in rosters("p2")
    assert late(report) == []


def test_what_an_enrollment_alone_says_later_moves_nothing_back(files, send):
    files.drop("enrollments", "e-p2")
    joins(files, "p2", "geometry")
    send(files)
    only = RosterFiles()
    for name in only.files:
        only.files[name] = files.files["enrollments"] if name == "enrollments" else []
    assert not send(only).written
    assert rosters("p2")[1] == ("geometry", TODAY, None)


def test_RD09_a_transfer_leaves_the_days_before_it_to_the_former_school(files, send):
    for who in ("p1", "p2", "p3", "p4"):
        enrolled(files, who, "lincoln", "2020-08-10")
    enrolled(files, "p5", "washington", "2020-08-10")
    send(files)
    files.row("school_enrollments", "p2", "studentSourcedId").update(exitDate="2020-10-21", exitCode="T2")
    enrolled(files, "p2", "washington", "2020-10-22", entryCode="E3")
    files.row("roles", "p2", "userSourcedId")["orgSourcedId"] = "washington"
    files.drop("enrollments", "e-p2")
    joins(files, "p2", "wash", school="washington")
    send(files)
    assert rosters("p2")[1] == ("wash", THURSDAY, None)
    held = dict(DailyAttendance.objects.filter(student__source_id="p2").values_list("date", "school__source_id"))
    assert held == {day: "lincoln" if day < THURSDAY else "washington" for day in [*DAYS, TODAY]}
    assert {statuses("p2")[day] for day in DAYS if day < THURSDAY} == {"present"}


def test_RD11_a_transfer_of_which_no_file_gives_the_day_is_on_the_day_of_the_import(files, send):
    files.row("roles", "p2", "userSourcedId")["orgSourcedId"] = "washington"
    files.drop("enrollments", "e-p2")
    joins(files, "p2", "wash", school="washington")
    before = statuses("p2")
    send(files)
    held = Enrollment.objects.filter(student__source_id="p2").order_by("starts_on")
    assert list(held.values_list("school__source_id", "starts_on", "ends_on", "is_primary")) == [
        ("lincoln", AUGUST, YESTERDAY, True),
        ("washington", TODAY, None, True),
    ]
    assert rosters("p2") == [("algebra", AUGUST, YESTERDAY), ("wash", TODAY, None)]
    assert statuses("p2") == before


@pytest.mark.parametrize("by", ["school_enrollments", "roles"])
def test_RD11_a_retroactive_withdrawal_keeps_the_marks_and_judges_no_day_after_it(files, send, by):
    marks = Mark.objects.filter(student__source_id="p2").count()
    if by == "roles":
        files.row("roles", "p2", "userSourcedId").update(beginDate="2020-08-10", endDate="2020-10-22")
    else:
        for who in ("p1", "p2", "p3", "p4"):
            enrolled(files, who, "lincoln", "2020-08-10")
        enrolled(files, "p5", "washington", "2020-08-10")
        files.row(by, "p2", "studentSourcedId").update(exitDate="2020-10-21", exitCode="T3")
    send(files)
    assert statuses("p2") == dict.fromkeys([day for day in DAYS if day < THURSDAY], "present")
    assert Mark.objects.filter(student__source_id="p2").count() == marks
    # Withdrawn in error: the marks that were kept count again.
    if by == "roles":
        files.row("roles", "p2", "userSourcedId")["endDate"] = ""
    else:
        files.row(by, "p2", "studentSourcedId").update(exitDate="", exitCode="")
    send(files)
    assert statuses("p2") == dict.fromkeys(DAYS, "present") | {TODAY: "undetermined"}


def test_an_enrollment_whose_first_day_moves_takes_its_days_along(files, send):
    for who in ("p1", "p2", "p3", "p4"):
        enrolled(files, who, "lincoln", "2020-08-10")
    enrolled(files, "p5", "washington", "2020-08-10")
    send(files)
    files.row("school_enrollments", "p2", "studentSourcedId")["entryDate"] = "2020-10-22"
    send(files)
    assert min(statuses("p2")) == THURSDAY
    files.row("school_enrollments", "p2", "studentSourcedId")["entryDate"] = "2020-10-20"
    send(files)
    assert statuses("p2") == dict.fromkeys(DAYS[1:], "present") | {TODAY: "undetermined"}
