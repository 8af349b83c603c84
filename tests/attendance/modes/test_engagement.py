"""MS-15, MS-20, RD-20, RD-21: what the LMS reports, by its local day, and what becomes of it."""

from datetime import date

import pytest

from attendance.selectors.engagement import engagement_of
from attendance.services.ledger import check
from students.refusals import NotInScope
from tests.attendance.acts import open_both_schools, take
from tests.attendance.modes.ways import (
    FRIDAY,
    LAST_WEEK,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    engaged,
    enter,
    instant,
    of,
    on_file,
    plan,
    row,
    status,
    taught,
)
from tests.world import PERIODS, World


@pytest.fixture
def home(opened_world: World) -> World:
    """Abara works in own time online."""
    world = opened_world
    taught(world, "Abara")
    return world


def told(world: World, day: date, name: str = "Abara", by: str = "whitfield") -> list[tuple[str, str]]:
    return [(each.measure, each.unused) for each in engagement_of(world.scope(by), world.students[name].pk, day)]


def nothing_else(world: World, *days: date, name: str = "Abara") -> None:
    """Every class says of the days that nothing was done."""
    for period in PERIODS:
        enter(world, *(of(world, name, day, "none") for day in days), section=period)


def test_MS15_mondays_work_handed_in_on_tuesday_leaves_monday_absent(home: World) -> None:
    engaged(home, "Abara", instant(TUESDAY, 9), "work", work_of=MONDAY)
    nothing_else(home, MONDAY, TUESDAY)
    assert status(home, "Abara", MONDAY, TUESDAY) == ["A", "A"]
    assert told(home, MONDAY) == [("work", "done_another_day")]
    assert told(home, TUESDAY) == [("work", "another_days_work")]


def test_MS15_a_weeks_work_sent_on_monday_counts_for_monday_alone(home: World) -> None:
    for day in LAST_WEEK:
        engaged(home, "Abara", instant(MONDAY, 20), "work", work_of=day)
    nothing_else(home, *LAST_WEEK[1:])
    assert status(home, "Abara") == ["P", "A", "A", "A", "A"]
    assert not check(home.installation)


def test_MS15_the_last_second_of_a_day_is_of_it_and_midnight_is_of_the_next(home: World) -> None:
    engaged(home, "Abara", instant(MONDAY, 23, 59, 59))
    engaged(home, "Abara", instant(WEDNESDAY, 0))
    assert status(home, "Abara") == ["P", "U", "P", "U", "U"]


def test_MS15_the_engagement_of_a_weekend_is_of_no_school_day(home: World) -> None:
    engaged(home, "Abara", instant(date(2020, 10, 24), 12))
    nothing_else(home, *LAST_WEEK)
    assert status(home, "Abara") == ["A"] * 5
    assert told(home, date(2020, 10, 24)) == []


def test_RD20_one_approved_measure_settles_the_day_and_a_bare_log_in_does_not(home: World) -> None:
    engaged(home, "Abara", instant(MONDAY, 10), "lms_login")
    assert status(home, "Abara", MONDAY) == ["U"]
    assert told(home, MONDAY) == [("lms_login", "not_approved")]
    engaged(home, "Abara", instant(MONDAY, 10), "lms_activity", minutes=2)
    assert row(home, "Abara", MONDAY).minutes_attended == 330


def test_MS27_MS39_a_log_in_counts_by_the_plan_or_by_the_accommodation(home: World) -> None:
    taught(home, "Castillo")
    on_file(home, "Abara")
    for name in ("Abara", "Castillo"):
        engaged(home, name, instant(MONDAY, 10), "lms_login")
    assert status(home, "Abara", MONDAY) == ["P"]
    assert status(home, "Castillo", MONDAY) == ["U"]
    plan(measures=["lms_login"])
    engaged(home, "Castillo", instant(MONDAY, 11), "lms_login")
    assert status(home, "Castillo", MONDAY) == ["P"]


def test_RD20_where_each_class_asks_for_its_own_an_event_is_of_its_class_alone(home: World) -> None:
    plan(measured_by="section")
    engaged(home, "Abara", instant(MONDAY, 10), section=home.sections["1"])
    engaged(home, "Abara", instant(MONDAY, 10))
    its = row(home, "Abara", MONDAY)
    assert (its.minutes_attended, its.minutes_untaken) == (55, 275)
    assert sorted(told(home, MONDAY)) == [("lms_activity", ""), ("lms_activity", "of_no_class")]


def test_MS20_a_missed_live_class_is_rescued_by_engagement_of_the_same_day(world: World) -> None:
    """Five periods live online, missed; the sixth asynchronous."""
    open_both_schools(world)
    taught(world, "Abara", "sync_online")
    taught(world, "Abara", "async_online", section="6")
    for period in PERIODS[:5]:
        take(world, period, MONDAY, Abara="absent")
        take(world, period, TUESDAY, Abara="absent")
    engaged(world, "Abara", instant(TUESDAY, 21))
    enter(world, of(world, "Abara", MONDAY, "none"), section="6")
    assert status(world, "Abara", MONDAY, TUESDAY) == ["A", "P"]
    assert "MS-20" in row(world, "Abara", TUESDAY).rules


def test_RD21_an_evening_in_the_lms_never_rescues_skipped_school(world: World) -> None:
    """One class in person, missed: minutes add up by class, and the rest is not enough."""
    open_both_schools(world)
    for period in PERIODS[3:]:
        taught(world, "Abara", "async_online", section=period)
    for period in PERIODS[:3]:
        take(world, period, FRIDAY, Abara="absent")
    engaged(world, "Abara", instant(FRIDAY, 21))
    its = row(world, "Abara", FRIDAY)
    assert (its.status, its.minutes_attended) == ("absent", 165)


def test_RD21_engagement_of_a_student_who_comes_to_school_is_shown_and_not_used(world: World) -> None:
    open_both_schools(world)
    engaged(world, "Abara", instant(MONDAY, 21))
    assert told(world, MONDAY) == [("lms_activity", "not_asked")]
    with pytest.raises(NotInScope):
        told(world, MONDAY, by="park")
