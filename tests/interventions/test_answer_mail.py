"""Who asked the school is told that an answer stands in the portal, in the language of the home, once."""

from uuid import uuid4

import pytest

from attendance.services.correction_requests import Doubt, answer_correction, ask_correction
from attendance.services.family_notes import answer_note, read_notes, write_note
from interventions.models import Message
from interventions.services.messages import send_waiting
from students.models import Guardian, GuardianLink
from tests.attendance.acts import meeting_of, take
from tests.attendance.families.kin import in_person, parent
from tests.world import NOW, YESTERDAY, World, at


@pytest.fixture
def home(opened_world: World) -> World:
    parent(opened_world, "Ana", "Abara", language="es")
    parent(opened_world, "Bo", "Abara")
    Guardian.objects.update(email="home@families.example")
    return opened_world


def write(world: World, who: str = "ana", name: str = "Abara"):
    return write_note(world.scope(who), world.students[name].pk, "¿Hay clases?", submission_id=uuid4())


def answer(world: World, note, now=NOW) -> None:
    answer_note(world.scope("mayfield", now), note.thread_id, "Sí.", seen=note.pk, submission_id=uuid4())


def test_an_answered_note_is_told_to_whom_it_answers_in_the_language_of_the_home(home: World, mailoutbox) -> None:
    answer(home, write(home))
    send_waiting(home.installation)
    [mail] = mailoutbox
    assert mail.subject == "La escuela le respondió"
    assert ("Chidi" in mail.body, "Sí." in mail.body) == (True, False)
    assert f"/family/{home.students['Abara'].pk}/notes/" in mail.body
    assert [str(each.guardian) for each in Message.objects.all()] == ["Ana Family"]


def test_an_answer_that_was_read_already_or_may_not_be_read_any_more_is_not_mailed(home: World, mailoutbox) -> None:
    answer(home, write(home))
    read_notes(home.scope("ana", at(10, 5)), home.students["Abara"].pk)
    send_waiting(home.installation)
    answer(home, write(home, "bo"))
    GuardianLink.objects.filter(guardian__given_name="Bo").update(may_contact=False)
    send_waiting(home.installation)
    assert mailoutbox == []
    assert set(Message.objects.values_list("state", flat=True)) == {"dropped"}


def test_who_asked_about_a_mark_is_told_and_a_student_of_age_in_person(home: World, mailoutbox) -> None:
    take(home, "1", Abara="absent")
    doubt = Doubt(YESTERDAY, meeting_of(home, "1").pk, "He was there.")
    asked = ask_correction(home.scope("bo"), home.students["Abara"].pk, doubt, submission_id=uuid4())
    for _ in range(2):
        answer_correction(home.scope("whitfield"), asked.pk, answer="stands", words="Two of us saw the empty seat.")
    in_person(home, "Grant")
    answer(home, write(home, "grant", "Grant"))
    send_waiting(home.installation)
    assert {mail.subject for mail in mailoutbox} == {"The school has answered you"}
    assert {(each.guardian and str(each.guardian), each.user) for each in Message.objects.all()} == {
        ("Bo Family", None),
        (None, home.users["grant"]),
    }
    assert len(mailoutbox) == 2
