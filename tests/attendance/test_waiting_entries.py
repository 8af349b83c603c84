"""RD-25: the district's list of what waits to be entered says of each school what the school's own list says."""

from datetime import date, datetime, timedelta

import pytest

from attendance.selectors.school_weekly import AskedSchool
from attendance.selectors.waiting_entries import district_entry, school_entry
from attendance.services.entry_counts import count_entry_news
from students.access import installation_scope
from tests.attendance.acts import open_both_schools, take
from tests.attendance.modes.weeks import MONDAY, in_own_time, judged, reviewed
from tests.world import TODAY, YESTERDAY, World, at


def waiting(world: World, now: datetime) -> dict[int, tuple]:
    return {
        line.school.pk: (line.waiting.overdue, line.waiting.late, line.waiting.not_due, line.oldest)
        for line in district_entry(world.scope("reyes", now)).lines
    }


@pytest.mark.parametrize("later", range(16))
def test_RD25_what_waits_is_the_same_in_the_district_and_in_each_school(world: World, later: int) -> None:
    open_both_schools(world)
    take(world, "1", day=MONDAY)
    take(world, "2", day=YESTERDAY)
    in_own_time(world, "Abara", "Castillo")
    judged(world, "Abara", "Castillo")
    reviewed(world, "Abara", "1", entered=at(9, day=TODAY))
    now = at(10, day=TODAY + timedelta(days=later))
    count_entry_news(installation_scope(now))
    scope = world.scope("reyes", now)
    for school_id, (overdue, late, not_due, oldest) in waiting(world, now).items():
        page = school_entry(scope, AskedSchool(school_id))
        assert page.counts == {"not_due": not_due, "late": late, "overdue": overdue}
        assert sum(line.count for line in page.lines) == overdue + late + not_due
        assert oldest == max((line.days_late for line in page.lines), default=0)


def test_entries_made_late_are_counted_of_six_weeks(world: World) -> None:
    open_both_schools(world)
    take(world, "1", day=MONDAY)
    count_entry_news(world.installation)
    late = {line.school.pk: line.waiting.entered_late for line in district_entry(world.scope("reyes", at(10))).lines}
    assert late == {world.lincoln.pk: 1, world.washington.pk: 0}
    afterwards = at(10, day=TODAY + timedelta(weeks=7))
    count_entry_news(installation_scope(afterwards))
    assert {line.waiting.entered_late for line in district_entry(world.scope("reyes", afterwards)).lines} == {0}


def test_a_district_that_was_never_counted_says_so(world: World) -> None:
    found = district_entry(world.scope("reyes", at(10, day=date(2020, 9, 1))))
    assert (found.counted_at, found.is_counted) == (None, False)
    assert [line.waiting.overdue for line in found.lines] == [0, 0]
