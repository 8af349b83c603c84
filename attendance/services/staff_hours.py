"""Sets the teachers' working day of a school from a date on (MS-40). No verdict hangs on it."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction

from attendance.models import StaffHours
from students.access import Scope, visible_to
from students.models import School
from students.refusals import Forbidden, NotInScope, Refused


def set_staff_hours(scope: Scope, school_id: int, *, starts_on: date, starts_at: time, ends_at: time) -> StaffHours:
    """Let the working day last from one local time to another, from a date until the next row's first.

    Repeating it changes nothing. Raises NotInScope, Forbidden for who does not administer the school, and Refused for
    times that are none.
    """
    if not visible_to(scope, School).filter(pk=school_id).exists():
        raise NotInScope
    if not scope.administers(school_id):
        raise Forbidden("Only an administrator of the school says when its teachers work.")
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school_id)
        hours = StaffHours.objects.filter(school=school_id, starts_on=starts_on).first()
        hours = hours or StaffHours(school_id=school_id, starts_on=starts_on)
        if hours.pk and (hours.starts_at, hours.ends_at) == (starts_at, ends_at):
            return hours
        hours.starts_at, hours.ends_at = starts_at, ends_at
        hours.entered_by_id, hours.entered_at = scope.person, scope.now
        try:
            hours.full_clean()
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        hours.save()
        return hours
