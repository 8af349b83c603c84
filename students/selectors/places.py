"""Schools, by who administers them and by the state's code."""

from django.db.models import QuerySet

from students.access import Scope
from students.models import School
from students.refusals import Refused


def administered_schools(scope: Scope) -> QuerySet[School]:
    """The schools that somebody administers, by name."""
    schools = School.objects.select_related("district").order_by("name")
    return schools if scope.district_wide else schools.filter(pk__in=scope.administered_school_ids)


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
