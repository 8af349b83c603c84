"""What is kept in a case, read once for the page: contacts, steps, notes, referrals, and what happened to the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from interventions.models import Case, CaseNote, Contact, Crossing, ReferralMove, Step, TimelineEntry
from students.access import Scope, visible_to
from students.clock import local_date


@dataclass(frozen=True)
class CaseRecords:
    """Everything of one case; in the order of their own time."""

    crossings: Sequence[Crossing]
    steps: Sequence[Step]
    contacts: Sequence[Contact]
    notes: Sequence[CaseNote]
    moves: Sequence[ReferralMove]
    entries: Sequence[TimelineEntry]


def case_records(scope: Scope, case: Case) -> CaseRecords:
    """The records of a case that the caller took from the scope; six statements however many there are."""
    return CaseRecords(
        crossings=list(case.crossings.all()),
        steps=list(Step.objects.filter(case=case).select_related("owner", "ended_by", "action")),
        contacts=list(_contacts(scope, case).select_related("guardian", "made_by", "withdrawn_by", "step")),
        notes=list(visible_to(scope, CaseNote).filter(case=case).select_related("written_by", "withdrawn_by")),
        moves=list(ReferralMove.objects.filter(referral__case=case).select_related("referral__partner", "by")),
        entries=list(TimelineEntry.objects.filter(case=case).select_related(*_OF_ENTRY)),
    )


_OF_ENTRY = ("by", "crossing", "owner_before", "owner_after")


def _contacts(scope: Scope, case: Case) -> QuerySet[Contact]:
    """Attempts of the case, and those of whoever else tried to find the student while it was open."""
    until = local_date(case.closed_at, scope.zone) if case.closed_at else scope.today
    meanwhile = Q(case=None, student=case.student_id, day__range=(case.opened_on, until))
    return Contact.objects.filter(Q(case=case) | meanwhile)
