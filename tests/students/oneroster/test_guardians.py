"""Guardians come by agent ids, either way round, and by guardians.csv, which says what they may and in what order."""

from datetime import date

import pytest

from students import clock
from students.access import installation_scope
from students.models import Guardian, GuardianLink, User
from students.selectors.guardians import guardians_of
from students.services.roster_import import ImportReport, run_import
from tests.students.oneroster.deltas import changes, deletes, says
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = date(2020, 10, 27), date(2020, 10, 26)


@pytest.fixture
def send(tmp_path):
    def run(files: RosterFiles, **options: bool) -> ImportReport:
        return run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"), **options)

    return run


@pytest.fixture(params=["1.1", "1.2"])
def files(request) -> RosterFiles:
    """Three students; Ana is the parent of the first."""
    files = RosterFiles(request.param)
    files.add_person("ana", "parent", "lincoln", email="ana@home.example", phone="601 555 0101", sms="6015550101",
                     givenName="Ana", familyName="Ruiz")  # fmt: skip
    return files


def faults(report: ImportReport) -> list[str]:
    return [str(fault) for fault in report.faults]


def links() -> list[tuple]:
    """Guardian, student, relationship, order, access, contact, first and last day."""
    columns = ("guardian__source_id", "student__source_id", "relationship", "contact_order", "may_access")
    kept = GuardianLink.objects.order_by("guardian__source_id", "student__source_id", "starts_on")
    return list(kept.values_list(*columns, "may_contact", "starts_on", "ends_on"))


ANA_OF_P1 = ("ana", "p1", "parent", None, True, True, TODAY, None)


@pytest.mark.parametrize("ways", [("p1", "ana"), ("ana", "p1")])
def test_an_agent_id_links_either_way_round(files, send, ways):
    files.row("users", ways[0])["agentSourcedIds"] = ways[1]
    report = send(files)
    assert (faults(report), [str(warning) for warning in report.warnings]) == ([], [])
    assert links() == [ANA_OF_P1]
    ana = Guardian.objects.get()
    assert (str(ana), ana.email, ana.phone, ana.sms, ana.language) == (
        "Ana Ruiz", "ana@home.example", "601 555 0101", "6015550101", "",
    )  # fmt: skip
    assert not User.objects.filter(source_id="ana").exists()
    assert any("1 guardians of students stand by agent ids alone" in note for note in report.notes)


def test_both_ways_round_are_one_link(files, send):
    files.row("users", "p1")["agentSourcedIds"] = "ana"
    files.row("users", "ana")["agentSourcedIds"] = "p1,p2"
    send(files)
    assert links() == [ANA_OF_P1, ("ana", "p2", "parent", None, True, True, TODAY, None)]
    assert not send(files).written


def test_a_relative_may_see_and_be_told_nothing_until_the_district_says_so(files, send):
    files.add_person("bo", "relative", "lincoln")
    files.row("users", "p1")["agentSourcedIds"] = "ana,bo"
    send(files)
    assert links() == [ANA_OF_P1, ("bo", "p1", "relative", None, False, False, TODAY, None)]


def test_a_teacher_may_be_a_parent_too(files, send):
    files.row("users", "p1")["agentSourcedIds"] = "t1"
    send(files)
    assert [(link[0], link[1], link[4]) for link in links()] == [("t1", "p1", False)]
    assert User.objects.filter(source_id="t1").exists()


def test_guardians_csv_says_what_agent_ids_cannot(files, send):
    files.row("users", "p1")["agentSourcedIds"] = "ana"
    files.add("guardians", studentSourcedId="p1", guardianSourcedId="ana", relationship="mother", contactOrder="2",
              language="es-MX", mayAccess="false", mayContact="true", startDate="2020-09-01")  # fmt: skip
    files.add("guardians", studentSourcedId="p2", guardianSourcedId="ana", endDate="2020-12-18")
    assert faults(send(files)) == []
    assert links() == [
        ("ana", "p1", "mother", 2, False, True, date(2020, 9, 1), None),
        ("ana", "p2", "parent", None, True, True, TODAY, date(2020, 12, 18)),
    ]
    assert Guardian.objects.get().language == "es"


def test_where_a_later_set_leaves_guardians_csv_out_what_it_said_stands(files, send):
    files.add("guardians", studentSourcedId="p1", guardianSourcedId="ana", mayAccess="false", language="ht")
    send(files)
    before = links()
    del files.files["guardians"]
    report = send(files)
    assert (faults(report), report.written, links()) == ([], False, before)
    assert Guardian.objects.get().language == "ht"


def test_guardians_csv_may_come_alone(files, send):
    files.row("users", "p1")["agentSourcedIds"] = "ana"
    send(files)
    alone = changes(files.version)
    alone.add("guardians", studentSourcedId="p1", guardianSourcedId="ana", contactOrder="1", mayAccess="false")
    report = send(alone)
    assert faults(report) == []
    assert report.counts["guardians of students"] == {"created": 0, "changed": 1, "ended": 0, "unchanged": 0}
    assert links() == [("ana", "p1", "parent", 1, False, True, TODAY, None)]


def test_guardians_csv_before_any_users_is_refused_in_words(files, send):
    alone = changes(files.version)
    alone.add("guardians", studentSourcedId="p1", guardianSourcedId="ana")
    assert any("none has come in yet" in fault for fault in faults(send(alone)))


def test_a_link_that_is_no_longer_listed_ends_and_the_person_is_kept(files, send):
    files.row("users", "p1")["agentSourcedIds"] = "ana"
    files.add("guardians", studentSourcedId="p1", guardianSourcedId="ana", startDate="2020-09-01")
    send(files)
    files.row("users", "p1")["agentSourcedIds"] = ""
    files.files["guardians"] = [{"studentSourcedId": "p2", "guardianSourcedId": "ana", "startDate": "2020-10-27"}]
    report = send(files)
    assert report.counts["guardians of students"]["ended"] == 1
    assert [(link[1], link[7]) for link in links()] == [("p1", YESTERDAY), ("p2", None)]
    assert Guardian.objects.count() == 1


def test_a_delta_takes_a_guardian_away(files, send):
    files.row("users", "p1")["agentSourcedIds"] = "ana"
    with clock.stopped_at(clock.now().replace(day=20)):
        send(files)
    delta = changes(files.version)
    deletes(delta, "users", "ana")
    report = send(delta)
    assert faults(report) == []
    assert [link[7] for link in links()] == [YESTERDAY]
    delta = changes(files.version)
    says(delta, "users", **{**files.row("users", "p2"), "agentSourcedIds": "ana"})
    assert "No record has this id" in faults(send(delta))[0]


def test_two_spans_of_one_link_may_not_share_a_day(files, send):
    for start in ("2020-09-01", "2020-10-01"):
        files.add("guardians", studentSourcedId="p1", guardianSourcedId="ana", startDate=start)
    assert "the same guardian of the same student" in faults(send(files))[0]


def test_contacts_stand_in_the_order_of_calling(files, send):
    for who, order in (("bo", "2"), ("cy", ""), ("di", "1")):
        files.add_person(who, "guardian", "lincoln")
        files.add("guardians", studentSourcedId="p1", guardianSourcedId=who, contactOrder=order)
    files.add("guardians", studentSourcedId="p1", guardianSourcedId="ana", startDate="2020-09-01", endDate="2020-10-26")
    send(files)
    found = guardians_of(installation_scope(clock.now()), GuardianLink.objects.first().student_id)
    assert [link.guardian.source_id for link in found] == ["di", "bo", "cy"]


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("studentSourcedId", "ghost", "No record has this id"),
        ("studentSourcedId", "t1", "no student"),
        ("guardianSourcedId", "ghost", "No record has this id"),
        ("contactOrder", "0", "whole number from 1"),
        ("language", "Spanish", "a code of two or three letters"),
        ("endDate", "2020-01-01", "before the start"),
    ],
)
def test_a_wrong_row_is_refused(files, send, column, value, says):
    row = {"studentSourcedId": "p1", "guardianSourcedId": "ana", "startDate": "2020-09-01", column: value}
    files.add("guardians", **row)
    [fault] = send(files).faults
    assert (fault.file, fault.line, fault.column) == ("guardians.csv", 2, column)
    assert says in fault.message


def test_pairs_that_make_no_sense_are_counted_once(files, send):
    files.row("users", "t1")["agentSourcedIds"] = "ana"
    files.row("users", "p1")["agentSourcedIds"] = "p2"
    [warning] = send(files).warnings
    assert "neither is the other's student" in str(warning)
    assert warning.count == 2
    assert links() == []
