"""MD-08: disengaged students get somebody, in bulk and by suggestion; access begins and ends with the assignment."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interventions.models import Contact, DaysChanged, OutreachAssignment, TimelineEntry
from interventions.selectors.disengaged import Asked, disengaged
from interventions.selectors.my_outreach import my_outreach
from interventions.selectors.outreach_proposal import propose
from interventions.services.outreach import Assigned, Choice, assign, end_assignment, reassign
from interventions.services.outreach_contacts import log_attempt
from interventions.services.outreach_workers import TakesOn, add_worker, change_worker, end_worker
from students.access import visible_to
from students.models import AccessGrant, GuardianLink, Student
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.interventions.outreach_acts import FAILED, RUNNING, WEEKS, assigned, case_of, lost, mother, worker
from tests.world import NOW, TODAY, World, at


def names(world: World, **asked: object) -> list[str]:
    found = disengaged(world.scope("reyes"), Asked(**asked))
    return [Student.objects.get(pk=each.student_id).family_name for each in found.students]


def seen_by(world: World, person: str, now=NOW) -> list[str]:
    return sorted(visible_to(world.scope(person, now), Student).values_list("family_name", flat=True))


def test_MD08_the_list_is_narrowed_by_school_language_need_criterion_and_worker(world: World) -> None:
    lost(world, "Abara", RUNNING, FAILED, absences=9)
    lost(world, "Baptiste", WEEKS, absences=3)
    lost(world, "Castillo", absences=12)
    lost(world, "Shah", absences=4)
    lost(world, "Grant", is_enrolled=False)
    mother(world, "Baptiste", "ht")
    mother(world, "Castillo", "es", contact_order=2)
    mother(world, "Castillo", "ht", contact_order=1)
    mother(world, "Shah", "es", may_contact=False)
    case_of(world, "Castillo", is_unlocated=True)
    assert names(world) == ["Castillo", "Abara", "Shah", "Baptiste"]
    assert names(world, school_id=world.washington.pk) == ["Shah"]
    assert names(world, language="ht") == ["Castillo", "Baptiste"]
    assert names(world, language="es") == []
    assert names(world, need="locate") == ["Castillo", "Abara"]
    assert (names(world, need="connect"), names(world, need="return")) == (["Baptiste"], ["Shah"])
    assert names(world, sign="weeks") == ["Baptiste"]
    assert names(world, grade="09", sign="failed_contacts") == ["Abara"]
    who = worker(world)
    assigned(world, "Castillo", who, need="family")
    assert names(world)[-1] == "Castillo"
    assert names(world, worker="nobody") == ["Abara", "Shah", "Baptiste"]
    assert names(world, worker="somebody") == names(world, worker=str(who.pk)) == names(world, need="family")
    assert [each.student_id for each in disengaged(world.scope("osei"), Asked()).students if each] == [
        world.students[name].pk for name in ("Abara", "Baptiste", "Castillo")
    ]
    with pytest.raises(Forbidden):
        disengaged(world.scope("whitfield"), Asked())


def test_MD08_a_proposal_goes_by_school_language_need_and_load_and_saves_nothing(world: World) -> None:
    for name in ("Abara", "Baptiste", "Castillo", "Shah"):
        lost(world, name)
    mother(world, "Baptiste", "ht")
    creole = worker(world, "toussaint", languages=["ht"], most_students=2)
    near = worker(world, "stone", school_ids=[world.lincoln.pk], needs=["return"], most_students=2)
    proposal = propose(world.scope("reyes"), Asked())
    found = {student.student_id: worker_id for student, worker_id in proposal.matches}
    assert {name: found.get(world.students[name].pk) for name in ("Abara", "Baptiste", "Castillo", "Shah")} == {
        "Abara": near.pk, "Baptiste": creole.pk, "Castillo": near.pk, "Shah": creole.pk
    }  # fmt: skip
    shown = {each.worker.name: each for each in proposal.workers}
    assert shown["Pat Stone"].students[0].why == ["good at this", "works in the school"]
    assert shown["Pat Toussaint"].students[0].why == ["speaks Haitian Creole"]
    assert (shown["Pat Stone"].load, proposal.left_over) == (2, 0)
    assert not OutreachAssignment.objects.exists()
    chosen = propose(world.scope("reyes"), Asked(), student_ids={world.students["Shah"].pk}, worker_id=near.pk)
    assert (chosen.matches, chosen.left_over, chosen.left_over_names) == ([], 1, ["Shah, Priya"])
    with pytest.raises(Forbidden):
        propose(world.scope("osei"), Asked())


def test_MD08_an_assignment_opens_the_student_and_its_end_closes_it_with_the_day(world: World) -> None:
    lost(world, "Abara")
    who, lawful = worker(world), mother(world, "Abara")
    assert seen_by(world, "dupree") == []
    held = assigned(world, "Abara", who)
    assert seen_by(world, "dupree") == ["Abara"]
    assert [each.guardian for each in visible_to(world.scope("dupree"), GuardianLink)] == [lawful]
    assert (held.grant.starts_on, held.grant.given_by) == (TODAY, world.users["reyes"])
    ended = end_assignment(world.scope("dupree"), held.pk, result="found", words="At the aunt's.")
    again = end_assignment(world.scope("dupree"), held.pk, result="found")
    assert (ended.result, again.result_words, ended.ended_by) == ("found", "At the aunt's.", world.users["dupree"])
    with pytest.raises(Stale):
        end_assignment(world.scope("osei"), held.pk, result="moved")
    assert seen_by(world, "dupree") == ["Abara"]
    assert seen_by(world, "dupree", NOW + timedelta(days=1)) == []
    second = assigned(world, "Abara", who)
    assert (second.grant_id, AccessGrant.objects.get().ends_on) == (held.grant_id, None)


def test_MD08_the_case_of_a_student_who_is_found_says_so(world: World) -> None:
    who = worker(world)
    for name, result, known in (("Abara", "found", True), ("Baptiste", "re_engaged", True), ("Grant", "moved", False)):
        lost(world, name)
        case = case_of(world, name, is_unlocated=True)
        held = assigned(world, name, who)
        end_assignment(world.scope("dupree"), held.pk, result=result, words="At the aunt’s.")
        case.refresh_from_db()
        assert case.is_unlocated != known, name
        told = TimelineEntry.objects.filter(case=case, kind="located", by=world.users["dupree"], words="At the aunt’s.")
        assert told.exists() == known


def test_MD08_bulk_assignment_is_once_and_leaves_others_work_alone(world: World) -> None:
    cast = ["Abara", "Baptiste", "Castillo", "Delgado", "Grant"]
    for name in cast[:-1]:
        lost(world, name)
    one, other = worker(world), worker(world, "stone")
    assigned(world, "Delgado", other)
    choices = [Choice(world.students[name].pk, one.pk, "locate") for name in cast]
    with CaptureQueriesContext(
        connection,
    ) as many:
        assert assign(world.scope("reyes"), choices) == Assigned(3, 1, 1)
    assert assign(world.scope("reyes"), choices) == Assigned(0, 4, 1)
    assert len(many) <= 16
    assert one.assignments.count() == AccessGrant.objects.filter(user=one.user).count() == 3
    assert other.assignments.get().student == world.students["Delgado"]


def test_MD08_nobody_is_given_too_many_or_a_student_of_a_strange_school(world: World) -> None:
    lost(world, "Abara")
    lost(world, "Shah")
    few = worker(world, most_students=1, school_ids=[world.lincoln.pk])
    both = [Choice(world.students[name].pk, few.pk, "locate") for name in ("Abara", "Shah")]
    reyes = world.scope("reyes")
    with pytest.raises(Refused, match="does not work in Washington High School"):
        assign(reyes, both)
    change_worker(reyes, few.pk, TakesOn(1))
    with pytest.raises(Refused, match="can take 1 more, not 2"):
        assign(reyes, both)
    with pytest.raises(Refused, match="Choose at least one"):
        assign(reyes, [])
    with pytest.raises(Refused, match="what each student needs"):
        assign(reyes, [Choice(world.students["Abara"].pk, few.pk, "money")])
    with pytest.raises(NotInScope):
        assign(reyes, [Choice(world.students["Abara"].pk, 0, "locate")])
    for person in ("okafor", "osei", "dupree"):
        with pytest.raises(Forbidden):
            assign(world.scope(person), both[:1])
    assert not OutreachAssignment.objects.exists()
    end_worker(reyes, few.pk)
    with pytest.raises(Refused, match="no outreach any more"):
        assign(reyes, both[:1])


def test_MD08_a_student_in_other_hands_is_open_to_these_from_the_same_day(world: World) -> None:
    lost(world, "Abara")
    one, other = worker(world), worker(world, "stone", most_students=1)
    held, reyes = assigned(world, "Abara", one), world.scope("reyes")
    given = reassign(reyes, held.pk, other.pk, words="Speaks with the aunt.")
    assert reassign(reyes, held.pk, other.pk) == given == reassign(reyes, given.pk, other.pk)
    held.refresh_from_db()
    assert (held.result, held.grant.ends_on, given.need) == ("handed_over", TODAY, "locate")
    assert seen_by(world, "stone") == ["Abara"]
    with pytest.raises(Stale):
        reassign(reyes, held.pk, one.pk)
    with pytest.raises(Refused, match="1 students are in these hands"):
        end_worker(reyes, other.pk)


def test_MD08_workers_are_named_by_the_district_and_hold_a_role_for_it(world: World) -> None:
    reyes, dupree = world.scope("reyes"), world.users["dupree"].pk
    first = add_worker(reyes, dupree, TakesOn(20, ["ht", "es", "es"], [world.lincoln.pk], ["locate"]))
    assert add_worker(reyes, dupree, TakesOn(25)).pk == first.pk
    assert (first.languages, first.school_ids) == (["es", "ht"], [world.lincoln.pk])
    with pytest.raises(Refused, match="role of outreach worker"):
        add_worker(reyes, world.users["whitfield"].pk, TakesOn(20))
    with pytest.raises(Refused, match="1 to 500"):
        change_worker(reyes, first.pk, TakesOn(501))
    with pytest.raises(NotInScope):
        change_worker(reyes, first.pk, TakesOn(20, school_ids=[0]))
    with pytest.raises(Forbidden):
        add_worker(world.scope("okafor"), dupree, TakesOn(20))
    assert end_worker(reyes, first.pk).ended_by == end_worker(reyes, first.pk).ended_by == world.users["reyes"]


def test_MD08_a_worker_logs_attempts_for_the_own_students_alone(world: World) -> None:
    lost(world, "Abara")
    who, lawful, held = worker(world), mother(world, "Abara"), case_of(world, "Abara")
    mine = assigned(world, "Abara", who)
    said = {"submission_id": uuid4(), "kind": "visit", "result": "not_home", "happened_at": at(9)}
    DaysChanged.objects.all().delete()
    kept = log_attempt(world.scope("dupree"), mine.pk, **said, guardian_id=lawful.pk, words="A neighbor opened.")
    assert log_attempt(world.scope("dupree"), mine.pk, **said) == kept == Contact.objects.get()
    assert (kept.case, kept.step, kept.made_by) == (held, None, world.users["dupree"])
    assert [each.student_ids for each in DaysChanged.objects.all()] == [[world.students["Abara"].pk]]
    [shown] = my_outreach(world.scope("dupree"))
    assert (shown.name, shown.people[0].phone, shown.attempts[0].words) == (
        "Abara, Chidi", "601-555-0100", "A neighbor opened."
    )  # fmt: skip
    for person in ("reyes", "stone"):
        if person == "stone":
            worker(world, "stone")
        with pytest.raises(NotInScope):
            log_attempt(world.scope(person), mine.pk, **said)
    with pytest.raises(NotInScope):
        log_attempt(world.scope("dupree"), mine.pk, **said | {"submission_id": uuid4()}, guardian_id=0)
    with pytest.raises(Refused):
        log_attempt(world.scope("dupree"), mine.pk, **said | {"submission_id": uuid4(), "kind": "call"})
    end_assignment(world.scope("dupree"), mine.pk, result="moved")
    with pytest.raises(NotInScope):
        log_attempt(world.scope("dupree"), mine.pk, **said | {"submission_id": uuid4()})
    assert my_outreach(world.scope("dupree")) == []
