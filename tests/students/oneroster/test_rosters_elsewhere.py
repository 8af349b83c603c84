"""A student may learn in a second school; on a roster of one without any enrollment there, the import says so."""

import pytest

from students import clock
from students.access import installation_scope
from students.models import Enrollment, SectionEnrollment
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
SAYS = "A student is on a roster of a school without being enrolled there."


@pytest.fixture
def files():
    files = RosterFiles()
    files.add_class("wash", "washington", "1")
    return files


@pytest.fixture
def warnings(tmp_path):
    def run(files: RosterFiles) -> list[str]:
        report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
        assert [str(fault) for fault in report.faults] == []
        return [str(warning) for warning in report.warnings if warning.message == SAYS]

    return run


def learns_in_washington(files: RosterFiles, who: str) -> int:
    """Put a student on Washington's roster; the line of the file."""
    files.add("enrollments", sourcedId=f"w-{who}", classSourcedId="wash", schoolSourcedId="washington",
              userSourcedId=who, role="student", beginDate="2020-08-10")  # fmt: skip
    return len(files.files["enrollments"]) + 1


def test_rosters_of_a_school_that_a_student_is_not_enrolled_in_are_counted_with_the_first_place(files, warnings):
    first = learns_in_washington(files, "p1")
    learns_in_washington(files, "p2")
    assert warnings(files) == [f"{SAYS} (2 times, first in enrollments.csv line {first})"]
    assert SectionEnrollment.objects.filter(section__source_id="wash").count() == 2


def test_enrolled_there_as_a_second_school_nothing_is_said(files, warnings):
    learns_in_washington(files, "p1")
    files.add(
        "roles", sourcedId="r2", userSourcedId="p1", roleType="secondary", role="student", orgSourcedId="washington"
    )
    assert warnings(files) == []
    assert Enrollment.objects.filter(student__source_id="p1").count() == 2


def test_the_districts_own_file_of_enrollments_is_asked_where_the_set_has_it(files, warnings):
    for who in ("p1", "p2", "p3"):
        files.add("school_enrollments", studentSourcedId=who, schoolSourcedId="lincoln", entryDate="2020-08-10",
                  primary="true")  # fmt: skip
    first = learns_in_washington(files, "p1")
    assert warnings(files) == [f"{SAYS} (once, first in enrollments.csv line {first})"]
    files.add("school_enrollments", studentSourcedId="p1", schoolSourcedId="washington", entryDate="2020-08-10",
              primary="false")  # fmt: skip
    assert warnings(files) == []


def test_an_enrollment_that_stands_or_ended_counts_where_the_set_no_longer_speaks_of_it(files, warnings):
    files.add("roles", sourcedId="r2", userSourcedId="p1", roleType="secondary", role="student",
              orgSourcedId="washington", beginDate="2020-08-10")  # fmt: skip
    warnings(files)
    files.drop("roles", "r2")
    learns_in_washington(files, "p1")
    assert warnings(files) == []
    assert Enrollment.objects.get(student__source_id="p1", school__source_id="washington").ends_on is not None


def test_a_set_of_rosters_alone_is_read_against_the_enrollments_that_are_stored(files, warnings):
    warnings(files)
    first = learns_in_washington(files, "p3")
    for name in list(files.files):
        if name != "enrollments":
            files.files[name] = []
    assert warnings(files) == [f"{SAYS} (once, first in enrollments.csv line {first})"]
