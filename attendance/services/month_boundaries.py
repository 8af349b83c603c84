"""Sets where the district's reporting months begin (RD-70). No verdict hangs on them; files no longer set them then."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from attendance.models import CalendarDay, CalendarEdit
from attendance.rules.filing_year import year_around
from attendance.rules.reporting_months import boundary_faults, month_of
from attendance.selectors.school_years import months_seen, session_months
from attendance.services.roster_changes import hold_openings
from students.access import Scope
from students.models import SchoolYear
from students.refusals import Forbidden, Refused, Stale
from students.services.import_turn import keep_imports_out


def set_reporting_months(
    scope: Scope, year: SchoolYear, starts: Mapping[int, date], *, submission_id: UUID, reason: str, seen: str
) -> CalendarEdit:
    """Let each month start on its day and last until the next one's. Sent twice it is done once.

    `seen` is what `months_seen` said when the page was made. Raises Forbidden for all but the district, Refused for a
    gap or an overlap in words, or without a reason, and Stale when somebody else set the months meanwhile.
    """
    if not scope.district_wide:
        raise Forbidden("Reporting months are the district's: only a district administrator sets them.")
    if not reason.strip():
        raise Refused("Say why the reporting months are changed.")
    with transaction.atomic():
        keep_imports_out(scope)
        hold_openings(scope)
        if done := CalendarEdit.objects.filter(submission_id=submission_id).first():
            return done
        if months_seen(scope, year) != seen:
            raise Stale("The calendar was changed since you opened this page. Look at the months again, then save.")
        session = [day for day, _ in session_months(scope, *year_around(year.starts_on))]
        for fault in boundary_faults(session, starts):
            raise Refused(fault.message)
        return _write(scope, year, starts, max(session), submission_id, reason.strip())


def _write(
    scope: Scope, year: SchoolYear, starts: Mapping[int, date], last: date, submission_id: UUID, reason: str
) -> CalendarEdit:
    days = list(CalendarDay.objects.filter(date__range=year_around(year.starts_on)))
    months = {day.pk: month_of(day.date, starts) if day.date <= last else None for day in days}
    moved = sum(day.reporting_month != months[day.pk] for day in days)
    if not moved:
        raise Refused("Nothing would change: the months begin on these days already.")
    signed = CalendarEdit.objects.create(
        submission_id=submission_id, edited_by_id=scope.person, edited_at=scope.now, reason=reason, days=moved
    )
    for day in days:
        # The days that stay in their month too: a file that moved one of them would tear a gap.
        day.reporting_month, day.month_edit = months[day.pk], signed
    CalendarDay.objects.bulk_update(days, ["reporting_month", "month_edit"], batch_size=1000)
    return signed
