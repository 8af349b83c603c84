"""Notes between a family and the office of its child's school, and nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import FamilyNote, NoteThread, ReplyTemplate
from attendance.rules.family_notes import MOST_A_DAY
from attendance.selectors.family_notes import family_notes, thread_list, thread_page
from attendance.services.family_notes import answer_note, change_reply_template, need_no_answer, write_note
from attendance.signals import family_answered
from students.models import GuardianLink
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.attendance.families.kin import in_person, parent
from tests.attendance.pages.visitors import client_of
from tests.world import NOW, World


@pytest.fixture
def home(opened_world: World) -> World:
    parent(opened_world, "Ana", "Abara", "Shah", language="es")
    parent(opened_world, "Bo", "Abara")
    parent(opened_world, "Kim", "Grant")
    return opened_world


ASKED = "¿Hay clases el lunes?"


def write(world: World, who: str = "ana", name: str = "Abara", words: str = ASKED, **more) -> FamilyNote:
    given = {"submission_id": uuid4(), **more}
    now = given.pop("now", NOW)
    return write_note(world.scope(who, now), world.students[name].pk, words, **given)


def answer(world: World, note: FamilyNote, words: str = "Sí, hay clases.", who: str = "mayfield", **more) -> FamilyNote:
    given = {"seen": note.pk, "submission_id": uuid4(), **more}
    return answer_note(world.scope(who), note.thread_id, words, **given)


def read(world: World, who: str = "ana", name: str = "Abara") -> list[str]:
    return [each.words for each in family_notes(world.scope(who), world.students[name].pk).lines]


def waiting(world: World, who: str = "mayfield") -> list[int]:
    return [each.id for each in thread_list(world.scope(who), None).lines]


def test_a_note_waits_until_the_office_answers_and_the_family_reads_it(home: World) -> None:
    note = write(home)
    assert waiting(home) == [note.thread_id]
    heard: list[dict] = []
    listen = lambda **told: heard.append(told)  # noqa: E731
    family_answered.connect(listen)
    submission = uuid4()
    for _ in range(2):
        answer(home, note, submission_id=submission)
    family_answered.disconnect(listen)
    [newest] = FamilyNote.objects.filter(from_family=False)
    assert [(each["kind"], each["about_id"]) for each in heard] == [("note", newest.pk)]
    assert (waiting(home), read(home)) == ([], [ASKED, "Sí, hay clases."])
    write(home, words="Gracias.")
    assert waiting(home) == [note.thread_id]


def test_each_guardian_has_a_thread_of_the_own_and_reads_no_other(home: World) -> None:
    one, two = write(home), write(home, "bo", words="Is there school on Monday?")
    assert one.thread_id != two.thread_id
    assert (len(read(home)), read(home, "bo")) == (1, ["Is there school on Monday?"])
    with pytest.raises(NotInScope):
        read(home, "kim")
    with pytest.raises(NotInScope):
        write(home, "kim")


def test_no_teacher_no_counselor_and_no_other_school_reads_them(home: World) -> None:
    note = write(home)
    for who in ("whitfield", "osei", "tran", "ana"):
        with pytest.raises(Forbidden):
            thread_page(home.scope(who), note.thread_id)
        with pytest.raises(Forbidden):
            answer(home, note, who=who)
    with pytest.raises(NotInScope):
        thread_page(home.scope("lindqvist"), note.thread_id)
    other = write(home, name="Shah")
    assert (waiting(home, "lindqvist"), waiting(home)) == ([other.thread_id], [note.thread_id])


def test_RD62_nobody_answers_who_may_not_read_of_the_child_any_more(home: World) -> None:
    note = write(home)
    GuardianLink.objects.filter(guardian__given_name="Ana").update(may_access=False)
    assert not thread_page(home.scope("mayfield"), note.thread_id).reads
    with pytest.raises(Refused, match="nobody would read"):
        answer(home, note)
    need_no_answer(home.scope("mayfield"), note.thread_id, seen=note.pk)
    assert waiting(home) == []


def test_RD62_at_18_the_student_has_the_thread_and_the_parents_is_closed(home: World) -> None:
    note = write(home, "kim", "Grant")
    in_person(home, "Grant")
    own = write(home, "grant", "Grant", "May I come at ten?")
    assert (own.thread.guardian_id, read(home, "grant", "Grant")) == (None, ["May I come at ten?"])
    assert not thread_page(home.scope("mayfield"), note.thread_id).reads
    assert answer(home, own, "Yes.").pk


def test_who_answers_has_read_the_newest_note(home: World) -> None:
    note = write(home)
    newer = write(home, words="Y otra cosa.")
    with pytest.raises(Stale):
        answer(home, note)
    with pytest.raises(Stale):
        need_no_answer(home.scope("mayfield"), note.thread_id, seen=note.pk)
    answer(home, newer)
    with pytest.raises(Stale):
        answer(home, newer, "Otra respuesta.", who="okafor")


def test_notes_have_words_a_length_and_a_number_in_a_day(home: World) -> None:
    for words, said in (("  ", "write something"), ("x" * 1001, "at most 1000")):
        with pytest.raises(Refused, match=said):
            write(home, words=words)
    submission = uuid4()
    assert len({write(home, submission_id=submission).pk for _ in "ab"}) == 1
    with pytest.raises(Refused, match="sent before"):
        write(home, "bo", submission_id=submission)
    for _ in range(MOST_A_DAY - 1):
        write(home)
    with pytest.raises(Refused, match="many notes today"):
        write(home)
    assert write(home, now=NOW + timedelta(days=1, seconds=1)).pk
    with pytest.raises(Refused, match="Write an answer"):
        answer(home, FamilyNote.objects.last(), " ")


def test_ready_answers_are_in_the_guardians_language_and_the_offices_to_change(home: World) -> None:
    note = write(home)
    scope = home.scope("mayfield")
    names = {name: words for _id, name, words in thread_page(scope, note.thread_id).templates}
    assert names["Please call the office"].startswith("Quisiéramos hablar")
    kept = ReplyTemplate.objects.get(name="Corrected")
    words = {"name": "Corrected", "in_english": "Done.", "in_spanish": "Listo.", "in_haitian_creole": "Fèt."}
    change_reply_template(scope, kept.pk, retired=True, **words)
    assert "Corrected" not in {name for _id, name, _words in thread_page(scope, note.thread_id).templates}
    with pytest.raises(Refused):
        change_reply_template(scope, None, retired=False, **words)
    with pytest.raises(Refused):
        change_reply_template(scope, None, retired=False, **words | {"name": "New", "in_spanish": " "})
    with pytest.raises(NotInScope):
        change_reply_template(scope, 0, retired=False, **words)
    with pytest.raises(Forbidden):
        change_reply_template(home.scope("whitfield"), kept.pk, retired=False, **words)


def test_the_pages_from_a_note_to_its_answer(home: World) -> None:
    mother, clerk = client_of(home, "ana"), client_of(home, "mayfield")
    path = f"/family/{home.students['Abara'].pk}/notes/"
    assert mother.post(path, {"submission_id": str(uuid4()), "words": ""}).status_code == 422
    assert mother.post(path, {"submission_id": str(uuid4()), "words": "¿Hay clases?"}).url == path
    assert "1 note to answer" in clerk.get("/office/").content.decode()
    assert "¿Hay clases?" in clerk.get("/office/notes/").content.decode()
    thread = NoteThread.objects.get()
    ready = ReplyTemplate.objects.get(name="Corrected")
    page = clerk.get(f"/office/notes/{thread.pk}/?use={ready.pk}")
    assert ready.in_spanish in page.content.decode()
    sent = {"submission_id": str(uuid4()), "seen": page.context["page"].seen, "words": "Sí."}
    mother.post(path, {"submission_id": str(uuid4()), "words": "¿Sí o no?"})
    assert clerk.post(f"/office/notes/{thread.pk}/", sent).status_code == 409
    sent["seen"] = FamilyNote.objects.last().pk
    assert clerk.post(f"/office/notes/{thread.pk}/", sent).url == "/office/notes/"
    assert "La oficina de la escuela" in mother.get(path).content.decode()
    sent |= {"no_answer": "yes", "words": "", "seen": FamilyNote.objects.last().pk}
    assert clerk.post(f"/office/notes/{thread.pk}/", sent).url == "/office/notes/"
    words = {"name": "Hi", "in_english": "Hi", "in_spanish": "Hola", "in_haitian_creole": "Bonjou", "template": ""}
    assert clerk.post("/office/notes/answers/", words).url == "/office/notes/answers/"
    assert clerk.post("/office/notes/answers/", words).status_code == 422
    assert "Bonjou" in clerk.get("/office/notes/answers/").content.decode()
    assert client_of(home, "kim").get(path).status_code == 404
    assert client_of(home, "whitfield").get("/office/notes/").status_code == 403


def test_the_list_asks_as_much_for_many_threads_as_for_one(home: World) -> None:
    clerk = client_of(home, "mayfield")

    def asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get("/office/notes/").status_code == 200
        return len(asked)

    write(home)
    one = asked()
    write(home, "bo")
    write(home, "kim", "Grant")
    assert asked() == one
