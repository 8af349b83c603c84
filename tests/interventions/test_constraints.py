"""What the database refuses of policies, crossings, cases, steps and contacts, by the names of its constraints."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, models, transaction

from interventions.models import (
    CarePolicy,
    Case,
    CaseNote,
    Contact,
    Crossing,
    PassState,
    PlannedAction,
    Standing,
    Step,
    TierPass,
    TimelineEntry,
)
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, World


def policy(**given: Any) -> CarePolicy:
    return CarePolicy(**{"starts_on": date(2021, 1, 4), "name": "Another", "truancy_absences": [5]} | given)


def standing(world: World, **given: Any) -> Standing:
    facts = {"student": world.students["Abara"], "year": world.year, "school": world.lincoln, "as_of": TODAY}
    return Standing(**facts | given)


def crossing(world: World, **given: Any) -> Crossing:
    facts = {"student": world.students["Abara"], "year": world.year, "tier": 1, "ground": "count", "absences": 5}
    return Crossing(**facts | {"crossed_on": TODAY, "acts_on": TODAY, "noticed_at": NOW} | given)


def case(world: World, **given: Any) -> Case:
    facts = {"student": world.students["Abara"], "year": world.year, "school": world.lincoln, "tier": 1}
    return Case(**facts | {"opened_at": NOW, "opened_on": TODAY} | given)


def refused(name: str, row: models.Model) -> None:
    assert_refused_by(name, row)


def test_a_policy_has_tiers_that_rise_and_criteria_that_mean_something(db) -> None:
    refused("tiers_rise", policy(tier_2_absences=5))
    refused("tiers_rise", policy(tier_1_absences=0))
    refused("share_of_a_window_of_days", policy(absent_percent=0))
    refused("share_of_a_window_of_days", policy(absent_window_days=9))
    refused("criteria_begin_with_one", policy(absent_days_running=0))
    refused("criteria_begin_with_one", policy(failed_contacts=0))
    policy(absent_days_running=None, absent_percent=None).save()


def test_a_student_stands_once_a_year_in_a_tier_that_there_is(world) -> None:
    standing(world).save()
    refused("one_standing_per_student_and_year", standing(world))
    other = {"student": world.students["Grant"]}
    refused("tier_is_0_to_3", standing(world, tier=4, **other))


def test_a_crossing_is_once_into_a_tier_and_says_what_took_its_ground(world) -> None:
    first = crossing(world)
    first.save()
    refused("one_standing_crossing_per_tier", crossing(world))
    refused("crossing_is_into_a_tier", crossing(world, tier=4))
    refused("crossing_is_into_a_tier", crossing(world, tier=2, ground="disengaged"))
    refused("withdrawn_crossing_says_the_count", crossing(world, tier=2, withdrawn_at=NOW))
    refused("grace_follows_the_crossing", crossing(world, tier=2, acts_on=date(2020, 10, 26)))
    first.withdrawn_at, first.withdrawn_absences = NOW, 4
    first.save()
    crossing(world).save()


def test_a_school_is_passed_once_a_night_under_a_lease(world) -> None:
    TierPass.objects.create(school=world.lincoln, on=TODAY, requested_at=NOW)
    refused("one_pass_per_school_and_day", TierPass(school=world.lincoln, on=TODAY, requested_at=NOW))
    running = TierPass(school=world.washington, on=TODAY, requested_at=NOW, state=PassState.RUNNING)
    refused("running_pass_has_a_lease", running)


def test_a_student_has_one_open_case_which_somebody_closes_with_an_outcome(world) -> None:
    case(world).save()
    refused("one_open_case_per_student", case(world))
    grant = {"student": world.students["Grant"]}
    refused("case_is_of_a_tier", case(world, tier=4, **grant))
    refused("closed_case_has_an_outcome", case(world, closed_at=NOW, closed_by=world.users["okafor"], **grant))
    refused("closed_case_has_an_outcome", case(world, outcome="moved", **grant))
    refused("case_is_closed_by_somebody", case(world, closed_at=NOW, outcome="improved", **grant))
    case(world, closed_at=NOW, outcome="no_ground", **grant).save()


def test_a_timeline_is_kept(world) -> None:
    opened = case(world)
    opened.save()
    entry = TimelineEntry.objects.create(case=opened, kind="opened", at=NOW)
    for act in (entry.delete, lambda: TimelineEntry.objects.filter(pk=entry.pk).update(words="otherwise")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_what_is_withdrawn_says_who_and_why(world) -> None:
    opened = case(world)
    opened.save()
    by = {"written_by": world.users["okafor"], "written_at": NOW}
    refused(
        "withdrawn_case_note_says_who", CaseNote(submission_id=uuid4(), case=opened, text="A", withdrawn_at=NOW, **by)
    )
    tried = {
        "submission_id": uuid4(),
        "student": opened.student,
        "kind": "call",
        "result": "reached",
        "happened_at": NOW,
        "day": TODAY,
        "made_by": world.users["okafor"],
        "entered_at": NOW,
    }
    refused("withdrawn_contact_says_who", Contact(withdrawn_at=NOW, **tried))
    step = Step(case=opened, tier=1, kind="call", words="Call")
    step.save()
    refused("contact_of_a_step_is_of_a_case", Contact(step=step, **tried))


def test_a_step_is_taken_over_once_and_says_who_ended_it(world) -> None:
    opened = case(world)
    opened.save()
    action = PlannedAction.objects.first()
    facts = {"case": opened, "tier": 1, "kind": "call", "words": "Call"}
    Step(action=action, **facts).save()
    refused("one_step_per_case_and_action", Step(action=action, **facts))
    refused("ended_step_says_who", Step(state="done", ended_at=NOW, **facts))
    refused("ended_step_says_who", Step(state="open", ended_at=NOW, **facts))
    Step(state="withdrawn", ended_at=NOW, **facts).save()


def test_an_action_belongs_to_a_tier_and_says_who_took_it_out(world) -> None:
    facts = {"position": 1, "kind": "call", "words": "Call", "due_school_days": 1}
    refused("action_is_of_a_tier", PlannedAction(tier=0, **facts))
    refused("retired_action_says_who", PlannedAction(tier=1, retired_at=NOW, **facts))


def test_the_plans_of_the_two_sources_stand_in_the_database(db) -> None:
    assert PlannedAction.objects.filter(rule="MD-05").count() == 7
    assert set(PlannedAction.objects.filter(only_unlocated=True).values_list("rule", flat=True)) == {"MD-07"}
    assert CarePolicy.objects.get().truancy_absences == [5, 10, 12]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM interventions_plannedaction WHERE retired_at IS NULL")
        assert cursor.fetchone()[0] == 18
