"""A little of everything, so that pages which no other browser test shows have something to show."""

from datetime import date
from uuid import uuid4

from attendance.models import ModeAssignment, NoteThread
from attendance.rules.modes import ModeFact
from attendance.services.colleges import add_college
from attendance.services.family_notes import write_note
from interventions.models import MailTopic
from interventions.services.opt_outs import Reader, token_of
from students.models import User
from tests.attendance.acts import take
from tests.attendance.families.kin import parent, tell
from tests.attendance.families.test_corrections import ask
from tests.attendance.modes.test_lms_events import line, sent
from tests.attendance.modes.test_modes import give
from tests.attendance.test_calendar_law import TO_COME, adopt, call_off, waive
from tests.interventions.outreach_acts import worker
from tests.interventions.pages.test_sent_mail import kept
from tests.world import TODAY, World, add_person, at

Rows = dict[str, int | str]


def told(world: World) -> Rows:
    """Ana, Chidi Abara's mother, has told the school much; the district has rows of every kind. Their ids by kind."""
    ana = parent(world, "Ana", "Abara", "Castillo")
    User.objects.filter(pk=ana.pk).update(new_email="new@family.example")
    tell(world, "ana", day=date(2020, 10, 29))
    write_note(world.scope("ana"), world.students["Abara"].pk, "She rides the late bus.", submission_id=uuid4())
    take(world, "1", Abara="absent")
    adopt(world)
    call_off(world, TO_COME)
    give(world, ModeFact("sync_online", TODAY, None))
    _newcomer(world)
    return {
        "student": world.students["Abara"].pk,
        "section": world.sections["1"].pk,
        "correction": ask(world).pk,
        "waiver": waive(world, TO_COME)[0].pk,
        "lms_file": sent(world, line(world), line(world, section="s99")).pk,
        "college": add_college(world.scope("reyes", at(17)), "Hinds Community College").pk,
        "worker": worker(world).pk,
        "message": kept(world, "Grant", "1").pk,
        "note": NoteThread.objects.get().pk,
        "mode_id": ModeAssignment.objects.get().pk,
        "stop": token_of(Reader(MailTopic.ABSENCES, user_id=ana.pk)),
    }


def _newcomer(world: World) -> None:
    """Nia has an account with a password, and no role yet."""
    nia = add_person(world, "nia", "Nia", "Newcomer")
    nia.set_password("a long enough phrase")
    nia.save()
