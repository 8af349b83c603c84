"""The marks' own count: the sum of what their triggers noted is what was marked in classes that are taken, always."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import ClassMeeting, Mark, MarkStatus, MarkTally, MeetingState
from attendance.services.marking import MarkEntry
from attendance.services.tallies import mend_tallies, settle_tallies, wrong_tallies
from attendance.services.voiding import restore_meeting
from students.models import Disposal, DisposalState, SchoolYear
from tests.attendance.acts import open_both_schools, take, void
from tests.reporting.months import AFTER, FIRST, LAST, after_the_month, take_month
from tests.world import YESTERDAY, World, make_world

COUNTS = ("present", "tardy", "left_early", "absent")
DAYS = 4
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["mark", "remove", "state", "move", "other class", "settle"]),
        st.integers(1, 12),
        st.integers(0, DAYS),
        st.sampled_from(MarkStatus.values),
        st.sampled_from(MeetingState.values),
    ),
    max_size=14,
)


def counted_plainly() -> dict[tuple[int, date, str], tuple[int, ...]]:
    """The marks of classes taken, one by one: by school, date and period, in the order of COUNTS."""
    held: dict[tuple[int, date, str], list[int]] = {}
    for mark in Mark.objects.filter(meeting__state=MeetingState.TAKEN).select_related("meeting"):
        place = (mark.meeting.school_id, mark.meeting.date, mark.meeting.period)
        held.setdefault(place, [0] * len(COUNTS))[COUNTS.index(mark.status)] += 1
    return {place: tuple(counts) for place, counts in held.items()}


def told() -> dict[tuple[int, date, str], tuple[int, ...]]:
    """The same by the tallies."""
    sums = MarkTally.objects.order_by().values("school_id", "date", "period")
    rows = sums.annotate(**{f"n_{each}": Sum(each) for each in COUNTS})
    found = {(row["school_id"], row["date"], row["period"]): tuple(row[f"n_{each}"] for each in COUNTS) for row in rows}
    return {place: counts for place, counts in found.items() if any(counts)}


class AnyHistory(TestCase):
    def setUp(self) -> None:
        self.world = make_world()
        take_month(self.world, self.world.lincoln)
        let_records_go(self.world)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS)
    def test_after_any_history_the_tallies_are_what_was_marked(self, acts: list[tuple]) -> None:
        whitfield = self.world.users["whitfield"]
        for act, some, day, status, state in acts:
            on = FIRST + timedelta(days=day)
            marks = Mark.objects.filter(meeting__date=on).order_by("student_id", "meeting_id")
            marks = Mark.objects.filter(pk__in=list(marks.values_list("pk", flat=True)[:some]))
            meetings = ClassMeeting.objects.filter(date=on).order_by("pk")
            meetings = ClassMeeting.objects.filter(pk__in=list(meetings.values_list("pk", flat=True)[:some]))
            if act == "mark":
                marks.update(status=status, minutes_attended=0)
            elif act == "remove":
                marks.delete()
            elif act == "state":
                meetings.update(state=state, voided_by=whitfield, void_reason="Fire drill")
            elif act == "move":
                meetings.update(school=self.world.washington, period=F("section_id"))
            elif act == "other class":
                other = ClassMeeting.objects.filter(date=FIRST + timedelta(days=7)).order_by("-pk")[some % 6]
                other.marks.all().delete()
                Mark.objects.filter(pk__in=[mark.pk for mark in one_a_student(marks)]).update(meeting=other)
            else:
                settle_tallies(after_the_month(), self.world.lincoln.pk)
        assert told() == counted_plainly()
        assert wrong_tallies(after_the_month(), [self.world.lincoln.pk, self.world.washington.pk]) == 0


def let_records_go(world: World) -> None:
    """A disposal of the year is being carried out, its five years after the month being over (MS-31)."""
    SchoolYear.objects.update(ends_on=date(2020, 11, 30))
    agreed = Disposal.objects.create(
        submission_id=uuid4(),
        school_year=world.year,
        kind="documentation",
        reason="Board, June 4",
        proposed_by=world.users["reyes"],
        proposed_at=AFTER,
        confirmed_by=world.users["novak"],
        confirmed_at=AFTER,
        state=DisposalState.RUNNING,
        lease_token=uuid4(),
        leased_until=AFTER + timedelta(days=1),
        heartbeat_at=AFTER,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('first_bell.disposal', %s, true)", [f"{agreed.pk} 2026-01-01"])


def one_a_student(marks) -> list[Mark]:
    return list({mark.student_id: mark for mark in marks}.values())


def of(world: World, name: str, status: str) -> MarkEntry:
    return MarkEntry(world.students[name].pk, status, minutes=40)


def test_a_class_counts_once_it_is_taken_and_while_it_is_not_void(world: World) -> None:
    open_both_schools(world)
    take(world, "1", Abara="absent", Castillo=of(world, "Castillo", "tardy"))
    place = (world.lincoln.pk, YESTERDAY, "1")
    assert told() == counted_plainly() == {place: (7, 1, 0, 1)}
    held = void(world, "1")
    assert told() == {}
    restore_meeting(world.scope("okafor"), held.pk)
    assert told() == {place: (7, 1, 0, 1)}


def test_a_save_and_a_correction_write_one_row_each(world: World) -> None:
    open_both_schools(world)
    take(world, "1", Abara="absent")
    late, gone = of(world, "Abara", "tardy"), of(world, "Castillo", "left_early")
    take(world, "1", Abara=late, Castillo=gone, reason="Came at 8:10")
    assert told() == counted_plainly()
    rows = MarkTally.objects.order_by("pk").values_list(*COUNTS)
    assert list(rows) == [(8, 0, 0, 1), (-1, 1, 1, -1)]


def test_settling_adds_up_and_changes_no_sum(world: World) -> None:
    take_month(world, world.lincoln, absent=[("Abara", LAST)])
    before = told()
    settle_tallies(after_the_month(), world.lincoln.pk)
    assert told() == before == counted_plainly()
    assert MarkTally.objects.count() == len(before)
    assert not MarkTally.objects.filter(settled=False).exists()


def test_tallies_of_marks_that_are_wrong_are_found_by_the_check_and_mended_by_the_rebuild(world: World) -> None:
    take_month(world, world.lincoln)
    MarkTally.objects.filter(date=LAST).delete()
    MarkTally.objects.filter(date=FIRST).update(tardy=90)
    with pytest.raises(CommandError, match="tallies differ"):
        call_command("rebuild_attendance", check=True)
    call_command("rebuild_attendance")
    call_command("rebuild_attendance", check=True)
    assert told() == counted_plainly()
    assert mend_tallies(after_the_month(), [world.lincoln.pk]) == 0
