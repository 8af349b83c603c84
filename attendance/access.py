"""Who may see which class meeting."""

from django.db.models import Q, QuerySet

from attendance.models import ClassMeeting
from students.access import AccessRule, Scope, register, taught_section_ids, why_can_view


def _visible_meetings(scope: Scope) -> QuerySet:
    if scope.district_wide:
        return ClassMeeting.objects.all()
    mine = Q(section__in=taught_section_ids(scope))
    return ClassMeeting.objects.filter(mine | Q(school__in=scope.administered_school_ids))


def _why_meeting(scope: Scope, meeting: ClassMeeting) -> str | None:
    return why_can_view(scope, meeting.section)


register(ClassMeeting, AccessRule(_visible_meetings, _why_meeting))
