"""Schools, by what somebody may do in them and by the state's code."""

from django.db.models import QuerySet

from students.access import Scope
from students.models import School
from students.refusals import Refused
from students.rules.rights import Right


def administered_schools(scope: Scope) -> QuerySet[School]:
    """The schools that somebody administers, by name."""
    return schools_with_right(scope, Right.ADMINISTER)


def awaits_roster(scope: Scope) -> bool:
    """Whether somebody administers a district into which no school has come yet."""
    return scope.district_wide and not School.objects.exists()


def schools_with_right(scope: Scope, right: Right) -> QuerySet[School]:
    """The schools in which somebody has a right, by name."""
    schools = School.objects.select_related("district").order_by("name")
    return schools if scope.everywhere(right) else schools.filter(pk__in=scope.schools_with(right))


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
