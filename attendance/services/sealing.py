"""Seals a document that was filed under the wrong student: one person asks, another seals (MS-31)."""

from django.db import transaction

from attendance.models import Decision, Document, DocumentKind, DocumentSeal, Excuse, SealState
from attendance.rules.excuse import best_document
from attendance.rules.policy import policy_on
from attendance.selectors.policies import policies
from attendance.services.excuses import hold_excuse, judge_again
from students.access import Scope
from students.refusals import Forbidden, NotInScope, Refused, Stale

LOST = "Its document was filed under the wrong student and is sealed."


def ask_to_seal(scope: Scope, document_id: int, *, reason: str) -> DocumentSeal:
    """Ask that a document be sealed. Asked again it is asked once.

    Raises NotInScope, Forbidden (not the office of the student's school), or Refused without a reason.
    """
    if not reason.strip():
        raise Refused("Say how you know that the document belongs to somebody else, without naming them.")
    with transaction.atomic():
        document, _excuse = _held(scope, document_id)
        standing = document.seals.exclude(state=SealState.DECLINED).first()
        if standing is not None:
            return standing
        return DocumentSeal.objects.create(
            document=document, reason=reason.strip()[:300], asked_by_id=scope.person, asked_at=scope.now
        )


def seal(scope: Scope, document_id: int) -> DocumentSeal:
    """Seal a document that another person asked to seal: nobody opens it from now on, and its excuse does without.

    The days of the excuse are judged anew. Raises NotInScope, Forbidden (not the office, or the person who asked),
    Stale where nobody asks any more, and FrozenDays for certified days without a reason.
    """
    with transaction.atomic():
        document, excuse = _held(scope, document_id)
        asked = document.seals.exclude(state=SealState.DECLINED).first()
        if asked is None:
            raise Stale("Nobody asks for this document to be sealed any more. Look again.")
        if asked.state == SealState.SEALED:
            return asked
        if asked.asked_by_id == scope.person:
            raise Forbidden("Another person than the one who asked seals a document.")
        _answer(scope, asked, SealState.SEALED)
        _do_without(scope, excuse, document)
        return asked


def decline_to_seal(scope: Scope, document_id: int) -> None:
    """Leave a document open after all; whoever asked may take that back, too. Raises NotInScope or Forbidden."""
    with transaction.atomic():
        document, _excuse = _held(scope, document_id)
        asked = document.seals.filter(state=SealState.ASKED).first()
        if asked is not None:
            _answer(scope, asked, SealState.DECLINED)


def _held(scope: Scope, document_id: int) -> tuple[Document, Excuse]:
    """A document and its excuse, locked after its student."""
    document = Document.objects.filter(pk=document_id).first()
    if document is None:
        raise NotInScope
    return document, hold_excuse(scope, document.excuse_id)


def _answer(scope: Scope, asked: DocumentSeal, state: SealState) -> None:
    asked.state, asked.answered_by_id, asked.answered_at = state, scope.person, scope.now
    asked.save(update_fields=["state", "answered_by", "answered_at"])


def _do_without(scope: Scope, excuse: Excuse, document: Document) -> None:
    """The excuse rests on the best of what is left, and waits to be decided again where the paper had decided it."""
    if excuse.document_kind != document.kind:
        return
    left = Document.objects.unsealed().filter(excuse=excuse).values_list("kind", flat=True)
    kind = best_document(excuse.reason, list(left), policy_on(excuse.starts_on, policies(scope)))
    if kind == excuse.document_kind:
        return
    excuse.document_kind = kind
    if kind == DocumentKind.NONE:
        excuse.document_seen_on = None
    if excuse.decision == Decision.ACCEPTED:
        excuse.decision, excuse.decision_reason = Decision.PENDING, LOST
        excuse.decided_by_id, excuse.decided_at = scope.person, scope.now
    excuse.save()
    judge_again(scope, excuse)
