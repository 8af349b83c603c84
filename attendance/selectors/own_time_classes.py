"""Classes that nobody meets live, since all of their students work in own time: no teacher is asked to take them.

They are found by the ledger: somebody of the roster is in own time there that day, and nobody else is at school. What
was found stands in a table; where there is news of a school's date, it is asked anew, so the answer is always exact.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from attendance.models import DailyAttendance, OwnTimeClass, OwnTimeNews
from attendance.selectors.own_time import in_own_time
from students.access import Scope
from students.models import SectionEnrollment

# The statement has `meeting`. Who is there live is looked for first, and of a class with some in own time nearly always
# found with the first or second.
_ON_ROSTER = """
    SELECT 1 FROM students_sectionenrollment roster
    JOIN attendance_dailyattendance ledger ON ledger.student_id = roster.student_id AND ledger.date = meeting.date
    WHERE roster.section_id = meeting.section_id AND roster.starts_on <= meeting.date
        AND COALESCE(roster.ends_on, 'infinity') >= meeting.date
        AND (meeting.section_id = ANY(ledger.own_time_sections)) = {own_time} LIMIT 1
"""
_NOBODY_LIVE = (
    f"(({_ON_ROSTER.format(own_time='false')}) IS NULL AND ({_ON_ROSTER.format(own_time='true')}) IS NOT NULL)"
)
# Joined before the condition that nobody is live, which is looked up where it is known, and found out where not.
KNOWN_OWN_TIME = """
    LEFT JOIN (SELECT DISTINCT school_id, date FROM attendance_owntimenews) news
        ON news.school_id = meeting.school_id AND news.date = meeting.date
    LEFT JOIN attendance_owntimeclass known
        ON known.section_id = meeting.section_id AND known.date = meeting.date AND known.school_id = meeting.school_id
"""
OWN_TIME = f"CASE WHEN news.date IS NULL THEN known.id IS NOT NULL ELSE {_NOBODY_LIVE} END"

_OF_DAY = f"""
    WITH news AS MATERIALIZED (
        SELECT DISTINCT school_id FROM attendance_owntimenews
        WHERE date = %(day)s AND school_id = ANY(%(school_ids)s))
    SELECT section_id FROM attendance_owntimeclass
    WHERE date = %(day)s AND school_id = ANY(%(school_ids)s) AND school_id NOT IN (SELECT school_id FROM news)
    UNION SELECT section_id FROM attendance_classmeeting meeting
    WHERE date = %(day)s AND school_id IN (SELECT school_id FROM news) AND {_NOBODY_LIVE}
"""  # noqa: S608 - constants of this module

_FOUND = f"""
    SELECT date, section_id FROM (
        SELECT DISTINCT school_id, date, section_id FROM attendance_classmeeting
        WHERE school_id = %(school)s AND date = ANY(%(dates)s::date[])) meeting
    WHERE {_NOBODY_LIVE}
"""  # noqa: S608 - constants of this module


def sections_in_own_time(scope: Scope, school_ids: Iterable[int], day: date) -> set[int]:
    """Classes of a day that nobody meets live, in one statement; the caller took the schools from the scope."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_DAY, {"day": day, "school_ids": list(school_ids)})
        return {section_id for (section_id,) in cursor.fetchall()}


def nobody_live() -> Q:
    """Meetings whose students all work in own time."""
    place = {"school": OuterRef("school"), "date": OuterRef("date")}
    news = Exists(OwnTimeNews.objects.filter(**place))
    known = Exists(OwnTimeClass.objects.filter(section=OuterRef("section"), **place))
    return Q(Q(known), ~Q(news)) | Q(Q(news), ~Q(Exists(_listed(own_time=False))), Q(Exists(_listed(own_time=True))))


def found_in_own_time(scope: Scope, school_id: int, dates: Collection[date]) -> set[tuple[date, int]]:
    """The dates and ids of a school's classes that nobody meets live on some dates, as rosters and ledger say; one
    statement. The caller took the school from the scope.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"school": school_id, "dates": list(dates)})
        return set(cursor.fetchall())


def schools_with_own_time_news(scope: Scope) -> list[int]:
    """Ids of the schools with dates of which it is to be found out anew."""
    return list(OwnTimeNews.objects.order_by("school").values_list("school", flat=True).distinct())


def _listed(*, own_time: bool) -> QuerySet[SectionEnrollment]:
    day = OuterRef(OuterRef("date"))
    there = DailyAttendance.objects.filter(student=OuterRef("student"), date=day)
    own = in_own_time(OuterRef("student"), day, OuterRef("section"))
    listed = SectionEnrollment.objects.holding_on(OuterRef("date")).filter(section=OuterRef("section"))
    return listed.filter(Exists(own)) if own_time else listed.filter(Exists(there), ~Exists(own))
