"""What the database refuses of outreach workers and their assignments, by the names of its constraints."""

from typing import Any

from interventions.models import OutreachAssignment, OutreachWorker
from students.models import AccessGrant
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, World


def worker(world: World, **given: Any) -> OutreachWorker:
    facts = {"user": world.users["dupree"], "entered_by": world.users["reyes"], "entered_at": NOW}
    return OutreachWorker(**facts | given)


def assignment(world: World, **given: Any) -> OutreachAssignment:
    found = OutreachWorker.objects.first()
    facts = {"student": world.students["Abara"], "worker": found, "grant": AccessGrant.objects.first()}
    facts |= {"need": "locate", "assigned_by": world.users["reyes"], "assigned_at": NOW}
    return OutreachAssignment(**facts | given)


def test_MD08_a_worker_takes_some_students_and_stops_by_somebodys_word(world: World) -> None:
    assert_refused_by("worker_takes_some_students", worker(world, most_students=0))
    assert_refused_by("worker_takes_some_students", worker(world, most_students=501))
    assert_refused_by("ended_worker_says_who", worker(world, ended_at=NOW))


def test_MD08_a_student_is_in_one_pair_of_hands_until_a_result_ends_it(world: World) -> None:
    worker(world).save()
    AccessGrant.objects.create(
        user=world.users["dupree"], student=world.students["Abara"], reason="outreach", starts_on=TODAY,
        given_by=world.users["reyes"], given_at=NOW,
    )  # fmt: skip
    assert_refused_by("ended_outreach_has_a_result", assignment(world, ended_at=NOW, ended_by=world.users["reyes"]))
    assert_refused_by("ended_outreach_has_a_result", assignment(world, result="found"))
    assignment(world, result="moved", ended_at=NOW, ended_by=world.users["dupree"]).save()
    assignment(world).save()
    assert_refused_by("one_open_outreach_per_student", assignment(world))
