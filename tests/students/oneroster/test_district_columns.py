"""Columns that a district adds to OneRoster: immunization compliance (MS-36), and that an org is virtual (MS-11)."""

from datetime import date

import pytest

from students import clock
from students.access import installation_scope
from students.models import Immunization, School
from students.services.roster_import import ImportReport, run_import
from tests.students.oneroster.deltas import changes, says
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY, BEFORE = date(2020, 10, 27), date(2020, 10, 26), date(2020, 10, 20)
COLUMN = "metadata.immunizationCompliant"


@pytest.fixture
def send(tmp_path):
    def run(files: RosterFiles, day: int = 27) -> ImportReport:
        with clock.stopped_at(clock.now().replace(day=day)):
            return run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))

    return run


def statuses(who: str = "p1") -> list[tuple[bool, date, date | None]]:
    held = Immunization.objects.filter(student__source_id=who).order_by("starts_on")
    return list(held.values_list("is_compliant", "starts_on", "ends_on"))


@pytest.fixture(params=["users", "demographics"])
def files(request) -> RosterFiles:
    """The first student complies, the second does not, of the third nothing is said."""
    files = RosterFiles()
    for who in ("p1", "p2", "p3"):
        if request.param == "demographics":
            files.add("demographics", sourcedId=who)
    files.row(request.param, "p1")[COLUMN] = "true"
    files.row(request.param, "p2")[COLUMN] = "false"
    files.carrier = request.param
    return files


def test_MS36_compliance_stands_from_the_day_the_roster_first_says_so(files, send):
    report = send(files, day=20)
    assert (report.faults, report.warnings) == ([], [])
    assert [statuses(who) for who in ("p1", "p2", "p3")] == [[(True, BEFORE, None)], [(False, BEFORE, None)], []]
    assert not send(files).written


def test_MS36_a_change_counts_from_the_day_of_its_import_and_the_past_stands(files, send):
    send(files, day=20)
    files.row(files.carrier, "p1")[COLUMN] = "false"
    report = send(files)
    assert statuses() == [(True, BEFORE, YESTERDAY), (False, TODAY, None)]
    assert report.counts["immunization compliance"] == {"created": 1, "changed": 0, "ended": 1, "unchanged": 1}
    files.row(files.carrier, "p1")[COLUMN] = "true"
    send(files)
    assert statuses() == [(True, BEFORE, YESTERDAY), (True, TODAY, None)]


def test_MS36_what_is_no_longer_said_of_one_student_ends(files, send):
    send(files, day=20)
    files.row(files.carrier, "p1")[COLUMN] = ""
    send(files)
    assert statuses() == [(True, BEFORE, YESTERDAY)]


def test_MS36_a_set_without_the_column_leaves_what_is_known(files, send):
    send(files, day=20)
    for row in files.files[files.carrier]:
        row.pop(COLUMN, None)
    assert not send(files).written
    assert statuses() == [(True, BEFORE, None)]


def test_MS36_a_delta_may_say_it_too(files, send):
    send(files, day=20)
    delta = changes()
    says(delta, files.carrier, **{**files.row(files.carrier, "p3"), COLUMN: "true"})
    assert send(delta).faults == []
    assert statuses("p3") == [(True, TODAY, None)]
    assert statuses("p2") == [(False, BEFORE, None)]


def test_MS36_demographics_go_before_users(send):
    files = RosterFiles()
    files.row("users", "p1")[COLUMN] = "false"
    files.add("demographics", sourcedId="p1", **{COLUMN: "true"})
    send(files)
    assert statuses() == [(True, TODAY, None)]


def test_MS36_another_word_than_true_or_false_is_refused(files, send):
    files.row(files.carrier, "p1")[COLUMN] = "partly"
    [fault] = send(files).faults
    assert fault.column == COLUMN


def test_MS11_a_school_for_virtual_students_alone_is_refused_by_the_rules_name(send):
    files = RosterFiles()
    files.row("orgs", "washington")["metadata.isVirtual"] = "true"
    [fault] = send(files).faults
    assert (fault.file, fault.line, fault.column) == ("orgs.csv", 4, "metadata.isVirtual")
    assert "(MS-11): enroll them at the campus they would attend" in fault.message
    assert not School.objects.exists()


@pytest.mark.parametrize("said", ["false", ""])
def test_MS11_a_campus_may_say_that_it_is_one(send, said):
    files = RosterFiles()
    files.row("orgs", "washington")["metadata.isVirtual"] = said
    report = send(files)
    assert (report.faults, report.warnings, report.written) == ([], [], True)


@pytest.mark.parametrize(
    ("name", "asked"),
    [("Magnolia Virtual Academy", True), ("Online Learning Center", True), ("Virtue Elementary", False)],
)
def test_MS11_a_name_that_speaks_of_virtual_is_asked_about_and_never_refused(send, name, asked):
    files = RosterFiles()
    files.row("orgs", "washington")["name"] = name
    report = send(files)
    assert [str(warning).endswith("(once, first in orgs.csv line 4)") for warning in report.warnings] == [True] * asked
    assert report.written
