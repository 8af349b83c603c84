"""What is refused is named by file, line, column and value; nothing is written."""

import pytest

from students import clock
from students.access import installation_scope
from students.models import District
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db


def refused(path):
    report = run_import(installation_scope(clock.now()), path)
    assert report.refused
    assert not report.written
    assert not District.objects.exists()
    return report


def faults(files, tmp_path):
    return [str(fault) for fault in refused(files.folder(tmp_path / "set")).faults]


def the_fault(files, tmp_path):
    found = faults(files, tmp_path)
    assert len(found) == 1, found
    return found[0]


def with_text(files, tmp_path, name, change):
    folder = files.folder(tmp_path / "set")
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    return refused(folder)


@pytest.mark.parametrize(
    ("file", "key", "column", "value", "says"),
    [
        ("users", "p2", "enabledUser", "yes", "none of true, false"),
        ("users", "p2", "givenName", "", "may not be empty"),
        ("users", "p2", "identifier", "12345678", "nine digits"),
        ("users", "p2", "identifier", "1234567890", "nine digits"),
        ("users", "p2", "agentSourcedIds", "nobody", "No record"),
        ("enrollments", "e-p2", "beginDate", "2020-02-30", "no such date"),
        ("enrollments", "e-p2", "beginDate", "08/10/2020", "YYYY-MM-DD"),
        ("enrollments", "e-p2", "beginDate", "0001-01-01", "1900 to 2199"),
        ("enrollments", "e-p2", "endDate", "9999-12-31", "1900 to 2199"),
        ("enrollments", "e-p2", "endDate", "2020-08-09", "before the start"),
        ("enrollments", "e-p2", "classSourcedId", "geometry", "No record"),
        ("enrollments", "e-p2", "role", "pupil", "none of"),
        ("classes", "algebra", "termSourcedIds", "term,autumn", "No record"),
        ("classes", "algebra", "schoolSourcedId", "district", "belongs to a school"),
        ("classes", "algebra", "periods", "1," + "2" * 41, "more than 40 characters"),
        ("users", "p2", "grades", "kindergarten of the morning", "more than 20 characters"),
        ("academicSessions", "term", "endDate", "2020-08-10", "does not lie after the start"),
        ("academicSessions", "term", "type", "trimester", "none of"),
        ("orgs", "lincoln", "identifier", "2500-08", "dddd-sss"),
        ("orgs", "lincoln", "identifier", "2600-008", "begins otherwise"),
        ("orgs", "washington", "identifier", "2500-008", "same school code"),
        ("roles", "r-p2", "endDate", "soon", "YYYY-MM-DD"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_column_and_value(tmp_path, file, key, column, value, says):
    files = RosterFiles()
    files.row(file, key)[column] = value
    line = files.files[file].index(files.row(file, key)) + 2
    fault = the_fault(files, tmp_path)
    assert f"{file}.csv, line {line}, column {column}: " in fault
    assert says in fault
    assert value.split(",")[-1].strip() in fault


def test_every_fault_is_named_in_one_run(tmp_path):
    files = RosterFiles()
    files.row("users", "p1")["enabledUser"] = "yes"
    files.row("enrollments", "e-p2")["beginDate"] = "never"
    files.row("enrollments", "e-p3")["classSourcedId"] = "geometry"
    files.row("orgs", "washington")["identifier"] = ""
    assert len(faults(files, tmp_path)) == 4


def test_a_duplicate_id_names_both_lines(tmp_path):
    files = RosterFiles()
    files.add("courses", sourcedId="math", title="Again", orgSourcedId="district")
    fault = the_fault(files, tmp_path)
    assert "courses.csv, line 3" in fault
    assert "Line 2" in fault


def test_two_students_with_one_state_id_are_refused(tmp_path):
    files = RosterFiles()
    files.row("users", "p3")["identifier"] = files.row("users", "p1")["identifier"]
    assert "Line 2 has the same state id" in the_fault(files, tmp_path)


def test_two_staff_with_one_username_are_refused_whatever_its_case(tmp_path):
    files = RosterFiles()
    files.add_staff("t2", "teacher", "lincoln")["username"] = "T1"
    assert "same username" in the_fault(files, tmp_path)


def test_two_districts_are_refused(tmp_path):
    files = RosterFiles()
    files.add("orgs", sourcedId="other", name="Other", type="district", identifier="2600")
    assert "exactly one" in the_fault(files, tmp_path)


def test_a_missing_file_is_refused(tmp_path):
    folder = RosterFiles().folder(tmp_path / "set")
    (folder / "courses.csv").unlink()
    [fault] = [str(fault) for fault in refused(folder).faults]
    assert "courses.csv: The file is missing" in fault


def test_a_set_without_a_manifest_is_refused_with_the_reason(tmp_path):
    folder = RosterFiles().folder(tmp_path / "set")
    (folder / "manifest.csv").unlink()
    assert "no manifest.csv" in str(refused(folder).faults[0])


def test_a_version_that_is_not_read_is_refused(tmp_path):
    files = RosterFiles()
    files.manifest["oneroster.version"] = "1.0"
    assert "1.1 or 1.2" in the_fault(files, tmp_path)


def test_a_missing_column_is_refused(tmp_path):
    report = with_text(RosterFiles(), tmp_path, "courses.csv", lambda text: text.replace(b"courseCode", b"coursecode"))
    assert [fault.message for fault in report.faults] == ["The column “courseCode” is missing."]


def test_a_header_that_stands_twice_is_refused(tmp_path):
    report = with_text(RosterFiles(), tmp_path, "courses.csv", lambda text: text.replace(b"grades", b"title"))
    assert any("“title” stands twice" in str(fault) for fault in report.faults)


def test_a_short_row_is_refused(tmp_path):
    report = with_text(RosterFiles(), tmp_path, "orgs.csv", lambda text: text + b"more,,,Name,school\r\n")
    assert "orgs.csv, line 5: The row has 5 cells and the header 7" in str(report.faults[0])


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path):
    report = with_text(RosterFiles(), tmp_path, "orgs.csv", lambda text: text.replace(b",lincoln,", b",lincol\xf1,"))
    assert "orgs.csv, line 3: The line is not UTF-8" in str(report.faults[0])


def test_a_quote_that_is_never_closed_is_refused(tmp_path):
    report = with_text(RosterFiles(), tmp_path, "orgs.csv", lambda text: text + b'more,,,"Name')
    assert "orgs.csv, line 5: The line cannot be split" in str(report.faults[0])


def test_a_file_of_a_thousand_faults_says_how_many_there_are(tmp_path):
    files = RosterFiles(students=0)
    for number in range(1_200):
        files.add("enrollments", sourcedId=f"x{number}", classSourcedId="algebra", schoolSourcedId="lincoln",
                  userSourcedId="nobody", role="student")  # fmt: skip
    report = refused(files.folder(tmp_path / "set"))
    assert report.fault_count == 1_200
    assert len(report.faults) == 1_000


def test_RD09_two_primary_schools_on_a_day_name_both_lines(tmp_path):
    files = RosterFiles()
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="lincoln", entryDate="2020-08-10",
              exitDate="2020-10-01", primary="true")  # fmt: skip
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="washington", entryDate="2020-10-01",
              primary="true")  # fmt: skip
    fault = the_fault(files, tmp_path)
    assert "school_enrollments.csv, line 3" in fault
    assert "Line 2" in fault
    assert "RD-09" in fault


def test_RD09_the_day_after_the_exit_may_be_the_next_schools(tmp_path):
    files = RosterFiles()
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="lincoln", entryDate="2020-08-10",
              exitDate="2020-10-01", exitCode="T2", primary="true")  # fmt: skip
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="washington", entryDate="2020-10-02",
              entryCode="E3", primary="true")  # fmt: skip
    assert run_import(installation_scope(clock.now()), files.folder(tmp_path / "set")).written


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("entryCode", "E7", "none of"),
        ("exitCode", "T2", "needs an exit date"),
        ("exitDate", "2020-08-09", "before the start"),
        ("schoolSourcedId", "district", "not a school"),
        ("studentSourcedId", "t1", "no student"),
    ],
)
def test_a_wrong_school_enrollment_is_refused(tmp_path, column, value, says):
    files = RosterFiles()
    row = files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="lincoln", entryDate="2020-08-10",
                    primary="true")  # fmt: skip
    row[column] = value
    assert says in the_fault(files, tmp_path)


def test_an_unknown_column_of_a_district_file_is_refused(tmp_path):
    files = RosterFiles().with_days()
    report = with_text(files, tmp_path, "bells.csv", lambda text: text.replace(b"deductionEnd", b"deductionStop"))
    assert "no column “deductionStop”" in str(report.faults[0])


def test_somebody_of_one_school_cannot_import(tmp_path, world):
    from students.refusals import Forbidden

    with pytest.raises(Forbidden, match="Only the district"):
        run_import(world.scope("okafor"), RosterFiles().folder(tmp_path / "set"))
