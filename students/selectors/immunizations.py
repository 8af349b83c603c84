"""Which students meet the immunization requirements (MS-36), for those entitled to know (RD-60)."""

from collections.abc import Iterable
from datetime import date

from students.access import Scope, visible_to
from students.models import Immunization


def compliance_on(scope: Scope, student_ids: Iterable[int], day: date) -> dict[int, bool]:
    """By student whether they comply on a day, of those this scope may know of and whose status the roster says."""
    known = visible_to(scope, Immunization).filter(student__in=list(student_ids), starts_on__lte=day)
    return dict(known.exclude(ends_on__lt=day).values_list("student_id", "is_compliant"))
