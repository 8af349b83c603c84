"""A run's findings and its package, for those who administer the school."""

from fractions import Fraction

from django.db.models import QuerySet

from attendance.rules.rates import printed
from reporting.models import Certification, ExportFile, Finding, MonthRun
from reporting.rules.certified_package import certified_zip
from reporting.selectors.certifications import chain_links
from students.access import Scope, visible_to
from students.refusals import NotInScope


def findings_of(scope: Scope, run_id: int) -> QuerySet[Finding]:
    """The findings of a run, errors first, then by date."""
    runs = visible_to(scope, MonthRun).filter(pk=run_id)
    found = Finding.objects.filter(run__in=runs).select_related("student", "meeting", "section", "run")
    return found.order_by("severity", "date", "id")


def package_of(scope: Scope, run_id: int) -> ExportFile:
    """The package of a run, its bytes too. Raises NotInScope where there is none for this person."""
    package = ExportFile.objects.filter(run__in=visible_to(scope, MonthRun), run_id=run_id).first()
    if package is None:
        raise NotInScope
    return package


def download_of(scope: Scope, run_id: int) -> tuple[str, bytes]:
    """The name and bytes of a run's package as it leaves: with the chain that vouches for it once it is certified.

    The same bytes each time. Raises NotInScope where there is none for this person.
    """
    package = package_of(scope, run_id)
    content = bytes(package.content)
    place = Certification.objects.filter(run=package.run_id).values_list("sequence", flat=True).first()
    if place is None:
        return package.name, content
    return package.name, certified_zip(content, chain_links(scope, through=place))


def packaged_averages(run: MonthRun) -> tuple[str, str]:
    """ADA and ADM of a finished package, printed; empty where there is none."""
    return tuple(printed(Fraction(each)) if each else "" for each in (run.ada, run.adm))  # type: ignore[return-value]
