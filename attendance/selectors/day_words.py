"""The words around a verdict: the mode, the calendar, the date."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models import CalendarDay, GradeDay, Measure, Mode


def mode_words(mode: str) -> str:
    """The name of a mode of instruction."""
    return str(Mode(mode).label)


def measure_words(measure: str) -> str:
    """The name of a measure inside a sentence: "engagement with the LMS"."""
    label = str(Measure(measure).label)
    return label[:1].lower() + label[1:]


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
