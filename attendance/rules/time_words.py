"""How a time of day is worded for people, on the clock of twelve hours."""

from datetime import datetime, time


def class_time(moment: time | datetime) -> str:
    """A time of a class, which its day makes plain: 8:00, 12:10, 1:05."""
    return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02d}"


def time_of_day(moment: time | datetime) -> str:
    """A time that stands by itself: 10:02 am, 12:00 pm."""
    return f"{class_time(moment)} {'am' if moment.hour < 12 else 'pm'}"
