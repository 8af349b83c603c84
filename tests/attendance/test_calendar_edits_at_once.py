"""People who change the calendar at once, while an import is written or a class is taken."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

from django.db import connection, transaction

from attendance.models import CalendarDay, CalendarEdit, ClassMeeting, DailyAttendance
from attendance.services.calendar_edits import edit_days, preview_edit
from attendance.services.calendar_rows import DaysEdit
from attendance.services.ledger import check
from students.refusals import NotInScope, Refused, Stale
from students.services.import_turn import wait_for_turn
from tests.attendance.acts import open_both_schools, take
from tests.world import YESTERDAY, World


def edit_of(world: World) -> DaysEdit:
    return DaysEdit((world.lincoln.pk,), YESTERDAY, YESTERDAY, {"event_type": "ED"})


def agreed(world: World) -> str:
    return str(preview_edit(world.scope("reyes"), edit_of(world)).agreement)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What came of acts begun together, each on a connection of its own: a result or a refusal."""
    came: list[object] = [None] * len(acts)
    start = Barrier(len(acts))

    def run(place: int) -> None:
        start.wait()
        try:
            came[place] = acts[place]()
        except (Refused, NotInScope) as refusal:
            came[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


def test_a_double_click_is_one_change_and_of_two_people_one_is_told(committed_world: World) -> None:
    world = open_both_schools(committed_world)
    seen, submission = agreed(world), uuid4()

    def save(submission_id):
        return lambda: edit_days(
            world.scope("reyes"), edit_of(world), submission_id=submission_id, reason="Ice", agreed=seen
        )

    came = at_once(save(submission), save(submission), save(uuid4()))
    assert CalendarEdit.objects.count() == 1
    assert [each for each in came if isinstance(each, CalendarEdit)]
    assert all(isinstance(each, CalendarEdit | Refused) for each in came)
    assert CalendarDay.objects.get(school=world.lincoln, date=YESTERDAY).events.count() == 1


def test_a_class_taken_while_its_day_is_called_off_is_named_or_gone_never_lost(committed_world: World) -> None:
    world = open_both_schools(committed_world)
    seen = agreed(world)
    terms = {"submission_id": uuid4(), "reason": "Ice", "agreed": seen, "leave_out_taken": True}
    saved, taken = at_once(lambda: edit_days(world.scope("reyes"), edit_of(world), **terms), lambda: take(world, "1"))
    called_off = CalendarDay.objects.get(school=world.lincoln, date=YESTERDAY).event_type == "ED"
    assert called_off == isinstance(saved, CalendarEdit)
    assert isinstance(saved, CalendarEdit) or (isinstance(saved, Stale) and isinstance(taken, ClassMeeting))
    assert DailyAttendance.objects.filter(school=world.lincoln, date=YESTERDAY).exists() != called_off
    assert check(world.installation) == []


def test_while_an_import_is_written_nobody_changes_the_calendar(committed_world: World) -> None:
    world = open_both_schools(committed_world)
    with transaction.atomic():
        wait_for_turn(world.installation)
        [came] = at_once(lambda: agreed(world))
    assert "import is being written" in str(came)
    assert agreed(world)
