"""What the office knew of a student's day, and what it did to the minutes (RD-06, RD-07)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from attendance.models import AssessmentSeat, OfficeEvent, OfficeKind
from attendance.rules.modes import IN_PERSON
from attendance.rules.office import SUPERVISED
from attendance.selectors.day_rows import DayRows
from attendance.selectors.judged import JudgedDay
from attendance.selectors.local_times import local_time, local_time_of
from attendance.selectors.office_words import said_in
from attendance.selectors.source_line import SourceLine
from students.access import Scope


def office_lines(scope: Scope, judged: JudgedDay, rows: DayRows, *, health: bool) -> Sequence[SourceLine]:
    """The office's words that stand, and assessments taken by who has class in the building then.

    Without `health` they are those of a shared screen, and notes are left out (RD-60).
    """
    said = [_told(scope, judged, event, health=health) for event in rows.events]
    return (*said, *_sat(scope, judged, rows.seats))


def _told(scope: Scope, judged: JudgedDay, event: OfficeEvent, *, health: bool) -> SourceLine:
    entry = event.entry
    what = said_in(event, judged.day.date, judged.day.school_id)
    if health:
        what = ": ".join(each for each in (_with_whom(event, what), entry.note) if each)
    return SourceLine(
        what=what[:1].upper() + what[1:],
        source=_("Office"),
        why=_why(event.kind),
        counts=event.kind != OfficeKind.REPORTED_ABSENCE,
        entered_by=entry.entered_by.full_name,
        entered_at=local_time(scope, entry.entered_at),
    )


def _with_whom(event: OfficeEvent, what: str) -> str:
    if event.kind in (OfficeKind.NURSE, OfficeKind.COUNSELOR):
        return what.replace(_("with the office"), event.get_kind_display().lower())
    return what


def _why(kind: str) -> str:
    if kind == OfficeKind.REPORTED_ABSENCE:
        return _("A report alone changes no minutes; the teacher’s mark decides.")
    if kind == OfficeKind.SUSPENSION:
        return _("An absence of the kind “suspended”, which no excuse changes (RD-07).")
    if kind in SUPERVISED:
        return _("Its minutes count as attended (RD-07).")
    return _("Caps the minutes of the classes it touches, and never adds any (RD-06).")


def _sat(scope: Scope, judged: JudgedDay, seats: Sequence[AssessmentSeat]) -> Iterator[SourceLine]:
    if judged.mode != IN_PERSON or any(each.kind == "assessment" for each in judged.facts.meetings):
        return
    for seat in seats:
        if seat.minutes_attended:
            yield SourceLine(
                what=seat.assessment.name,
                source=_("State assessment"),
                why=_("In the building, its minutes count as attended in the classes missed for it (RD-07)."),
                counts=True,
                happened_at=datetime.combine(seat.assessment.date, seat.assessment.starts_at),
                entered_by=seat.marked_by.full_name if seat.marked_by else "",
                entered_at=local_time_of(scope, seat.marked_at),
            )
