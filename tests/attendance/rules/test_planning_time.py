"""A teacher's planning time in a week, from bells, classes and the working day."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.planning_time import Level, PlanningTime, WorkDay, level_of, planning_time, times_in_cycle
from attendance.rules.schedule import BellPeriod


def clock(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


def rung(name: str, starts: int, ends: int, kind: str = "class", meal: Span | None = None, *grades: str) -> BellPeriod:
    return BellPeriod(name, kind, MeetingTimes(Span(starts, ends), meal), frozenset(grades))


# Six periods of 55 minutes from 8:00, five minutes between them, lunch after the third.
SIX = [
    rung("1", clock(8), clock(8, 55)),
    rung("2", clock(9), clock(9, 55)),
    rung("3", clock(10), clock(10, 55)),
    rung("Lunch", clock(11), clock(11, 30), "lunch"),
    rung("4", clock(11, 35), clock(12, 30)),
    rung("5", clock(12, 35), clock(13, 30)),
    rung("6", clock(13, 35), clock(14, 30)),
]
BELL_DAY = Span(clock(8), clock(14, 30))
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def taught(*names: str) -> list[Span]:
    return [period.times.span for period in SIX if period.name in names]


def week(*names: str, working: Span = BELL_DAY, level: Level = Level.SECONDARY) -> PlanningTime:
    return planning_time([WorkDay(day, working, SIX, taught(*names)) for day in DAYS], level)


def test_MS40_a_free_period_a_day_is_planning_and_lunch_and_passing_time_are_none() -> None:
    found = week("1", "2", "4", "5", "6")
    assert (found.minutes, found.due, found.is_enough) == (275, 225, True)
    assert found.days[0] == ("Monday", 55)
    assert week("1", "2", "3", "4", "5", "6").minutes == 0


@pytest.mark.parametrize(("minutes", "enough"), [(44, False), (45, True), (46, True)])
def test_MS40_secondary_teachers_have_225_minutes_a_week(minutes: int, enough: bool) -> None:
    working = Span(clock(8) - minutes, clock(14, 30))
    found = week("1", "2", "3", "4", "5", "6", working=working)
    assert (found.minutes, found.is_enough) == (minutes * 5, enough)


@pytest.mark.parametrize(("minutes", "enough"), [(29, False), (30, True), (31, True)])
def test_MS40_elementary_teachers_have_150_minutes_a_week(minutes: int, enough: bool) -> None:
    working = Span(clock(8), clock(14, 30) + minutes)
    found = week("1", "2", "3", "4", "5", "6", working=working, level=Level.ELEMENTARY)
    assert (found.minutes, found.due, found.is_enough) == (minutes * 5, 150, enough)


def test_MS40_planning_lies_before_during_or_after_the_students_day() -> None:
    early, late = Span(clock(7, 15), clock(14, 30)), Span(clock(8), clock(15, 15))
    assert week("1", "2", "3", "4", "5", "6", working=early).minutes == 225
    assert week("1", "2", "3", "4", "5", "6", working=late).minutes == 225
    assert week("1", "2", "3", "4", "5").minutes == 275
    assert week("1", "2", "3", "4", "5", working=Span(clock(8), clock(14))).minutes == 125


@pytest.mark.parametrize(("long", "enough"), [(88, True), (89, True)])
def test_MS40_in_a_block_schedule_the_average_week_of_the_cycle_counts(long: int, enough: bool) -> None:
    """A free block on A days alone: 88 and 0, on average 220 a week; two minutes more a cycle make it 222.5."""
    blocks = [rung("1", clock(8), clock(8) + long), rung("2", clock(10), clock(11, 28))]
    whole = Span(clock(8), clock(11, 28))
    a_day = WorkDay("A", whole, blocks, [blocks[1].times.span])
    b_day = WorkDay("B", whole, blocks, [period.times.span for period in blocks])
    found = planning_time([a_day, b_day], Level.SECONDARY, is_cycle=True)
    assert found.minutes == long * 5 // 2
    assert found.is_enough is (found.minutes >= 225)
    assert planning_time([a_day, a_day], Level.SECONDARY, is_cycle=True).is_enough is enough


@pytest.mark.parametrize(
    ("counts", "times"),
    [
        ({"A": 87, "B": 90}, {"A": 1, "B": 1}),
        ({"A": 72, "B": 72, "C": 36}, {"A": 2, "B": 2, "C": 1}),
        ({"A": 106, "B": 71}, {"A": 3, "B": 2}),
        ({"A": 44, "B": 45, "C": 45, "D": 46}, {"A": 1, "B": 1, "C": 1, "D": 1}),
        # Three days of exams are none of the cycle.
        ({"A": 88, "B": 89, "X": 3}, {"A": 1, "B": 1}),
        ({"A": 1}, {"A": 1}),
        (dict.fromkeys("ABCDEFGH", 22), dict.fromkeys("ABCDEFGH", 1)),
        # No cycle is like it, and so each comes once.
        ({"A": 50, "B": 37, "C": 31, "D": 20, "E": 13}, dict.fromkeys("ABCDE", 1)),
    ],
)
def test_MS40_the_days_of_a_cycle_come_as_often_as_the_calendar_has_them(counts: dict, times: dict) -> None:
    assert times_in_cycle(counts) == times


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 200), min_size=1, max_size=20))
def test_MS40_every_calendar_has_a_cycle_and_no_day_of_it_comes_never(counts: dict[str, int]) -> None:
    times = times_in_cycle(counts)
    assert times.keys() <= counts.keys()
    assert times
    assert all(often > 0 for often in times.values())


def test_MS40_two_a_days_two_b_days_and_a_friday_of_all_classes_make_the_week() -> None:
    free, taught_all = WorkDay("A", Span(0, 90), times=2), [Span(0, 90)]
    days = [free, replace(free, name="B", classes=taught_all), WorkDay("Other days", Span(0, 45))]
    assert planning_time(days, Level.SECONDARY, is_cycle=True).minutes == 2 * 90 + 45


@pytest.mark.parametrize(("free", "enough"), [(89, False), (90, True), (91, True)])
def test_MS40_an_average_of_exactly_225_is_enough(free: int, enough: bool) -> None:
    day = WorkDay("A", Span(0, free), [], [])
    found = planning_time([day, WorkDay("B", Span(0, free), [], [Span(0, free)])], Level.SECONDARY, is_cycle=True)
    assert (found.minutes, found.is_enough) == (free * 5 // 2, enough)


def test_MS40_a_lunch_inside_a_free_period_is_taken_off() -> None:
    meal = Span(clock(9, 10), clock(9, 40))
    bells = [rung("1", clock(8), clock(9)), rung("2", clock(9), clock(10), "class", meal)]
    free = planning_time([WorkDay("A", Span(clock(8), clock(10)), bells, [Span(clock(8), clock(9))])], Level.SECONDARY)
    assert free.minutes == 30


def test_MS40_of_two_lunches_the_teacher_eats_the_one_that_takes_the_least_planning() -> None:
    """Grade 9 eats first while grade 10 has class, and the other way round; nobody teaches both."""
    bells = [
        rung("Lunch 9", clock(11), clock(11, 30), "lunch", None, "09"),
        rung("4 of 9", clock(11, 30), clock(12, 30), "class", None, "09"),
        rung("4 of 10", clock(11), clock(12), "class", None, "10"),
        rung("Lunch 10", clock(12), clock(12, 30), "lunch", None, "10"),
    ]
    whole = Span(clock(11), clock(12, 30))
    free = planning_time([WorkDay("A", whole, bells, [])], Level.SECONDARY)
    assert free.minutes == 60
    teaches_nine = planning_time([WorkDay("A", whole, bells, [Span(clock(11, 30), clock(12, 30))])], Level.SECONDARY)
    assert teaches_nine.minutes == 0


def test_MS40_recess_and_breakfast_with_the_children_are_no_planning() -> None:
    bells = [rung("Breakfast", clock(7, 30), clock(8), "breakfast"), *SIX]
    bells[2] = rung("2", clock(9), clock(9, 55), "recess")
    found = planning_time([WorkDay("Monday", Span(clock(7, 30), clock(14, 30)), bells, taught("1"))], Level.ELEMENTARY)
    assert found.minutes == 55 * 4


@pytest.mark.parametrize(
    ("taught_grades", "of_school", "level"),
    [
        ({"03"}, {"KG", "03", "05"}, Level.ELEMENTARY),
        ({"06"}, {"KG", "06"}, Level.ELEMENTARY),
        ({"06"}, {"06", "07", "08"}, Level.SECONDARY),
        ({"05", "07"}, {"KG", "05", "07"}, Level.SECONDARY),
        ({"09"}, {"09"}, Level.SECONDARY),
        (set(), {"KG", "05"}, Level.ELEMENTARY),
        (set(), set(), Level.SECONDARY),
    ],
)
def test_MS40_who_is_an_elementary_teacher(taught_grades: set[str], of_school: set[str], level: Level) -> None:
    assert level_of(taught_grades, of_school) == level


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: planning_time([], Level.SECONDARY), "A week has 1 to 7 days, not 0"),
        (lambda: planning_time([WorkDay("A", BELL_DAY)] * 8, Level.SECONDARY), "not 8"),
        (lambda: planning_time([WorkDay("A", BELL_DAY)] * 21, Level.SECONDARY, is_cycle=True), "A cycle has 1 to 20"),
        (lambda: planning_time([WorkDay("A", Span(60, 60))], Level.SECONDARY), "A: from minute 60 to 60"),
        (lambda: planning_time([WorkDay("A", BELL_DAY, [], [Span(0, 1441)])], Level.SECONDARY), "to 1441 is no time"),
    ],
)
def test_MS40_what_is_no_week_is_refused_in_words(call, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


SPANS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda it: it[0] < it[1]).map(lambda it: Span(*it))
BELLS = st.lists(
    st.builds(
        lambda span, kind, has_meal: rung("x", span.starts, span.ends, kind, span if has_meal else None),
        SPANS,
        st.sampled_from(["class", "homeroom", "lunch", "recess", "breakfast"]),
        st.booleans(),
    ),
    max_size=6,
)


@given(SPANS, BELLS, st.lists(SPANS, max_size=6))
def test_MS40_planning_lies_in_the_working_day_and_a_day_of_classes_has_none(
    working: Span, bells: list[BellPeriod], classes: list[Span]
) -> None:
    [(_, free)] = planning_time([WorkDay("A", working, bells, classes)], Level.SECONDARY).days
    assert 0 <= free <= working.minutes
    [(_, none)] = planning_time([WorkDay("A", working, bells, [*classes, working])], Level.SECONDARY).days
    assert none == 0
