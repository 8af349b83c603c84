"""A run's findings and its package, for those who administer the school."""

from django.db.models import QuerySet

from attendance.rules.rates import average_daily, printed
from reporting.models import ExportFile, Finding, MonthRun
from reporting.selectors.months import administered_schools
from students.access import Scope, visible_to
from students.models import School
from students.refusals import NotInScope, Refused


def findings_of(scope: Scope, run_id: int) -> QuerySet[Finding]:
    """The findings of a run, errors first, then by date."""
    runs = visible_to(scope, MonthRun).filter(pk=run_id)
    return Finding.objects.filter(run__in=runs).select_related("student").order_by("severity", "date", "id")


def package_of(scope: Scope, run_id: int) -> ExportFile:
    """The package of a run, its bytes too. Raises NotInScope where there is none for this person."""
    package = ExportFile.objects.filter(run__in=visible_to(scope, MonthRun), run_id=run_id).first()
    if package is None:
        raise NotInScope
    return package


def schools_with_code(scope: Scope, code: str) -> list[School]:
    """The school of a state code, `dddd-sss` or `sss`; every school for an empty one. Raises Refused for none."""
    schools = administered_schools(scope)
    if not code:
        return list(schools)
    district, _, school = code.rpartition("-")
    found = schools.filter(code=school, **({"district__code": district} if district else {}))
    if not found:
        raise Refused(f"No school has the state code “{code}”. Give dddd-sss or sss, as the state knows the school.")
    return list(found)


def packaged_averages(run: MonthRun) -> tuple[str, str]:
    """ADA and ADM of a finished package, printed; empty where there is none."""
    if run.days_present is None or run.days_enrolled is None:
        return "", ""
    ada, adm = average_daily(run.days_present, run.days_total), average_daily(run.days_enrolled, run.days_total)
    return printed(ada), printed(adm)
