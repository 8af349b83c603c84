"""One assignment, as those who say who looks for whom see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from interventions.models import Contact, OutreachAssignment, Standing
from interventions.selectors.criterion_words import CriterionLine, criterion_line
from interventions.selectors.outreach_workers import WorkerLine, active_lines
from interventions.selectors.standings import school_year_on
from students.access import Scope, visible_to
from students.refusals import NotInScope
from students.rules.rights import Right


@dataclass(frozen=True)
class AssignmentPage:
    """The assignment with its student and worker. `others` may take it over; nobody for those who do not assign."""

    assignment: OutreachAssignment
    criteria: Sequence[CriterionLine]
    attempts: Sequence[Contact]
    before: Sequence[OutreachAssignment]
    others: Sequence[WorkerLine]


def assignment_page(scope: Scope, assignment_id: int) -> AssignmentPage:
    """The page, for a care team; a worker has a list of their own. Raises NotInScope."""
    rows = visible_to(scope, OutreachAssignment).select_related("student", "worker__user", "assigned_by", "ended_by")
    found = rows.filter(pk=assignment_id).first()
    if found is None or not scope.works_cases:
        raise NotInScope
    its = Standing.objects.filter(student=found.student_id, year=school_year_on(scope, scope.today)).first()
    tried = Contact.objects.filter(student=found.student_id, withdrawn_at=None).select_related("made_by")
    others = active_lines(scope) if found.ended_at is None and scope.everywhere(Right.CASES) else []
    return AssignmentPage(
        assignment=found,
        criteria=[criterion_line(each) for each in its.criteria] if its else [],
        attempts=list(tried.order_by("-happened_at", "-pk")[:20]),
        before=list(rows.filter(student=found.student_id).exclude(pk=found.pk)),
        others=[each for each in others if each.room and each.id != found.worker_id],
    )
