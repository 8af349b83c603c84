"""Tiers week by week and by school: equal to what stands and to the queue, and nobody's secret where they are few."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import CalendarDay
from interventions.models import Crossing, Standing, StepState
from interventions.selectors.queue import Asked as QueueAsked
from interventions.selectors.queue import queue
from interventions.services.evaluation import evaluate
from reporting.selectors.figures_page import Asked
from reporting.selectors.tier_figures import TiersPage, tiers_of_district, tiers_of_school
from reporting.selectors.tier_students import students_of_tier
from students.models import Enrollment, SchoolYear, Student
from students.refusals import Forbidden, NotInScope
from students.rules.rights import RIGHTS, Right
from tests.interventions.acts import WEEKDAYS, absences, days_of
from tests.interventions.care import open_case, step
from tests.reporting.a_year import calendar
from tests.world import NOW, TODAY, YEAR_STARTS, World, add_student, at

FRIDAYS = [date(2020, 8, 14) + timedelta(days=7 * n) for n in range(11)]


@pytest.fixture
def fall(world: World) -> World:
    """Abara in tier 1 since August 26, Grant in 2, Castillo in 3, Hollis lost of late; Shah elsewhere in 1."""
    calendar(world)
    absences(world, "Abara", 5)
    absences(world, "Grant", 6)
    absences(world, "Castillo", 11)
    absences(world, "Shah", 5)
    days_of(world, "Hollis", WEEKDAYS, "present")
    days_of(world, "Hollis", WEEKDAYS[-5:])
    evaluate(world.installation, Student.objects.values_list("pk", flat=True))
    return world


def stood(page: TiersPage) -> dict[date, tuple[int, ...]]:
    return {week.day: week.stood.groups[1:] for week in page.weeks.weeks if week.day and week.stood}


def test_the_figures_are_those_that_stand_and_those_of_the_queue(fall: World) -> None:
    reyes = fall.scope("reyes")
    page = tiers_of_district(reyes, Asked())
    standing = Standing.objects.filter(year=fall.year, is_enrolled=True)
    tiers = Counter(standing.values_list("tier", flat=True))
    assert [head.share.students for head in page.heads] == [tiers[1], tiers[2], tiers[3], 1] == [2, 1, 2, 1]
    assert page.total.count
    assert page.total.count.enrolled == Enrollment.attending_on(TODAY).filter(is_primary=True).count()
    assert page.total.cases == queue(reyes, QueueAsked()).figures.total == 5
    # The week that runs is judged by today, as what stands is.
    assert stood(page)[TODAY] == page.total.count.groups[1:]
    for line in page.lines:
        assert line.place
        found = queue(reyes, QueueAsked(school_id=line.place.school_id)).figures
        assert line.cases == found.total
        assert [share.students for share, _ in line.cells[:3]] == [found.tiers.get(tier, 0) for tier in (1, 2, 3)]
    for tier in (0, 1, 2, 3):
        names = students_of_tier(reyes, tier, school_id=None, grade=None, on=None)
        assert names.page.paginator.count == page.heads[tier - 1].share.students


def test_RD40_a_week_is_judged_by_its_days_and_not_by_when_anybody_noticed(fall: World) -> None:
    page = tiers_of_school(fall.scope("okafor"), fall.lincoln.pk, Asked())
    by_day = stood(page)
    # Five absences, every third weekday from August 10: the fifth on August 26; the sixth on August 31.
    assert [by_day[day] for day in FRIDAYS[:4]] == [(0, 0, 0), (0, 0, 0), (3, 0, 0), (1, 2, 0)]
    reached = {week.day: week.reached for week in page.weeks.weeks}
    assert [getattr(reached[FRIDAYS[2]], name) for name in ("tier_1", "tier_2")] == [3, 0]
    assert [getattr(reached[FRIDAYS[3]], name) for name in ("tier_1", "tier_2")] == [0, 2]
    assert page.heads[0].since
    assert page.heads[0].since.day == date(2020, 9, 25)
    listed = students_of_tier(fall.scope("okafor"), 1, school_id=fall.lincoln.pk, grade=None, on=FRIDAYS[2])
    assert {each.name.split(",")[0] for each in listed.lines} == {"Abara", "Castillo", "Grant"}


def test_what_a_correction_took_back_never_was_and_whoever_came_back_was_lost_until_then(fall: World) -> None:
    abara, hollis = (fall.students[name] for name in ("Abara", "Hollis"))
    gone = {"withdrawn_absences": 4}
    Crossing.objects.filter(student=abara).update(withdrawn_at=NOW, **gone)
    lost = Crossing.objects.get(student=hollis, ground="disengaged")
    back = datetime.combine(lost.crossed_on + timedelta(days=7), datetime.min.time(), ZoneInfo("America/Chicago"))
    Crossing.objects.filter(pk=lost.pk).update(withdrawn_at=back, **gone)
    page = tiers_of_school(fall.scope("okafor"), fall.lincoln.pk, Asked())
    assert stood(page)[FRIDAYS[2]] == (2, 0, 0)
    weeks = [week for week in page.weeks.weeks if week.stood and week.stood.disengaged]
    assert [week.starts_on <= lost.crossed_on <= week.ends_on for week in weeks] == [True]
    day = weeks[0].day
    names = students_of_tier(fall.scope("okafor"), 0, school_id=fall.lincoln.pk, grade=None, on=day).lines
    assert [each.student_id for each in names] == [hollis.pk]


def test_a_student_is_counted_in_the_school_of_the_week_and_no_longer_once_gone(fall: World) -> None:
    castillo = Enrollment.objects.get(student=fall.students["Castillo"])
    castillo.ends_on, castillo.exit_code = FRIDAYS[4], "T1"
    castillo.save()
    Enrollment.objects.create(
        student=castillo.student,
        school=fall.washington,
        grade="10",
        entry_code="E4",
        starts_on=FRIDAYS[4] + timedelta(3),
    )
    Enrollment.objects.filter(student=fall.students["Grant"]).update(ends_on=FRIDAYS[5], exit_code="T1")
    evaluate(fall.installation, [castillo.student_id, fall.students["Grant"].pk])
    here = stood(tiers_of_school(fall.scope("okafor"), fall.lincoln.pk, Asked()))
    other = stood(tiers_of_school(fall.scope("reyes"), fall.washington.pk, Asked()))
    assert [sum(here[day][1:]) for day in FRIDAYS[4:7]] == [2, 1, 0]
    assert [sum(other[day][1:]) for day in FRIDAYS[4:6]] == [0, 1]
    page = tiers_of_school(fall.scope("reyes"), fall.washington.pk, Asked(grade="10"))
    assert [(line.name, line.count and line.count.tier_3) for line in page.lines] == [("10", 1)]
    assert stood(page)[TODAY] == (0, 0, 1)


def test_steps_that_fell_due_are_counted_by_whether_they_were_over_by_their_day(fall: World) -> None:
    case = open_case(fall, "Nguyen")
    by = {"ended_by": fall.users["osei"]}
    step(case, due=-3, state=StepState.DONE, ended_at=NOW - timedelta(days=3), **by)
    step(case, due=-3, state=StepState.NOT_NEEDED, ended_at=NOW - timedelta(days=2), **by)
    step(case, due=-1), step(case, due=0)
    step(case, due=-9, state=StepState.WITHDRAWN, ended_at=NOW)
    closed = open_case(fall, "Delgado", closed_at=NOW, outcome="no_ground")
    step(closed, due=-5)
    steps = tiers_of_school(fall.scope("okafor"), fall.lincoln.pk, Asked()).total.steps
    assert (steps.due, steps.in_time, steps.rate) == (3, 1, "33.3%")


def test_a_step_that_was_over_in_the_last_minute_of_its_day_was_in_time_and_at_midnight_it_was_not(fall: World) -> None:
    case, by = open_case(fall, "Nguyen"), {"ended_by": fall.users["osei"]}
    step(case, due=-3, state=StepState.DONE, ended_at=at(23, 59, TODAY - timedelta(days=3)), **by)
    step(case, due=-3, state=StepState.DONE, ended_at=at(0, 0, TODAY - timedelta(days=2)), **by)
    steps = tiers_of_school(fall.scope("okafor"), fall.lincoln.pk, Asked()).total.steps
    assert (steps.due, steps.in_time) == (2, 1)


def test_the_year_before_stands_beside_where_somebody_looked_then(fall: World) -> None:
    before = SchoolYear.objects.create(
        source_id="y-1", name="2019-20", starts_on=date(2019, 8, 5), ends_on=date(2020, 5, 22)
    )
    monday = date(2019, 8, 26)
    like = CalendarDay.objects.filter(school=fall.lincoln, bell_schedule__isnull=False)[0]
    CalendarDay.objects.create(
        school=fall.lincoln, date=monday, event_type="IN", day_kind=like.day_kind, bell_schedule=like.bell_schedule
    )
    Enrollment.objects.filter(student=fall.students["Abara"]).update(starts_on=date(2019, 8, 5))
    page = tiers_of_school(fall.scope("okafor"), fall.lincoln.pk, Asked())
    assert not page.weeks.has_last_year
    Crossing.objects.create(
        student=fall.students["Abara"], year=before, tier=1, ground="count", crossed_on=monday, absences=5,
        acts_on=monday, noticed_at=NOW,
    )  # fmt: skip
    page = tiers_of_school(fall.scope("okafor"), fall.lincoln.pk, Asked())
    [week] = [week for week in page.weeks.weeks if week.last_year]
    assert (week.starts_on, week.last_year and week.last_year.groups) == (date(2020, 8, 24), (0, 1, 0, 0))
    assert page.weeks.stood is not None
    last_year = [line for line in page.weeks.stood.lines if line.is_before]
    assert [line.name for line in last_year] == ["Tier 1, last year", "Tier 2, last year", "Tier 3, last year"]
    assert [len(line.points) for line in last_year] == [1, 1, 1]
    (point,) = last_year[0].points
    assert point.words.endswith("last year, Tier 1: 100.0%, 1 of 1 students")
    assert not point.asks


def many(world: World) -> None:
    """Forty more students in each school, ten of Lincoln's in tier 1."""
    for school, key in ((world.lincoln, "L"), (world.washington, "W")):
        for n in range(40):
            student = add_student(world, f"{key}{n}", f"9{int(key == 'L')}{n:07d}", school)
            if n < 12:
                facts = {"student": student, "year": world.year, "tier": 1, "ground": "count", "absences": 5}
                Crossing.objects.create(**facts, crossed_on=YEAR_STARTS, acts_on=YEAR_STARTS, noticed_at=NOW)
                Standing.objects.create(
                    student=student, year=world.year, school=school, tier=1, absences=5, is_enrolled=True, as_of=TODAY
                )


def test_RD63_whoever_works_no_cases_sees_no_small_group_by_school_grade_or_week(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar(world)
    many(world)
    reyes, okafor = world.scope("reyes"), world.scope("okafor")
    page = tiers_of_district(reyes, Asked(leaves_out=True))
    assert [line.count and line.count.groups for line in page.lines] == [(37, 12, 0, 0), (29, 12, 0, 0)]
    assert page.total.count
    assert [head.tier for head in page.heads] == [1, 2, 3]
    assert (page.heads[0].asks, page.weeks.reached, page.grades) == ("", None, ())
    assert len(stood(page)) > 5
    # One of Washington's into tier 2: its row goes, and Lincoln's and the total with it, which would tell the one.
    Standing.objects.filter(student=world.students["W0"]).update(tier=2)
    Crossing.objects.create(
        student=world.students["W0"], year=world.year, tier=2, ground="count", crossed_on=TODAY, acts_on=TODAY,
        absences=6, noticed_at=NOW,
    )  # fmt: skip
    page = tiers_of_district(reyes, Asked(leaves_out=True))
    assert [line.count for line in page.lines] == [None, None]
    assert (page.total.count, page.heads) == (None, [])
    assert page.weeks.weeks[-1].is_left_out
    assert page.weeks.weeks[-2].stood
    # Two pages leave out the same, whatever right brings somebody there.
    monkeypatch.setattr(
        "students.scope.RIGHTS", {**RIGHTS, "school_administrator": frozenset({Right.FIGURES, Right.READ})}
    )
    own = tiers_of_school(okafor, world.lincoln.pk, Asked(grade="09"))
    assert (own.total.count, own.asked.grade, own.knows) == (None, None, False)
    assert own.weeks.weeks[-1].is_left_out
    with pytest.raises(Forbidden):
        students_of_tier(okafor, 1, school_id=world.lincoln.pk, grade=None, on=None)
    with pytest.raises(NotInScope):
        tiers_of_school(okafor, world.washington.pk, Asked())


def test_a_page_asks_as_many_statements_however_many_students(fall: World) -> None:
    reyes = fall.scope("reyes")
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            tiers_of_district(reyes, Asked())
            tiers_of_school(reyes, fall.lincoln.pk, Asked())
            students_of_tier(reyes, 1, school_id=None, grade=None, on=FRIDAYS[2])
        asked.append(len(queries))
        absences(fall, "Delgado", 5)
        evaluate(fall.installation, [fall.students["Delgado"].pk])
    assert asked[0] == asked[1] <= 34


def test_a_day_of_no_year_and_another_school_are_nowhere(fall: World) -> None:
    okafor = fall.scope("okafor")
    for asked in ({"on": TODAY + timedelta(days=1)}, {"on": date(2018, 1, 1)}, {"school_id": fall.washington.pk}):
        with pytest.raises(NotInScope):
            students_of_tier(okafor, 1, **{"school_id": None, "grade": None, "on": None, **asked})
