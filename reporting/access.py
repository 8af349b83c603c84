"""Who may see a school's months: those who administer it. Teachers do not."""

from django.db.models import QuerySet

from reporting.models import MonthRun
from students.access import AccessRule, Scope, register


def _visible_runs(scope: Scope) -> QuerySet:
    if scope.district_wide:
        return MonthRun.objects.all()
    return MonthRun.objects.filter(school__in=scope.administered_school_ids)


def _why_run(scope: Scope, run: MonthRun) -> str | None:
    return "administers the school" if scope.administers(run.school_id) else None


register(MonthRun, AccessRule(_visible_runs, _why_run))
