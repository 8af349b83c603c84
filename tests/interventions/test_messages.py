"""Mail: sent once, to whom it lawfully goes when it goes, and never lost with the server."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from interventions.models import Message, MessageState, UndeliverableAddress
from interventions.rules.resending import GIVES_UP_AFTER
from interventions.services import messages
from interventions.services.messages import (
    Written,
    message_id_of,
    queue_messages,
    register_writer,
    send_waiting,
)
from students.access import Scope, installation_scope
from students.models import GuardianLink, Student
from tests.attendance.test_concurrency import at_once
from tests.interventions.care import guardian
from tests.mail_server import MailServer, mail_server
from tests.world import NOW, TODAY, World


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture(autouse=True)
def writer(monkeypatch) -> None:
    """A kind that says its student's name while its message says that it is true."""
    monkeypatch.setattr(messages, "_writers", dict(messages._writers))

    def write(scope: Scope, message: Message) -> Written | None:
        if message.about.get("untrue"):
            return None
        return Written("Today", f"About {message.student or 'nobody'}. ¿Está en casa?", "es", {"X-Kind": message.kind})

    register_writer("absence", write)


def due(world: World, name: str = "Abara", key: str = "one", **given: Any) -> Message:
    facts = {"key": key, "kind": "absence", "made_at": NOW, "send_after": NOW}
    if not {"guardian", "user", "partner"} & given.keys():
        given |= {"guardian": mother(world, name), "student": world.students[name]}
    queue_messages(world.installation, [Message(**facts | given)])
    return Message.objects.get(key=key)


def mother(world: World, name: str, address: str = "rosa@example.org", **link: Any) -> Any:
    person = guardian(world, name, **link)
    person.email = address
    person.save()
    return person


def sent(world: World, **later: int) -> int:
    return send_waiting(installation_scope(NOW + timedelta(**later)))


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.problem


def test_a_message_is_written_when_it_is_sent_once_and_kept_as_it_was_sent(world: World, server: MailServer) -> None:
    message = due(world, send_after=NOW + timedelta(minutes=5))
    queue_messages(
        world.installation, [Message(key="one", kind="absence", user=world.users["osei"], made_at=NOW, send_after=NOW)]
    )
    assert (sent(world, seconds=299), Message.objects.get().text) == (0, "")
    assert (sent(world, minutes=5), sent(world, minutes=6)) == (1, 0)
    [letter] = server.letters
    assert letter.get_content().strip() == f"About {world.students['Abara']}. ¿Está en casa?"
    assert (letter["To"], letter["X-Kind"], letter["Message-ID"]) == (
        "rosa@example.org",
        "absence",
        message_id_of(message),
    )
    assert state(message) == (MessageState.SENT, "")
    assert (message.address, message.language, message.subject) == ("rosa@example.org", "es", "Today")


def test_what_is_no_longer_true_or_lawful_or_has_no_address_is_dropped_and_says_so(
    world: World, server: MailServer
) -> None:
    untrue = due(world, key="untrue", about={"untrue": True})
    ended = due(world, "Grant", "ended")
    GuardianLink.objects.filter(student=world.students["Grant"]).update(ends_on=TODAY - timedelta(days=1))
    silent = due(world, "Hollis", "silent")
    GuardianLink.objects.filter(student=world.students["Hollis"]).update(may_contact=False)
    grown = due(world, "Castillo", "grown")
    Student.objects.filter(pk=world.students["Castillo"].pk).update(birth_date=TODAY.replace(year=TODAY.year - 18))
    nowhere = due(world, "Shah", "nowhere", guardian=mother(world, "Shah", ""), student=world.students["Shah"])
    assert sent(world) == 5
    assert server.letters == []
    assert state(untrue) == ("dropped", "It is no longer so.")
    for each in (ended, silent, grown):
        assert state(each) == ("dropped", "Nobody who may be told of the student any more.")
    assert state(nowhere) == ("dropped", "No address.")


def test_a_server_that_is_down_delays_and_loses_nothing(world: World, settings) -> None:
    message = due(world)
    with mail_server(settings):
        pass
    assert sent(world) == 0
    assert state(message) == ("waiting", "")
    with mail_server(settings) as back:
        assert sent(world, hours=30) == 1
        assert back.addresses == ["rosa@example.org"]


def test_an_address_that_is_refused_for_good_gets_no_more_mail(world: World, server: MailServer) -> None:
    server.answers["rosa@example.org"] = "550 No such person"
    first = due(world)
    assert sent(world) == 1
    assert state(first) == ("failed", "The mail server refused it (550).")
    assert UndeliverableAddress.objects.get().address == "rosa@example.org"
    second = due(world, key="two", guardian=first.guardian, student=first.student)
    server.answers.clear()
    assert (sent(world), state(second)) == (1, ("dropped", "Mail to this address comes back."))
    assert server.letters == []


def test_a_message_put_off_waits_a_minute_then_two_and_is_given_up_after_three_days(
    world: World, server: MailServer
) -> None:
    server.of_letters["rosa@example.org"] = "451 Later"
    message = due(world)
    assert (sent(world), sent(world, seconds=59), sent(world, minutes=1)) == (1, 0, 1)
    assert state(message) == ("waiting", "The mail server put it off (451).")
    assert (message.attempts, message.send_after) == (2, NOW + timedelta(minutes=3))
    assert send_waiting(installation_scope(NOW + GIVES_UP_AFTER)) == 1
    assert state(message) == ("failed", "The mail server refused it (451).")
    assert not UndeliverableAddress.objects.exists()


def test_a_message_that_cannot_be_written_or_addressed_holds_back_no_other(world: World, server: MailServer) -> None:
    def broken(scope: Scope, message: Message) -> Written | None:
        Message.objects.get(pk=0)
        raise AssertionError

    register_writer("tardy", broken)
    stuck = due(world, key="stuck", kind="tardy")
    nowhere = due(world, "Grant", "nowhere", guardian=mother(world, "Grant", "no address@"), student=None)
    other = due(world, "Hollis", "other", guardian=mother(world, "Hollis"), student=world.students["Hollis"])
    assert sent(world) == 3
    assert state(stuck) == ("waiting", "It could not be sent (DoesNotExist).")
    assert (state(nowhere)[0], stuck.send_after) == ("waiting", NOW + timedelta(minutes=1))
    assert (state(other), len(server.letters)) == (("sent", ""), 1)
    assert sent(world, days=3, minutes=1) == 2
    assert (state(stuck)[0], state(nowhere)[0]) == ("failed", "failed")


def test_workers_at_once_send_each_message_once(committed_world: World, server: MailServer) -> None:
    rosa = mother(committed_world, "Abara")
    for number in range(40):
        due(committed_world, key=str(number), guardian=rosa, student=committed_world.students["Abara"])
    at_once([partial(sent, committed_world)] * 4)
    assert len(server.letters) == len({letter["Message-ID"] for letter in server.letters}) == 40
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
