"""Who saved classes, on whose behalf, from whose paper and how late (RD-25)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from attendance.models import ClassMeeting, Submission
from attendance.selectors.local_times import local_time
from students.access import Scope
from students.models import SectionTeacher


@dataclass(frozen=True, slots=True)
class Save:
    """One save of a class; the time is local. `by` says on whose behalf as well, `on_paper_by` from whose paper."""

    by: str
    on_paper_by: str
    at: datetime
    is_late: bool
    is_on_behalf: bool


def saves_of(scope: Scope, meetings: Sequence[ClassMeeting]) -> dict[int, list[Save]]:
    """The saves of meetings that the caller took from the scope, by meeting, the earliest first; two statements.

    The first save of a class is late when it was made after the class's day; what follows corrects it.
    """
    by_id = {each.pk: each for each in meetings if each.taken_at}
    if not by_id:
        return {}
    teachers = _teachers(list(by_id.values()))
    found: dict[int, list[Save]] = defaultdict(list)
    sent = Submission.objects.filter(meeting__in=by_id).select_related("submitted_by").order_by("pk")
    for each in sent:
        meeting = by_id[each.meeting_id]
        at = local_time(scope, each.submitted_at)
        is_late = not found[meeting.pk] and at.date() > meeting.date
        found[meeting.pk].append(_save(each, teachers[meeting.pk], at, is_late=is_late))
    return found


def taken_by(scope: Scope, meetings: Sequence[ClassMeeting]) -> dict[int, str]:
    """Of each meeting that was taken, who saved it last and on whose behalf; late where its first save was."""
    return {meeting_id: taker(saves) for meeting_id, saves in saves_of(scope, meetings).items()}


def taker(saves: Sequence[Save]) -> str:
    """Who saved a class last, by all of its saves; on whose behalf, and then whether its first save was late."""
    last = saves[-1]
    return _("%(who)s, entered late") % {"who": last.by} if last.is_on_behalf and saves[0].is_late else last.by


def _teachers(meetings: Sequence[ClassMeeting]) -> dict[int, dict[int, str]]:
    """The teachers of each meeting's class on its day, by their accounts."""
    sections, days = {each.section_id for each in meetings}, [each.date for each in meetings]
    held = SectionTeacher.objects.filter(section__in=sections, starts_on__lte=max(days))
    rows = list(
        held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=min(days)))
        .select_related("user")
        .order_by("-is_primary", "pk")
    )
    return {
        meeting.pk: {
            each.user_id: each.user.full_name
            for each in rows
            if each.section_id == meeting.section_id and each.holds_on(meeting.date)
        }
        for meeting in meetings
    }


def _save(sent: Submission, teachers: dict[int, str], at: datetime, *, is_late: bool) -> Save:
    who = sent.submitted_by.full_name
    is_on_behalf = bool(teachers) and sent.submitted_by_id not in teachers
    if is_on_behalf:
        who = _("%(who)s on behalf of %(teachers)s") % {"who": who, "teachers": ", ".join(teachers.values())}
    return Save(who, sent.on_paper_by, at, is_late, is_on_behalf)
