"""A case as its page shows it: why it is there, whom to call, what is to be done, what was done, and what it did."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from attendance.selectors.school_days import session_days
from interventions.models import FAILED_RESULTS, Case, Contact, Crossing, Standing, Step, StepState
from interventions.rules.attendance_weeks import LedgerDay, before_and_after
from interventions.rules.due import school_days_left
from interventions.selectors.care_team import Member, care_team_of
from interventions.selectors.case_plot import Happening, Lane, Plot, days_of_case, plot_of
from interventions.selectors.case_records import CaseRecords, case_records
from interventions.selectors.case_timeline import TimelineLine, timeline_of
from interventions.selectors.case_words import (
    around_words,
    contact_words,
    crossing_words,
    listed_days,
    step_end_words,
    withdrawal_words,
)
from interventions.selectors.criterion_words import criterion_line
from interventions.selectors.referral_page import CaseReferrals, case_referrals
from interventions.selectors.returned_mail import addresses_that_return
from interventions.selectors.truancy import NoticeLine, notices_of
from students.access import Scope, visible_to
from students.clock import local_date
from students.models import Enrollment, GuardianLink, Student
from students.refusals import NotInScope
from students.selectors.guardians import guardians_of


@dataclass(frozen=True)
class WhyLine:
    """A reason of the case: a crossing with its day, or a criterion of disengagement with the days behind it."""

    on: date
    words: str
    days: str = ""
    withdrawn: str = ""
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class StepLine:
    """A step of the plan. `days_left` is None without a due day; `around` says what attendance did once it ended."""

    step: Step
    owner: str
    days_left: int | None
    attempts: Sequence[Contact]
    around: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.step.state == StepState.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its day is over."""
        return self.days_overdue > 0

    @property
    def days_overdue(self) -> int:
        """School days since its due day."""
        return max(0, -(self.days_left or 0)) if self.is_open else 0


@dataclass(frozen=True)
class CasePage:
    """The page. `standing` is None until the student was first looked at; `plot` without a day in the ledger."""

    case: Case
    grade: str
    standing: Standing | None
    crossings: Sequence[WhyLine]
    criteria: Sequence[WhyLine]
    # Of truancy, which counts otherwise than tiers do, and has the law's deadlines.
    notices: Sequence[NoticeLine]
    guardians: Sequence[GuardianLink]
    # The addresses among theirs whose mail comes back, in small letters.
    returned: set[str]
    steps: Sequence[StepLine]
    timeline: Sequence[TimelineLine]
    plot: Plot | None
    referrals: CaseReferrals
    team: Sequence[Member]

    @property
    def open_steps(self) -> Sequence[StepLine]:
        """What is still to be done, the first due first."""
        return [line for line in self.steps if line.is_open]

    @property
    def ended_steps(self) -> Sequence[StepLine]:
        """What is over, as the plan has it."""
        return [line for line in self.steps if not line.is_open]


def case_page(scope: Scope, case_id: int) -> CasePage:
    """The page of a case; the same number of statements however much happened. Raises NotInScope."""
    related = ("student", "school", "year", "owner", "closed_by")
    case = visible_to(scope, Case).select_related(*related).filter(pk=case_id).first()
    if case is None:
        raise NotInScope
    records, days = case_records(scope, case), days_of_case(scope, case)
    standing = Standing.objects.filter(student=case.student_id, year=case.year_id).first()
    guardians = [link for link in guardians_of(scope, case.student_id) if link.may_contact]
    return CasePage(
        case=case,
        grade=_grade(scope, case),
        standing=standing,
        crossings=[_why(each) for each in records.crossings],
        criteria=[_criterion(each) for each in (standing.criteria if standing else [])],
        notices=notices_of(scope, case.student_id, case.year_id),
        guardians=guardians,
        returned=addresses_that_return(scope, [link.guardian.email for link in guardians]),
        steps=_steps(scope, case, records, days),
        timeline=timeline_of(scope, records),
        plot=plot_of(scope, days, _happenings(scope, records)),
        referrals=case_referrals(scope, case),
        team=care_team_of(scope, case.school_id) if case.is_open else [],
    )


def case_of_student(scope: Scope, student_id: int) -> int | None:
    """The open case of a student, else the last one; None where there is none for this person. Raises NotInScope."""
    if not scope.works_cases or not visible_to(scope, Student).filter(pk=student_id).exists():
        raise NotInScope
    cases = visible_to(scope, Case).filter(student=student_id)
    newest = cases.order_by(F("closed_at").desc(nulls_first=True), "-opened_at")
    return newest.values_list("pk", flat=True).first()


def _grade(scope: Scope, case: Case) -> str:
    """The grade of the newest primary enrollment that has begun."""
    held = Enrollment.objects.filter(student=case.student_id, is_primary=True, starts_on__lte=scope.today)
    return held.order_by("-starts_on").values_list("grade", flat=True).first() or ""


def _why(crossing: Crossing) -> WhyLine:
    words, withdrawn = crossing_words(crossing), withdrawal_words(crossing)
    return WhyLine(crossing.crossed_on, words, withdrawn=withdrawn, withdrawn_at=crossing.withdrawn_at)


def _criterion(criterion: dict[str, Any]) -> WhyLine:
    line = criterion_line(criterion)
    return WhyLine(line.since, line.words, listed_days(line.days))


def _steps(scope: Scope, case: Case, records: CaseRecords, days: Sequence[LedgerDay]) -> list[StepLine]:
    session = session_days(scope, [case.school_id], case.year.starts_on)[case.school_id]
    attempts: dict[int, list[Contact]] = defaultdict(list)
    for contact in records.contacts:
        if contact.step_id is not None:
            attempts[contact.step_id].append(contact)
    lines = [_step(scope, case, step, session, attempts[step.pk], days) for step in records.steps]
    return sorted(lines, key=lambda line: (not line.is_open, line.step.due_on or date.max, line.step.position))


def _step(
    scope: Scope,
    case: Case,
    step: Step,
    session: Sequence[date],
    attempts: Sequence[Contact],
    days: Sequence[LedgerDay],
) -> StepLine:
    owner, ended = step.owner or case.owner, step.ended_at if step.state == StepState.DONE else None
    return StepLine(
        step=step,
        owner=owner.full_name if owner else "",
        days_left=school_days_left(step.due_on, scope.today, session) if step.due_on else None,
        attempts=attempts,
        around=around_words(before_and_after(days, local_date(ended, scope.zone))) if ended else "",
    )


def _happenings(scope: Scope, records: CaseRecords) -> list[Happening]:
    """What the plot marks. A contact that was withdrawn never took place."""
    return [
        *(
            Happening(Lane.CROSSING, each.crossed_on, _with_withdrawal(each), each.withdrawn_at is None)
            for each in records.crossings
        ),
        *(
            Happening(Lane.STEP, local_date(each.ended_at, scope.zone), step_end_words(each), _is_done(each))
            for each in records.steps
            if each.ended_at and each.ended_by_id
        ),
        *(
            Happening(Lane.CONTACT, each.day, contact_words(each), each.result not in FAILED_RESULTS)
            for each in records.contacts
            if each.withdrawn_at is None
        ),
    ]


def _with_withdrawal(crossing: Crossing) -> str:
    return ", ".join(filter(None, (crossing_words(crossing), withdrawal_words(crossing))))


def _is_done(step: Step) -> bool:
    return step.state == StepState.DONE
