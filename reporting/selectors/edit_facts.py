"""What the edit checks of a month look at besides the ledger and the calendar: a statement or two each.

The caller took the school from the scope. Dates are inclusive.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q

from attendance.models import DailyAttendance, Mark, MeetingState, OfficeEvent, OfficeKind
from attendance.selectors.reconciliation import contradictions
from interventions.models import TruancyNotice
from reporting.rules.class_facts import OfficeDisagreement
from reporting.rules.facts import EnrollmentFact, LateNotice, StudentOn
from students.access import Scope
from students.clock import local_date
from students.models import GuardianLink, RosterImport, Student
from students.rules.majority import is_of_age
from students.rules.state_codes import NO_SHOW


def seen_no_shows(
    scope: Scope, school_id: int, enrolled: Iterable[EnrollmentFact], from_date: date, to_date: date
) -> frozenset[int]:
    """Of the students who left as a no-show, those with minutes in a class of the month."""
    never_came = {each.student_id for each in enrolled if each.exit_code == NO_SHOW}
    marks = Mark.objects.filter(
        student__in=never_came, meeting__school=school_id, meeting__date__range=(from_date, to_date)
    )
    return frozenset(marks.filter(minutes_attended__gt=0).values_list("student_id", flat=True))


def suspended_days(scope: Scope, student_ids: Collection[int], from_date: date, to_date: date) -> list[StudentOn]:
    """Each day of the month on which the office has some students suspended out of school."""
    standing = OfficeEvent.objects.filter(kind=OfficeKind.SUSPENSION, withdrawn_at=None, student__in=student_ids)
    rows = standing.filter(starts_on__lte=to_date, ends_on__gte=from_date)
    found = {
        StudentOn(student, max(starts, from_date) + timedelta(days=each))
        for student, starts, ends in rows.values_list("student_id", "starts_on", "ends_on")
        for each in range((min(ends, to_date) - max(starts, from_date)).days + 1)
    }
    return sorted(found)


def stray_marks(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[StudentOn]:
    """Marks of taken classes of students who have no day in the ledger then: nobody was enrolled by that name."""
    days = DailyAttendance.objects.filter(student=OuterRef("student"), date=OuterRef("meeting__date"))
    marks = Mark.objects.filter(meeting__school=school_id, meeting__date__range=(from_date, to_date))
    stray = marks.filter(~Exists(days), meeting__state=MeetingState.TAKEN).order_by("meeting__date", "student_id")
    return [StudentOn(*row) for row in stray.values_list("student_id", "meeting__date")]


def without_contact(scope: Scope, enrolled: Iterable[EnrollmentFact]) -> list[int]:
    """Students still enrolled of whom nobody can be told; whoever is 18 speaks in person (RD-62)."""
    here = {each.student_id for each in enrolled if each.left_on is None and each.is_primary}
    reached = ~Q(guardian__email="") | ~Q(guardian__phone="") | ~Q(guardian__sms="")
    links = GuardianLink.objects.holding_on(scope.today).filter(reached, student__in=here, may_contact=True)
    alone = Student.objects.filter(pk__in=here - set(links.values_list("student_id", flat=True))).order_by("pk")
    return [each.pk for each in alone if not is_of_age(each.birth_date, scope.today)]


def late_notices(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[LateNotice]:
    """Notices of truancy due in the month that were reported later, or are not reported though the day is over."""
    due = TruancyNotice.objects.filter(school=school_id, due_on__range=(from_date, to_date), withdrawn_at=None)
    late = due.filter(Q(reported_on__gt=F("due_on")) | Q(reported_on=None, due_on__lt=scope.today))
    return [
        LateNotice(*row) for row in late.order_by("due_on", "pk").values_list("student_id", "due_on", "reported_on")
    ]


def disagreements(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[OfficeDisagreement]:
    """Days of which a teacher and the office say what cannot both be so (RD-06)."""
    found = contradictions(scope, [school_id], from_date, to_date)
    return [OfficeDisagreement(each.sort, each.student_id, each.day) for each in found]


def roster_taken_in_on(scope: Scope) -> date | None:
    """The local day of the newest roster; None where none was ever taken in."""
    newest = RosterImport.objects.aggregate(at=Max("applied_at"))["at"]
    return local_date(newest, scope.zone) if newest else None
