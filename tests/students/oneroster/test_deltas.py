"""Files that say only what changed: what they name is created, changed or ended, and all else stands.

The import runs on Tuesday 27 October 2020; the session day before it is Monday the 26th.
"""

from datetime import date

import pytest

from students import clock
from students.access import installation_scope
from students.models import (
    Course,
    Enrollment,
    RosterFile,
    RosterImport,
    School,
    Section,
    SectionEnrollment,
    Student,
    User,
)
from students.services.roster_import import ImportReport, run_import
from tests.students.oneroster.deltas import changes, deletes, says
from tests.students.oneroster.sets import SECRET, RosterFiles

pytestmark = pytest.mark.django_db
AUGUST, YESTERDAY, TODAY = date(2020, 8, 10), date(2020, 10, 26), date(2020, 10, 27)
NOTHING = {"created": 0, "changed": 0, "ended": 0}


@pytest.fixture
def send(tmp_path):
    def run(files: RosterFiles, **options: bool) -> ImportReport:
        return run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"), **options)

    return run


@pytest.fixture
def whole(send, request):
    """A district of three students that came in whole; in 1.1 where a test says so."""
    files = RosterFiles(getattr(request, "param", "1.2")).with_days()
    assert send(files).written
    return files


def faults(report: ImportReport) -> list[str]:
    return [str(fault) for fault in report.faults]


def warnings(report: ImportReport) -> list[str]:
    return [str(warning) for warning in report.warnings]


def counts(report: ImportReport) -> dict[str, dict[str, int]]:
    """What changes, by kind, without what does not."""
    moved = {
        kind: {what: n for what, n in found.items() if what != "unchanged"} for kind, found in report.counts.items()
    }
    return {kind: found for kind, found in moved.items() if found != NOTHING}


def on_roster(who: str) -> tuple[date, date | None]:
    held = SectionEnrollment.objects.get(student__source_id=who)
    return held.starts_on, held.ends_on


def at_school(who: str) -> tuple[date, date | None]:
    held = Enrollment.objects.get(student__source_id=who)
    return held.starts_on, held.ends_on


@pytest.mark.parametrize("whole", ["1.1", "1.2"], indirect=True)
def test_a_row_changes_its_record_and_what_is_not_mentioned_stands(whole, send):
    delta = changes(whole.version)
    says(delta, "users", **{**whole.row("users", "p2"), "familyName": "Renamed"})
    report = send(delta)
    assert faults(report) == []
    assert counts(report) == {"students": {"created": 0, "changed": 1, "ended": 0}}
    assert report.counts["students"]["unchanged"] == 2
    assert Student.objects.get(source_id="p2").family_name == "Renamed"
    assert [on_roster(who) for who in ("p1", "p2", "p3")] == [(AUGUST, None)] * 3
    assert User.objects.get(source_id="t1").is_active


@pytest.mark.parametrize("whole", ["1.1", "1.2"], indirect=True)
def test_a_new_student_comes_in_beside_the_others(whole, send):
    only = RosterFiles(whole.version)
    only.add_student("p9", "900000009")
    delta = changes(whole.version)
    for name, key in (("users", "p9"), ("enrollments", "e-p9"), ("roles", "r-p9")):
        if name in only.files:
            says(delta, name, **only.row(name, key))
    report = send(delta)
    assert (faults(report), warnings(report)) == ([], [])
    assert counts(report) == {
        "students": {"created": 1, "changed": 0, "ended": 0},
        "school enrollments": {"created": 1, "changed": 0, "ended": 0},
        "class enrollments": {"created": 1, "changed": 0, "ended": 0},
    }
    assert (on_roster("p9"), at_school("p9")) == ((AUGUST, None), (AUGUST, None))


def test_an_enrollment_that_is_deleted_ends_on_the_session_day_before(whole, send):
    delta = changes()
    deletes(delta, "enrollments", "e-p2")
    report = send(delta)
    assert counts(report) == {"class enrollments": {"created": 0, "changed": 0, "ended": 1}}
    assert on_roster("p2") == (AUGUST, YESTERDAY)
    assert at_school("p2") == (AUGUST, None)


def test_a_student_who_is_deleted_leaves_school_and_classes_and_is_kept(whole, send):
    delta = changes()
    deletes(delta, "users", "p2")
    report = send(delta)
    assert faults(report) == []
    assert counts(report) == {
        kind: {"created": 0, "changed": 0, "ended": 1}
        for kind in ("students", "school enrollments", "class enrollments")
    }
    assert (on_roster("p2"), at_school("p2")) == ((AUGUST, YESTERDAY), (AUGUST, YESTERDAY))
    assert Student.objects.filter(source_id="p2").exists()
    assert any("hangs on one that is gone; it ends with it. (2 times" in said for said in warnings(report))


@pytest.mark.parametrize(("file", "gone"), [("classes", "algebra"), ("courses", "math"), ("orgs", "lincoln")])
def test_a_class_a_course_or_a_school_that_is_deleted_ends_the_rosters_that_hang_on_it(whole, send, file, gone):
    delta = changes()
    deletes(delta, file, gone)
    report = send(delta)
    assert faults(report) == []
    assert [on_roster(who) for who in ("p1", "p2", "p3")] == [(AUGUST, YESTERDAY)] * 3
    assert (Section.objects.count(), Course.objects.count(), School.objects.count()) == (1, 1, 2)


def test_a_session_that_is_deleted_is_taken_off_its_classes(whole, send):
    year = {"startDate": "2020-08-10", "endDate": "2021-05-22", "schoolYear": "2021", "parentSourcedId": "year"}
    delta = changes()
    says(delta, "academicSessions", sourcedId="fall", title="Fall", type="term", **year)
    says(delta, "classes", **{**whole.row("classes", "algebra"), "termSourcedIds": "term,fall"})
    assert faults(send(delta)) == []
    delta = changes()
    deletes(delta, "academicSessions", "fall")
    report = send(delta)
    assert counts(report) == {"terms of classes": {"created": 0, "changed": 0, "ended": 1}}
    assert [term.source_id for term in Section.objects.get().terms.all()] == ["term"]


def test_a_member_of_staff_who_is_deleted_can_no_longer_sign_in(whole, send):
    delta = changes()
    deletes(delta, "users", "t1", givenName="only some cells", enabledUser="perhaps")
    assert faults(send(delta)) == []
    assert not User.objects.get(source_id="t1").is_active


def test_a_role_alone_may_change(whole, send):
    delta = changes()
    says(delta, "roles", **{**whole.row("roles", "p2", "userSourcedId"), "orgSourcedId": "washington"})
    assert faults(send(delta)) == []
    held = Enrollment.objects.filter(student__source_id="p2").order_by("starts_on", "ends_on")
    assert {(fact.school.source_id, fact.ends_on) for fact in held} >= {("washington", None)}


def test_the_same_delta_twice_changes_nothing_and_writes_no_row(whole, send):
    delta = changes()
    says(delta, "users", **{**whole.row("users", "p2"), "familyName": "Renamed"})
    assert send(delta).written
    before = list(RosterFile.objects.order_by("name").values_list("name", "sha256", "received_at"))
    with clock.stopped_at(clock.now()):
        assert not send(delta).written
    assert list(RosterFile.objects.order_by("name").values_list("name", "sha256", "received_at")) == before
    assert RosterImport.objects.count() == 2


def test_deltas_build_on_one_another(whole, send):
    for who, name in (("p1", "First"), ("p2", "Second")):
        delta = changes()
        says(delta, "users", **{**whole.row("users", who), "familyName": name})
        assert send(delta).written
    names = Student.objects.order_by("source_id").values_list("family_name", flat=True)
    assert list(names) == ["First", "Second", "Family p3"]


def test_whole_files_and_deltas_may_come_together(whole, send):
    delta = changes()
    delta.files["courses"] = [{**whole.row("courses", "math"), "title": "Algebra One"}]
    deletes(delta, "enrollments", "e-p3")
    assert faults(send(delta)) == []
    assert Course.objects.get().title == "Algebra One"
    assert on_roster("p3") == (AUGUST, YESTERDAY)


def test_a_whole_file_beside_a_delta_ends_what_hangs_on_what_it_no_longer_lists(whole, send):
    delta = changes()
    delta.files["users"] = [row for row in whole.files["users"] if row["sourcedId"] != "p2"]
    says(delta, "enrollments", **{**whole.row("enrollments", "e-p1"), "beginDate": "2020-08-11"})
    assert faults(send(delta)) == []
    assert on_roster("p2") == (AUGUST, YESTERDAY)
    assert on_roster("p1") == (date(2020, 8, 11), None)


def test_deleting_what_nobody_knows_is_counted(whole, send):
    delta = changes()
    for number in range(30):
        deletes(delta, "users", f"ghost{number}")
    report = send(delta)
    assert warnings(report) == [
        "A row deletes a record that is not known; it is passed over. (30 times, first in users.csv line 2)"
    ]
    assert not report.written


def test_what_was_warned_of_before_is_not_warned_of_again(send):
    files = RosterFiles()
    files.row("users", "p2")["enabledUser"] = "True"
    assert len(warnings(send(files))) == 1
    delta = changes()
    deletes(delta, "enrollments", "e-p3")
    assert warnings(send(delta)) == []


def test_too_many_endings_of_a_delta_are_held_like_any(send):
    files = RosterFiles(students=0)
    for number in range(10, 31):
        files.add_student(f"p{number}")
    send(files)
    delta = changes()
    for number in range(10, 31):
        deletes(delta, "users", f"p{number}")
    assert "21 of 21 active students would end" in send(delta).held[0]
    assert RosterFile.objects.filter(name="users").exists()
    assert send(delta, confirm_endings=True).written


def _no_status(row: dict[str, str]) -> None:
    row["status"] = ""


def _inactive(row: dict[str, str]) -> None:
    row["status"] = "inactive"


def _no_moment(row: dict[str, str]) -> None:
    row["dateLastModified"] = ""


def _a_date(row: dict[str, str]) -> None:
    row["dateLastModified"] = "2020-10-27"


def _no_id(row: dict[str, str]) -> None:
    row["sourcedId"] = ""


@pytest.mark.parametrize(
    ("spoil", "column"),
    [
        (_no_status, "status"),
        (_inactive, "status"),
        (_no_moment, "dateLastModified"),
        (_a_date, "dateLastModified"),
        (_no_id, "sourcedId"),
    ],
)
@pytest.mark.parametrize("status", ["active", "tobedeleted"])
def test_a_row_that_does_not_say_what_changed_and_when_is_refused(whole, send, spoil, column, status):
    delta = changes()
    row = says(delta, "enrollments", **whole.row("enrollments", "e-p2"))
    row["status"] = status
    spoil(row)
    [fault] = send(delta).faults
    assert (fault.line, fault.column) == (2, column)


def test_one_id_in_two_rows_is_refused(whole, send):
    delta = changes()
    says(delta, "users", **whole.row("users", "p2"))
    deletes(delta, "users", "p2")
    assert faults(send(delta)) == ["users.csv, line 3, column sourcedId: Line 2 has the same sourcedId. (it says “p2”)"]


def test_a_row_that_refers_to_what_the_set_deletes_is_refused(whole, send):
    delta = changes()
    deletes(delta, "classes", "algebra")
    says(delta, "enrollments", **{**whole.row("enrollments", "e-p2"), "beginDate": "2020-09-01"})
    assert faults(send(delta)) == [
        "enrollments.csv, line 2, column classSourcedId: No record has this id. (it says “algebra”)"
    ]


def test_a_state_id_of_somebody_who_is_not_mentioned_is_not_given_away(whole, send):
    delta = changes()
    says(delta, "users", **{**whole.row("users", "p1"), "identifier": "100000002"})
    [fault] = send(delta).faults
    assert "has the same state id" in fault.message


def test_a_delta_before_any_whole_file_is_refused_in_words(send):
    delta = changes()
    says(delta, "users", **RosterFiles().row("users", "p1"))
    assert any("Send it whole (bulk) once" in fault for fault in faults(send(delta)))


def test_a_delta_of_another_version_is_refused_in_words(whole, send):
    delta = changes("1.1")
    deletes(delta, "users", "p1")
    assert any("came as OneRoster 1.2" in fault for fault in faults(send(delta)))


def test_a_refused_or_planned_set_is_not_remembered(whole, send):
    before = list(RosterFile.objects.order_by("pk").values_list("sha256"))
    delta = changes()
    says(delta, "users", **{**whole.row("users", "p2"), "familyName": "Renamed"})
    assert send(delta, dry_run=True).counts["students"]["changed"] == 1
    says(delta, "users", **whole.row("users", "p1"))["enabledUser"] = "perhaps"
    assert send(delta).refused
    assert list(RosterFile.objects.order_by("pk").values_list("sha256")) == before


def test_the_districts_own_enrollments_stand_where_a_delta_leaves_them_out(send):
    files = RosterFiles()
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="lincoln", entryDate="2020-08-10",
              exitDate="2020-10-21", exitCode="T3", primary="true")  # fmt: skip
    assert send(files).written
    delta = changes()
    says(delta, "users", **{**files.row("users", "p2"), "familyName": "Renamed"})
    report = send(delta)
    assert counts(report) == {"students": {"created": 0, "changed": 1, "ended": 0}}
    assert at_school("p1") == (AUGUST, date(2020, 10, 21))


def test_no_password_is_remembered(whole):
    import zlib

    kept = b"".join(zlib.decompress(file.rows) for file in RosterFile.objects.all())
    assert b"Family p1" in kept
    assert SECRET.encode() not in kept
