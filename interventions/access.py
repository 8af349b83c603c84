"""Who may see which case: the care team of its school (RD-61). The district's passes are the district's."""

from django.db.models import QuerySet

from interventions.models import Case, TierPass
from students.access import AccessRule, Scope, register, why_in_school
from students.rules.rights import Right


def _visible_cases(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.CASES):
        return Case.objects.all()
    return Case.objects.filter(school__in=scope.schools_with(Right.CASES))


def _why_case(scope: Scope, case: Case) -> str | None:
    return why_in_school(scope, Right.CASES, case.school_id)


def _visible_passes(scope: Scope) -> QuerySet:
    return TierPass.objects.all() if scope.district_wide else TierPass.objects.none()


def _why_pass(scope: Scope, run: TierPass) -> str | None:
    return "district administrator" if scope.district_wide else None


register(Case, AccessRule(_visible_cases, _why_case))
register(TierPass, AccessRule(_visible_passes, _why_pass))
