"""What engagement and what became of it are called, for people."""

from django.utils.dateformat import format as date_as
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import Measure
from attendance.rules.engagement import DONE_ANOTHER_DAY, NOT_ASKED, OF_NO_CLASS, UNANSWERED
from attendance.rules.entry import ALL_DONE, DONE, NOTHING_DONE, PART_DONE
from attendance.rules.evidence import ANOTHER_DAYS_WORK, NOT_APPROVED
from attendance.selectors.engagement import TALK, Engaged
from students.access import Scope

_MEASURES = {
    Measure.LMS_ACTIVITY: gettext_lazy("LMS activity"),
    Measure.CONTACT: gettext_lazy("contact"),
    Measure.WORK: gettext_lazy("work done"),
    Measure.LMS_LOGIN: gettext_lazy("LMS log-in"),
}
_CHOICES = {
    Measure.LMS_ACTIVITY: gettext_lazy("LMS"),
    Measure.CONTACT: gettext_lazy("Contact"),
    Measure.WORK: gettext_lazy("Work done"),
    Measure.LMS_LOGIN: gettext_lazy("Log-in"),
    DONE: gettext_lazy("Work done"),
    ALL_DONE: gettext_lazy("All"),
    PART_DONE: gettext_lazy("Part"),
    NOTHING_DONE: gettext_lazy("None"),
}
UNUSED = {
    ANOTHER_DAYS_WORK: gettext_lazy("work of another day"),
    DONE_ANOTHER_DAY: gettext_lazy("done on another day"),
    NOT_APPROVED: gettext_lazy("not approved by the learning plan"),
    NOT_ASKED: gettext_lazy("no asynchronous class that day"),
    OF_NO_CLASS: gettext_lazy("of none of the day’s asynchronous classes"),
    UNANSWERED: gettext_lazy("nobody answered"),
}


def what(scope: Scope, its: Engaged) -> str:
    """What was done: "LMS activity, 25 min", "talk with Rosa Whitfield"."""
    done = _("talk with %(who)s") % {"who": its.by} if its.source == TALK else str(_MEASURES[Measure(its.measure)])
    return done if its.minutes is None else _("%(what)s, %(n)s min") % {"what": done, "n": its.minutes}


def why_not(scope: Scope, its: Engaged) -> str:
    """Why it does not count, in words; empty where it does (MS-15)."""
    if its.unused == ANOTHER_DAYS_WORK and its.work_of:
        return _("work of %(day)s") % {"day": date_as(its.work_of, "D M j")}
    if its.unused == DONE_ANOTHER_DAY:
        return _("done on %(day)s") % {"day": date_as(its.happened_on, "D M j")}
    return str(UNUSED[its.unused]) if its.unused else ""


def choice_words(scope: Scope, choice: str) -> str:
    """A choice of the week's grid: "LMS", "Work done", "None"."""
    return str(_CHOICES[choice])
