"""What a message about a student's day is to say at this moment; None where it is not so, or no longer."""

from collections.abc import Callable
from datetime import date, time

from attendance.models import DailyAttendance, DayStatus, Decision, Excuse, Mark, MarkStatus, MeetingState
from interventions.models import Crossing, Message, MessageKind, MessageState
from interventions.rules.alerts import DaySoFar, is_corrected, is_told
from interventions.selectors import alert_words as words
from interventions.selectors.alert_facts import days_so_far, explained_on, missed_classes, school_of
from interventions.selectors.alert_policies import alert_policy, clock_of
from interventions.selectors.alert_words import Words
from students.access import Scope
from students.models import Student


def absence_now(scope: Scope, message: Message, student: Student) -> Words | None:
    """The absence of the day of a message, while nobody has explained it."""
    day = _day(message)
    at = clock_of(scope).time() if day == scope.today else time.max
    if not is_told(_so_far(scope, student, day), at, alert_policy(scope)):
        return None
    school = school_of(scope, student, day)
    absent = [each.meeting for each in missed_classes(scope, [student.pk], day) if each.mark.status == "absent"]
    # A homeroom marks the whole day in the morning: a class that is still to come was not missed yet.
    missed = [meeting for meeting in absent if meeting.starts_at <= at]
    return words.absence_words(student.given_name, school.name if school else "", day, missed)


def correction_now(scope: Scope, message: Message, student: Student) -> Words | None:
    """That the student was seen after all."""
    day = _day(message)
    return words.correction_words(student.given_name, day) if is_corrected(_so_far(scope, student, day)) else None


def missed_now(scope: Scope, message: Message, student: Student) -> Words | None:
    """A class missed, or come to late, while its mark says so, nobody has explained it, and the word of the whole day
    does not say it already.
    """
    wanted = MarkStatus.ABSENT if message.kind == MessageKind.CLASS_ABSENCE else MarkStatus.TARDY
    marks = Mark.objects.filter(pk=message.about["mark"], status=wanted, meeting__state=MeetingState.TAKEN)
    mark = marks.select_related("meeting__section__course").first()
    if mark is None or explained_on(scope, [student.pk], mark.meeting.date):
        return None
    if wanted == MarkStatus.TARDY:
        return words.tardy_words(student.given_name, mark.meeting)
    if _is_told_of_the_day(message):
        return None
    return words.class_absence_words(student.given_name, mark.meeting)


def not_known_now(scope: Scope, message: Message, student: Student) -> Words | None:
    """A day of which a class is not entered yet."""
    days = DailyAttendance.objects.filter(
        student=student, date=_day(message), status=DayStatus.UNDETERMINED, meetings_untaken__gt=0
    )
    return words.not_known_words(student.given_name, _day(message)) if days.exists() else None


def threshold_now(scope: Scope, message: Message, student: Student) -> Words | None:
    """A number of absences that was reached, and still is."""
    crossed = Crossing.objects.filter(pk=message.about["crossing"], withdrawn_at__isnull=True).first()
    return words.threshold_words(student.given_name, crossed.absences) if crossed else None


def document_now(scope: Scope, message: Message, student: Student) -> Words | None:
    """A decision about an excuse that stands."""
    standing = Excuse.objects.filter(withdrawn_at__isnull=True, decision=message.about["decision"])
    excuse = standing.filter(pk=message.about["excuse"]).first()
    if excuse is None:
        return None
    accepted = excuse.decision == Decision.ACCEPTED
    return words.document_words(student.given_name, excuse.starts_on, excuse.ends_on, accepted=accepted)


Truth = Callable[[Scope, Message, Student], Words | None]
# Of what was asked for besides the day's absence, one kind each.
CHOSEN: dict[str, Truth] = {
    MessageKind.CLASS_ABSENCE: missed_now,
    MessageKind.TARDY: missed_now,
    MessageKind.UNDETERMINED: not_known_now,
    MessageKind.THRESHOLD: threshold_now,
    MessageKind.DOCUMENT: document_now,
}


def _day(message: Message) -> date:
    return date.fromisoformat(message.about["date"])


def _so_far(scope: Scope, student: Student, day: date) -> DaySoFar:
    return days_so_far(scope, [student.pk], day).get(student.pk, DaySoFar())


def _is_told_of_the_day(message: Message) -> bool:
    """Whether the same person was written that the whole day is missed: its classes stand there."""
    told = Message.objects.filter(kind=MessageKind.ABSENCE, state=MessageState.SENT, student=message.student_id)
    same = told.filter(guardian=message.guardian_id, user=message.user_id)
    return same.filter(about__date=message.about["date"]).exists()
