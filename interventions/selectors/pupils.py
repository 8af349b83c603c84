"""Whom a look at a school concerns: its students, and those who stand there though they are gone."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from interventions.models import Standing
from interventions.selectors.standings import school_year_on
from students.access import Scope, visible_to
from students.models import Enrollment, School


def pupils(scope: Scope, school_ids: Collection[int] | None, *, on: date | None = None) -> list[int]:
    """Ids of the students of some schools (None: of all), enrolled on a day (default: today) or standing there."""
    day = on or scope.today
    schools = visible_to(scope, School)
    mine = schools if school_ids is None else schools.filter(pk__in=school_ids)
    enrolled = Enrollment.attending_on(day).filter(is_primary=True, school__in=mine)
    standing = Standing.objects.filter(Q(school__in=mine), year=school_year_on(scope, day))
    return sorted({each for rows in (enrolled, standing) for each in rows.values_list("student_id", flat=True)})
