"""The working of one student's day: every contribution, the rules, the verdict. Command, page and API share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from attendance.models import CalendarDay, DailyAttendance, GradeDay, SchoolDays
from attendance.rules.day import DayVerdict
from attendance.rules.policy import NoPolicy, Policy, policy_on
from attendance.selectors.day_rows import day_rows
from attendance.selectors.day_words import calendar_words, mode_words
from attendance.selectors.disagreements import disagreement
from attendance.selectors.evidence_lines import evidence_lines
from attendance.selectors.excuses import ExcuseLine, excuses_on, may_keep_excuses, may_know_reasons
from attendance.selectors.judged import JudgedDay, judged_days
from attendance.selectors.lacking import lacks_of
from attendance.selectors.meeting_lines import MeetingLine, meeting_lines
from attendance.selectors.office_lines import office_lines
from attendance.selectors.piece_lines import PieceLine, piece_lines
from attendance.selectors.policies import policies
from attendance.selectors.rule_words import RuleLine, rule_lines
from attendance.selectors.source_line import SourceLine
from attendance.selectors.teaching_lines import TeachingLine, teaching_lines
from attendance.selectors.verdict_words import verdict_sentence, why_no_verdict
from students.access import Scope, visible_to
from students.models import Enrollment, Student
from students.refusals import NotInScope

NOT_ENROLLED, NOT_IN_SESSION, NOT_OPENED = "not_enrolled", "not_in_session", "not_opened"


@dataclass(frozen=True)
class Place:
    """The school that a day belongs to (RD-09), the grade there, and what its calendar says of the day."""

    school_id: int
    school: str
    code: str
    grade: str
    calendar: str


@dataclass(frozen=True)
class Working:
    """How a verdict came about: classes met live, the other pieces of the day, what was told of it, and the rules.

    `too_short` is the policy's minimum where less was required of the student without an own schedule (MS-02, RD-01).
    """

    verdict: DayVerdict
    mode: str
    policy: str
    policy_from: date
    percent: int
    meetings: Sequence[MeetingLine]
    pieces: Sequence[PieceLine]
    teaching: Sequence[TeachingLine]
    office: Sequence[SourceLine]
    evidence: Sequence[SourceLine]
    rules: Sequence[RuleLine]
    too_short: int | None


@dataclass(frozen=True)
class Reader:
    """Whether whoever reads may know of health in the rules that decided, and reasons and notes besides (RD-60)."""

    health: bool
    notes: bool


@dataclass(frozen=True)
class Explanation:
    """One student's day. Where it has no row, `working` is None and `sentence` says why.

    `disagreement` is empty while the ledger stores what the facts say. `knows_reasons`: whether the excuses carry
    their reasons, which the office, the nurse and an auditor may read (RD-60); `keeps_excuses`: who enters them.
    """

    student_id: int
    name: str
    state_id: str
    day: date
    place: Place | None
    status: str
    sentence: str
    working: Working | None
    excuses: Sequence[ExcuseLine]
    knows_reasons: bool
    keeps_excuses: bool
    disagreement: str

    @property
    def mark(self) -> str:
        """The shape that stands for the day: an excused absence has its own."""
        if self.working is None:
            return "void"
        return "excused" if self.working.verdict.absence_kind == "excused" else self.status


def student_with_state_id(scope: Scope, state_id: str) -> int:
    """The student with a state id. Raises NotInScope."""
    found = visible_to(scope, Student).filter(state_id=state_id).exclude(state_id="")
    if (student_id := found.values_list("pk", flat=True).first()) is None:
        raise NotInScope
    return int(student_id)


def explain_day(scope: Scope, student_id: int, day: date, *, in_public: bool = False) -> Explanation:
    """Explain a student's day as far as this person may know of it (RD-60). Raises NotInScope.

    `in_public`: where others may read along, as in a terminal's scrollback, notes and reasons are left out for
    anybody; the rules that decided bear their numbers all the same.
    """
    student = visible_to(scope, Student).filter(pk=student_id).first()
    if student is None:
        raise NotInScope
    with transaction.atomic():
        _hold_still(student_id, day)
        return _explained(scope, student, day, in_public=in_public)


def _hold_still(student_id: int, day: date) -> None:
    """Keep the writer off this one row while its facts are read, lest a save in between look like a fault."""
    row = DailyAttendance.objects.select_for_update(no_key=True).filter(student=student_id, date=day)
    list(row.values_list("pk"))


def _explained(scope: Scope, student: Student, day: date, *, in_public: bool) -> Explanation:
    policy = _policy(scope, day)
    judged = next(judged_days(scope, [student.pk], day, day), None) if policy else None
    enrollment = _enrollment(student, day)
    calendar_day = _calendar_day(enrollment, day)
    place = _place(enrollment, calendar_day)
    knows_reasons = may_know_reasons(scope, student.pk, day, day)
    reader = Reader(health=knows_reasons, notes=knows_reasons and not in_public)
    working = _working(scope, judged, reader, school=place.school if place else "") if judged else None
    return Explanation(
        student_id=student.pk,
        name=student.listed_name,
        state_id=student.state_id,
        day=day,
        place=place,
        status=working.verdict.status if working else _status(enrollment, calendar_day),
        sentence=verdict_sentence(working.verdict, working.meetings, working.pieces, health=reader.health)
        if working
        else _why(scope, place, calendar_day, day),
        working=working,
        excuses=excuses_on(
            scope,
            student.pk,
            day,
            school_id=place.school_id if place else None,
            policy=policy,
            with_reasons=knows_reasons,
        ),
        knows_reasons=knows_reasons,
        keeps_excuses=may_keep_excuses(scope, student.pk, day, day),
        disagreement=disagreement(scope, student.pk, day, judged),
    )


def _policy(scope: Scope, day: date) -> Policy | None:
    try:
        return policy_on(day, policies(scope))
    except NoPolicy:
        return None


def _enrollment(student: Student, day: date) -> Enrollment | None:
    primary = Enrollment.attending_on(day).filter(student=student, is_primary=True)
    return primary.select_related("school__district").first()


def _calendar_day(enrollment: Enrollment | None, day: date) -> CalendarDay | GradeDay | None:
    """The day of the school's calendar, as the student's grade has it."""
    if enrollment is None:
        return None
    own = GradeDay.objects.filter(
        calendar_day__school=enrollment.school_id, calendar_day__date=day, grade=enrollment.grade
    )
    held = CalendarDay.objects.filter(school=enrollment.school_id, date=day)
    return own.select_related("bell_schedule").first() or held.select_related("bell_schedule").first()


def _place(enrollment: Enrollment | None, calendar_day: CalendarDay | GradeDay | None) -> Place | None:
    if enrollment is None:
        return None
    school = enrollment.school
    return Place(school.pk, school.name, school.state_code, enrollment.grade, calendar_words(calendar_day))


def _status(enrollment: Enrollment | None, calendar_day: CalendarDay | GradeDay | None) -> str:
    if enrollment is None:
        return NOT_ENROLLED
    return NOT_OPENED if calendar_day and calendar_day.in_session else NOT_IN_SESSION


def _why(scope: Scope, place: Place | None, calendar_day: CalendarDay | GradeDay | None, day: date) -> str:
    opened = SchoolDays.objects.filter(school=place.school_id).first() if place else None
    return why_no_verdict(
        day,
        today=scope.today,
        school=place.school if place else "",
        calendar_day=calendar_day,
        opened_through=opened.opened_through if opened else None,
    )


def _working(scope: Scope, judged: JudgedDay, reader: Reader, *, school: str) -> Working:
    policy, rows, lacks = judged.policy, day_rows(scope, judged), lacks_of(judged)
    return Working(
        verdict=judged.verdict,
        mode=mode_words(judged.mode),
        policy=policy.name,
        policy_from=policy.starts_on,
        percent=policy.presence_percent,
        meetings=meeting_lines(scope, judged, lacks),
        pieces=piece_lines(scope, judged, rows, lacks),
        teaching=teaching_lines(scope, judged, rows, school=school, health=reader.notes),
        office=office_lines(scope, judged, rows, health=reader.notes),
        evidence=evidence_lines(scope, judged, rows),
        rules=rule_lines(_deciding(judged), policy, health=reader.health),
        too_short=_too_short(judged),
    )


def _deciding(judged: JudgedDay) -> list[str]:
    """The rules of the verdict first, then those by which single pieces stand."""
    return [*judged.verdict.rules, *(number for piece in judged.facts.meetings for number in piece.basis)]


def _too_short(judged: JudgedDay) -> int | None:
    """MS-02, RD-01: a day under the minimum is a finding, unless the student's own day may be shorter."""
    least, about = judged.policy.minimum_minutes, judged.day.about
    may_be_shorter = about.own_schedule or about.colleges_out
    return least if judged.verdict.minutes_required < least and not may_be_shorter else None
