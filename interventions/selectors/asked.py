"""Partners and students as the rule of sharing sees them (MD-07, RD-61, RD-62)."""

from interventions.models import Case, Partner, Standing
from interventions.rules.sharing import AskedPartner, AskedStudent, Kind
from interventions.selectors.standings import school_year_on
from students.access import Scope
from students.models import GuardianLink
from students.rules.majority import is_of_age


def asked_partner(scope: Scope, partner: Partner) -> AskedPartner:
    """A partner's kind, and what binds it on the scope's day."""
    return AskedPartner(
        kind=Kind(partner.kind),
        is_district_unit=partner.is_district_unit,
        has_agreement=partner.agreement_on is not None and partner.agreement_on <= scope.today,
        locates_students=partner.locates_students,
    )


def asked_student(scope: Scope, case: Case) -> AskedStudent:
    """A case's student today: disengaged by the standing of the year, unlocated as the case says."""
    student = case.student
    standing = Standing.objects.filter(student=student, year=school_year_on(scope, scope.today)).exclude(criteria=[])
    guardians = GuardianLink.objects.holding_on(scope.today).filter(student=student)
    return AskedStudent(
        is_disengaged=standing.exists(),
        is_unlocated=case.is_unlocated,
        is_of_age=is_of_age(student.birth_date, scope.today),
        has_guardian=guardians.exists(),
    )
