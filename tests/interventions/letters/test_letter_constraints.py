"""What the database refuses of letters and their words, by name."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from interventions.models import Crossing, Letter, LetterBatch, LetterTemplate
from tests.broken_constraints import assert_refused_by, refused_by_the_database
from tests.interventions.letters.acts import parent
from tests.interventions.test_truancy_constraints import notice
from tests.world import NOW, TODAY, World


def crossing(world: World) -> Crossing:
    facts = {"student": world.students["Abara"], "year": world.year, "tier": 1, "ground": "count", "absences": 5}
    return Crossing.objects.create(crossed_on=TODAY, acts_on=TODAY, noticed_at=NOW, **facts)


def letter(world: World, **given: Any) -> Letter:
    facts = {
        "student": world.students["Abara"],
        "school": world.lincoln,
        "year": world.year,
        "kind": "tier_1",
        "language": "es",
        "template": LetterTemplate.objects.get(kind="tier_1", language="es"),
        "sender": "Lincoln",
        "dated": "today",
        "addressee": "Rosa",
        "about": "Chidi",
        "subject": "Chidi",
        "body": "Chidi",
        "made_by": world.users["osei"],
        "made_at": NOW,
        "made_on": TODAY,
    }
    return Letter(**facts | given)


def test_a_letter_has_one_ground_and_a_recipient_one_letter_of_it(world: World) -> None:
    reached, owed = crossing(world), notice(world)
    owed.save()
    rosa = parent(world, "Abara")
    assert_refused_by("letter_has_one_ground", letter(world))
    assert_refused_by("letter_has_one_ground", letter(world, crossing=reached, notice=owed))
    for guardian in (rosa, None):
        letter(world, crossing=reached, guardian=guardian).save()
        letter(world, notice=owed, guardian=guardian).save()
        assert_refused_by("one_letter_per_crossing_and_recipient", letter(world, crossing=reached, guardian=guardian))
        assert_refused_by("one_letter_per_notice_and_recipient", letter(world, notice=owed, guardian=guardian))


def test_a_letter_says_its_kind_its_batch_and_why_it_was_withdrawn(world: World) -> None:
    reached = {"crossing": crossing(world)}
    by = {"withdrawn_at": NOW, "withdrawn_why": "person", "withdrawn_by": world.users["osei"]}
    refused_by_the_database("letter_is_of_a_kind_and_language", letter(world, language="fr", **reached))
    assert_refused_by("letter_is_of_a_kind_and_language", letter(world, kind="tier_9", **reached))
    assert_refused_by("printed_letter_is_in_a_batch", letter(world, printed_at=NOW, **reached))
    assert_refused_by("withdrawn_letter_says_why", letter(world, withdrawn_at=NOW, **reached))
    assert_refused_by("withdrawn_letter_says_why", letter(world, **by, **reached))
    ground = {"withdrawn_at": NOW, "withdrawn_why": "ground", "withdrawn_reason": "words"}
    assert_refused_by("withdrawn_letter_says_why", letter(world, **ground, **reached))
    assert_refused_by("letter_is_due_again_when_withdrawn", letter(world, is_due_again=True, **reached))
    letter(world, **by, withdrawn_reason="Words", is_due_again=True, **reached).save()
    letter(world, **reached).save()


def test_what_was_written_is_never_changed_or_erased(world: World) -> None:
    kept = letter(world, crossing=crossing(world))
    kept.save()
    Letter.objects.update(withdrawn_at=NOW, withdrawn_why="ground")
    for change in ({"body": "Other"}, {"guardian": parent(world, "Abara")}, {"dated": "tomorrow"}):
        with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
            Letter.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.all().delete()


def test_words_are_of_a_kind_and_say_who_wrote_them(world: World) -> None:
    words = {"kind": "tier_1", "language": "es", "holds_from": TODAY, "subject": "x", "body": "x"}
    assert_refused_by("letter_words_are_of_a_kind_and_language", LetterTemplate(**words | {"kind": "tier_9"}))
    assert_refused_by("letter_words_say_who_wrote_them", LetterTemplate(**words, written_at=NOW))
    batch = {"submission_id": uuid4(), "way": "office", "printed_by": world.users["osei"], "printed_at": NOW}
    LetterBatch.objects.create(**batch)
