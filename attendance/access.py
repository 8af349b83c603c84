"""Who may see which class meeting, and who may mark it; who may read excuses and their documents."""

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from attendance.models import ClassMeeting, Document, Excuse, LmsRun
from students.access import AccessRule, Scope, register, taught_section_ids, visible_to, why_can_view
from students.models import Enrollment, Section, Student
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


def _visible_excuses(scope: Scope) -> QuerySet:
    """Excuses with their reasons, for those who may know them (RD-60).

    The days belong to the school of the primary enrollment (RD-09): an excuse over days of another school, too, is for
    those alone who may read in both.
    """
    if scope.everywhere(Right.REASONS):
        return Excuse.objects.all()
    begun = Enrollment.objects.filter(student=OuterRef("student"), is_primary=True, starts_on__lte=OuterRef("ends_on"))
    held = begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("starts_on")))
    mine = Q(school__in=scope.schools_with(Right.REASONS))
    return Excuse.objects.filter(
        Exists(held.filter(mine)), ~Exists(held.exclude(mine)), student__in=visible_to(scope, Student)
    )


def _visible_documents(scope: Scope) -> QuerySet:
    return Document.objects.unsealed().filter(excuse__in=_visible_excuses(scope))


def _why_excuse(scope: Scope, excuse: Excuse) -> str | None:
    found = _visible_excuses(scope).filter(pk=excuse.pk).exists()
    return "may know the reasons in the student's school" if found else None


def _why_document(scope: Scope, document: Document) -> str | None:
    if not Document.objects.unsealed().filter(pk=document.pk).exists():
        return None
    return why_can_view(scope, document.excuse)


register(Excuse, AccessRule(_visible_excuses, _why_excuse))
register(Document, AccessRule(_visible_documents, _why_document))
register(ClassMeeting, AccessRule(_visible_meetings, _why_meeting))


def _visible_lms_files(scope: Scope) -> QuerySet:
    return LmsRun.objects.all() if scope.district_wide else LmsRun.objects.none()


def _why_lms_file(scope: Scope, run: LmsRun) -> str | None:
    return "district administrator" if scope.district_wide else None


register(LmsRun, AccessRule(_visible_lms_files, _why_lms_file))
