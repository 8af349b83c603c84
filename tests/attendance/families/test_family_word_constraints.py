"""Every constraint of what families tell, broken once."""

from datetime import time, timedelta
from uuid import uuid4

from attendance.models import AbsenceReport, CorrectionRequest, FamilyNote, NoteThread, OfficeEntry, ReplyTemplate
from tests.attendance.acts import meeting_of
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, YESTERDAY, World


def report(world: World, **fields: object) -> AbsenceReport:
    teller = world.users["okafor"]
    entry = OfficeEntry.objects.create(
        submission_id=uuid4(), school=world.lincoln, kind="reported_absence", entered_by=teller, entered_at=NOW
    )
    given = {"submission_id": uuid4(), "student": world.students["Abara"], "school": world.lincoln, "entry": entry}
    given |= {"starts_on": TODAY, "ends_on": TODAY, "reason": "illness", "reported_by": teller, "reported_at": NOW}
    return AbsenceReport(**given | fields)


def test_a_report_that_ends_before_it_begins_is_none(world: World) -> None:
    assert_refused_by("absence_report_ends_after_start", report(world, ends_on=YESTERDAY))


def test_times_are_both_given_in_order_and_of_one_day(world: World) -> None:
    name = "absence_report_times_are_of_one_day"
    assert_refused_by(name, report(world, starts_at=time(9)))
    assert_refused_by(name, report(world, starts_at=time(9), ends_at=time(9)))
    two_days = {"ends_on": TODAY + timedelta(days=1), "starts_at": time(9), "ends_at": time(10)}
    assert_refused_by(name, report(world, **two_days))


def test_a_report_that_was_read_says_by_whom(world: World) -> None:
    assert_refused_by("seen_absence_report_says_by_whom", report(world, seen_at=NOW))
    assert_refused_by("seen_absence_report_says_by_whom", report(world, seen_by=world.users["okafor"]))


def request(world: World, **fields: object) -> CorrectionRequest:
    asker = world.users["okafor"]
    given = {"submission_id": uuid4(), "student": world.students["Abara"], "school": world.lincoln, "date": YESTERDAY}
    given |= {"words": "She was there.", "stood_as": "absent", "stood_minutes": 0, "asked_by": asker, "asked_at": NOW}
    return CorrectionRequest(**given | fields)


def test_one_request_is_open_of_a_student_and_a_class_or_a_day(opened_world: World) -> None:
    meeting = meeting_of(opened_world, "1")
    for given, name in (
        ({"meeting": meeting}, "one_open_request_per_student_and_class"),
        ({}, "one_open_request_per_student_and_day"),
    ):
        request(opened_world, **given).save()
        assert_refused_by(name, request(opened_world, **given))
    teacher = opened_world.users["whitfield"]
    answered = {"answer": "stands", "answer_words": "No.", "answered_by": teacher, "answered_at": NOW}
    request(opened_world, meeting=meeting, **answered).save()


def test_an_answer_says_who_gave_it_when_and_in_words(world: World) -> None:
    name, teacher = "answered_request_says_who_and_why", world.users["whitfield"]
    assert_refused_by(name, request(world, answer="stands", answered_by=teacher, answered_at=NOW))
    assert_refused_by(name, request(world, answer="stands", answer_words="No."))
    assert_refused_by(name, request(world, answer_words="No."))


def test_a_request_says_why(world: World) -> None:
    assert_refused_by("correction_request_says_why", request(world, words=""))


def test_a_guardian_has_one_thread_about_a_child_and_so_has_the_student(world: World) -> None:
    NoteThread.objects.create(student=world.students["Abara"], last_at=NOW)
    again = NoteThread(student=world.students["Abara"], last_at=NOW)
    assert_refused_by("one_note_thread_per_child_and_guardian", again)


def test_a_note_has_words(world: World) -> None:
    thread = NoteThread.objects.create(student=world.students["Abara"], last_at=NOW)
    writer = {"written_by": world.users["okafor"], "written_at": NOW, "from_family": False}
    empty = FamilyNote(submission_id=uuid4(), thread=thread, words="", **writer)
    assert_refused_by("family_note_says_something", empty)


def test_an_answer_that_is_given_often_stands_in_every_language(world: World) -> None:
    name = "reply_template_is_in_every_language"
    for missing in ("in_english", "in_spanish", "in_haitian_creole"):
        words = {"in_english": "Hello", "in_spanish": "Hola", "in_haitian_creole": "Bonjou"} | {missing: ""}
        assert_refused_by(name, ReplyTemplate(name="Greeting", **words))
