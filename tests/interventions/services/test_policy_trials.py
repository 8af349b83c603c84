"""The trial of a policy as work: asked for once, done by one worker, taken up from a killed one, gone after a week."""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from interventions import models
from interventions.models import PolicyTrial, TrialState
from interventions.rules.policy import CarePolicy
from interventions.selectors.policies import care_policies
from interventions.selectors.policy_trials import trial_in_scope, what_if, what_if_rows
from interventions.selectors.what_if import compare
from interventions.services.evaluation import evaluate
from interventions.services.policy import write_policy
from interventions.services.policy_trials import (
    FRESH,
    KEPT,
    ask_for_trial,
    remove_old_trials,
    run_trial,
    save_trial,
    waiting_trials,
)
from students.access import visible_to
from students.models import Role, Student
from students.refusals import Forbidden, NotInScope, Refused, Stale
from students.services.leases import LEASE, MOST_ATTEMPTS
from tests.interventions.acts import absences
from tests.interventions.trying import REAL, looked, worked
from tests.world import NOW, TODAY, World, add_person, give_role

# Compares, then waits before it writes until it is killed.
_HOLD = """
import sys, time
from datetime import datetime
import django
django.setup()
from interventions.services.policy_trials import run_trial
from students.access import installation_scope
def told(instant=datetime.fromisoformat(sys.argv[2]), readings=[]):
    readings.append(instant)
    if len(readings) == 2:
        print("compared", flush=True)
        time.sleep(600)
    return instant
run_trial(installation_scope(datetime.fromisoformat(sys.argv[2])), int(sys.argv[1]), instants=told)
"""


def other(world: World, **changed: object) -> CarePolicy:
    return replace(care_policies(world.installation)[0], **{"starts_on": TODAY, "tier_1_absences": 4} | changed)


def moved(world: World) -> World:
    """Two students whom another first tier moves."""
    absences(world, "Abara", 4)
    absences(world, "Shah", 4)
    evaluate(world.installation, Student.objects.values_list("pk", flat=True))
    return world


def test_the_same_question_of_the_same_person_is_one_trial_until_minutes_after(world: World) -> None:
    reyes = world.scope("reyes")
    trial = ask_for_trial(reyes, other(world), name="Spring")
    assert ask_for_trial(reyes, other(world), name=" Spring ") == trial
    assert worked(world, trial).state == TrialState.DONE
    assert ask_for_trial(reyes, other(world), name="Spring") == trial
    assert ask_for_trial(reyes, other(world, tier_1_absences=3), name="Spring") != trial
    assert ask_for_trial(reyes, other(world), name="Summer") != trial
    assert ask_for_trial(world.scope("reyes", NOW + FRESH), other(world), name="Spring") != trial
    # By other policies that stand the same figures are another question.
    later = other(world, starts_on=TODAY + timedelta(days=9))
    write_policy(reyes, later, name="Later", agreed=looked(world, reyes, later).agreed)
    assert ask_for_trial(reyes, other(world), name="Spring") != trial


def test_both_halves_of_a_double_click_lead_to_one_trial(committed_world: World) -> None:
    start, found = Barrier(4), []

    def click() -> None:
        start.wait()
        found.append(ask_for_trial(committed_world.scope("reyes"), other(committed_world), name="Spring").pk)
        connection.close()

    clicks = [Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert found == [PolicyTrial.objects.get().pk] * 4


def test_two_administrators_have_their_own_trials_each_sees_both_and_nobody_else_sees_any(world: World) -> None:
    add_person(world, "quinn", "Quinn", "Reed")
    give_role(world, "quinn", Role.DISTRICT_ADMINISTRATOR, None)
    reyes, quinn = world.scope("reyes"), world.scope("quinn")
    mine, theirs = (ask_for_trial(each, other(world), name="Spring") for each in (reyes, quinn))
    assert mine != theirs
    assert (trial_in_scope(quinn, mine.pk), trial_in_scope(reyes, theirs.pk)) == (mine, theirs)
    with pytest.raises(NotInScope):
        trial_in_scope(reyes, theirs.pk + 1)
    for person in ("okafor", "osei", "whitfield"):
        assert not visible_to(world.scope(person), PolicyTrial).exists()
        with pytest.raises(Forbidden):
            trial_in_scope(world.scope(person), mine.pk)
        with pytest.raises(Forbidden):
            save_trial(world.scope(person), mine.pk)
    # Who saves it is who signs for it.
    worked(world, mine)
    assert save_trial(quinn, mine.pk).entered_by == world.users["quinn"]


@pytest.mark.parametrize("changed", [{}, {"counts_excused": False, "absent_days_running": 3}, {"tier_1_absences": 5}])
def test_what_is_kept_is_what_the_comparison_finds(world: World, changed: dict[str, object]) -> None:
    absences(world, "Grant", 6, "excused")
    moved(world)
    reyes, policy = world.scope("reyes"), other(world, **changed)
    trial, found = looked(world, reyes, policy), compare(reyes, policy)
    assert (trial.policy, trial.looked_at, trial.as_of) == (policy, found.looked_at, NOW)
    look, (_, rows) = what_if(reyes, trial), what_if_rows(reyes, trial)
    assert look.before == found.before
    assert [(each.student_id, each.absences_before, each.absences_after) for each in rows] == [
        (each.student_id, each.absences_before, each.absences_after) for each in found.moved
    ]
    assert {way.code: way.students for way in look.ways} == Counter(
        way.code for each in found.moved for way in each.movements
    )
    assert sum(line.students for line in look.schools) == look.students == len(rows)


def test_days_that_change_later_change_no_trial(world: World) -> None:
    trial = looked(moved(world), world.scope("reyes"), other(world))
    absences(world, "Grant", 4)
    evaluate(world.installation, [world.students["Grant"].pk])
    assert what_if(world.scope("reyes"), trial).students == 2
    assert worked(world, trial).attempts == 1


@pytest.mark.slow
def test_what_a_killed_worker_left_is_taken_up_and_finished(committed_world: World) -> None:
    world = moved(committed_world)
    trial = ask_for_trial(world.scope("reyes"), other(world), name="Spring")
    command = [sys.executable, "-c", _HOLD, str(trial.pk), NOW.isoformat()]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ, text=True)
    try:
        assert worker.stdout.readline() == "compared\n"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    trial.refresh_from_db()
    assert (trial.state, trial.moves) == (TrialState.RUNNING, [])
    assert waiting_trials(world.installation, at=NOW) == []
    later = NOW + LEASE * 1.1
    assert waiting_trials(world.installation, at=later) == [trial.pk]
    run_trial(world.installation, trial.pk, instants=lambda: later)
    trial.refresh_from_db()
    assert (trial.state, trial.attempts, len(trial.moves)) == (TrialState.DONE, 2, 2)


def test_a_worker_whose_lease_another_took_writes_nothing(world: World) -> None:
    trial = ask_for_trial(moved(world).scope("reyes"), other(world), name="Spring")
    readings = []

    def instants() -> datetime:
        readings.append(REAL)
        if len(readings) == 2:
            run_trial(world.installation, trial.pk, instants=lambda: REAL + LEASE * 2)
        return REAL

    run_trial(world.installation, trial.pk, instants=instants)
    trial.refresh_from_db()
    assert (trial.state, trial.attempts, len(trial.moves)) == (TrialState.DONE, 2, 2)


def test_a_trial_that_fails_is_tried_five_times_then_says_so_and_is_looked_at_again(world: World) -> None:
    reyes = world.scope("reyes")
    trial = ask_for_trial(reyes, other(world), name="Spring")
    for attempt in range(1, MOST_ATTEMPTS + 1):
        # The first reading claims the trial; at the next one the machine dies.
        with pytest.raises(StopIteration):
            run_trial(world.installation, trial.pk, instants=iter([REAL]).__next__)
        PolicyTrial.objects.update(leased_until=REAL - LEASE)
        trial.refresh_from_db()
        assert (trial.state, trial.attempts) == (TrialState.RUNNING, attempt)
    failed = worked(world, trial)
    assert failed.state == TrialState.FAILED
    assert "5 workers took this policy trial up and none finished it." in failed.problem
    assert failed.problem.endswith("then look again.")
    assert ask_for_trial(reyes, other(world), name="Spring") != trial


def test_a_fault_is_given_back_without_its_words_and_a_refusal_ends_it(world: World) -> None:
    reyes = world.scope("reyes")
    trial = ask_for_trial(reyes, other(world), name="Spring")
    PolicyTrial.objects.update(tried={"starts_on": "2020-10-27", "truancy_absences": [], "no such figure": 1})
    left = worked(world, trial)
    assert (left.state, left.attempts, left.problem) == (TrialState.WAITING, 1, "The last attempt failed (TypeError).")
    assert waiting_trials(world.installation, at=REAL) == [trial.pk]
    PolicyTrial.objects.update(tried=other(world).figures)
    years_later = replace(world.installation, now=NOW + timedelta(days=800))
    run_trial(years_later, trial.pk, instants=lambda: REAL)
    ended = PolicyTrial.objects.get()
    assert (ended.state, ended.lease_token) == (TrialState.FAILED, None)
    assert ended.problem.startswith("No school year holds today")


def test_only_what_was_looked_at_is_saved_and_not_beside_a_policy_that_came_since(world: World) -> None:
    reyes = world.scope("reyes")
    trial = ask_for_trial(reyes, other(world), name="Spring")
    with pytest.raises(Stale, match="Look first"):
        save_trial(reyes, trial.pk)
    worked(world, trial)
    later = looked(world, reyes, other(world, starts_on=TODAY + timedelta(days=9)), "Later")
    assert save_trial(reyes, later.pk) == save_trial(reyes, later.pk)
    with pytest.raises(Stale, match="Somebody wrote another policy"):
        save_trial(reyes, trial.pk)
    again = looked(world, reyes, other(world), "Spring")
    assert save_trial(reyes, again.pk).tier_1_absences == 4
    assert models.CarePolicy.objects.count() == 3


def test_what_write_policy_would_refuse_is_not_tried(world: World) -> None:
    with pytest.raises(Refused, match="begins today at the earliest"):
        ask_for_trial(world.scope("reyes"), other(world, starts_on=TODAY - timedelta(days=1)), name="Spring")
    assert not PolicyTrial.objects.exists()


def test_a_trial_is_gone_after_its_week(world: World) -> None:
    looked(moved(world), world.scope("reyes"), other(world))
    almost = world.scope("reyes", NOW + KEPT - timedelta(seconds=1))
    assert remove_old_trials(almost) == 0
    assert remove_old_trials(world.scope("reyes", NOW + KEPT)) == 1
    assert not PolicyTrial.objects.exists()
