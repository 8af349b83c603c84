"""A policy tried out: nothing is written, and what was shown is what the nightly pass then does."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interventions import models
from interventions.models import Standing, TruancyNotice
from interventions.rules.policy import CarePolicy
from interventions.selectors.policies import care_policies
from interventions.selectors.policy_trials import what_if, what_if_rows, what_if_students
from interventions.selectors.what_if import compare
from interventions.services.evaluation import evaluate
from interventions.services.policy import write_policy
from interventions.services.policy_trials import ask_for_trial
from students.models import Student
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.interventions.acts import WEEKDAYS, absences, days_of
from tests.interventions.care import tried
from tests.interventions.trying import looked
from tests.world import TODAY, World


def holding(world: World) -> CarePolicy:
    return care_policies(world.installation)[-1]


def look_at_all(world: World) -> None:
    evaluate(world.installation, Student.objects.values_list("pk", flat=True))


@pytest.fixture
def absent(world: World) -> World:
    """Of two schools, students on both sides of the thresholds; one misses days of late, one is of no age."""
    absences(world, "Abara", 4)
    absences(world, "Grant", 5, "excused")
    absences(world, "Castillo", 11)
    absences(world, "Shah", 4)
    days_of(world, "Hollis", WEEKDAYS, "present")
    days_of(world, "Hollis", WEEKDAYS[-4:])
    days_of(world, "Fleurimond", WEEKDAYS[:3], "present", tardies=2)
    tried(world, "Delgado", TODAY - timedelta(days=2))
    look_at_all(world)
    return world


def stands(world: World) -> dict[int, tuple[int, bool, bool]]:
    rows = Standing.objects.filter(is_enrolled=True).values_list("student_id", "tier", "criteria", "tardies")
    watched = {policy.starts_on: policy.tardies_watched for policy in care_policies(world.installation)}
    least = watched[max(day for day in watched if day <= TODAY)]
    return {pk: (tier, bool(criteria), tardies >= least) for pk, tier, criteria, tardies in rows}


@pytest.mark.parametrize(
    "changed",
    [
        {"tier_1_absences": 4, "truancy_absences": (4, 10, 12), "tardies_watched": 6},
        {"tier_1_absences": 4, "absent_days_running": 4, "truancy_absences": (4, 10, 12)},
        {"tier_1_absences": 3, "tier_2_absences": 4, "counts_excused": False, "absent_percent": 20},
        {"tier_1_absences": 6, "tier_2_absences": 7, "disengaged_is_tier_3": False, "absent_days_running": None},
        {"absent_window_days": 40, "absent_percent": 20},
        # Delgado was never absent, so nothing stands of anybody whom nobody reached.
        {"failed_contacts": 1, "weeks_without_interaction": 1},
    ],
)
def test_MD03_what_is_shown_is_what_the_pass_then_does(absent: World, changed: dict[str, object]) -> None:
    world, reyes = absent, absent.scope("reyes")
    policy = replace(holding(world), starts_on=TODAY, **changed)
    stood, told = stands(world), TruancyNotice.objects.count()
    trial = looked(world, reyes, policy)
    look = what_if(reyes, trial)
    assert not models.CarePolicy.objects.filter(starts_on=TODAY).exists()
    assert (stands(world), TruancyNotice.objects.count()) == (stood, told)
    write_policy(reyes, policy, name="Tried", agreed=trial.agreed)
    look_at_all(world)
    now = stands(world)
    nothing = (0, False, False)
    ways = Counter[str]()
    for pk in stood.keys() | now.keys():
        was, becomes = stood.get(pk, nothing), now.get(pk, nothing)
        if was[0] != becomes[0]:
            ways[f"tier-{was[0]}-{becomes[0]}"] += 1
        if was[1] != becomes[1]:
            ways["disengaged-0-0" if becomes[1] else "not-disengaged-0-0"] += 1
        if was[2] != becomes[2]:
            ways["watched-0-0" if becomes[2] else "not-watched-0-0"] += 1
    shown = {way.code: way.students for way in look.ways}
    assert sum(n for code, n in shown.items() if code.startswith("notice")) == TruancyNotice.objects.count() - told
    assert {code: n for code, n in shown.items() if not code.startswith("notice")} == ways
    assert ways
    assert sum(line.students for line in look.schools) == look.students


def test_the_students_behind_a_figure_are_listed_by_school_and_way(absent: World) -> None:
    world, reyes = absent, absent.scope("reyes")
    policy = replace(holding(world), starts_on=TODAY, tier_1_absences=4)
    trial = looked(world, reyes, policy)
    look = what_if(reyes, trial)
    assert [(line.school, line.students) for line in look.schools] == [(world.lincoln, 2), (world.washington, 1)]
    everybody = what_if_students(reyes, trial)
    assert [each.name.split(",")[0] for each in everybody.lines] == ["Abara", "Hollis", "Shah"]
    here = what_if_students(reyes, trial, school_id=world.washington.pk, way="tier-0-1")
    assert ([each.student_id for each in here.lines], here.way) == ([world.students["Shah"].pk], "no tier to tier 1")
    assert what_if_students(reyes, trial, way="tier-1-0").lines == []
    # Counted together, and each with the own count in the file.
    absences(world, "Nguyen", 9)
    look_at_all(world)
    lower = replace(policy, tier_2_absences=5)
    school, lines = what_if_rows(reyes, looked(world, reyes, lower), school_id=world.lincoln.pk)
    assert (school, [(each.name.split(",")[0], each.absences_after, each.ways) for each in lines]) == (
        world.lincoln,
        [
            ("Abara", 4, ["no tier to tier 1"]),
            ("Grant", 5, ["tier 1 to tier 2"]),
            ("Hollis", 4, ["no tier to tier 1"]),
        ],
    )
    assert lines[0].state_id == world.students["Abara"].state_id
    with pytest.raises(NotInScope):
        what_if_students(reyes, trial, school_id=10**9)
    for person in ("okafor", "osei"):
        with pytest.raises(Forbidden):
            compare(world.scope(person), policy)
        with pytest.raises(Forbidden):
            ask_for_trial(world.scope(person), policy, name="Tried")


def test_only_the_policy_that_was_looked_at_is_saved_and_not_beside_another_one_since(absent: World) -> None:
    reyes = absent.scope("reyes")
    policy = replace(holding(absent), starts_on=TODAY, tier_1_absences=4)
    agreed = looked(absent, reyes, policy).agreed
    with pytest.raises(Refused, match="another policy than the one you looked at"):
        write_policy(reyes, replace(policy, tier_1_absences=3), name="Tried", agreed=agreed)
    with pytest.raises(Refused, match="another policy than the one you looked at"):
        write_policy(reyes, policy, name="Tried", agreed="")
    # A student's day is entered meanwhile: the policy is no other for it.
    days_of(absent, "Grant", WEEKDAYS[:1])
    later = replace(policy, starts_on=TODAY + timedelta(days=9))
    other = looked(absent, reyes, later, "Later").agreed
    write_policy(reyes, later, name="Later", agreed=other)
    with pytest.raises(Stale, match="Somebody wrote another policy"):
        write_policy(reyes, policy, name="Tried", agreed=agreed)
    assert models.CarePolicy.objects.count() == 2
    # Sent twice it is written once.
    assert write_policy(reyes, later, name="Later", agreed=other).starts_on == later.starts_on


def test_a_look_asks_as_many_statements_however_many_students(absent: World) -> None:
    reyes = absent.scope("reyes")
    for changed, most in (({"tier_1_absences": 4}, 9), ({"absent_days_running": 4, "counts_excused": False}, 14)):
        policy = replace(holding(absent), starts_on=TODAY, **changed)
        asked = []
        for more in ((), ("Baptiste", "Grant", "Delgado")):
            for name in more:
                if name in absent.students:
                    absences(absent, name, 4)
            look_at_all(absent)
            with CaptureQueriesContext(connection) as queries:
                compare(reyes, policy)
            asked.append(len(queries))
        assert asked[0] == asked[1] <= most
