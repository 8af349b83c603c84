"""Two people, or one with two clicks, at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

from django.db import connection

from attendance.models import AbsenceReport, CorrectionRequest, FamilyNote, NoteThread, OfficeEvent
from attendance.services.correction_requests import Doubt, answer_correction, ask_correction
from attendance.services.family_notes import write_note
from students.refusals import Refused
from tests.attendance.acts import meeting_of, open_both_schools, take
from tests.attendance.families.kin import parent, tell
from tests.world import YESTERDAY, World, at


def at_once(*acts: Callable[[], object]) -> list[str]:
    """The refusals of what several do at the same moment."""
    start, refused = Barrier(len(acts)), []

    def do(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_two_clicks_and_two_people_leave_one_of_each(committed_world: World) -> None:
    world = open_both_schools(committed_world)
    for given in ("Ana", "Bo"):
        parent(world, given, "Abara")
    take(world, "1", Abara="absent")
    abara, submission = world.students["Abara"].pk, uuid4()

    # One mother clicks twice.
    assert at_once(*[lambda: tell(world, "ana", submission_id=submission)] * 2) == []
    assert (AbsenceReport.objects.count(), OfficeEvent.objects.count()) == (1, 1)

    # Father and mother write their first notes, she with two clicks.
    note = uuid4()
    twice = [lambda: write_note(world.scope("ana"), abara, "Hello", submission_id=note)] * 2
    assert at_once(*twice, lambda: write_note(world.scope("bo"), abara, "Hi", submission_id=uuid4())) == []
    assert (NoteThread.objects.count(), FamilyNote.objects.count()) == (2, 2)

    # Both ask about one class; then the teacher and the office answer at once.
    doubt = Doubt(YESTERDAY, meeting_of(world, "1").pk, "He was there.")
    asking = [
        lambda who=who: ask_correction(world.scope(who), abara, doubt, submission_id=uuid4()) for who in ("ana", "bo")
    ]
    assert len(at_once(*asking)) == 1
    asked = CorrectionRequest.objects.get().pk
    answering = [
        lambda who=who: answer_correction(world.scope(who, at(17)), asked, answer="stands", words=f"No, says {who}.")
        for who in ("whitfield", "mayfield")
    ]
    [refused] = at_once(*answering)
    assert "Somebody else has answered" in refused
