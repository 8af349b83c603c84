"""Who works on an import, when workers are killed, slow or two."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from students.models import RosterImport, RosterPart, RosterRun, RunOrigin, RunStage, Student
from students.refusals import Refused
from students.services.imports.applying import apply_run
from students.services.imports.attempts import GONE
from students.services.imports.deciding import approve
from students.services.imports.direct import import_now
from students.services.imports.planning import plan_run
from students.services.imports.sweeping import tidy, waiting_imports
from students.services.imports.work import APPLY_TASK, APPLYING, PLAN_TASK, PLANNING
from students.services.leases import LEASE, MOST_ATTEMPTS, take_up
from students.signals import roster_changed
from tests.students.imports.runs import (
    REAL,
    administrator,
    apply,
    as_,
    as_worker,
    bring,
    district_files,
    plan,
)


@pytest.mark.django_db
def test_what_waits_is_sent_to_the_task_that_it_waits_for() -> None:
    received = bring(district_files())
    agreed = plan(bring(district_files(2), origin=RunOrigin.FOLDER))
    assert (agreed.stage, received.stage) == (RunStage.APPROVED, RunStage.RECEIVED)
    assert waiting_imports(as_worker(), at=REAL) == [(PLAN_TASK, received.pk), (APPLY_TASK, agreed.pk)]


@pytest.mark.django_db
@pytest.mark.parametrize(("later", "is_free"), [(LEASE, False), (LEASE + timedelta(microseconds=1), True)])
def test_a_lease_that_ran_out_is_taken_up_by_another(later: timedelta, is_free: bool) -> None:
    run = bring(district_files())
    assert take_up(as_worker(), PLANNING, run.pk, at=REAL) is not None
    assert take_up(as_worker(), APPLYING, run.pk, at=REAL + later) is None
    assert (waiting_imports(as_worker(), at=REAL + later) == [(PLAN_TASK, run.pk)]) is is_free


@pytest.mark.django_db
def test_an_import_that_five_workers_left_fails_with_words_and_its_set_is_forgotten() -> None:
    run, at = bring(district_files()), REAL
    for _ in range(MOST_ATTEMPTS):
        assert take_up(as_worker(), PLANNING, run.pk, at=at) is not None
        at += LEASE * 2
    plan_run(as_worker(), run.pk, instants=lambda: at)
    run.refresh_from_db()
    assert run.stage == RunStage.FAILED
    assert "5 workers took this import up" in run.problem
    tidy(as_worker(), keep_values_for=timedelta(days=30))
    assert not RosterPart.objects.exists()


@pytest.mark.django_db
def test_what_cells_said_is_forgotten_after_a_while_and_where_the_faults_stood_is_not() -> None:
    files = district_files()
    files.row("users", "p1")["enabledUser"] = "perhaps"
    run = plan(bring(files))
    tidy(as_worker(), keep_values_for=timedelta(seconds=0))
    run.refresh_from_db()
    assert (run.faults[0]["value"], run.values_forgotten) == ("perhaps", False)
    tidy(as_worker(), keep_values_for=timedelta(seconds=-1))
    run.refresh_from_db()
    assert (run.faults[0]["value"], run.faults[0]["line"], run.values_forgotten) == ("", 4, True)


@pytest.mark.django_db(transaction=True)
def test_an_attempt_that_breaks_gives_the_import_back_without_naming_anybody(caplog) -> None:
    def fail(sender, **said):
        raise RuntimeError("Ada Abara")

    run = plan(bring(district_files(), origin=RunOrigin.FOLDER))
    roster_changed.connect(fail)
    try:
        apply(run)
    finally:
        roster_changed.disconnect(fail)
    assert (run.stage, run.attempts, run.problem) == (
        RunStage.APPROVED,
        1,
        "The last attempt failed (RuntimeError).",
    )
    assert "Abara" not in caplog.text
    assert not Student.objects.exists()
    assert apply(run).stage == RunStage.APPLIED


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_apply_a_plan_once() -> None:
    run = plan(bring(district_files(), origin=RunOrigin.FOLDER))
    start = Barrier(2)

    def work() -> None:
        start.wait()
        apply_run(as_worker(), run.pk, instants=lambda: REAL)
        connection.close()

    _at_once(work, work)
    run.refresh_from_db()
    assert (run.stage, RosterImport.objects.count()) == (RunStage.APPLIED, 1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_lease_was_taken_writes_nothing_though_its_import_was_done() -> None:
    run = plan(bring(district_files(), origin=RunOrigin.FOLDER))

    def overtaken(sender, **said):
        # Another connection: what the slow worker writes is not committed yet.
        _at_once(lambda: _taken_up_by_another(run.pk))

    roster_changed.connect(overtaken)
    try:
        apply(run)
    finally:
        roster_changed.disconnect(overtaken)
    assert (run.stage, run.attempts) == (RunStage.APPLYING, 2)
    assert not Student.objects.exists()


def _taken_up_by_another(run_id: int) -> None:
    assert take_up(as_worker(), APPLYING, run_id, at=REAL + LEASE * 2) is not None
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_can_be_seen_while_it_is_not_committed() -> None:
    run = plan(bring(district_files(), origin=RunOrigin.FOLDER))
    seen: list[str] = []

    def look(sender, **said):
        _at_once(lambda: seen.append(_step_of(run.pk, "judging")))

    roster_changed.connect(look)
    try:
        apply(run)
    finally:
        roster_changed.disconnect(look)
    assert (seen, run.step, run.stage) == (["judging"], "", RunStage.APPLIED)


def _step_of(run_id: int, wanted: str) -> str:
    """What another connection reads, as soon as the pulse has told it."""
    step = ""
    for _ in range(100):
        step = RosterRun.objects.values_list("step", flat=True).get(pk=run_id)
        if step == wanted:
            break
        time.sleep(0.02)
    connection.close()
    return step


@pytest.mark.django_db(transaction=True)
def test_a_double_click_and_two_people_at_once_make_one_run_and_agree_once() -> None:
    people, submission, runs = [administrator("reyes"), administrator("santos")], uuid4(), []
    start = Barrier(4)

    def click(scope) -> None:
        start.wait()
        runs.append(bring(district_files(), scope, submission=submission).pk)
        connection.close()

    _at_once(*[partial(click, as_(person)) for person in people * 2])
    run = RosterRun.objects.get()
    assert set(runs) == {run.pk}
    assert run.parts.count() == 1
    plan(run)

    def agree(scope) -> None:
        start.wait()
        approve(scope, run.pk, digest=run.plan_digest)
        connection.close()

    _at_once(*[partial(agree, as_(person)) for person in people * 2])
    assert apply(run).stage == RunStage.APPLIED


def _at_once(*acts) -> None:
    threads = [Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


_HOLD = """
import os, sys, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "attendance_site.settings"
django.setup()
from datetime import UTC, datetime
from students.access import installation_scope
from students.services.imports.applying import apply_run
from students.signals import roster_changed

def hang(sender, **said):
    print("written, not committed", flush=True)
    time.sleep(600)

roster_changed.connect(hang)
apply_run(installation_scope(datetime.fromisoformat(sys.argv[2])), int(sys.argv[1]), instants=lambda: datetime.now(UTC))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_half_written_is_taken_up_and_written_once() -> None:
    run = plan(bring(district_files(), origin=RunOrigin.FOLDER))
    worker = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(run.pk), as_worker().now.isoformat()],
        stdout=subprocess.PIPE,
        env=os.environ,
        text=True,
    )
    try:
        assert worker.stdout.readline() == "written, not committed\n"
        run.refresh_from_db()
        assert (run.stage, run.attempts) == (RunStage.APPLYING, 1)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert not Student.objects.exists()
    now = datetime.now(UTC)
    assert waiting_imports(as_worker(), at=now) == []
    assert waiting_imports(as_worker(), at=now + LEASE * 1.1) == [(APPLY_TASK, run.pk)]
    apply_run(as_worker(), run.pk, instants=lambda: now + LEASE * 1.1)
    run.refresh_from_db()
    assert (run.stage, Student.objects.count(), RosterImport.objects.count()) == (RunStage.APPLIED, 3, 1)


@pytest.mark.django_db
def test_the_commands_import_stands_in_the_same_history(tmp_path) -> None:
    folder = district_files().folder(tmp_path / "nightly")
    import_now(as_worker(), folder, confirm_endings=False, instants=lambda: REAL)
    run = RosterRun.objects.get()
    assert (run.stage, run.origin, run.file_name) == (RunStage.APPLIED, RunOrigin.COMMAND, "nightly")
    import_now(as_worker(), folder, confirm_endings=False, instants=lambda: REAL)
    assert RosterRun.objects.latest("pk").stage == RunStage.UNCHANGED
    with pytest.raises(Refused):
        import_now(as_worker(), tmp_path / "nothing", confirm_endings=False, instants=lambda: REAL)
    assert RosterRun.objects.latest("pk").stage == RunStage.REFUSED


@pytest.mark.django_db
def test_a_held_set_of_the_command_is_refused_with_what_to_do(tmp_path) -> None:
    files = district_files(30)
    import_now(as_worker(), files.zip(tmp_path / "a.zip"), confirm_endings=False, instants=lambda: REAL)
    for number in range(1, 22):
        files.drop_student(f"p{number}")
    smaller = files.zip(tmp_path / "b.zip")
    assert import_now(as_worker(), smaller, confirm_endings=False, instants=lambda: REAL).held
    held = RosterRun.objects.latest("pk")
    assert (held.stage, len(held.held) > 0) == (RunStage.REFUSED, True)
    assert "--confirm-endings" in held.problem
    assert import_now(as_worker(), smaller, confirm_endings=True, instants=lambda: REAL).written


@pytest.mark.django_db
def test_a_command_that_was_killed_is_ended_by_the_sweep_since_nobody_has_its_files() -> None:
    run = bring(district_files(), origin=RunOrigin.COMMAND)
    RosterPart.objects.all().delete()
    assert (plan(run).stage, run.problem) == (RunStage.FAILED, GONE)
