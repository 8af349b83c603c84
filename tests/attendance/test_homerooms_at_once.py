"""A homeroom's day beside everything else that happens in it: each waits its turn, and the ledger is right after."""

from datetime import time
from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from attendance.models import ClassMeeting, DailyAttendance, Excuse, Mark, Period, Submission
from attendance.services.homerooms import DaySaved, save_day
from attendance.services.ledger import check
from attendance.services.marking import MarkEntry, Saved, save_marks
from attendance.services.roster_changes import follow_roster
from students.refusals import Stale
from tests.attendance.homerooms import (
    HOMEROOM,
    MUSIC,
    day_entries,
    homeroom_days,
    late,
    marks_of,
    meetings_of,
    take_day,
    versions_of,
)
from tests.attendance.test_concurrency import at_once
from tests.attendance.test_deadlocks import excuse_of, one_before_the_other
from tests.world import TODAY, YESTERDAY, World, at


@pytest.fixture
def days(committed_world: World) -> World:
    return homeroom_days(committed_world)


def one_class(world: World, meeting: ClassMeeting, status: str) -> Saved:
    entries = [MarkEntry(each.student_id, status) for each in day_entries(world)]
    office = world.scope("okafor", at(17))
    return save_marks(office, meeting.pk, submission_id=uuid4(), version=0, entries=entries, reason="Both")


def test_the_day_its_single_meetings_music_and_an_excuse_all_at_once(days: World) -> None:
    """Two save the day, two a meeting of it, music is taken, an excuse comes in: whoever is late is told."""
    seen, held = versions_of(days), meetings_of(days)
    music = ClassMeeting.objects.get(section=days.sections[MUSIC], date=TODAY)

    def day(status: str) -> DaySaved:
        return save_day(
            days.scope("whitfield"),
            days.sections[HOMEROOM].pk,
            TODAY,
            submission_id=uuid4(),
            versions=seen,
            entries=[*reversed(day_entries(days, Hollis=status))],
        )

    results = at_once(
        [
            partial(day, "absent"),
            partial(day, "present"),
            partial(one_class, days, held[4], "absent"),
            partial(one_class, days, held[0], "absent"),
            partial(one_class, days, music, "present"),
            partial(excuse_of, days, "Abara", TODAY, TODAY),
        ]
    )
    kinds = [type(each).__name__ for each in results]
    assert set(kinds) <= {"DaySaved", "Saved", "Stale", "Excuse"}
    assert kinds[4:] == ["Saved", "Excuse"]
    # Of those who saw the same meeting, one saved.
    assert kinds[:2].count("DaySaved") <= 1
    if "DaySaved" in kinds:
        assert kinds[2:4] == ["Stale", "Stale"]
    assert check(days.installation) == []


def test_a_double_click_saves_the_day_once(days: World) -> None:
    entries, seen, submission = day_entries(days), versions_of(days), uuid4()

    def save() -> DaySaved:
        return save_day(
            days.scope("whitfield"),
            days.sections[HOMEROOM].pk,
            TODAY,
            submission_id=submission,
            versions=seen,
            entries=entries,
        )

    assert sorted(each.repeated for each in at_once([save, save, save])) == [False, True, True]
    assert Submission.objects.count() == 5


def test_a_meeting_saved_while_the_day_is_saved_is_told_that_it_is_stale_and_the_other_way_round(days: World) -> None:
    last = meetings_of(days, YESTERDAY)[4]
    day_first = one_before_the_other(partial(take_day, days, YESTERDAY), partial(one_class, days, last, "absent"))
    assert [type(each) for each in day_first] == [DaySaved, Stale]
    seen = versions_of(days)
    first = meetings_of(days)[0]

    def day() -> DaySaved:
        return save_day(
            days.scope("whitfield"),
            days.sections[HOMEROOM].pk,
            TODAY,
            submission_id=uuid4(),
            versions=seen,
            entries=day_entries(days),
        )

    class_first = one_before_the_other(partial(one_class, days, first, "absent"), day)
    assert [type(each) for each in class_first] == [Saved, Stale]
    assert check(days.installation) == []


def test_the_day_and_an_excuse_of_one_of_its_children_do_not_deadlock(days: World) -> None:
    save = partial(take_day, days, Abara="absent", Hollis=late(days, "Hollis", None, time(11, 45)))
    excuse = partial(excuse_of, days, "Abara", TODAY, TODAY)
    assert [type(each) for each in one_before_the_other(save, excuse)] == [DaySaved, Excuse]
    assert DailyAttendance.objects.get(student=days.students["Abara"], date=TODAY).minutes_excused > 0
    assert check(days.installation) == []


@pytest.mark.parametrize("bells_first", [True, False])
def test_bells_that_move_while_the_day_is_saved_are_waited_for(days: World, bells_first: bool) -> None:
    """Ids and times run against each other: whoever locks by time would deadlock with who locks by id."""
    early = meetings_of(days)[0]
    # The same meeting with an id after all others.
    ClassMeeting.objects.filter(pk=early.pk).delete()
    early.pk = None
    early.save()

    def the_bells_move() -> None:
        with transaction.atomic():
            Period.objects.filter(bell_schedule__school=days.lincoln, name="1").update(starts_at="08:10")
            Period.objects.filter(bell_schedule__school=days.lincoln, name="3").update(ends_at="10:40")
            follow_roster(days.installation, None, {days.lincoln.pk}, TODAY)

    save = partial(take_day, days, hour=8)
    pair = (the_bells_move, save) if bells_first else (save, the_bells_move)
    assert {type(each) for each in one_before_the_other(*pair)} == {type(None), DaySaved}
    assert marks_of(days, "Abara") == (
        [("present", 45), ("present", 55), ("present", 40), *[("present", 55)] * 2]
        if bells_first
        else [("present", 55)] * 5
    )
    assert Mark.objects.filter(student=days.students["Abara"]).count() == 5
    assert check(days.installation) == []
