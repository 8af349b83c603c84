"""How one class or its work stands, in the words of a family."""

from datetime import date, time

from django.utils.translation import gettext as _

from attendance.rules.day import ASSESSMENT
from reporting.rules import family_class as its
from students.languages.days_in_words import day_in_words, time_in_words


def class_words(
    state: str, *, arrived: time | None, left: time | None, attended: int, offered: int, is_over: bool
) -> str:
    """A class that meets. Of a day that is over, what nobody entered is not known yet."""
    if state == its.NOT_TAKEN:
        return _("not known yet") if is_over else _("not taken yet")
    if state == its.LATE:
        return _("late, came at %(at)s") % {"at": time_in_words(arrived)} if arrived else _("late")
    if state == its.LEFT_EARLY:
        return _("left early, at %(at)s") % {"at": time_in_words(left)} if left else _("left early")
    if state == its.IN_PART:
        return _("there for %(attended)s of %(offered)s minutes") % {"attended": attended, "offered": offered}
    return {
        its.TO_COME: _("not started yet"),
        its.CANCELED: _("class canceled"),
        its.NO_COLLEGE: _("no college class on this day"),
        its.PRESENT: _("present"),
        its.ABSENT: _("absent"),
        its.EXCUSED: _("absent, excused"),
    }[state]


def work_words(state: str, *, kind: str, attended: int, offered: int, due_on: date | None) -> str:
    """Work in own time, instruction at home, or a state test; `due_on` is the last day for the teacher to enter it."""
    if kind == ASSESSMENT:
        return _test_words(state)
    if state == its.WORK_OPEN:
        return _("not known yet; entered by %(day)s") % {"day": day_in_words(due_on)} if due_on else _("not known yet")
    if state == its.WORK_IN_PART:
        return _("%(attended)s of %(offered)s minutes of work done") % {"attended": attended, "offered": offered}
    return {
        its.WORK_DONE: _("done"),
        its.WORK_MISSING: _("not done"),
        its.EXCUSED: _("not done, excused"),
        its.NO_COLLEGE: _("no college class on this day"),
    }[state]


def _test_words(state: str) -> str:
    return {
        its.WORK_OPEN: _("not known yet"),
        its.WORK_DONE: _("present"),
        its.WORK_IN_PART: _("there for part of the time"),
        its.WORK_MISSING: _("absent"),
        its.EXCUSED: _("absent, excused"),
        its.NO_COLLEGE: _("no college class on this day"),
    }[state]


def mark_words(status: str, arrived: time | None, left: time | None) -> str:
    """What a mark says by itself."""
    if status == "tardy":
        return class_words(its.LATE, arrived=arrived, left=None, attended=0, offered=0, is_over=True)
    if status == "left_early":
        return class_words(its.LEFT_EARLY, arrived=None, left=left, attended=0, offered=0, is_over=True)
    return _("absent") if status == "absent" else _("present")
