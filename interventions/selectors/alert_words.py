"""What families are written of the day, in the language that is being written: plain words, short sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.models import ClassMeeting
from students.languages.days_in_words import day_in_words, time_in_words, weekday_in_words


@dataclass(frozen=True)
class Words:
    """One thing to say: a subject, and the paragraph of it."""

    subject: str
    text: str


def absence_words(name: str, school: str, day: date, classes: Sequence[ClassMeeting]) -> Words:
    """An absence that nobody has explained."""
    said = {"name": name, "school": school, "day": weekday_in_words(day)}
    lines = [_("%(name)s was marked absent at %(school)s on %(day)s.") % said]
    if classes:
        lines.append("\n".join([_("Classes:"), *(f"- {class_words(each)}" for each in classes)]))
    lines.append(_("Nobody has told the school why."))
    return Words(_("%(name)s was marked absent on %(day)s") % said, "\n\n".join(lines))


def correction_words(name: str, day: date) -> Words:
    """An absence that was none."""
    said = {"name": name, "day": weekday_in_words(day)}
    text = _(
        "We wrote to you that %(name)s was marked absent on %(day)s. "
        "Since then a teacher has marked %(name)s as in class."
    )
    return Words(_("%(name)s was in class after all on %(day)s") % said, text % said)


def class_absence_words(name: str, meeting: ClassMeeting) -> Words:
    """Absent from one class."""
    said = {"name": name, "class": class_words(meeting), "day": weekday_in_words(meeting.date)}
    text = _("%(name)s was marked absent from a class on %(day)s: %(class)s.") % said
    return Words(_("%(name)s was absent from a class on %(day)s") % said, text)


def tardy_words(name: str, meeting: ClassMeeting) -> Words:
    """Late for one class."""
    said = {"name": name, "class": class_words(meeting), "day": weekday_in_words(meeting.date)}
    text = _("%(name)s came late to a class on %(day)s: %(class)s.") % said
    return Words(_("%(name)s was late for a class on %(day)s") % said, text)


def not_known_words(name: str, day: date) -> Words:
    """A class that nobody has entered by the evening."""
    said = {"name": name, "day": weekday_in_words(day)}
    text = _(
        "The school has not entered all classes of %(name)s for %(day)s yet. This is not an absence. "
        "If it is not entered by tomorrow, please ask the school."
    )
    return Words(_("Some classes of %(name)s on %(day)s are not entered yet") % said, text % said)


def threshold_words(name: str, absences: int) -> Words:
    """Absences that add up: their number, and that the school helps; never a tier (MD-09)."""
    text = ngettext(
        "%(name)s has now been absent on %(count)s school day this year. Every day in class counts. "
        "If something makes it hard to come to school, please talk to us. We can help.",
        "%(name)s has now been absent on %(count)s school days this year. Every day in class counts. "
        "If something makes it hard to come to school, please talk to us. We can help.",
        absences,
    )
    return Words(_("Absences of %(name)s this year") % {"name": name}, text % {"name": name, "count": absences})


def document_words(name: str, first: date, last: date, *, accepted: bool) -> Words:
    """A decision about an excuse; why stands in the portal, and not in a mail."""
    said = {"name": name, "first": day_in_words(first), "last": day_in_words(last)}
    if accepted and first == last:
        text = _("The school has accepted the excuse for %(name)s for %(first)s.")
    elif accepted:
        text = _("The school has accepted the excuse for %(name)s for %(first)s to %(last)s.")
    elif first == last:
        text = _("The school has not accepted the excuse for %(name)s for %(first)s. You can read why in the portal.")
    else:
        text = _(
            "The school has not accepted the excuse for %(name)s for %(first)s to %(last)s. "
            "You can read why in the portal."
        )
    return Words(_("The school has decided about an excuse for %(name)s") % said, text % said)


def class_words(meeting: ClassMeeting) -> str:
    """A class by its course and hour: Algebra I, 8:00 a.m."""
    return f"{meeting.section.course.title}, {time_in_words(meeting.starts_at)}"
