"""The ledger's own count of its days: the sum of what its triggers noted is what it holds, always."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import DailyAttendance, WeekTally
from attendance.selectors.fewest_students import fewest_on_a_day
from attendance.selectors.school_years import reporting_months
from attendance.selectors.tallies import CountedDays, counted_days, schools_with_news
from attendance.services.days import open_day
from attendance.services.tallies import mend_tallies, settle_tallies, wrong_tallies
from tests.reporting.months import FIRST, LAST, after_the_month, take_month
from tests.world import World, make_world

FRIDAY = date(2020, 10, 23)
STANDINGS = st.sampled_from(
    [("present", ""), ("undetermined", ""), ("absent", "excused"), ("absent", "unexcused"), ("absent", "suspended")]
)
# A suspension is unexcused to the state (ST-02).
PLACES = {"present": 0, "excused": 1, "unexcused": 2, "suspended": 2, "undetermined": 3}
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["judge", "move", "remove", "settle"]),
        st.integers(0, 8),
        st.integers(0, 4),
        STANDINGS,
        st.sampled_from(["", "in_person", "sync_online"]),
    ),
    max_size=12,
)


def _held() -> set[tuple]:
    """What the ledger holds, counted by hand."""
    kinds = ("school_id", "ada_included", "grade", "mode", "status", "absence_kind")
    held: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for *kind, status, absence_kind in DailyAttendance.objects.values_list(*kinds):
        held[tuple(kind)][PLACES[absence_kind or status]] += 1
    return {(*kind, *counts) for kind, counts in held.items()}


def _fewest() -> dict[tuple, int]:
    """The fewest of a day by hand, of every margin."""
    rows = DailyAttendance.objects.filter(ada_included=True, date__range=(FIRST, LAST))
    days = Counter(
        (day, margin)
        for day, school, grade, mode in rows.values_list("date", "school_id", "grade", "mode")
        for margin in product((str(school), "*"), (grade, "*"), (mode, "*"))
    )
    fewest: dict[tuple, int] = {}
    for (_, margin), students in days.items():
        fewest[margin] = min(students, fewest.get(margin, students))
    return fewest


def _told(world: World) -> set[tuple]:
    counted = counted_days(
        after_the_month(), [world.lincoln.pk, world.washington.pk], reporting_months(after_the_month(), world.year)
    )
    return {(each.school_id, *each[2:]) for each in counted}


class AnyHistory(TestCase):
    def setUp(self) -> None:
        self.world = make_world()
        open_day(after_the_month(), self.world.lincoln.pk, FRIDAY)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS)
    def test_after_any_history_the_tallies_are_what_the_ledger_holds(self, acts: list[tuple]) -> None:
        for act, student, day, (status, kind), mode in acts:
            rows = DailyAttendance.objects.filter(date__lte=FIRST + timedelta(days=day)).order_by("student_id", "date")
            some = DailyAttendance.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[: student + 1]))
            if act == "judge":
                some.update(status=status, absence_kind=kind, mode=mode)
            elif act == "move":
                some.update(school=self.world.washington, grade="12")
            elif act == "remove":
                some.delete()
            else:
                settle_tallies(after_the_month(), self.world.lincoln.pk)
        assert wrong_tallies(after_the_month(), [self.world.lincoln.pk, self.world.washington.pk]) == 0
        assert _told(self.world) == _held()
        # Weeks are read by fours from the first on, and kept: wherever one ends, and however often they are asked for.
        for before in (0, 9, 14, 25):
            assert fewest_on_a_day(after_the_month(), FIRST - timedelta(days=before), LAST) == _fewest()


def test_a_month_is_counted_by_school_and_kind_in_one_statement(world: World, django_assert_num_queries) -> None:
    take_month(world, world.lincoln, absent=[("Abara", FRIDAY)])
    scope, months = after_the_month(), reporting_months(after_the_month(), world.year)
    with django_assert_num_queries(1):
        counted = counted_days(scope, [world.lincoln.pk, world.washington.pk], months)
    assert counted == [CountedDays(world.lincoln.pk, 3, True, "09", "in_person", 9 * 15 - 1, 0, 1, 0)]
    assert counted_days(scope, [world.lincoln.pk], months, grade="none") == []
    (first,) = counted_days(scope, [world.lincoln.pk], months, through=FIRST)
    assert first.counts == (9, 0, 0, 0)
    (fridays,) = counted_days(scope, [world.lincoln.pk], months, weekday=5)
    assert fridays.counts == (9 * 3 - 1, 0, 1, 0)
    assert counted_days(scope, [world.lincoln.pk], []) == []


def test_settling_adds_up_and_changes_no_sum(world: World) -> None:
    take_month(world, world.lincoln, absent=[("Abara", FRIDAY)])
    before = _told(world)
    assert schools_with_news(after_the_month()) == [world.lincoln.pk]
    settle_tallies(after_the_month(), world.lincoln.pk)
    assert (_told(world), schools_with_news(after_the_month())) == (before, [])
    # A row for each kind of day of a week: one grade, one mode, three weeks.
    assert WeekTally.objects.count() == 3
    assert wrong_tallies(after_the_month(), [world.lincoln.pk]) == 0


def test_two_days_that_change_places_are_news_though_the_sums_stay(world: World) -> None:
    take_month(world, world.lincoln, absent=[("Abara", FRIDAY)])
    settle_tallies(after_the_month(), world.lincoln.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE attendance_dailyattendance SET status = CASE status WHEN 'absent' THEN 'present' ELSE 'absent' END,"
            " absence_kind = CASE status WHEN 'absent' THEN '' ELSE 'unexcused' END WHERE date = %s AND student_id IN"
            " (SELECT id FROM students_student WHERE family_name IN ('Abara', 'Castillo'))",
            [FRIDAY],
        )
    assert schools_with_news(after_the_month()) == [world.lincoln.pk]


def test_tallies_that_are_wrong_are_found_by_the_check_and_mended_by_the_rebuild(world: World) -> None:
    take_month(world, world.lincoln)
    WeekTally.objects.filter(week__range=(LAST - timedelta(days=6), LAST)).delete()
    WeekTally.objects.filter(week=FIRST).update(present_1=90)
    with pytest.raises(CommandError, match="tallies differ from the ledger"):
        call_command("rebuild_attendance", check=True)
    call_command("rebuild_attendance")
    call_command("rebuild_attendance", check=True)
    assert mend_tallies(after_the_month(), [world.lincoln.pk]) == 0
