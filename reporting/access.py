"""Who may see a school's months: those who administer or audit it. Teachers and the office do not."""

from django.db.models import Q, QuerySet

from reporting.models import AuditPacket, Certification, MonthRun
from students.access import AccessRule, Scope, register, visible_to, why_in_school
from students.models import Enrollment, School, Student
from students.rules.rights import Right


def _visible_runs(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.FIGURES):
        return MonthRun.objects.all()
    return MonthRun.objects.filter(school__in=scope.schools_with(Right.FIGURES))


def _why_run(scope: Scope, run: MonthRun) -> str | None:
    return why_in_school(scope, Right.FIGURES, run.school_id)


register(MonthRun, AccessRule(_visible_runs, _why_run))


def audited_students(scope: Scope) -> QuerySet[Student]:
    """The students of whom somebody may ask for a packet: those who were ever in a school whose months are open."""
    found = visible_to(scope, Student)
    if scope.everywhere(Right.FIGURES):
        return found
    held = Enrollment.objects.filter(school__in=scope.schools_with(Right.FIGURES), starts_on__lte=scope.today)
    return found.filter(pk__in=held.values("student_id"))


def _visible_packets(scope: Scope) -> QuerySet:
    """A packet holds what its maker might see: it is for the maker, as long as the right lasts, and for those who may
    see everything (RD-60).
    """
    if scope.district_wide:
        return AuditPacket.objects.all()
    mine = AuditPacket.objects.filter(requested_by=scope.user_id)
    schools = School.objects.all()
    if not scope.everywhere(Right.FIGURES):
        schools = schools.filter(pk__in=scope.schools_with(Right.FIGURES))
    return mine.filter(Q(school__in=schools) | Q(student__in=audited_students(scope)))


def _why_packet(scope: Scope, packet: AuditPacket) -> str | None:
    if scope.district_wide:
        return "district administrator"
    return "asked for it" if _visible_packets(scope).filter(pk=packet.pk).exists() else None


register(AuditPacket, AccessRule(_visible_packets, _why_packet))


def _visible_certifications(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.FIGURES):
        return Certification.objects.all()
    return Certification.objects.filter(school__in=scope.schools_with(Right.FIGURES))


def _why_certification(scope: Scope, certification: Certification) -> str | None:
    return why_in_school(scope, Right.FIGURES, certification.school_id)


register(Certification, AccessRule(_visible_certifications, _why_certification))
