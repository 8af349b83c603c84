"""Tells the school of a class's week: who completed the work and who did not (MS-24b)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from attendance.models import WeekReport
from attendance.rules.entry_window import week_of
from attendance.rules.week_list import COMPLETED, NOT_COMPLETED, NOT_ENTERED
from attendance.selectors.week_lists import week_lists
from attendance.services.interactions import hold_section
from students.access import Scope
from students.refusals import NotInScope, Refused

NOT_YOURS = "Only a teacher of the class, or the office, reports its week."


def report_week(scope: Scope, section_id: int, monday: date, *, submission_id: UUID) -> WeekReport:
    """Write down what the list says now; told again it is a further row, and sent twice it is one.

    Raises NotInScope, Forbidden (neither teacher nor office), or Refused: nobody in own time, or the week is to come.
    """
    if monday != week_of(monday):
        raise NotInScope
    with transaction.atomic():
        section = hold_section(scope, section_id, NOT_YOURS)
        if before := WeekReport.objects.filter(submission_id=submission_id).first():
            return before
        found = next(iter(week_lists(scope, [section], monday)), None)
        if found is None:
            raise Refused("No student of this class was in own time in this week: there is nothing to report.")
        return WeekReport.objects.create(
            submission_id=submission_id,
            section=section,
            week_starts_on=monday,
            completed=found.ids(COMPLETED),
            not_completed=found.ids(NOT_COMPLETED),
            not_entered=found.ids(NOT_ENTERED),
            reported_by_id=scope.person,
            reported_at=scope.now,
        )
