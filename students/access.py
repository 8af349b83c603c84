"""Who may see whom: the one place that decides, in both forms.

`visible_to` filters, `why_can_view` answers for one record with the reason; a test holds them equal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from students.clock import local_date
from students.models import (
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


@dataclass(frozen=True)
class Scope:
    """What somebody may see and do at one instant. Every selector and service takes one first.

    `user_id` is None for the installation itself (commands and tasks), which sees everything.
    """

    user_id: int | None
    now: datetime
    zone: str
    year_starts_on: date
    district_wide: bool = False
    administered_school_ids: frozenset[int] = frozenset()

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

    @property
    def is_administrator(self) -> bool:
        """Whether somebody administers a school, or the district."""
        return self.district_wide or bool(self.administered_school_ids)

    def administers(self, school_id: int) -> bool:
        """Whether a school is this person's to administer."""
        return self.district_wide or school_id in self.administered_school_ids


def installation_scope(now: datetime) -> Scope:
    """The scope of commands and tasks, which act for the whole district and for nobody."""
    zone = _zone()
    return Scope(None, now, zone, _year_start(local_date(now, zone)), district_wide=True)


def scope_of(user: User, now: datetime) -> Scope:
    """The scope of a signed-in person, by the roles held on the day of `now`."""
    zone = _zone()
    today = local_date(now, zone)
    held = list(RoleAssignment.objects.holding_on(today).filter(user=user).values_list("role", "school_id"))
    return Scope(
        user.pk,
        now,
        zone,
        _year_start(today),
        district_wide=any(role == Role.DISTRICT_ADMINISTRATOR for role, _ in held),
        administered_school_ids=frozenset(school for role, school in held if role == Role.SCHOOL_ADMINISTRATOR),
    )


def _zone() -> str:
    return District.objects.values_list("time_zone", flat=True).first() or "America/Chicago"


def _year_start(today: date) -> date:
    year = SchoolYear.objects.filter(starts_on__lte=today).order_by("-starts_on").values_list("starts_on", flat=True)
    return year.first() or today


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


def _rule(model: type[Model]) -> AccessRule:
    if model not in _rules:
        raise TypeError(f"No access rule knows {model.__name__}.")
    return _rules[model]


def _visible_schools(scope: Scope) -> QuerySet:
    if scope.district_wide:
        return School.objects.all()
    taught = Section.objects.filter(pk__in=taught_section_ids(scope)).values("school_id")
    return School.objects.filter(Q(pk__in=scope.administered_school_ids) | Q(pk__in=taught))


def _why_school(scope: Scope, school: School) -> str | None:
    if why := _why_administrator(scope, school.pk):
        return why
    return "teaches in the school" if school.sections.filter(pk__in=taught_section_ids(scope)).exists() else None


def _visible_sections(scope: Scope) -> QuerySet:
    if scope.district_wide:
        return Section.objects.all()
    return Section.objects.filter(Q(school__in=scope.administered_school_ids) | Q(pk__in=taught_section_ids(scope)))


def _why_section(scope: Scope, section: Section) -> str | None:
    if why := _why_administrator(scope, section.school_id):
        return why
    return "teaches the class" if section.pk in set(taught_section_ids(scope)) else None


def _visible_students(scope: Scope) -> QuerySet:
    if scope.district_wide:
        return Student.objects.all()
    enrolled = _enrollments_this_year(scope).filter(school__in=scope.administered_school_ids)
    return Student.objects.filter(Q(pk__in=enrolled.values("student_id")) | Q(pk__in=_taught_student_ids(scope)))


def _why_student(scope: Scope, student: Student) -> str | None:
    if scope.district_wide:
        return "district administrator"
    if _enrollments_this_year(scope).filter(school__in=scope.administered_school_ids, student=student).exists():
        return "administers the student's school"
    return "teaches the student" if student.pk in set(_taught_student_ids(scope)) else None


def _why_administrator(scope: Scope, school_id: int) -> str | None:
    if scope.district_wide:
        return "district administrator"
    return "administers the school" if scope.administers(school_id) else None


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


def _of_administrators(model: type[Model], within: Callable[[QuerySet], Q]) -> AccessRule:
    """Records that the administrators of a student's school see and nobody else does, teachers least (RD-60)."""

    def visible(scope: Scope) -> QuerySet:
        found = model._base_manager.all()
        enrolled = _enrollments_this_year(scope).filter(school__in=scope.administered_school_ids)
        return found if scope.district_wide else found.filter(within(enrolled.values("student_id")))

    def why(scope: Scope, record: Model) -> str | None:
        if scope.district_wide:
            return "district administrator"
        return "administers the student's school" if visible(scope).filter(pk=record.pk).exists() else None

    return AccessRule(visible, why)


def _visible_imports(scope: Scope) -> QuerySet:
    return RosterRun.objects.all() if scope.district_wide else RosterRun.objects.none()


def _why_import(scope: Scope, run: RosterRun) -> str | None:
    return "district administrator" if scope.district_wide else None


register(RosterRun, AccessRule(_visible_imports, _why_import))
register(School, AccessRule(_visible_schools, _why_school))
register(Section, AccessRule(_visible_sections, _why_section))
register(Student, AccessRule(_visible_students, _why_student))
register(GuardianLink, _of_administrators(GuardianLink, lambda students: Q(student__in=students)))
register(
    Guardian,
    _of_administrators(
        Guardian, lambda students: Q(pk__in=GuardianLink.objects.filter(student__in=students).values("guardian_id"))
    ),
)
register(Immunization, _of_administrators(Immunization, lambda students: Q(student__in=students)))
