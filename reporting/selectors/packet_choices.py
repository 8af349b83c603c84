"""What somebody may ask a packet about: the student that was searched for, the schools, and their months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery

from attendance.selectors.school_years import reporting_months, school_year
from reporting.access import audited_students
from reporting.models import PacketKind
from reporting.rules.month_names import MONTHS, MonthName, month_name
from reporting.rules.packet_asked import LONGEST
from reporting.selectors.months import school_month, school_with_months
from students.access import Scope
from students.models import Enrollment, School
from students.refusals import NotInScope, Refused
from students.rules.names import name_words
from students.rules.rights import Right
from students.selectors.places import schools_with_right

MOST_FOUND = 20


@dataclass(frozen=True)
class FoundStudent:
    """A student whose name or state id was searched for, with the latest school."""

    id: int
    name: str
    state_id: str
    school: str
    grade: str


@dataclass(frozen=True)
class Choices:
    """The schools whose days and months somebody may ask about, and the year's months that have begun."""

    schools: Sequence[School]
    months: Sequence[tuple[int, MonthName, date, date]]
    no_months: str


@dataclass(frozen=True)
class Subject:
    """What a packet is to be about, in words, with the days that are offered first; `may_choose` other days."""

    kind: str
    name: str
    starts_on: date
    ends_on: date
    may_choose: bool
    student_id: int | None = None
    school_id: int | None = None
    month: int | None = None


def found_students(scope: Scope, words: str) -> list[FoundStudent]:
    """Students by parts of the name or the beginning of a state id, MOST_FOUND and one at most; two statements."""
    if not name_words(words):
        return []
    latest = Enrollment.objects.filter(student=OuterRef("pk"), is_primary=True, starts_on__lte=scope.today)
    latest = latest.order_by("-starts_on")
    found = audited_students(scope).annotate(
        latest_school=Subquery(latest.values("school__name")[:1]), latest_grade=Subquery(latest.values("grade")[:1])
    )
    for word in name_words(words):
        found = found.filter(Q(sort_name__contains=word) | Q(state_id__startswith=word))
    return [
        FoundStudent(each.pk, each.listed_name, each.state_id, each.latest_school or "", each.latest_grade or "")
        for each in found.order_by("sort_name", "pk")[: MOST_FOUND + 1]
    ]


def packet_choices(scope: Scope) -> Choices:
    """The schools and months that can be asked about; four statements at most."""
    schools = list(schools_with_right(scope, Right.FIGURES))
    try:
        year = school_year(scope)
        ranges = {each.month: each for each in reporting_months(scope, year)}
    except Refused as refusal:
        return Choices(schools, [], str(refusal))
    begun = [number for number in MONTHS if number in ranges and ranges[number].starts_on <= scope.today]
    months = [
        (number, month_name(number, year.starts_on.year), ranges[number].starts_on, ranges[number].ends_on)
        for number in begun
    ]
    return Choices(schools, months, "")


def packet_subject(
    scope: Scope,
    kind: str,
    *,
    student_id: int | None = None,
    school_id: int | None = None,
    month: int | None = None,
    day: date | None = None,
) -> Subject:
    """What somebody is about to ask for. Raises NotInScope for what is not theirs, Refused for a month without days."""
    if kind == PacketKind.STUDENT:
        student = audited_students(scope).filter(pk=student_id or 0).first()
        if student is None:
            raise NotInScope
        first = day or max(scope.year_starts_on, scope.today - LONGEST + timedelta(days=1))
        last = day or scope.today
        return Subject(kind, student.listed_name, first, last, True, student_id=student.pk)
    school = school_with_months(scope, school_id or 0)
    if kind == PacketKind.DAY:
        asked = day or scope.today
        return Subject(kind, school.name, asked, asked, True, school_id=school.pk)
    if kind != PacketKind.MONTH or month is None or month not in MONTHS:
        raise NotInScope
    held = school_month(scope, school, school_year(scope), month)
    last = min(held.ends_on, scope.today)
    return Subject(kind, school.name, held.starts_on, last, False, school_id=school.pk, month=month)
