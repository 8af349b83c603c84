"""What is kept in a case, read once for the page: contacts, steps, notes, referrals, and what happened to the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from interventions.models import Case, CaseNote, Contact, Crossing, Letter, ReferralMove, Step, TimelineEntry
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
    letters: Sequence[Letter]


def case_records(scope: Scope, case: Case) -> CaseRecords:
    """The records of a case that the caller took from the scope; seven statements however many there are."""
    return CaseRecords(
        crossings=list(case.crossings.all()),
        steps=list(Step.objects.filter(case=case).select_related("owner", "ended_by", "action")),
        contacts=list(_contacts(scope, case).select_related("guardian", "made_by", "withdrawn_by", "step")),
        notes=list(visible_to(scope, CaseNote).filter(case=case).select_related("written_by", "withdrawn_by")),
        moves=list(ReferralMove.objects.filter(referral__case=case).select_related("referral__partner", "by")),
        entries=list(TimelineEntry.objects.filter(case=case).select_related(*_OF_ENTRY)),
        letters=list(_letters(scope, case).select_related("guardian", "made_by", "withdrawn_by", "batch__printed_by")),
    )


_OF_ENTRY = ("by", "crossing", "owner_before", "owner_after")


def _contacts(scope: Scope, case: Case) -> QuerySet[Contact]:
    """Attempts of the case, and those of whoever else tried to find the student while it was open."""
    meanwhile = Q(case=None, student=case.student_id, day__range=_open_days(scope, case))
    return Contact.objects.filter(Q(case=case) | meanwhile)


def _letters(scope: Scope, case: Case) -> QuerySet[Letter]:
    """Letters of the case's crossings, and those of truancy that were written while it was open."""
    of_truancy = Q(notice__isnull=False, student=case.student_id, made_on__range=_open_days(scope, case))
    return Letter.objects.filter(Q(crossing__case=case) | of_truancy)


def _open_days(scope: Scope, case: Case) -> tuple[date, date]:
    return case.opened_on, local_date(case.closed_at, scope.zone) if case.closed_at else scope.today
