"""What the state is told beside attendance: LMS metadata, teachers' schedules, notices of truancy."""

from datetime import date, datetime, timedelta

from attendance.models import Interaction
from attendance.selectors.planning import planning_of
from interventions.models import TruancyNotice
from reporting.rules.facts import LmsDay, NoticeFact, TaughtPeriod
from reporting.selectors.lms_metadata import lms_days
from reporting.selectors.teacher_schedules import short_planning, teacher_schedules
from reporting.selectors.truancy_notices import truancy_notices
from tests.attendance.modes.ways import engaged, instant
from tests.attendance.modes.weeks import ASYNC, LAST_WEEK, MONDAY, in_own_time, reviewed, talk
from tests.interventions.test_truancy_constraints import notice, told
from tests.world import NOW, PERIODS, TODAY, World

TUESDAY = LAST_WEEK[1]


def test_MS24_the_lms_and_teachers_documentation_are_told_by_student_class_and_day_without_any_content(
    world: World,
) -> None:
    in_own_time(world, "Abara", mode=ASYNC)
    in_own_time(world, "Castillo")
    first, second = world.sections["1"], world.sections["2"]
    for hour, kind, section in ((20, "lms_activity", first), (8, "lms_login", first), (9, "work", second)):
        engaged(world, "Abara", instant(MONDAY, hour), kind, section, minutes=20)
    # The evening of a Monday belongs to it, whatever day it is in UTC; nobody is told of a student who is in class.
    engaged(world, "Abara", instant(TUESDAY, 23), "lms_login")
    engaged(world, "Grant", instant(MONDAY, 9), "lms_login", first)
    reviewed(world, "Castillo", "1", days=[MONDAY], minutes=55)
    talk(world, "Castillo", minutes=10)
    talk(world, "Castillo", kind="unanswered", day=TUESDAY)
    talk(world, "Castillo", day=LAST_WEEK[2])
    Interaction.objects.filter(day=LAST_WEEK[2]).update(
        withdrawn_at=NOW, withdrawn_by=world.users["whitfield"], withdrawn_reason="Somebody else"
    )
    abara, castillo = world.students["Abara"].pk, world.students["Castillo"].pk

    def at(day: date, hour: int) -> datetime:
        return datetime(day.year, day.month, day.day, hour)

    found = lms_days(world.installation, world.lincoln.pk, MONDAY, LAST_WEEK[4])
    assert sorted(found) == sorted(
        [
            LmsDay(abara, "s1", MONDAY, "lms_api", ASYNC, 1, 1, 0, 0, 40, at(MONDAY, 8), at(MONDAY, 20)),
            LmsDay(abara, "s2", MONDAY, "lms_api", ASYNC, 0, 0, 0, 1, 20, at(MONDAY, 9), at(MONDAY, 9)),
            LmsDay(abara, "", TUESDAY, "lms_api", ASYNC, 1, 0, 0, 0, 0, at(TUESDAY, 23), at(TUESDAY, 23)),
            LmsDay(castillo, "s1", MONDAY, "teacher", "offline_packets", 0, 0, 1, 1, 65, at(MONDAY, 9), at(MONDAY, 9)),
        ]
    )
    assert lms_days(world.installation, world.washington.pk, MONDAY, LAST_WEEK[4]) == []
    assert lms_days(world.installation, world.lincoln.pk, TUESDAY + timedelta(days=1), LAST_WEEK[4]) == []


def test_MS40_each_teacher_is_told_with_every_period_and_the_minutes_of_planning(world: World) -> None:
    schedules = teacher_schedules(world.installation, world.lincoln.pk, TODAY)
    planned = planning_of(world.installation, [world.lincoln.pk], TODAY)
    assert [(each.name, each.minutes, each.due) for each in schedules] == [
        (each.name, each.time.minutes, each.time.due) for each in planned
    ]
    whitfield = next(each for each in schedules if each.family_name == "Whitfield")
    assert (whitfield.staff_id, whitfield.level, whitfield.due) == ("u-whitfield", "secondary", 225)
    assert whitfield.periods == tuple(TaughtPeriod(f"s{each}", f"Algebra I, {each}", each) for each in PERIODS)
    assert [each.teacher for each in short_planning(world.installation, schedules)] == ["Rosa Whitfield"]


def test_ST02_the_month_tells_of_the_notices_that_are_due_or_were_reported_in_it(world: World) -> None:
    due = notice(world)
    reported = notice(world, student=world.students["Grant"], due_on=TODAY - timedelta(days=3), **told(world))
    fallen = notice(
        world, student=world.students["Hollis"], withdrawn_at=NOW, withdrawn_why="count", withdrawn_absences=4
    )
    later = notice(world, student=world.students["Castillo"], due_on=TODAY + timedelta(days=1))
    TruancyNotice.objects.bulk_create([due, reported, fallen, later])
    crossed = due.crossed_on
    abara, grant, hollis = (world.students[name].pk for name in ("Abara", "Grant", "Hollis"))
    assert sorted(truancy_notices(world.installation, world.lincoln.pk, TODAY, TODAY)) == sorted(
        [
            NoticeFact(abara, 5, False, crossed, TODAY),
            NoticeFact(grant, 5, False, crossed, reported.due_on, TODAY),
            NoticeFact(hollis, 5, False, crossed, TODAY, None, TODAY),
        ]
    )
    assert truancy_notices(world.installation, world.washington.pk, TODAY, TODAY) == []
