"""What a month lacks of its weeks in own time, by the ledger and the log (MS-24b, MS-26, RD-24, RD-25)."""

from datetime import date

from reporting.selectors.own_time import late_entries, missed_interactions, open_work, unreported_weeks
from tests.attendance.modes.weeks import LAST_WEEK, MONDAY, THIS_MONDAY, in_own_time, reviewed, talk
from tests.world import TODAY, World, at


def test_a_month_knows_what_was_not_entered_not_said_not_reported_and_late(world: World) -> None:
    in_own_time(world, "Abara", "Castillo")
    for period in "23456":
        talk(world, "Abara", "Castillo", period=period, kind="group")
    talk(world, "Abara")
    reviewed(world, "Abara", "1", entered=at(8))
    for period in "2345":
        reviewed(world, "Castillo", period, entered=at(8, day=THIS_MONDAY))
    asked = (world.installation, world.lincoln.pk, MONDAY, TODAY)
    waiting = open_work(*asked)
    assert len(waiting) == 2 * 7 * 6 - 5 - 4 * 5
    by_name = {name: world.students[name].pk for name in ("Abara", "Castillo")}
    turning = {(each.student_id, each.date) for each in waiting if each.turns}
    assert {day for student, day in turning if student == by_name["Castillo"]} == {THIS_MONDAY, TODAY}
    [missed] = missed_interactions(*asked)
    assert (missed.class_title, missed.teacher, missed.day) == ("Algebra I, 1", "Rosa Whitfield", LAST_WEEK[4])
    assert missed.students == 1
    assert {(each.class_title, each.monday) for each in unreported_weeks(*asked)} == {
        (f"Algebra I, {period}", MONDAY) for period in "123456"
    }
    [late] = late_entries(*asked)
    assert (late.teacher, late.classes, late.days) == ("Rosa Whitfield", 1, 1)


def test_RD24_a_week_is_counted_in_the_month_of_its_last_school_day(world: World) -> None:
    in_own_time(world, "Abara")
    until_thursday = (world.installation, world.lincoln.pk, MONDAY, LAST_WEEK[3])
    from_friday = (world.installation, world.lincoln.pk, LAST_WEEK[4], date(2020, 10, 31))
    assert missed_interactions(*until_thursday) == []
    assert {each.monday for each in missed_interactions(*from_friday)} == {MONDAY}
