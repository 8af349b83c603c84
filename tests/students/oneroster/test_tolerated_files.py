"""Small habits of real exports are accepted, and counted as a warning with the first place."""

import logging

import pytest
from django.db import connection

from students import clock
from students.access import installation_scope
from students.models import Enrollment, RoleAssignment, Student, User
from students.services.roster_import import run_import
from tests.students.oneroster.sets import SECRET, RosterFiles

pytestmark = pytest.mark.django_db


def warnings(path):
    report = run_import(installation_scope(clock.now()), path)
    assert [str(fault) for fault in report.faults] == []
    return [str(warning) for warning in report.warnings]


def warned(files, tmp_path, says):
    found = [warning for warning in warnings(files.folder(tmp_path / "set")) if says in warning]
    assert len(found) == 1, found
    return found[0]


def changed(tmp_path, name, change):
    folder = RosterFiles().folder(tmp_path / "set")
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    return folder


def test_a_plain_set_has_no_warnings(tmp_path):
    assert warnings(RosterFiles().folder(tmp_path / "set")) == []


def test_another_case_of_a_value_is_counted(tmp_path):
    files = RosterFiles()
    files.row("users", "p2")["enabledUser"] = "True"
    files.row("enrollments", "e-p2")["role"] = "Student"
    assert "2 times, first in users.csv line 3" in warned(files, tmp_path, "another case")
    assert Student.objects.count() == 3


def test_a_filled_status_is_counted(tmp_path):
    files = RosterFiles()
    for row in files.files["users"]:
        row["status"] = "active"
    assert "4 times, first in users.csv line 2" in warned(files, tmp_path, "fills “status”")


def test_a_row_to_be_deleted_is_read_as_not_listed(tmp_path):
    files = RosterFiles()
    files.row("enrollments", "e-p2")["status"] = "tobedeleted"
    assert "once" in warned(files, tmp_path, "tobedeleted")
    assert not Student.objects.get(source_id="p2").section_enrollments.exists()


def test_a_byte_order_mark_and_bare_line_ends_are_counted(tmp_path):
    marked = changed(tmp_path, "orgs.csv", lambda text: b"\xef\xbb\xbf" + text.replace(b"\r\n", b"\n"))
    assert len(warnings(marked)) == 2


@pytest.mark.parametrize("ending", [b"\n", b"\r"])
def test_any_line_end_is_read(tmp_path, ending):
    assert len(warnings(changed(tmp_path, "users.csv", lambda text: text.replace(b"\r\n", ending)))) == 1
    assert Student.objects.count() == 3


def test_columns_in_another_order_and_extensions_anywhere_are_counted(tmp_path):
    folder = changed(tmp_path, "courses.csv", lambda text: (
        b"metadata.x,title,sourcedId,status,dateLastModified,schoolYearSourcedId,courseCode,grades,orgSourcedId,"
        b"subjects,subjectCodes\r\n1,Algebra I,math,,,,A1,,district,,\r\n"
    ))  # fmt: skip
    assert len(warnings(folder)) == 2


def test_the_header_of_1_2_0_is_read_as_that_of_1_2_1(tmp_path):
    folder = changed(tmp_path, "users.csv", lambda text: b"\r\n".join(
        line.replace(b"userMasterIdentifier,", b"userMasterIdentifier,resourceSourcedIds,") if number == 0 else
        line.replace(SECRET.encode() + b",", SECRET.encode() + b",,")
        for number, line in enumerate(text.split(b"\r\n"))
    ))  # fmt: skip
    assert warnings(folder) == []


@pytest.mark.parametrize("role", ["proctor", "ext:librarian"])
def test_a_role_that_is_none_of_ours_makes_an_account_without_rights(tmp_path, role):
    files = RosterFiles()
    files.add_staff("c1", role, "lincoln")
    assert "no rights" in warned(files, tmp_path, role)
    assert not RoleAssignment.objects.filter(user__source_id="c1").exists()


def test_of_a_role_that_the_districts_own_file_replaces_nothing_is_said(tmp_path):
    files = RosterFiles()
    files.add_staff("c1", "ext:librarian", "lincoln")
    files.add("staff_roles", userSourcedId="c1", role="clerk", schoolSourcedId="lincoln")
    assert not [warning for warning in warnings(files.folder(tmp_path / "set")) if "librarian" in warning]


def test_an_enrollment_that_ends_where_it_begins_is_skipped(tmp_path):
    files = RosterFiles()
    files.row("enrollments", "e-p2").update(beginDate="2020-09-01", endDate="2020-09-01")
    assert "enrollments.csv line 3" in warned(files, tmp_path, "holds on no day")
    assert not Student.objects.get(source_id="p2").section_enrollments.exists()


def test_a_file_that_nobody_knows_is_named(tmp_path):
    folder = RosterFiles().folder(tmp_path / "set")
    (folder / "calender.csv").write_text("date")
    assert any("calender.csv is not a file" in warning for warning in warnings(folder))


def test_two_staff_with_one_address_stay_two(tmp_path):
    files = RosterFiles()
    files.add_staff("t2", "teacher", "lincoln")["email"] = "T1@magnolia.example"
    warned(files, tmp_path, "one e-mail address")
    assert User.objects.count() == 2


def test_a_school_enrollment_may_leave_out_what_is_not_required(tmp_path):
    folder = RosterFiles().folder(tmp_path / "set")
    (folder / "school_enrollments.csv").write_bytes(
        b"studentSourcedId,schoolSourcedId,entryDate,primary\r\np1,lincoln,2020-08-12,true\r\n"
    )
    assert any("enrolled in no school. (2 times" in warning for warning in warnings(folder))
    enrollment = Enrollment.objects.get()
    assert (enrollment.grade, enrollment.ada_included) == ("09", True)


@pytest.mark.parametrize("broken", [False, True])
def test_a_password_of_the_file_appears_nowhere(tmp_path, caplog, capsys, broken):
    from django.core.management import CommandError, call_command

    files = RosterFiles()
    if broken:
        files.row("users", "p1")["enabledUser"] = "maybe"
    folder = files.folder(tmp_path / "set")
    with caplog.at_level(logging.DEBUG):
        if broken:
            with pytest.raises(CommandError) as refusal:
                call_command("import_oneroster", str(folder))
            assert SECRET not in str(refusal.value)
        else:
            call_command("import_oneroster", str(folder))
    printed = capsys.readouterr()
    assert SECRET not in caplog.text + printed.out + printed.err
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text LIKE %s', [f"%{SECRET}%"])
            assert (table, cursor.fetchone()) == (table, (0,))
