"""Who may see whom: the one place that decides, in both forms.

`visible_to` filters, `why_can_view` answers for one record with the reason; a test holds them equal.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from students.clock import local_date
from students.models import (
    ApiToken,
    District,
    Enrollment,
    Guardian,
    GuardianLink,
    Immunization,
    Role,
    RoleAssignment,
    RosterRun,
    School,
    SchoolYear,
    Section,
    SectionEnrollment,
    SectionTeacher,
    Student,
    User,
)
from students.refusals import Forbidden
from students.rules.rights import RIGHTS, Right

_ZONE_WITHOUT_DISTRICT = "America/Chicago"
_OPEN_END = "9999-12-31"


class HeldRole(NamedTuple):
    """A role held on the scope's day; no school is the whole district."""

    role: str
    school_id: int | None

    def allows(self, right: Right) -> bool:
        """Whether the role gives a right where it is held."""
        return right in RIGHTS[self.role]


_INSTALLATION = frozenset({HeldRole(Role.DISTRICT_ADMINISTRATOR, None)})


@dataclass(frozen=True)
class Scope:
    """What somebody may see and do at one instant. Every selector and service takes one first.

    `user_id` is None for the installation itself (commands and tasks), which sees everything.
    """

    user_id: int | None
    now: datetime
    zone: str
    year_starts_on: date
    roles: frozenset[HeldRole] = frozenset()

    @property
    def today(self) -> date:
        """The school day of this instant in the district's zone."""
        return local_date(self.now, self.zone)

    @property
    def person(self) -> int:
        """The id of the person who acts. Raises Forbidden for the installation, which signs for nothing."""
        if self.user_id is None:
            raise Forbidden("Only a person can do this.")
        return self.user_id

    def everywhere(self, right: Right) -> bool:
        """Whether somebody has a right in the whole district."""
        return any(held.school_id is None and held.allows(right) for held in self.roles)

    def schools_with(self, right: Right) -> frozenset[int]:
        """Ids of the schools in which somebody has a right by a role there; a district's role names none."""
        return frozenset(held.school_id for held in self.roles if held.school_id is not None and held.allows(right))

    def somewhere(self, right: Right) -> bool:
        """Whether somebody has a right in any school, or in the district."""
        return any(held.allows(right) for held in self.roles)

    def may(self, right: Right, school_id: int) -> bool:
        """Whether somebody has a right in a school."""
        return any(held.allows(right) and held.school_id in (None, school_id) for held in self.roles)

    def holds(self, role: str) -> bool:
        """Whether somebody holds a role, wherever."""
        return any(held.role == role for held in self.roles)

    @property
    def district_wide(self) -> bool:
        """Whether somebody administers the district."""
        return self.everywhere(Right.ADMINISTER)

    @property
    def administered_school_ids(self) -> frozenset[int]:
        """Ids of the schools that somebody administers by name; the district's administrator has none."""
        return self.schools_with(Right.ADMINISTER)

    @property
    def is_administrator(self) -> bool:
        """Whether somebody administers a school, or the district."""
        return self.somewhere(Right.ADMINISTER)

    @property
    def is_teacher(self) -> bool:
        """Whether somebody is a teacher by role; the classes follow from the roster."""
        return self.holds(Role.TEACHER)

    @property
    def keeps_some_office(self) -> bool:
        """Whether somebody keeps the office of a school."""
        return self.somewhere(Right.OFFICE)

    @property
    def keeps_accounts(self) -> bool:
        """Whether somebody says who signs in and who holds which role."""
        return self.everywhere(Right.ACCOUNTS)

    @property
    def reads_schools(self) -> bool:
        """Whether a whole school's students and days are open to somebody, beyond classes taught."""
        return self.somewhere(Right.READ)

    @property
    def reads_months(self) -> bool:
        """Whether the months of some school are open to somebody."""
        return self.somewhere(Right.FIGURES)

    def administers(self, school_id: int) -> bool:
        """Whether a school is this person's to administer."""
        return self.may(Right.ADMINISTER, school_id)

    def reads(self, school_id: int) -> bool:
        """Whether all of a school's students, classes and days are this person's to see."""
        return self.may(Right.READ, school_id)

    def keeps_office(self, school_id: int) -> bool:
        """Whether this person enters excuses in a school, and marks on behalf of its teachers (RD-25)."""
        return self.may(Right.OFFICE, school_id)

    def knows_reasons(self, school_id: int) -> bool:
        """Whether this person may know why a school's students were excused (RD-60)."""
        return self.may(Right.REASONS, school_id)


def installation_scope(now: datetime) -> Scope:
    """The scope of commands and tasks, which act for the whole district and for nobody."""
    found = District.objects.values_list("time_zone", flat=True).first()
    zone = found or _ZONE_WITHOUT_DISTRICT
    years = SchoolYear.objects.values_list("starts_on", flat=True)
    return Scope(None, now, zone, _year_start(years, local_date(now, zone)), _INSTALLATION)


def bare_installation_scope(now: datetime) -> Scope:
    """The same where there may be no database to ask: in UTC, the year beginning today."""
    return Scope(None, now, "UTC", now.date(), _INSTALLATION)


def scope_of(user: User, now: datetime) -> Scope:
    """The scope of a signed-in person, by the roles held on the day of `now`; one statement."""
    fact = JSONObject(role="role", school="school_id", starts="starts_on", ends="ends_on")
    roles_held = RoleAssignment.objects.filter(user=OuterRef("pk")).values(fact=fact)
    found = User.objects.filter(pk=user.pk).values_list(
        Subquery(District.objects.values("time_zone")[:1]),
        ArraySubquery(SchoolYear.objects.values("starts_on")),
        ArraySubquery(roles_held),
    )
    zone, years, roles = found.get()
    zone = zone or _ZONE_WITHOUT_DISTRICT
    today = local_date(now, zone)
    holding = (fact for fact in roles if fact["starts"] <= today.isoformat() <= (fact["ends"] or _OPEN_END))
    return Scope(
        user.pk,
        now,
        zone,
        _year_start(years, today),
        frozenset(HeldRole(fact["role"], fact["school"]) for fact in holding),
    )


def _year_start(years: Iterable[date], today: date) -> date:
    return max((start for start in years if start <= today), default=today)


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
    return Student.objects.filter(Q(pk__in=enrolled.values("student_id")) | Q(pk__in=_taught_student_ids(scope)))


def _why_student(scope: Scope, student: Student) -> str | None:
    if why := _why_by_role(scope, Right.READ, None):
        return why
    enrolled = _enrollments_this_year(scope).filter(school__in=scope.schools_with(Right.READ), student=student)
    if (school := enrolled.values_list("school_id", flat=True).first()) is not None:
        return why_in_school(scope, Right.READ, school)
    return "teaches the student" if student.pk in set(_taught_student_ids(scope)) else None


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


def _visible_imports(scope: Scope) -> QuerySet:
    return RosterRun.objects.all() if scope.district_wide else RosterRun.objects.none()


def _why_import(scope: Scope, run: RosterRun) -> str | None:
    return "district administrator" if scope.district_wide else None


register(RosterRun, AccessRule(_visible_imports, _why_import))
register(School, AccessRule(_visible_schools, _why_school))
register(Section, AccessRule(_visible_sections, _why_section))
register(Student, AccessRule(_visible_students, _why_student))
register(GuardianLink, _of_students(GuardianLink, Right.CONTACTS, lambda students: Q(student__in=students)))
register(
    Guardian,
    _of_students(
        Guardian,
        Right.CONTACTS,
        lambda students: Q(pk__in=GuardianLink.objects.filter(student__in=students).values("guardian_id")),
    ),
)
register(Immunization, _of_students(Immunization, Right.REASONS, lambda students: Q(student__in=students)))
register(ApiToken, AccessRule(_visible_tokens, _why_token))
register(User, AccessRule(_visible_accounts, _why_account))
register(RoleAssignment, AccessRule(_visible_roles, _why_role))
