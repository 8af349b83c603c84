"""What a teacher may type beside tardy and left early."""

from datetime import time

import pytest
from django.http import QueryDict

from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.time_words import class_time
from attendance.views.mark_form import Choice, Unreadable, entry_of, posted_form, read_detail
from attendance.views.mark_rows import minutes_of

MORNING = MeetingTimes(Span(600, 655))  # 10:00 to 10:55
AFTERNOON = MeetingTimes(Span(770, 825))  # 12:50 to 1:45
NOON = MeetingTimes(Span(730, 780))  # 12:10 to 1:00
NIGHT = MeetingTimes(Span(10, 70))  # 12:10 am to 1:10 am
BLOCK = MeetingTimes(Span(660, 780), Span(720, 750))  # 11:00 to 1:00 with lunch from 12:00 to 12:30


@pytest.mark.parametrize(
    ("text", "times", "moment"),
    [
        ("10:26", MORNING, time(10, 26)),
        ("1026", MORNING, time(10, 26)),
        ("10.26", MORNING, time(10, 26)),
        ("10:00", MORNING, time(10, 0)),
        ("10:55", MORNING, time(10, 55)),
        ("10:26 am", MORNING, time(10, 26)),
        ("1:05", AFTERNOON, time(13, 5)),
        ("1:05 p.m.", AFTERNOON, time(13, 5)),
        ("105pm", AFTERNOON, time(13, 5)),
        ("12:55", AFTERNOON, time(12, 55)),
        ("13:05", AFTERNOON, time(13, 5)),
        ("105", AFTERNOON, time(13, 5)),
        ("1:00", NOON, time(13, 0)),
        ("100", NOON, time(13, 0)),
        ("12:10", NOON, time(12, 10)),
        ("12:10", NIGHT, time(0, 10)),
        ("1:05", NIGHT, time(1, 5)),
    ],
)
def test_a_time_is_read_as_of_the_half_of_the_day_in_which_the_class_lies(text, times, moment):
    assert read_detail(text, times) == (moment, None)


@pytest.mark.parametrize("text", ["13:05", "1:05 pm", "105 p", "12:10 pm"])
def test_a_time_that_names_its_half_of_the_day_is_not_taken_for_the_other(text):
    with pytest.raises(Unreadable, match=r"12:10 to 1:10"):
        read_detail(text, NIGHT)


def test_a_saved_time_comes_back_as_the_class_is_headed_and_is_read_as_the_same():
    shown = class_time(time(13, 5))
    assert shown == "1:05"
    assert read_detail(shown, AFTERNOON) == (time(13, 5), None)


@pytest.mark.parametrize(("text", "missed"), [("0", 0), ("14", 14), ("55", 55)])
def test_a_number_is_the_minutes_missed(text, missed):
    assert read_detail(text, MORNING) == (None, missed)


@pytest.mark.parametrize("text", ["56", "9:59", "10:56", "soon", "-3", "10:75", "25:00", "10:26 pm", "1.5", "٣"])
def test_anything_else_is_said_to_be_neither(text):
    with pytest.raises(Unreadable, match=r"10:00 to 10:55 nor minutes up to 55"):
        read_detail(text, MORNING)


def test_minutes_missed_become_minutes_attended():
    assert entry_of(7, Choice("tardy", "14"), MORNING).minutes == 41
    assert entry_of(7, Choice("left_early", "10:30"), MORNING).left_at == time(10, 30)


def test_what_stands_in_the_field_of_a_present_student_is_not_read():
    assert entry_of(7, Choice("present", "nonsense"), MORNING).minutes is None


def test_MS03_lunch_inside_a_class_is_no_minute_of_it():
    assert minutes_of(Choice("tardy", "12:00"), BLOCK) == 30
    assert minutes_of(Choice("tardy", "12:30"), BLOCK) == 30
    assert minutes_of(Choice("left_early", "12:15"), BLOCK) == 60


def test_fields_that_are_no_marks_are_ignored():
    form = posted_form(QueryDict("mark-1=present&mark-x=present&mark-2=asleep&mark-=absent&detail-1=+14+"))
    assert form.choices == {1: Choice("present", "14")}
