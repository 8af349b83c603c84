"""What was done in own time on a student's day and what was entered of it: what counts, and why the rest does not."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.models import DayReview, Engagement, Measure
from attendance.rules.contributions import contacts_in_class
from attendance.rules.entry_window import days_late, entry_due
from attendance.rules.evidence import Evidence
from attendance.rules.modes import LIVE, OWN_TIME
from attendance.selectors.day_rows import DayRows
from attendance.selectors.day_words import day_words
from attendance.selectors.evidence_words import Weighing
from attendance.selectors.judged import JudgedDay
from attendance.selectors.local_times import local_time
from attendance.selectors.review_words import reviewed
from attendance.selectors.source_line import SourceLine
from attendance.selectors.talk_lines import talk_lines
from students.access import Scope


def evidence_lines(scope: Scope, judged: JudgedDay, rows: DayRows) -> Sequence[SourceLine]:
    """Engagement, talks, classes joined live and what teachers entered, in this order; refused ones too."""
    weighing = Weighing.of(judged)
    return (
        *(_engaged(scope, each, weighing) for each in rows.engagement),
        *talk_lines(scope, judged, rows.talks, weighing),
        *_joined_live(scope, judged, rows, weighing),
        *(_entered(scope, judged, rows, each, weighing) for each in rows.reviews),
    )


def _engaged(scope: Scope, row: Engagement, weighing: Weighing) -> SourceLine:
    counts, why = weighing.weighed(Evidence(row.measure, row.section_id, row.work_of), row.day)
    work_of = _("work of %(day)s") % {"day": day_words(row.work_of)} if row.work_of else ""
    minutes = _("%(n)s minutes") % {"n": row.minutes} if row.minutes else ""
    return SourceLine(
        what=_joined([Measure(row.measure).label, row.section.title if row.section else "", work_of, minutes]),
        source=row.get_source_display(),
        why=why,
        counts=counts,
        happened_at=local_time(scope, row.happened_at),
        entered_by=row.received_by.full_name,
        entered_at=local_time(scope, row.received_at),
    )


def _joined_live(scope: Scope, judged: JudgedDay, rows: DayRows, weighing: Weighing) -> Iterator[SourceLine]:
    """MS-20: a live class attended online is contact with the teacher for the classes in own time."""
    if not weighing.online_sections:
        return
    held = judged.day.meetings
    live = [each for each in held if weighing.modes.of_section(each.section_id) in LIVE]
    own = [each for each in held if weighing.modes.of_section(each.section_id) in OWN_TIME]
    for contact in contacts_in_class(live, own, weighing.modes, percent=judged.policy.presence_percent):
        counts, why = weighing.weighed(contact)
        mark = next((each for each in rows.marks if each.meeting_id == contact.meeting_id), None)
        yield SourceLine(
            what=_joined([_("Attended live"), rows.titles.get(contact.section_id or 0, "")]),
            source=_("The class’s marks"),
            why=_("Contact with the teacher (MS-20). %(why)s") % {"why": why},
            counts=counts,
            happened_at=datetime.combine(mark.meeting.date, mark.meeting.starts_at) if mark else None,
            entered_by=mark.marked_by.full_name if mark else "",
            entered_at=local_time(scope, mark.marked_at) if mark else None,
        )


def _entered(scope: Scope, judged: JudgedDay, rows: DayRows, row: DayReview, weighing: Weighing) -> SourceLine:
    what, counts, why = reviewed(judged, row, weighing)
    if late := _days_late(scope, judged, rows, row, weighing):
        why += " " + ngettext(
            "Entered %(n)s day late (MS-26, RD-25).", "Entered %(n)s days late (MS-26, RD-25).", late
        ) % {"n": late}
    if row.reason:
        why = _("%(why)s Changed later: %(reason)s") % {"why": why, "reason": row.reason}
    return SourceLine(
        what=_joined([what, row.section.title if row.section else ""]),
        source=_source(judged, rows, row),
        why=why,
        counts=counts,
        entered_by=row.entered_by.full_name,
        entered_at=local_time(scope, row.entered_at),
    )


def _days_late(scope: Scope, judged: JudgedDay, rows: DayRows, row: DayReview, weighing: Weighing) -> int:
    """Calendar days after the last day for entering it; entering late is allowed, and never hidden."""
    if row.section_id is None or not rows.session_days:
        return 0
    mode = weighing.modes.of_section(row.section_id)
    due = entry_due(judged.day.date, mode, judged.plan, rows.session_days)
    return days_late(due, local_time(scope, row.first_entered_at).date())  # type: ignore[attr-defined]


def _source(judged: JudgedDay, rows: DayRows, row: DayReview) -> str:
    """RD-25: the office may enter on behalf of a teacher, and it is said."""
    if row.section_id is None:
        return _("Instruction at home")
    taught_by = rows.teachers.all_on(row.section_id, judged.day.date)
    if row.entered_by in taught_by:
        return _("Teacher’s entry")
    named = ", ".join(each.full_name for each in taught_by)
    return _("Entered on behalf of %(teacher)s (RD-25)") % {"teacher": named or _("the teacher")}


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(str(each) for each in parts if each)
