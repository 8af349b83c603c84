"""What a student's absences led to: counts for tiers and truancy for everybody who sees the days, and cases, letters,
notices and mail for those alone whose they are (RD-60, RD-61).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q

from interventions.models import Case, Message, StepState
from interventions.rules.policy import CarePolicy, NoCarePolicy, policy_on
from interventions.rules.standing import Judged
from interventions.selectors.letter_log import LetterLine, letters_of
from interventions.selectors.policies import care_policies
from interventions.selectors.sent_mail import newest_mail
from interventions.selectors.standings import judged_students
from interventions.selectors.truancy import NoticeLine, notices_of
from students.access import Scope, visible_to
from students.models import SchoolYear
from students.rules.rights import Right

NEWEST_MESSAGES = 5


@dataclass(frozen=True)
class Counted:
    """What counts for support (RD-40), for truancy (RD-41) and for the watch list of the tardy (MD-04), by the policy.

    `tier` is None for whoever works no case of the student: it tells of more than the days.
    """

    absences: int
    unlawful: int
    tardies: int
    tier: int | None
    policy: CarePolicy

    @property
    def thresholds(self) -> Sequence[int]:
        """The absences at which support begins and grows."""
        return sorted(self.policy.tiers.values())


@dataclass(frozen=True)
class CaseLine:
    """A case without a word of its notes; `due_on` is the earliest due day of the steps that are open."""

    case: Case
    owner: str
    open_steps: int
    due_on: date | None
    is_overdue: bool


@dataclass(frozen=True)
class Care:
    """The parts that are not everybody's; None where a part is not this person's to see."""

    cases: Sequence[CaseLine] | None
    notices: Sequence[NoticeLine] | None
    letters: Sequence[LetterLine] | None
    mail: Sequence[Message] | None


def counted_days(scope: Scope, student_id: int, year: SchoolYear, school_ids: Collection[int]) -> Counted | None:
    """What counts of a student's year so far; None while no policy is in force. The caller took the student from the
    scope, and the schools are those of the year's enrollments.
    """
    on = min(scope.today, year.ends_on or scope.today)
    try:
        policy = policy_on(on, care_policies(scope))
    except NoCarePolicy:
        return None
    [judged] = judged_students(scope, year, [student_id], on=on)
    return _counted(judged, policy, knows_tier=_holds(scope, Right.CASES, school_ids))


def _counted(judged: Judged, policy: CarePolicy, *, knows_tier: bool) -> Counted:
    return Counted(
        absences=judged.absences,
        unlawful=len(judged.unlawful_dates),
        tardies=judged.facts.tardies,
        tier=judged.tier if knows_tier else None,
        policy=policy,
    )


def care(scope: Scope, student_id: int, year_id: int, school_ids: Collection[int]) -> Care:
    """The parts of a student whom the caller took from the scope; one statement each."""
    cases, office = _holds(scope, Right.CASES, school_ids), _holds(scope, Right.OFFICE, school_ids)
    calls = _holds(scope, Right.CONTACTS, school_ids)
    return Care(
        cases=_cases(scope, student_id) if cases else None,
        notices=notices_of(scope, student_id, year_id) if cases or office else None,
        letters=letters_of(scope, student_id, year_id) if cases or office else None,
        mail=newest_mail(scope, student_id, NEWEST_MESSAGES) if calls else None,
    )


def _holds(scope: Scope, right: Right, school_ids: Collection[int]) -> bool:
    return any(scope.may(right, each) for each in school_ids) or scope.everywhere(right)


def _cases(scope: Scope, student_id: int) -> list[CaseLine]:
    open_step = Q(steps__state=StepState.OPEN)
    found = visible_to(scope, Case).filter(student=student_id).select_related("owner", "school")
    counted = found.annotate(open_steps=Count("steps", filter=open_step), due_on=Min("steps__due_on", filter=open_step))
    return [_case(scope, each) for each in counted.order_by(F("closed_at").desc(nulls_first=True), "-opened_at")]


def _case(scope: Scope, case: Case) -> CaseLine:
    due_on: date | None = case.due_on  # type: ignore[attr-defined]
    open_steps: int = case.open_steps  # type: ignore[attr-defined]
    owner = case.owner.full_name if case.owner else ""
    return CaseLine(case, owner, open_steps, due_on, due_on is not None and due_on < scope.today and case.is_open)
