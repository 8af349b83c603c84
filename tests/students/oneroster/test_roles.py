"""Roles of OneRoster become ours: by name in 1.2, by the org that an administrator administers in 1.1."""

import pytest

from students import clock
from students.access import installation_scope
from students.models import RoleAssignment, User
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db


def roles_after(files, tmp_path):
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
    assert [str(fault) for fault in report.faults] == []
    held = RoleAssignment.objects.exclude(user__source_id="t1").order_by("school__source_id", "role")
    return [(role.role, role.school.source_id if role.school else None) for role in held]


@pytest.mark.parametrize(
    ("role", "org", "ours"),
    [
        ("principal", "lincoln", [("school_administrator", "lincoln")]),
        ("siteAdministrator", "washington", [("school_administrator", "washington")]),
        ("districtAdministrator", "district", [("district_administrator", None)]),
        ("teacher", "lincoln", [("teacher", "lincoln")]),
        ("principal", "district", []),
        ("ext:librarian", "lincoln", []),
    ],
)
def test_roles_of_1_2_are_ours_by_name(tmp_path, role, org, ours):
    files = RosterFiles("1.2")
    files.add_staff("a1", role, org)
    assert roles_after(files, tmp_path) == ours


@pytest.mark.parametrize(
    ("orgs", "ours"),
    [
        ("lincoln", [("school_administrator", "lincoln")]),
        ("lincoln,washington", [("school_administrator", "lincoln"), ("school_administrator", "washington")]),
        ("district", [("district_administrator", None)]),
    ],
)
def test_an_administrator_of_1_1_administers_the_orgs_named(tmp_path, orgs, ours):
    files = RosterFiles("1.1")
    files.add_staff("a1", "administrator", orgs)
    assert roles_after(files, tmp_path) == ours


def test_the_districts_own_file_says_what_1_1_cannot(tmp_path):
    files = RosterFiles("1.1")
    files.add_staff("a1", "proctor", "lincoln")
    files.add("staff_roles", userSourcedId="a1", role="school_administrator", schoolSourcedId="washington",
              startDate="2020-09-01", endDate="2020-12-18")  # fmt: skip
    assert roles_after(files, tmp_path) == [("school_administrator", "washington")]
    role = RoleAssignment.objects.get(role="school_administrator")
    assert (str(role.starts_on), str(role.ends_on)) == ("2020-09-01", "2020-12-18")


def test_a_role_said_twice_is_held_once(tmp_path):
    files = RosterFiles("1.2")
    files.add_staff("a1", "principal", "lincoln")
    files.add("staff_roles", userSourcedId="a1", role="school_administrator", schoolSourcedId="lincoln")
    assert roles_after(files, tmp_path) == [("school_administrator", "lincoln")]


def test_a_district_role_with_a_school_is_refused(tmp_path):
    files = RosterFiles()
    files.add("staff_roles", userSourcedId="t1", role="district_administrator", schoolSourcedId="lincoln")
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
    assert "staff_roles.csv, line 2, column schoolSourcedId" in str(report.faults[0])


def test_a_person_who_may_not_sign_in_has_no_active_account(tmp_path):
    files = RosterFiles()
    files.add_staff("a1", "principal", "lincoln")["enabledUser"] = "false"
    roles_after(files, tmp_path)
    assert not User.objects.get(source_id="a1").is_active


def test_a_student_of_two_schools_is_primary_where_the_role_is(tmp_path):
    files = RosterFiles()
    files.add(
        "roles", sourcedId="r2", userSourcedId="p1", roleType="secondary", role="student", orgSourcedId="washington"
    )
    roles_after(files, tmp_path)
    from students.models import Enrollment

    held = Enrollment.objects.filter(student__source_id="p1")
    assert {(fact.school.source_id, fact.is_primary) for fact in held} == {("lincoln", True), ("washington", False)}
