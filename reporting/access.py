"""Who may see a school's months: those who administer or audit it. Teachers and the office do not."""

from django.db.models import QuerySet

from reporting.models import MonthRun
from students.access import AccessRule, Scope, register, why_in_school
from students.rules.rights import Right


def _visible_runs(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.FIGURES):
        return MonthRun.objects.all()
    return MonthRun.objects.filter(school__in=scope.schools_with(Right.FIGURES))


def _why_run(scope: Scope, run: MonthRun) -> str | None:
    return why_in_school(scope, Right.FIGURES, run.school_id)


register(MonthRun, AccessRule(_visible_runs, _why_run))
