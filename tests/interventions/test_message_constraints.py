"""What the database refuses of messages, by the names of its constraints."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, transaction

from interventions.models import Message, UndeliverableAddress
from tests.broken_constraints import assert_refused_by
from tests.interventions.care import guardian
from tests.interventions.referral_acts import a_partner
from tests.world import NOW, World


def test_a_message_is_to_one_is_settled_with_its_words_and_then_stands(world: World) -> None:
    facts: dict[str, Any] = {"key": "k", "kind": "absence", "made_at": NOW, "send_after": NOW}
    to = {"user": world.users["osei"]}
    delta = a_partner(world, "community", "Delta")
    assert_refused_by("message_is_to_one", Message(**facts))
    assert_refused_by("message_is_to_one", Message(**facts, **to, guardian=guardian(world, "Abara")))
    about = {"student": world.students["Abara"], "partner": delta}
    assert_refused_by("partners_get_no_student_data", Message(**facts, **about))
    assert_refused_by(
        "message_goes_out_after_it_was_made", Message(**facts | {"send_after": NOW - timedelta(seconds=1)}, **to)
    )
    assert_refused_by("settled_message_says_when", Message(**facts, **to, state="dropped", problem="Why"))
    settled = {**facts, **to, "settled_at": NOW}
    assert_refused_by("settled_message_says_when", Message(**settled))
    assert_refused_by("sent_message_is_kept_as_sent", Message(**settled, state="sent", address="a@b.org", subject="S"))
    assert_refused_by("unsent_message_says_why", Message(**settled, state="failed"))
    Message(**facts, **to).save()
    assert_refused_by("one_message_per_key", Message(**facts, **to))
    UndeliverableAddress(address="a@b.org", since=NOW, problem="x").save()
    assert_refused_by("an_undeliverable_address_once", UndeliverableAddress(address="A@b.org", since=NOW, problem="x"))
    words = {"address": "a@b.org", "subject": "S", "text": "T"}
    kept = Message.objects.create(**settled | {"key": "kept"}, **words, state="sent")
    with pytest.raises(InternalError), transaction.atomic():
        Message.objects.filter(pk=kept.pk).update(text="Otherwise")
