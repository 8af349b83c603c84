"""Papers that families send: an excuse that the office decides, never one that accepts itself."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from attendance.models import AbsenceReport, Decision, Document, DocumentKind, Excuse
from attendance.rules.family_report import MOST_DOCUMENTS
from attendance.selectors.absence_reports import is_accepted, own_report
from attendance.services.document_intake import KeptFile, Upload, take_in
from attendance.services.excuse_documents import OpenedDocument, add_kept, sent_out
from attendance.services.excuses import check_excuse, hold_student, judge_again, keep_excuse, take_back
from students.access import Scope
from students.refusals import NotInScope, Refused
from students.selectors.families import own_child

# RD-08: what a family calls a doctor's excuse is one when the office has looked at it.
HELD = "Sent by the family. The office has not decided yet."


def add_family_documents(
    scope: Scope, student_id: int, report_id: int, *, submission_id: UUID, kind: str, uploads: Sequence[Upload]
) -> AbsenceReport:
    """Add documents to one's own report; what was refused is looked at again. Sent twice they are added once.

    Raises NotInScope, or Refused: no file, a report that was taken back, an excuse that is accepted already.
    """
    child = own_child(scope, student_id)
    if kind not in set(DocumentKind.values) - {DocumentKind.NONE}:
        raise Refused(_("Please say what you are sending: a doctor’s excuse, for example."))
    if not uploads:
        raise Refused(_("Please choose a photo or a file."))
    report = own_report(scope, child.pk, report_id)
    if Document.objects.filter(submission_id=submission_id).exists():
        return report
    kept = take_in(scope, uploads)
    with transaction.atomic():
        hold_student(scope, child.pk)
        report = own_report(scope, child.pk, report_id)
        if Document.objects.filter(submission_id=submission_id).exists():
            return report
        _check_open(scope, report, len(kept))
        if report.excuse is None:
            put_papers(scope, report, submission_id, kind, kept)
            report.save(update_fields=["excuse"])
        else:
            _add(scope, report.excuse, submission_id, kind, kept)
        return report


def put_papers(scope: Scope, report: AbsenceReport, submission_id: UUID, kind: str, kept: Sequence[KeptFile]) -> None:
    """Give a report its excuse, held until the office decides; the caller holds the student and saves the report."""
    excuse = Excuse(
        submission_id=submission_id,
        student_id=report.student_id,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        starts_at=report.starts_at,
        ends_at=report.ends_at,
        reason=report.reason,
        document_kind=kind,
        document_seen_on=scope.today,
        entered_by_id=scope.person,
        entered_at=scope.now,
        **_held(scope),
    )
    check_excuse(scope, excuse)
    keep_excuse(scope, excuse, kept)
    report.excuse = excuse


def take_papers_back(scope: Scope, report: AbsenceReport, reason: str) -> None:
    """Withdraw a report's excuse; the caller holds the student. What was sent stays on file."""
    if report.excuse is not None:
        take_back(scope, report.excuse, reason)


def open_own_document(scope: Scope, student_id: int, document_id: int) -> OpenedDocument:
    """A document that this account sent of its own child; that it was opened is kept.

    Raises NotInScope, or Refused where its bytes are missing.
    """
    child = own_child(scope, student_id)
    sent = Document.objects.unsealed().filter(excuse__student=child, uploaded_by=scope.person)
    document = sent.filter(pk=document_id).first()
    if document is None:
        raise NotInScope
    return sent_out(scope, document)


def _held(scope: Scope) -> dict[str, object]:
    return {
        "decision": Decision.PENDING,
        "decided_by_id": scope.person,
        "decided_at": scope.now,
        "decision_reason": HELD,
    }


def _check_open(scope: Scope, report: AbsenceReport, more: int) -> None:
    if report.withdrawn_at is not None or (report.excuse and report.excuse.withdrawn_at is not None):
        raise Refused(_("This report was taken back. Please send a new one."))
    if report.excuse and is_accepted(scope, report.excuse):
        raise Refused(_("The school has accepted your document already. Nothing more is needed."))
    if Document.objects.filter(excuse=report.excuse_id).count() + more > MOST_DOCUMENTS:
        raise Refused(_("You have sent many documents for this already. Please call the school’s office."))


def _add(scope: Scope, excuse: Excuse, submission_id: UUID, kind: str, kept: Sequence[KeptFile]) -> None:
    add_kept(scope, excuse, submission_id, kind, scope.today, kept)
    for name, value in _held(scope).items():
        setattr(excuse, name, value)
    excuse.save(update_fields=["decision", "decided_by", "decided_at", "decision_reason"])
    judge_again(scope, excuse)
