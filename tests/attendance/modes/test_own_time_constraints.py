"""Every constraint of work in own time, broken once."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, models, transaction

from attendance.models import (
    Assignment,
    DayReview,
    Engagement,
    Interaction,
    ModeAssignment,
)
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, World

FORM = UUID(int=4)


def entered(world: World) -> dict[str, object]:
    return {"entered_by": world.users["okafor"], "entered_at": NOW}


def abara(world: World) -> dict[str, object]:
    return {"student": world.students["Abara"]}


def engagement(world: World, **fields: object) -> Engagement:
    given = {**abara(world), "event_id": "e1", "source": "lms_api", "measure": "lms_activity", "happened_at": NOW}
    return Engagement(**{**given, "day": TODAY, "received_by": world.users["okafor"], "received_at": NOW, **fields})


def assignment(world: World, **fields: object) -> Assignment:
    given = {"submission_id": uuid4(), "section": world.sections["1"], "date": TODAY, "title": "Pages 4 to 9"}
    return Assignment(**{**given, "minutes": 55, **entered(world), **fields})


def review(world: World, **fields: object) -> DayReview:
    return DayReview(**{**abara(world), "section": world.sections["1"], "date": TODAY, **entered(world), **fields})


def interaction(world: World, **fields: object) -> Interaction:
    given = {**abara(world), "submission_id": FORM, "section": world.sections["1"], "kind": "call"}
    return Interaction(**{**given, "happened_at": NOW, "day": TODAY, **entered(world), **fields})


def saved(row: models.Model) -> models.Model:
    row.save()
    return row


def second(row: Callable[..., models.Model]) -> Callable[[World], models.Model]:
    """The same row once more."""
    return lambda world: (saved(row(world)), row(world))[1]


BROKEN: dict[str, Callable[[World], models.Model]] = {
    "engagement_fits_in_a_day": lambda world: engagement(world, minutes=1441),
    "assignment_takes_some_of_a_day": lambda world: assignment(world, minutes=0),
    "one_review_per_student_date_and_class": second(review),
    "completed_work_says_when_handed_in": lambda world: review(world, minutes=1),
    "review_fits_in_a_day": lambda world: review(world, minutes=1441, handed_in_on=TODAY),
    "one_interaction_per_form_and_student": second(interaction),
}

BROKEN_TOO: list[tuple[str, Callable[[World], models.Model]]] = [
    ("assignment_takes_some_of_a_day", lambda world: assignment(world, minutes=601)),
    ("one_review_per_student_date_and_class", second(lambda world: review(world, section=None))),
]

FITTING: dict[str, Callable[[World], models.Model]] = {
    "an event of a whole day": lambda world: engagement(world, minutes=1440),
    "the longest assignment": lambda world: assignment(world, minutes=600),
    "nothing done, not handed in": lambda world: review(world, minutes=0),
    "homebound minutes, which nobody hands in": lambda world: review(world, section=None, minutes=60),
    "a mode in one class": lambda world: ModeAssignment(
        **abara(world), mode="async_online", starts_on=TODAY, section=world.sections["1"]
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_the_constraint_forbids(world: World, name: str) -> None:
    assert_refused_by(name, BROKEN[name](world))


@pytest.mark.parametrize(("name", "build"), BROKEN_TOO)
def test_the_database_refuses_each_way_of_breaking_it(
    world: World, name: str, build: Callable[[World], models.Model]
) -> None:
    assert_refused_by(name, build(world))


@pytest.mark.parametrize("what", FITTING)
def test_the_database_takes_what_lies_just_beside(world: World, what: str) -> None:
    row = FITTING[what](world)
    row.validate_constraints()
    row.save(force_insert=True)


def test_MS24_what_an_lms_reported_is_never_changed(world: World) -> None:
    event = saved(engagement(world))
    for change in (lambda: Engagement.objects.update(minutes=1), lambda: Engagement.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    event.refresh_from_db()
    assert event.minutes is None
