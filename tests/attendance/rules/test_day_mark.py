"""MS-07 and RD-05: what one mark of the day makes of each meeting of a homeroom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.day_mark import DayEntered, MeetingMark, day_of_marks, marks_of_day
from attendance.rules.mark import BadMark, Worth
from attendance.rules.minutes import MeetingTimes, Span


def minute(text: str) -> int:
    hour, minutes = text.split(":")
    return int(hour) * 60 + int(minutes)


READING = MeetingTimes(Span(minute("8:00"), minute("9:30")))
MATH = MeetingTimes(Span(minute("9:35"), minute("10:35")))
SCIENCE = MeetingTimes(Span(minute("11:20"), minute("13:00")), Span(minute("12:00"), minute("12:30")))
WRITING = MeetingTimes(Span(minute("13:00"), minute("14:30")))
DAY = [READING, MATH, SCIENCE, WRITING]


def marks(status: str, *, saved_at: str | None = None, **times: str) -> list[tuple[str, int]]:
    entered = DayEntered(status, **{name: minute(text) for name, text in times.items()})
    found = marks_of_day(entered, DAY, saved_at=minute(saved_at) if saved_at else None)
    return [(mark.status, mark.worth.minutes) for mark in found]


def refusal(status: str, *, saved_at: str | None = None, **times: str) -> str:
    with pytest.raises(BadMark) as refused:
        marks(status, saved_at=saved_at, **times)
    return str(refused.value)


def test_MS07_who_is_there_all_day_attends_every_minute_of_every_meeting_and_who_is_absent_none() -> None:
    assert marks("present") == [("present", 90), ("present", 60), ("present", 70), ("present", 90)]
    assert marks("absent") == [("absent", 0)] * 4


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        ("8:00", [("tardy", 90), ("present", 60), ("present", 70), ("present", 90)]),
        ("9:29", [("tardy", 1), ("present", 60), ("present", 70), ("present", 90)]),
        # Over when the student comes: missed, and late for what follows, however short the walk.
        ("9:30", [("absent", 0), ("tardy", 60), ("present", 70), ("present", 90)]),
        ("9:33", [("absent", 0), ("tardy", 60), ("present", 70), ("present", 90)]),
        ("9:36", [("absent", 0), ("tardy", 59), ("present", 70), ("present", 90)]),
        # The meal inside a meeting is no instruction (MS-03).
        ("12:15", [("absent", 0), ("absent", 0), ("tardy", 30), ("present", 90)]),
        ("13:00", [("absent", 0), ("absent", 0), ("absent", 0), ("tardy", 90)]),
        ("14:29", [("absent", 0), ("absent", 0), ("absent", 0), ("tardy", 1)]),
    ],
)
def test_MS07_a_tardy_day_is_missed_before_the_arrival_late_in_one_meeting_and_whole_after(arrived, expected) -> None:
    assert marks("tardy", arrived=arrived) == expected


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ("14:30", [("present", 90), ("present", 60), ("present", 70), ("left_early", 90)]),
        ("13:01", [("present", 90), ("present", 60), ("present", 70), ("left_early", 1)]),
        ("13:00", [("present", 90), ("present", 60), ("left_early", 70), ("absent", 0)]),
        ("12:15", [("present", 90), ("present", 60), ("left_early", 40), ("absent", 0)]),
        ("9:33", [("left_early", 90), ("absent", 0), ("absent", 0), ("absent", 0)]),
        ("8:01", [("left_early", 1), ("absent", 0), ("absent", 0), ("absent", 0)]),
    ],
)
def test_MS07_who_left_early_attends_until_then(left, expected) -> None:
    assert marks("left_early", left=left) == expected


def test_MS07_who_came_late_and_left_early_attends_what_lies_between() -> None:
    assert marks("tardy", arrived="9:00", left="10:00") == [
        ("tardy", 30),
        ("left_early", 25),
        ("absent", 0),
        ("absent", 0),
    ]
    assert marks("left_early", arrived="9:00", left="9:10") == [
        ("tardy", 10),
        ("absent", 0),
        ("absent", 0),
        ("absent", 0),
    ]


def test_a_time_between_two_meetings_stands_on_the_edge_of_the_one_attended() -> None:
    found = marks_of_day(DayEntered("tardy", minute("9:33"), minute("11:00")), DAY)
    assert found[1] == MeetingMark("tardy", Worth(60, MATH.span.starts, MATH.span.ends))


def test_RD05_a_missing_time_is_the_instant_of_saving_within_the_day() -> None:
    assert marks("tardy", saved_at="9:00")[0] == ("tardy", 30)
    assert marks("left_early", saved_at="9:00")[0] == ("left_early", 60)
    assert marks("tardy", saved_at="9:00", arrived="8:10")[0] == ("tardy", 80)
    assert refusal("tardy") == "is tardy: give the time of arrival"
    assert refusal("tardy", saved_at="7:59") == "is tardy: give the time of arrival"
    assert refusal("left_early", saved_at="14:31") == "left early: give the time of leaving"


@pytest.mark.parametrize("times", [{"arrived": "7:59"}, {"arrived": "14:31"}, {"arrived": "8:10", "left": "14:31"}])
def test_a_time_outside_the_days_classes_is_refused(times) -> None:
    assert refusal("tardy", **times) == "has a time outside the day’s classes"


def test_what_cannot_be_is_refused() -> None:
    assert refusal("") == "is not marked"
    assert refusal("excused") == "is not marked"
    assert refusal("tardy", arrived="9:00", left="8:59") == "left before arriving"
    nowhere = "was in no class between these times: mark absent"
    assert refusal("tardy", arrived="9:30", left="9:35") == nowhere
    assert refusal("tardy", arrived="9:00", left="9:00") == nowhere
    assert refusal("tardy", arrived="14:30") == nowhere
    assert refusal("left_early", left="8:00") == nowhere


@st.composite
def a_day(draw: st.DrawFn) -> list[MeetingTimes]:
    """One to six meetings that follow one another, some at once, some after a pause, some with a meal inside."""
    starts, meetings = draw(st.integers(420, 600)), []
    for _ in range(draw(st.integers(1, 6))):
        ends = starts + draw(st.integers(2, 100))
        eats = draw(st.none() | st.tuples(st.integers(starts, ends - 1), st.integers(1, 40)))
        # Some of it is instruction: a meeting that is all meal is none.
        meal = Span(eats[0], min(ends - 1, eats[0] + eats[1])) if eats else None
        meetings.append(MeetingTimes(Span(starts, ends), meal))
        starts = ends + draw(st.sampled_from([0, 0, 5, 45]))
    return meetings


@given(a_day(), st.data())
def test_MS07_the_minutes_of_each_meeting_are_its_overlap_with_the_stay_less_its_meal(day, data) -> None:
    first, last = day[0].span.starts, day[-1].span.ends
    arrived = data.draw(st.none() | st.integers(first, last))
    left = data.draw(st.integers(first, last) if arrived is None else st.none() | st.integers(first, last))
    entered = DayEntered("tardy" if arrived is not None else "left_early", arrived, left)
    stay = Span(first if arrived is None else arrived, last if left is None else left)
    try:
        found = marks_of_day(entered, day)
    except BadMark:
        assert stay.minutes < 0 or not any(times.span.overlap(stay) for times in day)
        return
    assert [mark.worth.minutes for mark in found] == [times.instructional_minutes_in([stay]) for times in day]
    assert [mark.status for mark in found].count("tardy") == (arrived is not None)
    assert all(mark.worth.minutes == 0 for mark in found if mark.status == "absent")
    assert all(
        m.worth.minutes == t.instructional_minutes for m, t in zip(found, day, strict=True) if m.status == "present"
    )
    # Both times in one meeting are one mark: tardy, with the time of leaving.
    assert sum(mark.worth.left is not None for mark in found) == (left is not None)
    again = day_of_marks(found, day)
    assert again is not None
    assert marks_of_day(again, day) == found


@given(a_day(), st.sampled_from(["present", "absent"]))
def test_a_day_is_read_back_from_the_marks_it_made(day, status) -> None:
    assert day_of_marks(marks_of_day(DayEntered(status), day), day) == DayEntered(status)


def test_marks_that_no_single_day_makes_are_told_apart() -> None:
    whole = marks_of_day(DayEntered("present"), DAY)
    missed_math = [whole[0], MeetingMark("absent", Worth(0)), *whole[2:]]
    assert day_of_marks(missed_math, DAY) is None
    typed = [MeetingMark("tardy", Worth(76)), *whole[1:]]
    assert day_of_marks(typed, DAY) is None
    assert day_of_marks([MeetingMark("absent", Worth(0)), *whole[1:]], DAY) is None
