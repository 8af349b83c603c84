"""MS-26, RD-25: what was entered in time, late or not yet is counted as it is, whatever is saved, and when."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import ClassMeeting, EntryCount, EntryNews, MeetingState, Submission
from attendance.rules.policy import policy_on
from attendance.selectors.entry_counts import entries_counted_at, schools_with_entry_news
from attendance.selectors.entry_lines import Asked, open_entries
from attendance.selectors.entry_totals import PlaceTotal, entries_by_place, entries_by_week, students_behind
from attendance.selectors.policies import policies
from attendance.selectors.school_years import reporting_months
from attendance.services.entry_counts import count_entries, count_entry_news, count_every_entry, wrong_entries
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.voiding import restore_meeting, void_meeting
from students.access import Scope, installation_scope
from students.models import SectionTeacher
from students.services.teaching import appoint, end_teaching
from tests.attendance.acts import meeting_of, open_both_schools, take, void
from tests.attendance.modes.weeks import MONDAY, in_own_time, reviewed
from tests.world import CAST, TODAY, YESTERDAY, World, add_person, at, make_world

WEDNESDAY = TODAY + timedelta(days=1)
WEEK = (MONDAY, MONDAY + timedelta(days=6))
FAMILIES = [each.partition(" ")[0] for each in CAST]


def save(world: World, period: str, day: date, now: datetime) -> None:
    """The office takes (or corrects) a class, everybody present."""
    held = meeting_of(world, period, day)
    entries = [MarkEntry(world.students[name].pk, "present") for name in FAMILIES]
    scope = world.scope("mayfield", now)
    save_marks(scope, held.pk, submission_id=uuid4(), version=held.version, entries=entries, reason="seen again")


def counted(world: World, now: datetime, *, kind: str = "class", dates: tuple[date, date] | None = None) -> PlaceTotal:
    """Lincoln's entries of some dates (of all to then), as counted when there was news."""
    scope = installation_scope(now)
    count_entry_news(scope)
    totals = entries_by_place(
        scope, [world.lincoln.pk], dates or (world.year.starts_on, scope.today), None, by_teacher=False
    )
    nothing = PlaceTotal(kind, world.lincoln.pk, None, 0, 0, 0, 0, 0, 0, 0)
    return next((each for each in totals if each.kind == kind), nothing)


def figures(total: PlaceTotal) -> tuple[int, int, int, int]:
    return total.in_time, total.late, total.open, total.overdue


def test_RD25_a_class_is_in_time_to_the_midnight_of_the_district_and_late_from_it_on(world: World) -> None:
    open_both_schools(world)
    save(world, "1", TODAY, at(23, 59))
    save(world, "2", TODAY, at(0, 0, WEDNESDAY))
    today = (TODAY, TODAY)
    # Today itself is not over: nothing is due before tomorrow.
    assert figures(counted(world, at(23, 59), dates=today)) == (0, 0, 0, 0)
    assert figures(counted(world, at(0, 0, WEDNESDAY), dates=today)) == (1, 1, 4, 0)
    # In Mississippi it is 03:00 of the next day in Greenwich: a correction weeks later changes neither.
    for period in ("1", "2"):
        save(world, period, TODAY, at(9, 0, WEDNESDAY + timedelta(days=14)))
    assert figures(counted(world, at(9, 0, WEDNESDAY), dates=today)) == (1, 1, 4, 0)


def test_RD25_what_is_not_taken_is_overdue_when_the_entry_window_is_over(world: World) -> None:
    open_both_schools(world)
    window = policy_on(TODAY, policies(world.installation)).entry_window_days
    monday = (MONDAY, MONDAY)
    for days, overdue in ((window, 0), (window + 1, 6)):
        now = at(10, day=MONDAY + timedelta(days=days))
        assert figures(counted(world, now, dates=monday)) == (0, 0, 6, overdue)
        scope = installation_scope(now)
        lines = open_entries(scope, Asked(MONDAY, MONDAY, school_ids=[world.lincoln.pk]))
        assert sum(each.count for each in lines if each.state == "overdue") == overdue


def test_only_the_dates_that_changed_are_counted_again_and_a_correction_is_no_news(world: World) -> None:
    open_both_schools(world)
    count_entry_news(world.installation)
    assert not EntryNews.objects.exists()
    take(world, "1", MONDAY)
    assert set(EntryNews.objects.values_list("school", "date")) == {(world.lincoln.pk, MONDAY)}
    _, is_counted = entries_counted_at(world.scope("reyes"), [world.lincoln.pk, world.washington.pk])
    assert is_counted
    assert schools_with_entry_news(world.installation) == [world.lincoln.pk]
    assert count_entries(world.installation, world.lincoln.pk) == 1
    take(world, "1", MONDAY, reason="a slip")
    assert count_entries(world.installation, world.lincoln.pk) == 0
    void(world, "1", MONDAY)
    assert count_entries(world.installation, world.lincoln.pk) == 1
    assert wrong_entries(world.installation, [world.lincoln.pk]) == 0


def test_a_day_is_its_own_teachers_and_nobody_inherits_it(world: World) -> None:
    open_both_schools(world)
    count_entry_news(world.installation)
    heir = add_person(world, "heir", "Ines", "Heir")
    before = SectionTeacher.objects.get(section=world.sections["1"])
    before.ends_on = YESTERDAY - timedelta(days=3)
    before.save()
    SectionTeacher.objects.create(
        source_id="heir", section=world.sections["1"], user=heir, starts_on=YESTERDAY, is_primary=True
    )
    count_entry_news(world.installation)
    totals = entries_by_place(world.installation, [world.lincoln.pk], (MONDAY, TODAY), None, by_teacher=True)
    # A week of six classes and five of Monday are Ms. Whitfield's, Monday's first the heir's.
    assert {each.teacher_id: each.open for each in totals} == {world.users["whitfield"].pk: 35, heir.pk: 1}


def test_RD25_days_in_own_time_are_due_at_the_weekly_turn_in(world: World) -> None:
    in_own_time(world, "Abara")
    # The week's work comes in on Monday, the first school day after it: to that day nothing of it is due.
    assert counted(world, at(23, 59, YESTERDAY), kind="work", dates=WEEK).open == 0
    reviewed(world, "Abara", "1", entered=at(23, 59, YESTERDAY))
    reviewed(world, "Abara", "2", entered=at(0, 0, TODAY))
    total = counted(world, at(10), kind="work", dates=WEEK)
    # Five days in each of six classes.
    assert figures(total) == (5, 5, 20, 0)
    # Taking the classes is asked of the others alone, and of a class that all do in own time of nobody.
    assert counted(world, at(10), dates=WEEK).open == 30
    behind = students_behind(world.installation, reporting_months(world.installation, world.year), MONDAY)
    assert [tuple(each) for each in behind] == [(world.lincoln.pk, 3, 0, 1)]


def test_a_class_that_nobody_attends_live_is_not_due(world: World) -> None:
    in_own_time(world, *FAMILIES, section="1")
    assert counted(world, at(10), dates=WEEK).open == 25


def test_what_stands_wrong_is_found_by_the_check_and_mended_by_the_rebuild(world: World) -> None:
    open_both_schools(world)
    count_entry_news(world.installation)
    call_command("rebuild_attendance", check=True)
    EntryCount.objects.filter(date=MONDAY).update(open_of=[7])
    with pytest.raises(CommandError, match="counts of entries are wrong"):
        call_command("rebuild_attendance", check=True)
    call_command("rebuild_attendance")
    call_command("rebuild_attendance", check=True)
    assert count_every_entry(world.installation, world.lincoln.pk) == 0


def test_counting_and_reading_take_the_same_statements_for_any_number(
    world: World, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    open_both_schools(world)
    scope, lincoln = world.installation, world.lincoln.pk
    with django_assert_max_num_queries(14):
        count_entries(scope, lincoln)
    with django_assert_num_queries(2):
        entries_by_place(scope, [lincoln], WEEK, None, by_teacher=True)
    with django_assert_num_queries(1):
        weeks = entries_by_week(scope, [lincoln], MONDAY)
    assert [(each.week, each.open) for each in weeks] == [(0, 30), (1, 6)]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["take", "void", "restore", "substitute", "end", "count", "count"]),
        st.sampled_from(["1", "2", "3"]),
        st.integers(0, 6),
        st.integers(0, 2),
        st.integers(0, 23),
    ),
    max_size=10,
)


class AnyHistory(TestCase):
    def setUp(self) -> None:
        self.world = make_world()
        open_both_schools(self.world)
        add_person(self.world, "stand-in", "Sam", "Stand-In")

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS)
    def test_after_any_history_the_counts_are_what_a_plain_count_finds(self, acts: list[tuple]) -> None:
        days = sorted(ClassMeeting.objects.filter(school=self.world.lincoln).dates("date", "day"))
        for act, period, place, later, hour in acts:
            day = days[min(place, len(days) - 1)]
            _act(self.world, act, period, day, at(max(hour, 17), day=day + timedelta(days=later)))
        scope = installation_scope(at(12, day=TODAY + timedelta(days=1)))
        count_entry_news(scope)
        assert wrong_entries(scope, [self.world.lincoln.pk, self.world.washington.pk]) == 0
        assert _stored(self.world) == _plain(self.world, scope)


def _act(world: World, act: str, period: str, day: date, now: datetime) -> None:
    held = meeting_of(world, period, day)
    admin = world.scope("okafor", max(now, at(12)))
    standing = SectionTeacher.objects.filter(section=held.section, user=world.users["stand-in"]).first()
    if act == "take" and held.state != MeetingState.VOID:
        save(world, period, day, now)
    elif act == "void":
        void_meeting(admin, held.pk, reason="Fire drill")
    elif act == "restore":
        restore_meeting(admin, held.pk)
    elif act == "substitute" and standing is None:
        # The teacher of the roster leaves on the day before: from then on the days are the stand-in's.
        SectionTeacher.objects.filter(section=held.section, starts_on__lt=day).update(ends_on=day - timedelta(days=1))
        appoint(admin, held.section_id, world.users["stand-in"].pk, starts_on=day, ends_on=TODAY)
    elif act == "end" and standing is not None and standing.ends_on and day <= standing.ends_on:
        end_teaching(admin, standing.pk, last_day=day)
    elif act == "count":
        count_entry_news(installation_scope(now))


def _stored(world: World) -> dict[tuple, tuple[int, int, int]]:
    found = {}
    for row in EntryCount.objects.filter(school=world.lincoln, kind="class"):
        assert [row.in_time, row.late, row.open] == [sum(row.in_time_of), sum(row.late_of), sum(row.open_of)]
        for teacher_id, *counts in zip(row.teacher_ids, row.in_time_of, row.late_of, row.open_of, strict=True):
            found[teacher_id, row.date] = tuple(counts)
    return found


def _plain(world: World, scope: Scope) -> dict[tuple, tuple[int, int, int]]:
    """Meeting by meeting, by hand."""
    found: dict[tuple, list[int]] = {}
    for meeting in ClassMeeting.objects.filter(school=world.lincoln).exclude(state=MeetingState.VOID):
        teaching = [
            row
            for row in SectionTeacher.objects.filter(section=meeting.section).order_by("-is_primary", "id")
            if row.starts_on <= meeting.date <= (row.ends_on or date.max)
        ]
        place = 2
        if meeting.state == MeetingState.TAKEN:
            first = min(Submission.objects.filter(meeting=meeting).values_list("submitted_at", flat=True))
            midnight = at(0, 0, meeting.date + timedelta(days=1))
            place = 0 if first < midnight else 1
        found.setdefault((teaching[0].user_id if teaching else None, meeting.date), [0, 0, 0])[place] += 1
    return {key: tuple(counts) for key, counts in found.items()}  # type: ignore[misc]
