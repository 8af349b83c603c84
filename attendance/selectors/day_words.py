"""The words around a verdict: the rules that decided, the mode, the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models import CalendarDay, GradeDay, Mode
from attendance.rules.day import DayVerdict
from attendance.rules.policy import Policy


@dataclass(frozen=True)
class RuleLine:
    """A rule that had a part in the verdict, in one sentence."""

    number: str
    text: str


def rule_lines(verdict: DayVerdict, policy: Policy) -> Sequence[RuleLine]:
    """The rules that decided, in the order of the verdict."""
    words = {
        "MS-05": _("Present when the minutes attended reach %(percent)s%% of the minutes required of the student."),
        "RD-02": _("Nothing required is not presence: without a class to attend, the day stays undetermined."),
        "RD-03": _("A class not taken counts neither way: the day stands once no such class could change it."),
        "RD-08": _("An absence is excused when attended and excused minutes together reach the minutes needed."),
    }
    known = [(number, words.get(number, "")) for number in verdict.rules]
    return tuple(RuleLine(number, text % {"percent": policy.presence_percent}) for number, text in known)


def mode_words(mode: str) -> str:
    """The name of a mode of instruction."""
    return str(Mode(mode).label)


def calendar_words(day: CalendarDay | GradeDay | None) -> str:
    """What the calendar says of a day: its kind and bells, or why there is no school."""
    if day is None:
        return _("not on the calendar")
    if not day.in_session or day.bell_schedule is None:
        return day.name or day.get_event_type_display()
    kind = _("%(kind)s day, bells: %(bells)s") % {
        "kind": day.get_day_kind_display(),
        "bells": day.bell_schedule.name,
    }
    return ", ".join(each for each in (day.name, kind, _rotation(day)) if each)


def _rotation(day: CalendarDay | GradeDay) -> str:
    return _("%(rotation)s day") % {"rotation": day.rotation_day} if day.rotation_day else ""


def day_words(day: date) -> str:
    """A date as sentences print it: Oct 26, 2020."""
    return date_format(day, "M j, Y")
