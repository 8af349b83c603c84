"""Who may see which class meeting, and who may mark it."""

from django.db.models import Model, Q, QuerySet

from attendance.models import ClassMeeting
from students.access import AccessRule, Scope, register, taught_section_ids, visible_to, why_can_view
from students.models import Section
from students.rules.rights import Right


def _visible_meetings(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.READ):
        return ClassMeeting.objects.all()
    mine = Q(section__in=taught_section_ids(scope))
    return ClassMeeting.objects.filter(mine | Q(school__in=scope.schools_with(Right.READ)))


def _why_meeting(scope: Scope, meeting: ClassMeeting) -> str | None:
    return why_can_view(scope, meeting.section)


def markable(scope: Scope) -> QuerySet:
    """The meetings that somebody may mark: those of the classes below."""
    return _open_to_marks(scope, ClassMeeting, "section")


def markable_sections(scope: Scope) -> QuerySet:
    """The classes that somebody may mark: their own, and those of a school whose office they keep (RD-25)."""
    return _open_to_marks(scope, Section, "pk")


def _open_to_marks(scope: Scope, kind: type[Model], section: str) -> QuerySet:
    found = visible_to(scope, kind)
    if scope.everywhere(Right.OFFICE):
        return found
    mine = Q(**{f"{section}__in": taught_section_ids(scope)})
    return found.filter(mine | Q(school__in=scope.schools_with(Right.OFFICE)))


register(ClassMeeting, AccessRule(_visible_meetings, _why_meeting))
