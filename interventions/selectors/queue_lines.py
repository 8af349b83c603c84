"""Cases as the queue shows them: who, how often absent, why it hurries, what is next, who has it, what was tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from attendance.models import Mode
from attendance.selectors.day_words import mode_words
from interventions.models import Case, Contact, ContactResult, Standing, Step, StepState
from interventions.rules.urgency import CaseFacts, reasons
from interventions.selectors.queue import enrolled, newest_day, open_cases
from interventions.selectors.queue_order import cases_in_order
from interventions.selectors.queue_words import reason_words
from students.access import Scope
from students.refusals import NotInScope


@dataclass(frozen=True)
class NextStep:
    """The open step that is due first; the owner of the step where it is not the case's."""

    id: int
    words: str
    due_on: date | None
    is_late: bool
    owner: str


@dataclass(frozen=True)
class LastContact:
    """The newest attempt to reach the family. `of_step` is the open step that it may have ended."""

    day: date
    kind: str
    result: str
    of_step: Step | None


@dataclass(frozen=True)
class CaseLine:
    """One open case. `why` is empty where nothing hurries; `mode` is in words, of the newest day in the ledger."""

    case_id: int
    student_id: int
    name: str
    state_id: str
    school: str
    grade: str
    mode: str
    is_in_person: bool
    tier: int
    absences: int | None
    why: Sequence[str]
    is_late: bool
    next_step: NextStep | None
    owner_id: int | None
    owner: str
    last_contact: LastContact | None


def case_lines(scope: Scope, facts: Sequence[CaseFacts]) -> list[CaseLine]:
    """The lines of cases that the queue gave out, in its order; four statements however many they are."""
    cases = {case.pk: case for case in _cases(scope, [each.case_id for each in facts])}
    steps, late = _next_steps(list(cases)), _late_steps(scope, list(cases))
    contacts = _last_contacts([case.student_id for case in cases.values()])
    return [
        _line(
            scope,
            cases[each.case_id],
            [reason_words(because, late.get(each.case_id, 0)) for because in reasons(each, scope.today)],
            steps.get(each.case_id),
            contacts.get(cases[each.case_id].student_id),
        )
        for each in facts
        if each.case_id in cases
    ]


def case_line(scope: Scope, case_id: int) -> CaseLine:
    """One open case's line, as it stands now. Raises NotInScope."""
    lines = case_lines(scope, cases_in_order(scope, open_cases(scope).filter(pk=case_id)).cases)
    if not lines:
        raise NotInScope
    return lines[0]


def _cases(scope: Scope, case_ids: Sequence[int]) -> QuerySet[Case]:
    standings = Standing.objects.filter(student=OuterRef("student"), year=OuterRef("year"))
    return (
        open_cases(scope)
        .filter(pk__in=case_ids)
        .select_related("student", "school", "owner")
        .annotate(
            grade=Subquery(enrolled(scope).values("grade")[:1]),
            mode=Subquery(newest_day(scope).values("mode")[:1]),
            absences=Subquery(standings.values("absences")[:1]),
        )
    )


def _next_steps(case_ids: Sequence[int]) -> Mapping[int, Step]:
    steps = Step.objects.filter(case__in=case_ids, state=StepState.OPEN).select_related("owner")
    first = steps.order_by("case_id", F("due_on").asc(nulls_last=True), "tier", "position", "pk").distinct("case_id")
    return {step.case_id: step for step in first}


def _late_steps(scope: Scope, case_ids: Sequence[int]) -> Mapping[int, int]:
    late = Step.objects.filter(case__in=case_ids, state=StepState.OPEN, due_on__lt=scope.today)
    return dict(late.order_by().values_list("case").annotate(Count("pk")))


def _last_contacts(student_ids: Sequence[int]) -> Mapping[int, Contact]:
    tried = Contact.objects.filter(student__in=student_ids, withdrawn_at=None).select_related("step")
    newest = tried.order_by("student_id", "-happened_at", "-pk").distinct("student_id")
    return {contact.student_id: contact for contact in newest}


def _line(scope: Scope, case: Case, why: Sequence[str], step: Step | None, contact: Contact | None) -> CaseLine:
    next_step = _next(scope, step) if step else None
    return CaseLine(
        case_id=case.pk,
        student_id=case.student_id,
        name=case.student.listed_name,
        state_id=case.student.state_id,
        school=case.school.name,
        grade=case.grade or "",  # type: ignore[attr-defined]
        mode=mode_words(case.mode) if case.mode else "",  # type: ignore[attr-defined]
        is_in_person=case.mode == Mode.IN_PERSON,  # type: ignore[attr-defined]
        tier=case.tier,
        absences=case.absences,  # type: ignore[attr-defined]
        why=why,
        is_late=bool(next_step and next_step.is_late),
        next_step=next_step,
        owner_id=case.owner_id,
        owner=case.owner.full_name if case.owner else "",
        last_contact=_contact(contact) if contact else None,
    )


def _next(scope: Scope, step: Step) -> NextStep:
    is_late = step.due_on is not None and step.due_on < scope.today
    return NextStep(step.pk, step.words, step.due_on, is_late, step.owner.full_name if step.owner else "")


def _contact(contact: Contact) -> LastContact:
    step, was_reached = contact.step, contact.result == ContactResult.REACHED
    return LastContact(
        day=contact.day,
        kind=contact.get_kind_display(),
        result=contact.get_result_display(),
        of_step=step if step and was_reached and step.state == StepState.OPEN else None,
    )
