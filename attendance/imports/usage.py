"""What hangs on facts that an import would remove: marks are kept, derived days are let go."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from attendance.models import ClassMeeting, DailyAttendance, Mark, SchoolDays
from students.oneroster.kinds import CLASS_ENROLLMENTS, SCHOOL_ENROLLMENTS, TEACHERS, Kind


def still_used(kind: str, ids: Sequence[int]) -> set[int]:
    """Of the facts with these ids, those since whose first day a mark was made under them."""
    if kind == SCHOOL_ENROLLMENTS.name:
        marks = Mark.objects.filter(student=OuterRef("student"), meeting__school=OuterRef("school"))
        return _with(SCHOOL_ENROLLMENTS, ids, marks.filter(meeting__date__gte=OuterRef("starts_on")))
    if kind == CLASS_ENROLLMENTS.name:
        marks = Mark.objects.filter(student=OuterRef("student"), meeting__section=OuterRef("section"))
        return _with(CLASS_ENROLLMENTS, ids, marks.filter(meeting__date__gte=OuterRef("starts_on")))
    if kind == TEACHERS.name:
        taken = ClassMeeting.objects.filter(taken_by=OuterRef("user"), section=OuterRef("section"))
        return _with(TEACHERS, ids, taken.filter(date__gte=OuterRef("starts_on")))
    return set()


def _with(kind: Kind, ids: Sequence[int], entered: QuerySet) -> set[int]:
    facts = kind.model._base_manager.filter(pk__in=ids).filter(Exists(entered))
    return set(facts.values_list("pk", flat=True))


_TAKEN_WITHOUT = """
    SELECT DISTINCT joined.student, joined.section
    FROM unnest(%s, %s, %s::date[], %s::date[]) AS joined (student, section, since, until)
    JOIN students_student student ON student.source_id = joined.student
    JOIN students_section section ON section.source_id = joined.section
    JOIN attendance_classmeeting meeting ON meeting.section_id = section.id AND meeting.state = 'taken'
        AND meeting.date BETWEEN joined.since AND joined.until
    WHERE NOT EXISTS (
        SELECT FROM attendance_mark mark WHERE mark.meeting_id = meeting.id AND mark.student_id = student.id)
"""


def taken_without(joined: Sequence[tuple[str, str, date, date]]) -> set[tuple[str, str]]:
    """Students and classes of which a meeting was taken between two days, both inclusive, without the student."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN_WITHOUT, [list(column) for column in zip(*joined, strict=True)])
        return set(cursor.fetchall())


def release(kind: str, ids: Sequence[int]) -> None:
    """Take the ledger's days of these school enrollments away; the news of the import judges them anew.

    Locked in the order in which everything locks: the schools' days, then the ledger's rows by student and date.
    """
    if kind != SCHOOL_ENROLLMENTS.name:
        return
    days = DailyAttendance.objects.filter(enrollment__in=ids)
    schools = SchoolDays.objects.filter(school__in=days.values("school_id")).order_by("school_id")
    list(schools.select_for_update())
    list(days.order_by("student_id", "date").select_for_update().values_list("pk"))
    days.delete()
