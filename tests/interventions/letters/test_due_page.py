"""A page of the letters that are due holds what the whole list holds there: by school, kind and language, whatever was
reached, withdrawn, written and withdrawn again, and whoever may be told of it in whatever language.
"""

from datetime import date, timedelta
from itertools import product
from random import Random
from uuid import uuid4

import pytest

from interventions.models import Crossing, Letter, Standing, TruancyNotice
from interventions.selectors.letters_due import due_letters
from interventions.selectors.letters_due_page import due_slice
from interventions.services.letters import make_letters
from students.models import FamilyAccount, Guardian, GuardianLink, Invitation, Student, User
from tests.world import NOW, TODAY, YEAR_STARTS, World, add_student, at

GROUNDS = [(1, "count"), (2, "count"), (3, "count"), (3, "disengaged")]
BIRTHS = [None, date(2002, 10, 26), date(2002, 10, 27), date(2002, 10, 28), date(2008, 1, 1)]
LANGUAGES = ["", "en", "eng", "es", "spa", "ht", "hat", "ko"]
ENDS = [None, TODAY, TODAY - timedelta(days=1)]
STUDENTS = 40


@pytest.mark.parametrize("seed", range(3))
def test_every_page_is_what_the_whole_list_holds_there(world: World, seed: int) -> None:
    chance = Random(seed)
    for number in range(STUDENTS):
        school = chance.choice([world.lincoln, world.washington])
        student = add_student(world, f"Made{number % 9} Any{number}", f"5{number:08}", school)
        _stand(world, student, chance), _reach(world, student, chance)
        for _ in range(chance.randrange(3)):
            _guard(world, student, chance)
        if chance.random() < 0.3:
            _join(world, chance, student=student)
    _write_some(world, chance)
    for person in ("reyes", "osei", "mayfield", "lindqvist"):
        _same(world, person)


def _same(world: World, person: str) -> None:
    scope = world.scope(person)
    every = due_letters(scope)
    schools = (None, world.lincoln.pk, world.washington.pk)
    for school, kind, language in product(schools, ("", "tier_2", "truancy_again"), ("", "en", "es", "ht")):
        asked = [
            each
            for each in every
            if school in (None, each.school_id) and kind in ("", each.kind) and language in ("", each.language)
        ]
        narrowed = {"school_id": school, "kind": kind, "language": language}
        found = due_slice(scope, **narrowed, place=0, size=1000)
        assert (found.due, found.found, found.total) == (asked, len(asked), len(every)), narrowed
        last = (len(asked) - 1) // 7 if asked else 0
        assert due_slice(scope, **narrowed, place=999, size=7).due == asked[last * 7 :]


def _stand(world: World, student: Student, chance: Random) -> None:
    school = chance.choice([world.lincoln, world.washington])
    Standing.objects.create(
        student=student, year=world.year, school=school, is_enrolled=chance.random() < 0.9, as_of=TODAY
    )


def _reach(world: World, student: Student, chance: Random) -> None:
    student.birth_date = chance.choice(BIRTHS)
    student.save()
    for tier, ground in chance.sample(GROUNDS, chance.randrange(4)):
        gone = {"withdrawn_at": NOW, "withdrawn_absences": 1} if chance.random() < 0.2 else {}
        acts_on = TODAY + timedelta(days=chance.choice([-3, 0, 0, 1]))
        Crossing.objects.create(
            student=student, year=world.year, tier=tier, ground=ground, crossed_on=TODAY - timedelta(days=5),
            absences=9, acts_on=acts_on, noticed_at=NOW, **gone,
        )  # fmt: skip
    for threshold in chance.sample([5, 10, 12], chance.randrange(3)):
        gone = {"withdrawn_at": NOW, "withdrawn_why": "count", "withdrawn_absences": 1} if chance.random() < 0.2 else {}
        TruancyNotice.objects.create(
            student=student, year=world.year, school=chance.choice([world.lincoln, world.washington]),
            threshold=threshold, is_final=threshold == 12,
            unlawful_on=[YEAR_STARTS + timedelta(days=day) for day in range(threshold)],
            crossed_on=YEAR_STARTS + timedelta(days=threshold - 1), clock_starts_on=TODAY,
            due_on=TODAY + timedelta(days=3), noticed_at=NOW,
            **gone,
        )  # fmt: skip


def _guard(world: World, student: Student, chance: Random) -> None:
    guardian = Guardian.objects.create(given_name="Any", family_name="Made", language=chance.choice(LANGUAGES))
    begins = TODAY + timedelta(days=1) if chance.random() < 0.1 else YEAR_STARTS
    GuardianLink.objects.create(
        guardian=guardian, student=student, relationship="parent", may_contact=chance.random() < 0.8,
        starts_on=begins, ends_on=chance.choice(ENDS) if begins == YEAR_STARTS else None,
    )  # fmt: skip
    if chance.random() < 0.5:
        _join(world, chance, guardian=guardian)


def _join(world: World, chance: Random, **whom: object) -> None:
    user = User.objects.create(username=uuid4().hex, language=chance.choice(["", "en", "es", "ht"]))
    made = {"code_hash": uuid4().hex, "made_by": world.users["okafor"], "made_at": NOW, "expires_at": at(23)}
    invitation = Invitation.objects.create(**made, **whom, used_at=NOW, used_by=user)
    ended = {"ended_at": NOW, "ended_by": world.users["okafor"]} if chance.random() < 0.2 else {}
    FamilyAccount.objects.create(user=user, invitation=invitation, joined_at=NOW, **ended, **whom)


def _write_some(world: World, chance: Random) -> None:
    """Some are written; of these some were withdrawn, for good or to be written anew."""
    scope = world.scope("reyes")
    every = due_letters(scope)
    assert len(every) > STUDENTS / 2
    make_letters(scope, [each.key for each in chance.sample(every, len(every) // 3)])
    for letter in chance.sample(list(Letter.objects.all()), len(every) // 6):
        letter.withdrawn_at, letter.withdrawn_why, letter.is_due_again = NOW, "changed", chance.random() < 0.5
        letter.save()
