"""A child's day as it goes: each class as it is taken, log-ons, and what it comes to so far (MD-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from attendance.models import ClassMeeting, DailyAttendance, Engagement, Interaction, OfficeEvent
from attendance.rules.policy import NoPolicy
from attendance.selectors.board_version import digest
from attendance.selectors.day_rows import day_rows
from attendance.selectors.judged import JudgedDay, judged_days
from attendance.selectors.local_times import local_time
from reporting.rules.family_day import SeenDay, day_state, shape_of, why_no_day
from reporting.selectors.family_classes import FamilyClass, family_classes
from reporting.selectors.family_day_words import Minutes, headline, meaning
from reporting.selectors.family_places import ChildPlace, child_places
from reporting.selectors.family_told import Told, office_lines, online_lines
from students.access import Scope
from students.models import SectionEnrollment, Student
from students.selectors.families import own_child


@dataclass(frozen=True)
class FamilyDay:
    """A child's day in words: what it is, what that means, its classes, and what else is known."""

    child: Student
    day: date
    state: str
    headline: str
    meaning: str
    classes: Sequence[FamilyClass]
    online: Sequence[Told]
    office: Sequence[Told]

    @property
    def shape(self) -> str:
        """The shape that stands for the day."""
        return shape_of(self.state)


def family_today(scope: Scope, student_id: int) -> FamilyDay:
    """Today of an own child; the same number of statements however many classes. Raises NotInScope."""
    return family_day_of(scope, own_child(scope, student_id), scope.today)


def family_day_of(scope: Scope, child: Student, day: date) -> FamilyDay:
    """A day of a child, whom the caller took from the scope."""
    judged = judged_day(scope, child, day)
    place = child_places(scope, [child.pk], day)[child.pk]
    return without_a_verdict(scope, child, day, place) if judged is None else shown_day(scope, child, judged)


def judged_day(scope: Scope, child: Student, day: date) -> JudgedDay | None:
    """The day with its verdict; None where it has none, or no policy is in force."""
    try:
        return next(judged_days(scope, [child.pk], day, day), None)
    except NoPolicy:
        return None


def without_a_verdict(scope: Scope, child: Student, day: date, place: ChildPlace) -> FamilyDay:
    """A date that is no school day of the child's, or none yet, and why."""
    enrolled = place.enrollment is not None
    state = why_no_day(enrolled=enrolled, in_session=place.in_session, is_to_come=day > scope.today)
    school = place.enrollment.school.name if place.enrollment else ""
    said = headline(state, day_off=place.day_off)
    return FamilyDay(child, day, state, said, meaning(state, child.first_name, school=school), [], [], [])


def shown_day(scope: Scope, child: Student, judged: JudgedDay) -> FamilyDay:
    """A judged day of a child, whom the caller took from the scope, in words."""
    day, rows, verdict = judged.day.date, day_rows(scope, judged), judged.verdict
    state = day_state(
        SeenDay(
            status=verdict.status,
            absence_kind=verdict.absence_kind,
            rules=verdict.rules,
            expected=verdict.meetings_expected,
            untaken=verdict.meetings_untaken,
            is_over=day < scope.today,
            in_own_time=len(judged.own_time_sections) >= verdict.meetings_expected,
        )
    )
    minutes = Minutes(verdict.minutes_attended, verdict.minutes_required, verdict.minutes_needed)
    return FamilyDay(
        child=child,
        day=day,
        state=state,
        headline=headline(state),
        meaning=meaning(state, child.first_name, minutes),
        classes=family_classes(scope, judged, rows),
        online=online_lines(scope, rows, day),
        office=office_lines(rows, day),
    )


def today_version(scope: Scope, student_id: int) -> str:
    """What today shows, as a short name: another one as soon as anything of it moved. Raises NotInScope.

    A handful of rows: it is asked each minute by everybody who looks.
    """
    child, day = own_child(scope, student_id), scope.today
    rosters = SectionEnrollment.objects.holding_on(day).filter(student=child)
    meetings = ClassMeeting.objects.filter(section__in=rosters.values("section_id"), date=day).order_by("pk")
    minute = local_time(scope, scope.now).time()
    begun = [
        (pk, state, version, starts_at <= minute)
        for pk, state, version, starts_at in meetings.values_list("pk", "state", "version", "starts_at")
    ]
    ledger = DailyAttendance.objects.filter(student=child, date=day)
    verdict = ledger.values_list("status", "absence_kind", "minutes_attended", "minutes_untaken", "mode", "rules")
    office = OfficeEvent.objects.filter(student=child, starts_on__lte=day, ends_on__gte=day, withdrawn_at=None)
    engagement = Engagement.objects.filter(student=child, day=day).aggregate(Count("pk"), Max("pk"))
    talks = Interaction.objects.filter(student=child, day=day, withdrawn_at=None).aggregate(Count("pk"), Max("pk"))
    return digest(day, begun, *verdict, sorted(office.values_list("pk", flat=True)), engagement, talks)
