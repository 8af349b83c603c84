"""The nightly pass as work: asked for once a night, one school a task, and what a killed worker left behind."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from interventions.models import Case, Crossing, DaysChanged, PassState, Standing, Step, TierPass, TimelineEntry
from interventions.services import passes
from interventions.services.evaluation import evaluate
from interventions.services.outbox import drain, note_changes
from interventions.services.passes import ask_for_passes, pass_again, pass_school, run_pass, waiting_passes
from students.services.leases import LEASE
from tests.attendance.acts import open_both_schools
from tests.interventions.acts import absences
from tests.world import NOW, World

REAL = datetime(2020, 10, 28, 10, tzinfo=UTC)

# Works on the first student alone, then waits in the middle of the night until it is killed.
_HOLD = """
import sys, time
from datetime import datetime
import django
django.setup()
from interventions.services import passes
from students.access import installation_scope
passes.CHUNK = 1
def told(instant=datetime.fromisoformat(sys.argv[2]), readings=[]):
    readings.append(instant)
    if len(readings) == 3:
        print("one student done", flush=True)
        time.sleep(600)
    return instant
passes.run_pass(installation_scope(datetime.fromisoformat(sys.argv[2])), int(sys.argv[1]), instants=told)
"""


def asked(world: World) -> list[int]:
    return sorted(ask_for_passes(world.installation))


def run(world: World, run_id: int, at: datetime = REAL) -> TierPass | None:
    return run_pass(world.installation, run_id, instants=lambda: at)


def state() -> list[object]:
    return [
        list(Standing.objects.exclude(absences=0).order_by("student").values_list("student", "tier", "absences")),
        list(Crossing.objects.order_by("student", "tier").values_list("student", "tier", "crossed_on", "withdrawn_at")),
        list(Case.objects.order_by("student").values_list("student", "tier", "closed_at")),
        list(Step.objects.order_by("case__student", "position").values_list("case__student", "words", "state")),
        list(TimelineEntry.objects.order_by("case__student", "kind", "crossing").values_list("case__student", "kind")),
    ]


def test_a_night_is_one_pass_of_every_opened_school_however_often_it_is_asked_for(world: World) -> None:
    open_both_schools(world)
    absences(world, "Abara", 6)
    absences(world, "Shah", 5)
    ids = asked(world)
    assert (len(ids), asked(world)) == (2, ids)
    assert [run(world, each).state for each in ids] == [PassState.DONE] * 2
    assert (asked(world), run(world, ids[0])) == ([], None)
    assert dict(Standing.objects.exclude(tier=0).values_list("student__family_name", "tier")) == {"Abara": 2, "Shah": 1}
    pass_again(world.installation)
    assert sorted(waiting_passes(world.installation, at=REAL)) == ids
    assert run(world, ids[0]).changed == 0


def test_a_pass_that_fails_is_given_back_and_says_no_name(world: World) -> None:
    open_both_schools(world)
    [first, _] = asked(world)

    def broken() -> datetime:
        # The first reading claims the pass, the second, in the middle of the work, fails.
        readings.append(REAL)
        if len(readings) == 2:
            raise RuntimeError("a secret of the machine")
        return REAL

    readings: list[datetime] = []
    assert run_pass(world.installation, first, instants=broken) is None
    left = TierPass.objects.get(pk=first)
    assert (left.state, left.attempts) == (PassState.WAITING, 1)
    assert left.problem == "The last attempt failed (RuntimeError)."


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_the_night_loses_and_repeats_nothing(committed_world: World) -> None:
    world = committed_world
    open_both_schools(world)
    for name in ("Abara", "Grant", "Hollis"):
        absences(world, name, 6)
    [lincoln, _] = asked(world)
    worker = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(lincoln), NOW.isoformat()], stdout=subprocess.PIPE, env=os.environ, text=True
    )
    try:
        assert worker.stdout.readline() == "one student done\n"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    begun = Case.objects.count()
    assert 0 < begun < 3
    assert TierPass.objects.get(pk=lincoln).state == PassState.RUNNING
    assert run(world, lincoln, NOW) is None
    later = NOW + LEASE * 1.1
    assert waiting_passes(world.installation, at=later)[0] == lincoln
    done = run(world, lincoln, later)
    assert (done.state, done.attempts, done.changed) == (PassState.DONE, 2, 3 - begun)
    assert (Case.objects.count(), Crossing.objects.count()) == (3, 6)
    assert TimelineEntry.objects.count() == 9
    assert Step.objects.count() == 3 * 13


_DRAIN = """
import sys
from datetime import datetime
import django
django.setup()
from interventions.services.outbox import drain
from students.access import installation_scope
drain(installation_scope(datetime.fromisoformat(sys.argv[1])))
"""


@pytest.mark.slow
def test_changes_that_a_killed_worker_took_are_there_for_the_next(committed_world: World) -> None:
    absences(committed_world, "Abara", 4)
    drain(committed_world.installation)
    absences(committed_world, "Abara", 5)
    before = DaysChanged.objects.count()
    with transaction.atomic():
        list(Standing.objects.select_for_update())
        worker = subprocess.Popen([sys.executable, "-c", _DRAIN, NOW.isoformat()], env=os.environ)
        try:
            wait_for_somebody_who_waits()
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    assert DaysChanged.objects.count() == before > 0
    taken = 0
    for _ in range(100):
        # The database learns of the killed worker's end when it answers it, and frees its rows then.
        taken += drain(committed_world.installation)
        if taken == before:
            break
        time.sleep(0.1)
    assert (taken, Case.objects.count()) == (before, 1)


def wait_for_somebody_who_waits() -> None:
    """Until another connection waits for a lock of ours."""
    for _ in range(300):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    raise AssertionError("nobody waits")


def test_signal_and_night_at_once_open_one_case_each_and_nobody_deadlocks(committed_world: World) -> None:
    world = committed_world
    open_both_schools(world)
    names = ["Abara", "Baptiste", "Castillo", "Fleurimond", "Grant", "Hollis"]
    for name in names:
        absences(world, name, 11)
    ids = [world.students[name].pk for name in names]
    for each in (ids, ids[::-1], ids[2:], ids[:3]):
        note_changes(student_ids=each)
    acts = [
        lambda: drain(world.installation),
        lambda: pass_school(world.installation, world.lincoln.pk),
        lambda: evaluate(world.installation, ids[::-1]),
        lambda: drain(world.installation),
    ]
    failed = at_once(acts)
    assert failed == []
    assert Case.objects.count() == len(names)
    assert Crossing.objects.count() == 3 * len(names)
    assert pass_school(world.installation, world.lincoln.pk).changed == 0
    before = state()
    drain(world.installation)
    assert state() == before


def at_once(acts: list) -> list[BaseException]:
    start, failed = Barrier(len(acts)), []

    def work(act) -> None:
        start.wait()
        try:
            act()
        except BaseException as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_the_chunk_of_a_night_is_a_transaction(world: World, monkeypatch) -> None:
    open_both_schools(world)
    monkeypatch.setattr(passes, "CHUNK", 4)
    absences(world, "Abara", 5)
    heard: list[int] = []
    pass_school(world.installation, world.lincoln.pk, told=lambda done: heard.append(done.looked_at))
    assert heard == [4, 8, 9]
