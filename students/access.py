"""Who may see whom: the one place that decides, in both forms.

`visible_to` filters, `why_can_view` answers for one record with the reason; a test holds them equal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from students.models import (
    AccessGrant,
    ApiToken,
    Disposal,
    Enrollment,
    Guardian,
    GuardianLink,
    Immunization,
    LegalHold,
    Role,
    RoleAssignment,
    RosterRun,
    School,
    Section,
    SectionEnrollment,
    SectionTeacher,
    Student,
    User,
)
from students.rules.rights import Right
from students.scope import Scope as Scope
from students.scope import bare_installation_scope as bare_installation_scope
from students.scope import installation_scope as installation_scope
from students.scope import scope_of as scope_of


def visible_to(scope: Scope, model: type[Model]) -> QuerySet:
    """The records of a kind that a scope may see. Raises TypeError for a kind that no rule knows."""
    return _rule(model).visible(scope)


def why_can_view(scope: Scope, record: Model) -> str | None:
    """Why a scope may see a record, in words; None where it may not. Raises TypeError for an unknown kind."""
    return _rule(type(record)).why(scope, record)


@dataclass(frozen=True)
class AccessRule:
    """Both forms of one permission."""

    visible: Callable[[Scope], QuerySet]
    why: Callable[[Scope, Any], str | None]


_rules: dict[type[Model], AccessRule] = {}


def register(model: type[Model], rule: AccessRule) -> None:
    """Add the rule of a kind of record; the apps above register their own."""
    _rules[model] = rule


def registered_kinds() -> list[type[Model]]:
    """Every kind of record of which a rule says who sees it."""
    return list(_rules)


def _rule(model: type[Model]) -> AccessRule:
    if model not in _rules:
        raise TypeError(f"No access rule knows {model.__name__}.")
    return _rules[model]


def why_in_school(scope: Scope, right: Right, school_id: int) -> str | None:
    """The role by which somebody has a right in a school, in words."""
    return _why_by_role(scope, right, None) or _why_by_role(scope, right, school_id)


def _why_by_role(scope: Scope, right: Right, school_id: int | None) -> str | None:
    place = "district" if school_id is None else "school"
    held = sorted(held.role for held in scope.roles if held.allows(right) and held.school_id == school_id)
    return f"{Role(held[0]).label.lower()} of the {place}" if held else None


def _visible_schools(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.READ):
        return School.objects.all()
    taught = Section.objects.filter(pk__in=taught_section_ids(scope)).values("school_id")
    return School.objects.filter(Q(pk__in=scope.schools_with(Right.READ)) | Q(pk__in=taught))


def _why_school(scope: Scope, school: School) -> str | None:
    if why := why_in_school(scope, Right.READ, school.pk):
        return why
    return "teaches in the school" if school.sections.filter(pk__in=taught_section_ids(scope)).exists() else None


def _visible_sections(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.READ):
        return Section.objects.all()
    read = Q(school__in=scope.schools_with(Right.READ))
    return Section.objects.filter(read | Q(pk__in=taught_section_ids(scope)))


def _why_section(scope: Scope, section: Section) -> str | None:
    if why := why_in_school(scope, Right.READ, section.school_id):
        return why
    return "teaches the class" if section.pk in set(taught_section_ids(scope)) else None


def _visible_students(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.READ):
        return Student.objects.all()
    enrolled = _enrollments_this_year(scope).filter(school__in=scope.schools_with(Right.READ))
    taught, granted = _taught_student_ids(scope), standing_grants(scope)
    return Student.objects.filter(
        Q(pk__in=enrolled.values("student_id")) | Q(pk__in=taught) | Q(pk__in=granted.values("student_id"))
    )


def _why_student(scope: Scope, student: Student) -> str | None:
    if why := _why_by_role(scope, Right.READ, None):
        return why
    enrolled = _enrollments_this_year(scope).filter(school__in=scope.schools_with(Right.READ), student=student)
    if (school := enrolled.values_list("school_id", flat=True).first()) is not None:
        return why_in_school(scope, Right.READ, school)
    if student.pk in set(_taught_student_ids(scope)):
        return "teaches the student"
    return "the student is assigned to them" if standing_grants(scope).filter(student=student).exists() else None


def _visible_accounts(scope: Scope) -> QuerySet:
    return User.objects.all() if scope.keeps_accounts else User.objects.none()


def _why_account(scope: Scope, account: User) -> str | None:
    return "keeps the accounts" if scope.keeps_accounts else None


def _visible_roles(scope: Scope) -> QuerySet:
    return RoleAssignment.objects.all() if scope.keeps_accounts else RoleAssignment.objects.none()


def _why_role(scope: Scope, assignment: RoleAssignment) -> str | None:
    return "keeps the accounts" if scope.keeps_accounts else None


def _visible_tokens(scope: Scope) -> QuerySet:
    return ApiToken.objects.all() if scope.keeps_accounts else ApiToken.objects.filter(user=scope.user_id)


def _why_token(scope: Scope, token: ApiToken) -> str | None:
    if scope.keeps_accounts:
        return "keeps the accounts"
    return "made the token" if token.user_id == scope.user_id else None


def taught_section_ids(scope: Scope) -> QuerySet:
    """Ids of the sections that somebody teaches on the scope's day, as substitute too."""
    teaching = SectionTeacher.objects.holding_on(scope.today).filter(user_id=scope.user_id)
    return teaching.values_list("section_id", flat=True)


def _taught_student_ids(scope: Scope) -> QuerySet:
    on_roster = SectionEnrollment.objects.holding_on(scope.today)
    return on_roster.filter(section__in=taught_section_ids(scope)).values_list("student_id", flat=True)


def standing_grants(scope: Scope) -> QuerySet:
    """Access to single students that somebody was given and that holds on the scope's day (MD-08)."""
    return AccessGrant.objects.holding_on(scope.today).filter(user_id=scope.user_id)


def _enrollments_this_year(scope: Scope) -> QuerySet:
    """Enrollments with a day in this school year up to today: a former year's school no longer looks in."""
    return Enrollment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=scope.year_starts_on), starts_on__lte=scope.today
    )


def _of_students(model: type[Model], right: Right, within: Callable[[QuerySet], Q]) -> AccessRule:
    """Records of students for whoever has a right in their school by a role there; teaching opens none (RD-60)."""

    def visible(scope: Scope) -> QuerySet:
        found = model._base_manager.all()
        enrolled = _enrollments_this_year(scope).filter(school__in=scope.schools_with(right))
        return found if scope.everywhere(right) else found.filter(within(enrolled.values("student_id")))

    def why(scope: Scope, record: Model) -> str | None:
        if why := _why_by_role(scope, right, None):
            return why
        return f"{right} in the student's school" if visible(scope).filter(pk=record.pk).exists() else None

    return AccessRule(visible, why)


_LINKS = _of_students(GuardianLink, Right.CONTACTS, lambda students: Q(student__in=students))
_GUARDIANS = _of_students(
    Guardian,
    Right.CONTACTS,
    lambda students: Q(pk__in=GuardianLink.objects.filter(student__in=students).values("guardian_id")),
)


def _granted_links(scope: Scope) -> QuerySet:
    """Whom somebody may call about a student who is assigned to them: those who may be told, today."""
    lawful = GuardianLink.objects.holding_on(scope.today).filter(may_contact=True)
    return lawful.filter(student__in=standing_grants(scope).values("student_id"))


def _visible_links(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.CONTACTS):
        return _LINKS.visible(scope)
    return GuardianLink.objects.filter(
        Q(pk__in=_LINKS.visible(scope).values("pk")) | Q(pk__in=_granted_links(scope).values("pk"))
    )


def _why_link(scope: Scope, link: GuardianLink) -> str | None:
    if why := _LINKS.why(scope, link):
        return why
    return "the student is assigned to them" if _granted_links(scope).filter(pk=link.pk).exists() else None


def _visible_guardians(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.CONTACTS):
        return _GUARDIANS.visible(scope)
    return Guardian.objects.filter(
        Q(pk__in=_GUARDIANS.visible(scope).values("pk")) | Q(pk__in=_granted_links(scope).values("guardian_id"))
    )


def _why_guardian(scope: Scope, guardian: Guardian) -> str | None:
    if why := _GUARDIANS.why(scope, guardian):
        return why
    granted = _granted_links(scope).filter(guardian=guardian).exists()
    return "of a student who is assigned to them" if granted else None


def _of_the_district(model: type[Model]) -> AccessRule:
    """What the district's administrators alone see."""
    return AccessRule(
        lambda scope: model._default_manager.all() if scope.district_wide else model._default_manager.none(),
        lambda scope, _: "district administrator" if scope.district_wide else None,
    )


for _model in (RosterRun, LegalHold, Disposal):
    register(_model, _of_the_district(_model))
register(School, AccessRule(_visible_schools, _why_school))
register(Section, AccessRule(_visible_sections, _why_section))
register(Student, AccessRule(_visible_students, _why_student))
register(GuardianLink, AccessRule(_visible_links, _why_link))
register(Guardian, AccessRule(_visible_guardians, _why_guardian))
register(Immunization, _of_students(Immunization, Right.REASONS, lambda students: Q(student__in=students)))
register(ApiToken, AccessRule(_visible_tokens, _why_token))
register(User, AccessRule(_visible_accounts, _why_account))
register(RoleAssignment, AccessRule(_visible_roles, _why_role))
