"""What every page of marks tells beside them: who teaches, who joins online, and why nothing can be marked yet."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.models import CalendarDay, ModeAssignment
from attendance.rules.mark import why_not_yet
from attendance.rules.minutes import minute_of
from attendance.rules.modes import SYNC_ONLINE, ModeFact, decisive
from students.access import Scope
from students.models import SectionTeacher


def teachers_on(scope: Scope, section_id: int, day: date) -> list[SectionTeacher]:
    """Who teaches a section on a day, the primary teacher first; the caller took the section from the scope."""
    held = SectionTeacher.objects.holding_on(day).filter(section=section_id)
    return list(held.select_related("user").order_by("-is_primary", "id"))


def why_not_now(scope: Scope, day: date, starts_at: time, calendar_day: CalendarDay | None) -> str:
    """Why a class cannot be marked at this instant; empty where it can. The save decides anew."""
    now = scope.now.astimezone(ZoneInfo(scope.zone)).time()
    if why := why_not_yet(day, minute_of(starts_at), scope.today, minute_of(now)):
        return why
    if calendar_day is None or not CalendarDay.objects.in_session().filter(pk=calendar_day.pk).exists():
        return _("School is not in session on this day, so there is no class to mark.")
    return ""


def online_notes(scope: Scope, student_ids: Collection[int], day: date, rotation_day: str) -> dict[int, str]:
    """Who joins online that day by a fact of their own, and until when; never why (RD-60)."""
    facts: dict[int, list[ModeFact]] = defaultdict(list)
    for row in ModeAssignment.objects.holding_on(day).filter(student__in=student_ids):
        facts[row.student_id].append(
            ModeFact(row.mode, row.starts_on, row.ends_on, tuple(row.weekdays), tuple(row.rotation_days), row.reason)
        )
    first = {student_id: decisive(day, held, rotation_day=rotation_day) for student_id, held in facts.items()}
    return {student_id: _online(fact) for student_id, fact in first.items() if fact and fact.mode == SYNC_ONLINE}


def _online(fact: ModeFact) -> str:
    """A plan by days of the week or rotation tells no end: it comes and goes."""
    if fact.ends_on is None or fact.is_plan:
        return "online"
    return f"online until {fact.ends_on:%b} {fact.ends_on.day}"
