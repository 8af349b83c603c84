import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from students import clock
from students.access import installation_scope
from students.models import District, RosterImport, Student
from students.services import roster_import
from students.signals import roster_changed
from tests.students.oneroster.large import write_large_set
from tests.students.oneroster.sets import RosterFiles


def printed(path, *options):
    out = StringIO()
    call_command("import_oneroster", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_it_prints_what_is_created_changed_ended_and_unchanged(tmp_path):
    files = RosterFiles()
    assert "Written." in printed(files.folder(tmp_path / "set"))
    text = printed(files.folder(tmp_path / "set"))
    students = next(line for line in text.splitlines() if line.startswith("students"))
    assert students.split() == ["students", "0", "0", "0", "3"]
    assert "Nothing to change" in text


@pytest.mark.django_db
def test_a_dry_run_says_so(tmp_path):
    assert "Dry run: nothing was written." in printed(RosterFiles().folder(tmp_path / "set"), "--dry-run")
    assert not District.objects.exists()


@pytest.mark.django_db
def test_a_fault_fails_the_command_after_printing_it(tmp_path):
    files = RosterFiles()
    files.row("users", "p1")["enabledUser"] = "perhaps"
    out = StringIO()
    with pytest.raises(CommandError, match="1 faults; nothing was written"):
        call_command("import_oneroster", str(files.folder(tmp_path / "set")), stdout=out)
    assert "Fault: users.csv, line 2, column enabledUser" in out.getvalue()


@pytest.mark.django_db
def test_a_held_set_fails_the_command_and_says_why_and_how_to_go_on(tmp_path):
    files = RosterFiles(students=0)
    for number in range(10, 31):
        files.add_student(f"p{number}")
    printed(files.folder(tmp_path / "set"))
    for number in range(10, 31):
        files.drop_student(f"p{number}")
    out = StringIO()
    with pytest.raises(CommandError, match="The set is held; nothing was written"):
        call_command("import_oneroster", str(files.folder(tmp_path / "set")), stdout=out)
    assert "Held: 21 of 21 active students would end, more than 5% and more than 20." in out.getvalue()
    assert "Written." in printed(tmp_path / "set", "--confirm-endings")


@pytest.mark.django_db
def test_only_a_hundred_faults_are_printed_and_the_rest_counted(tmp_path):
    files = RosterFiles(students=0)
    for number in range(130):
        files.add("enrollments", sourcedId=f"x{number}", classSourcedId="algebra", schoolSourcedId="lincoln",
                  userSourcedId="nobody", role="student")  # fmt: skip
    out = StringIO()
    with pytest.raises(CommandError, match="130 faults"):
        call_command("import_oneroster", str(files.folder(tmp_path / "set")), stdout=out)
    assert out.getvalue().count("Fault:") == 100
    assert "30 faults more" in out.getvalue()


@pytest.mark.django_db
def test_a_path_that_leads_nowhere_fails_in_words(tmp_path):
    with pytest.raises(CommandError, match="no file or folder"):
        printed(tmp_path / "nothing")


@pytest.mark.django_db
def test_what_an_import_wrote_is_kept_as_evidence(tmp_path):
    printed(RosterFiles().folder(tmp_path / "set"))
    kept = RosterImport.objects.get()
    assert (kept.source_system, kept.file_name, len(kept.sha256)) == ("Tests", "set", 64)
    assert kept.counts["students"]["created"] == 3


@pytest.mark.django_db
def test_no_name_of_a_child_is_printed_or_logged(tmp_path, caplog):
    assert "Family p1" not in printed(RosterFiles().folder(tmp_path / "set")) + caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_are_written_once(tmp_path):
    folder = RosterFiles().folder(tmp_path / "set")
    reports = []

    def bring_in():
        reports.append(roster_import.run_import(installation_scope(clock.now()), folder))
        connections.close_all()

    threads = [threading.Thread(target=bring_in) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.written for report in reports) == [False, False, True]
    assert Student.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_failure_while_writing_leaves_nothing(tmp_path):
    def fail(sender, **said):
        raise RuntimeError("the ledger said no")

    roster_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            roster_import.run_import(installation_scope(clock.now()), RosterFiles().folder(tmp_path / "set"))
    finally:
        roster_changed.disconnect(fail)
    assert not District.objects.exists()


@pytest.mark.django_db
def test_statements_and_time_do_not_grow_out_of_hand_with_the_rows(tmp_path, django_assert_max_num_queries):
    write_large_set(tmp_path / "set", 4_000)
    started = time.process_time()
    with django_assert_max_num_queries(80):
        report = roster_import.run_import(installation_scope(clock.now()), tmp_path / "set")
    assert report.written
    # 100,000 rows take about 4 seconds of Python; bench/import_roster.py measures them whole.
    assert time.process_time() - started < 3
