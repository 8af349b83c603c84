"""Who works on a month, when workers are killed, slow or two."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import psycopg2
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from reporting.models import ExportFile, MonthRun, RunState
from reporting.services.attempts import attempt
from reporting.services.building import build_month
from reporting.services.leases import take_up, waiting_runs
from reporting.services.month_runs import request_month
from students.refusals import NotInScope, Refused
from students.services.leases import LEASE, MOST_ATTEMPTS, LeaseLost, give_back, renew
from tests.reporting.months import AFTER, MONTH, REAL, after_the_month, ask
from tests.world import World


def test_a_second_worker_does_not_get_a_month_that_is_held(world: World) -> None:
    run = ask(world.lincoln)
    assert take_up(after_the_month(), run.pk, at=REAL) is not None
    assert take_up(after_the_month(), run.pk, at=REAL) is None


@pytest.mark.parametrize(
    ("later", "is_free"), [(LEASE - timedelta(microseconds=1), False), (LEASE, False), (LEASE * 1.01, True)]
)
def test_a_lease_that_ran_out_is_taken_up_by_another(world: World, later: timedelta, is_free: bool) -> None:
    run = ask(world.lincoln)
    first = take_up(after_the_month(), run.pk, at=REAL)
    assert waiting_runs(after_the_month(), at=REAL + later) == ([run.pk] if is_free else [])
    second = take_up(after_the_month(), run.pk, at=REAL + later)
    assert (second is not None) is is_free
    assert second is None or second.token != first.token


def test_a_renewed_lease_holds_for_longer_and_tells_how_far_the_work_is(world: World) -> None:
    run = ask(world.lincoln)
    lease = take_up(after_the_month(), run.pk, at=REAL)
    renew(lease, at=REAL + LEASE, step="compare", days_done=4, days_total=15)
    assert take_up(after_the_month(), run.pk, at=REAL + LEASE * 1.5) is None
    run.refresh_from_db()
    assert (run.step, run.days_done, run.days_total, run.heartbeat_at) == ("compare", 4, 15, REAL + LEASE)


def test_a_worker_that_lost_its_lease_writes_nothing(taken_month: World) -> None:
    run = ask(taken_month.lincoln)
    slow = take_up(after_the_month(), run.pk, at=REAL)
    take_up(after_the_month(), run.pk, at=REAL + LEASE * 2)
    with pytest.raises(LeaseLost):
        build_month(after_the_month(), slow, instants=lambda: REAL)
    give_back(slow, at=REAL, problem="late")
    run.refresh_from_db()
    assert (run.state, run.problem, run.findings.count()) == (RunState.RUNNING, "", 0)
    assert not ExportFile.objects.exists()


def test_a_worker_fenced_off_at_the_very_end_leaves_no_file(taken_month: World) -> None:
    run = ask(taken_month.lincoln)
    slow = take_up(after_the_month(), run.pk, at=REAL)
    readings = iter([REAL] * 15 + [None])

    def instants() -> datetime:
        # The sixteenth reading is the last renewal: after it only the finishing write is left.
        if (instant := next(readings)) is None:
            take_up(after_the_month(), run.pk, at=REAL + LEASE * 2)
            return REAL + LEASE * 2
        return instant

    with pytest.raises(LeaseLost):
        build_month(after_the_month(), slow, instants=instants)
    assert not ExportFile.objects.exists()


def test_a_month_that_five_workers_left_fails_with_words(world: World) -> None:
    run = ask(world.lincoln)
    at = REAL
    for _ in range(MOST_ATTEMPTS):
        assert take_up(after_the_month(), run.pk, at=at) is not None
        at += LEASE * 2
    assert take_up(after_the_month(), run.pk, at=at) is None
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "5 workers took this month up" in run.problem
    assert waiting_runs(after_the_month(), at=at) == []


def test_a_failed_attempt_gives_the_month_back_with_what_went_wrong(committed_world: World) -> None:
    run = ask(committed_world.lincoln)

    def broken() -> datetime:
        # The first reading claims the month, the second, in the middle of the work, fails.
        readings.append(REAL)
        if len(readings) == 2:
            raise RuntimeError("a secret of the machine")
        return REAL

    readings: list[datetime] = []
    assert attempt(after_the_month(), run.pk, instants=broken) is None
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.WAITING, 1)
    assert run.problem == "The last attempt failed (RuntimeError)."


def test_two_workers_at_once_build_one_package(taken_month: World) -> None:
    run = ask(taken_month.lincoln)
    start, built = Barrier(2), []

    def work() -> None:
        start.wait()
        built.append(attempt(after_the_month(), run.pk, instants=lambda: REAL))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(each is not None for each in built) == [False, True]
    assert ExportFile.objects.count() == 1


def test_requests_at_once_make_one_run(committed_world: World) -> None:
    start, asked = Barrier(4), []

    def click() -> None:
        start.wait()
        asked.append(ask(committed_world.lincoln).pk)
        connection.close()

    clicks = [Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert set(asked) == {MonthRun.objects.get().pk}


def test_the_same_submission_after_the_month_is_finished_is_still_the_same_run(taken_month: World) -> None:
    submission = uuid4()
    first = request_month(after_the_month(), taken_month.lincoln.pk, MONTH, submission_id=submission)
    attempt(after_the_month(), first.pk, instants=lambda: REAL)
    again = request_month(after_the_month(), taken_month.lincoln.pk, MONTH, submission_id=submission)
    assert (again.pk, MonthRun.objects.count()) == (first.pk, 1)


def test_a_submission_sent_before_for_another_school_is_refused(world: World) -> None:
    submission = uuid4()
    request_month(after_the_month(), world.lincoln.pk, MONTH, submission_id=submission)
    with pytest.raises(Refused, match="another month"):
        request_month(after_the_month(), world.washington.pk, MONTH, submission_id=submission)


@pytest.mark.parametrize("person", ["whitfield", "park", "lindqvist"])
def test_only_administrators_of_the_school_ask_for_its_month(world: World, person: str) -> None:
    with pytest.raises(NotInScope):
        request_month(world.scope(person, AFTER), world.lincoln.pk, MONTH, submission_id=uuid4())


@pytest.mark.parametrize("month", [1, 9])
def test_a_month_without_school_days_is_refused(world: World, month: int) -> None:
    with pytest.raises(Refused, match="no school day in month"):
        request_month(after_the_month(), world.lincoln.pk, month, submission_id=uuid4())


_HOLD = """
import os, sys, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "attendance_site.settings"
django.setup()
from datetime import UTC, datetime
from reporting.services.attempts import attempt
from students import clock
from students.access import installation_scope

def instants():
    print("working", flush=True)
    if readings:
        time.sleep(600)
    readings.append(1)
    return datetime.now(UTC)

readings = []
attempt(installation_scope(datetime.fromisoformat(sys.argv[2])), int(sys.argv[1]), instants=instants)
"""


@pytest.mark.slow
def test_what_a_killed_worker_left_is_taken_up_and_finished(taken_month: World) -> None:
    run = ask(taken_month.lincoln)
    worker = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(run.pk), AFTER.isoformat()],
        stdout=subprocess.PIPE,
        env=os.environ,
        text=True,
    )
    try:
        assert [worker.stdout.readline(), worker.stdout.readline()] == ["working\n", "working\n"]
        run.refresh_from_db()
        assert (run.state, run.attempts) == (RunState.RUNNING, 1)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    now = datetime.now(UTC)
    assert attempt(after_the_month(), run.pk, instants=lambda: now) is None
    later = now + LEASE * 1.1
    assert attempt(after_the_month(), run.pk, instants=lambda: later) is not None
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.DONE, 2)


@pytest.mark.parametrize(
    ("constraint", "changed"),
    [
        ("one_unfinished_run_per_school_and_month", {}),
        ("month_run_is_1_to_9", {"month": 10}),
        ("month_run_is_1_to_9", {"month": 0}),
        ("running_month_has_a_lease", {"month": 4, "state": RunState.RUNNING}),
        ("finished_month_says_when", {"month": 4, "state": RunState.DONE}),
    ],
)
def test_the_database_keeps_runs_straight(world: World, constraint: str, changed: dict) -> None:
    run = ask(world.lincoln)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MonthRun.objects.create(
            **{
                "school": world.lincoln,
                "school_year": world.year,
                "month": MONTH,
                "starts_on": run.starts_on,
                "ends_on": run.ends_on,
                "submission_id": uuid4(),
                "requested_at": AFTER,
            }
            | changed
        )


def test_a_package_is_never_changed_or_deleted(world: World) -> None:
    package = ExportFile.objects.create(run=ask(world.lincoln), name="a.zip", sha256="0" * 64, content=b"1")
    for act in (lambda: ExportFile.objects.update(name="b.zip"), package.delete):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()


def test_not_even_the_owner_of_the_database_changes_a_package(committed_world: World) -> None:
    ExportFile.objects.create(run=ask(committed_world.lincoln), name="a.zip", sha256="0" * 64, content=b"1")
    owner = connections["owner"].settings_dict
    database = psycopg2.connect(dbname=owner["NAME"], user=owner["USER"], **owner["OPTIONS"])
    with pytest.raises(psycopg2.DatabaseError, match="Cannot update or delete"):
        database.cursor().execute("UPDATE reporting_exportfile SET name = 'b.zip'")
    database.close()
