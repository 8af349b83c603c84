"""A little of everything, so that pages which no other browser test shows have something to show."""

from attendance.models import AmendedDay, ModeAssignment
from attendance.rules.modes import ModeFact
from attendance.services.colleges import add_college
from tests.attendance.modes.test_lms_events import line, sent
from tests.attendance.modes.test_modes import give
from tests.attendance.test_calendar_law import TO_COME, adopt, call_off, waive
from tests.interventions.outreach_acts import worker
from tests.reporting.months import MONTH
from tests.world import TODAY, YESTERDAY, World, add_person, at

Rows = dict[str, int]


def told(world: World) -> Rows:
    """Rows of the kinds that those pages are about; their ids by kind."""
    adopt(world)
    call_off(world, TO_COME)
    give(world, ModeFact("sync_online", TODAY, None))
    add_college(world.scope("reyes", at(17)), "Hinds Community College")
    _newcomer(world)
    _amended(world)
    return {
        "school": world.lincoln.pk,
        "month": MONTH,
        "student": world.students["Abara"].pk,
        "waiver": waive(world, TO_COME)[0].pk,
        "lms_file": sent(world, line(world), line(world, section="s99")).pk,
        "worker": worker(world).pk,
        "mode_id": ModeAssignment.objects.get().pk,
    }


def _amended(world: World) -> None:
    """One change of a certified day in month 3: of a mark, and of the day by it; and the fog that shortened it."""
    signed = {"school": world.lincoln, "date": YESTERDAY, "amended_at": at(9), "change": 1}
    signed |= {"reason": "The bus list came late.", "amended_by": world.users["okafor"]}
    for what, student, was, became in (
        ("mark", world.students["Abara"], "1: absent 0", "1: present 55"),
        ("day", world.students["Abara"], "absent unexcused 0/330", "present 330/330"),
        ("calendar", None, "IN traditional month 3", "LAED traditional month 3"),
    ):
        AmendedDay.objects.create(student=student, what=what, was=was, became=became, **signed)


def _newcomer(world: World) -> None:
    """Nia has an account with a password, and no role yet."""
    nia = add_person(world, "nia", "Nia", "Newcomer")
    nia.set_password("a long enough phrase")
    nia.save()
