"""The excuses that speak of a child's day, as a family reads them: what stands, until when, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import Excuse
from attendance.rules.excuse import ACCEPTED, ILLNESS, NO_DOCUMENT, PARENT_NOTE, PENDING, REFUSED, Standing, standing
from attendance.rules.policy import Policy
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.school_days import session_days
from students.access import Scope
from students.languages.days_in_words import day_in_words
from students.models import Student

REASONS = {
    "activity": gettext_lazy("School activity"),
    "illness": gettext_lazy("Illness or injury"),
    "isolation": gettext_lazy("Isolation ordered by a health officer"),
    "family": gettext_lazy("Death or serious illness in the family"),
    "appointment": gettext_lazy("Doctor’s or dentist’s appointment"),
    "court": gettext_lazy("Court"),
    "religious": gettext_lazy("Religious event"),
    "educational": gettext_lazy("Educational trip that was approved before"),
    "other": gettext_lazy("Other reason"),
}
DOCUMENTS = {
    "none": gettext_lazy("No document yet"),
    "parent_note": gettext_lazy("A note from a parent"),
    "medical": gettext_lazy("A doctor’s or dentist’s excuse"),
    "health_order": gettext_lazy("An order of a health officer"),
    "court_paper": gettext_lazy("A court paper"),
    "obituary": gettext_lazy("An obituary or funeral program"),
    "school_record": gettext_lazy("The school’s own record"),
    "participation_form": gettext_lazy("A participation form"),
    "other_document": gettext_lazy("Another document"),
}


@dataclass(frozen=True)
class FamilyExcuse:
    """An excuse of a day: what for, on which document, how it stands, and the office's word where it decided."""

    reason: str
    document: str
    starts_on: date
    ends_on: date
    stands: str
    decision: str


def family_excuses(scope: Scope, child: Student, day: date, school_id: int, policy: Policy) -> Sequence[FamilyExcuse]:
    """Those that cover a day of a child whom the caller took from the scope; two statements. Withdrawn ones are left
    out.
    """
    found = Excuse.objects.filter(student=child, starts_on__lte=day, ends_on__gte=day, withdrawn_at=None)
    rows = list(numbered(found))
    if not rows:
        return []
    session = session_days(scope, [school_id], min(row.ends_on for row in rows)).get(school_id, [])
    return [_line(row, standing(fact_of(row), row.ends_on, session, policy, scope.today)) for row in rows]


def _line(row: Excuse, stands: Standing) -> FamilyExcuse:
    return FamilyExcuse(
        reason=str(REASONS[row.reason]),
        document=str(DOCUMENTS[row.document_kind]),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        stands=excuse_words(stands, row.reason, row.document_kind),
        decision=row.decision_reason,
    )


def excuse_words(stands: Standing, reason: str, document: str) -> str:
    """How an excuse stands, and what is missing."""
    if stands.state == ACCEPTED:
        return _("Accepted")
    if stands.state == REFUSED:
        return _("Not accepted")
    if stands.state == PENDING:
        return _pending(stands, reason, document)
    if (reason, document) == (ILLNESS, PARENT_NOTE):
        return _("Not enough: a note from a parent does not excuse illness. A doctor’s excuse is needed.")
    return _("Not enough: no document came that the school can accept.")


def _pending(stands: Standing, reason: str, document: str) -> str:
    if stands.due_on is None:
        return _("Not decided yet")
    until = {"day": day_in_words(stands.due_on)}
    if document == NO_DOCUMENT:
        return _("Waits for a document, by %(day)s") % until
    if (reason, document) == (ILLNESS, PARENT_NOTE):
        return _("Waits for a doctor’s excuse, by %(day)s") % until
    return _("Not decided yet; documents can come until %(day)s") % until
