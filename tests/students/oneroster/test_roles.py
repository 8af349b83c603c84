"""Roles of OneRoster become ours: by name in 1.2, by the org that an administrator administers in 1.1."""

from datetime import date

import pytest

from students import clock
from students.access import installation_scope
from students.models import FactSource, RoleAssignment, School, User
from students.rules.rights import PLACES, Place
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
        ("aide", "lincoln", [("teacher", "lincoln")]),
        ("counselor", "lincoln", [("counselor", "lincoln")]),
        ("counselor", "district", [("counselor", None)]),
        ("systemAdministrator", "district", [("system_administrator", None)]),
        ("ext:nurse", "washington", [("nurse", "washington")]),
        ("ext:clerk", "lincoln", [("clerk", "lincoln")]),
        ("ext:School-Administrator", "lincoln", [("school_administrator", "lincoln")]),
        ("ext:outreach", "district", [("outreach", None)]),
        ("principal", "district", []),
        ("ext:clerk", "district", []),
        ("ext:librarian", "lincoln", []),
        # Without a last day.
        ("ext:auditor", "district", []),
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


@pytest.mark.parametrize(
    ("role", "org", "ours"),
    [
        ("aide", "lincoln", [("teacher", "lincoln")]),
        ("ext:counselor", "lincoln", [("counselor", "lincoln")]),
        ("ext:nurse", "district", [("nurse", None)]),
        ("proctor", "lincoln", []),
    ],
)
def test_what_1_1_has_no_word_for_stands_in_a_vendors_own(tmp_path, role, org, ours):
    files = RosterFiles("1.1")
    files.add_staff("a1", role, org)
    assert roles_after(files, tmp_path) == ours


def test_an_administrator_of_a_department_administers_nothing(tmp_path):
    files = RosterFiles("1.1")
    files.add("orgs", sourcedId="science", name="Science", type="department", parentSourcedId="lincoln")
    files.add_staff("a1", "administrator", "science")
    files.add_staff("a2", "ext:nurse", "science")
    assert roles_after(files, tmp_path) == []


def test_an_auditor_of_1_2_has_a_last_day(tmp_path):
    files = RosterFiles("1.2")
    files.add_staff("a1", "ext:auditor", "district")
    files.row("roles", "a1", "userSourcedId").update(beginDate="2020-10-01", endDate="2020-12-19")
    assert roles_after(files, tmp_path) == [("auditor", None)]
    role = RoleAssignment.objects.get(role="auditor")
    assert (str(role.starts_on), str(role.ends_on)) == ("2020-10-01", "2020-12-18")


@pytest.mark.parametrize(("role", "place"), PLACES.items())
def test_the_districts_own_file_carries_every_role(tmp_path, role, place):
    files = RosterFiles("1.1")
    files.add_staff("a1", "proctor", "lincoln")
    until = {"startDate": "2020-09-01", "endDate": "2020-12-18"}
    wanted = []
    if place is not Place.DISTRICT:
        files.add("staff_roles", userSourcedId="a1", role=role, schoolSourcedId="washington", **until)
        wanted.append((role, "washington"))
    if place is not Place.SCHOOL:
        files.add("staff_roles", userSourcedId="a1", role=role, **until)
        wanted.append((role, None))
    assert roles_after(files, tmp_path) == wanted


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"role": "clerk"}, "schoolSourcedId"),
        ({"role": "system_administrator", "schoolSourcedId": "lincoln"}, "schoolSourcedId"),
        ({"role": "auditor"}, "endDate"),
        ({"role": "nurse", "schoolSourcedId": "district"}, "schoolSourcedId"),
    ],
)
def test_a_role_out_of_its_place_is_refused(tmp_path, row, column):
    files = RosterFiles()
    files.add("staff_roles", userSourcedId="t1", **row)
    report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
    assert f"staff_roles.csv, line 2, column {column}" in str(report.faults[0])


def test_a_role_entered_here_is_neither_ended_nor_doubled_by_the_nightly_file(tmp_path):
    files = RosterFiles()
    files.add_staff("a1", "principal", "lincoln")
    roles_after(files, tmp_path)
    a1, lincoln = User.objects.get(source_id="a1"), School.objects.get(source_id="lincoln")
    entered = RoleAssignment.objects.create(
        user=a1, role="clerk", school=lincoln, source=FactSource.HERE, starts_on=date(2020, 10, 1)
    )
    assert roles_after(files, tmp_path) == [("clerk", "lincoln"), ("school_administrator", "lincoln")]
    files.add("staff_roles", userSourcedId="a1", role="clerk", schoolSourcedId="lincoln", startDate="2020-09-01")
    assert roles_after(files, tmp_path).count(("clerk", "lincoln")) == 2
    files.drop("staff_roles", "a1", "userSourcedId")
    # A file that is left out stands as it was last sent.
    files.add("staff_roles", userSourcedId="t1", role="teacher", schoolSourcedId="lincoln")
    roles_after(files, tmp_path)
    held = RoleAssignment.objects.filter(role="clerk")
    assert held.get(source=FactSource.ROSTER).ends_on == date(2020, 10, 26)
    assert held.get(source=FactSource.HERE) == entered


def test_an_account_switched_off_here_is_not_opened_by_the_nightly_file(tmp_path):
    files = RosterFiles()
    files.add_staff("a1", "principal", "lincoln")
    roles_after(files, tmp_path)
    boss = User.objects.create(username="boss", given_name="Bo", family_name="Ss", password="!")
    User.objects.filter(source_id="a1").update(closed_at=clock.now(), closed_by=boss)
    files.row("users", "a1")["familyName"] = "Renamed"
    roles_after(files, tmp_path)
    account = User.objects.get(source_id="a1")
    assert (account.family_name, account.is_enabled, account.is_active) == ("Renamed", True, False)


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
