"""Adds documents to an excuse, and opens them for those who may read them (RD-60)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from attendance.models import Document, DocumentKind, DocumentOpening, Excuse
from attendance.rules.document_content import save_as
from attendance.rules.excuse import better_document
from attendance.rules.policy import policy_on
from attendance.selectors.policies import policies
from attendance.selectors.stored_documents import stored_names
from attendance.services.document_folder import older_than, opened
from attendance.services.document_intake import KeptFile, Upload, put_on_file, take_in
from attendance.services.document_signs import may_sweep
from attendance.services.excuses import SAY_WHICH_KIND, excuse_to_keep, hold_excuse, judge_again
from students.access import Scope, visible_to
from students.refusals import NotInScope, Refused

log = logging.getLogger(__name__)

MISSING = "The bytes of this document are missing. Whoever runs First Bell restores them from the backup."


@dataclass(frozen=True)
class OpenedDocument:
    """A document to be sent: its bytes, to be closed by the reader, and the name under which to save them."""

    stream: BinaryIO
    content_type: str
    size_bytes: int
    save_as: str


def add_documents(
    scope: Scope,
    excuse_id: int,
    *,
    submission_id: UUID,
    kind: str,
    seen_on: date | None = None,
    uploads: Sequence[Upload] = (),
) -> Excuse:
    """Add documents of a kind to an excuse; without files, that one was seen on paper. Sent twice it counts once.

    The excuse rests on the better of what it had and what came; its days are judged anew. `seen_on` is today where it
    is not given. Raises NotInScope, Forbidden (not the office of the student's school), or Refused.
    """
    excuse = excuse_to_keep(scope, excuse_id)
    if kind == DocumentKind.NONE or kind not in DocumentKind.values:
        raise Refused(SAY_WHICH_KIND)
    if seen_on and seen_on > scope.today:
        raise Refused("The document cannot have been seen on a day to come.")
    if uploads and Document.objects.filter(submission_id=submission_id).exists():
        return excuse
    kept = take_in(scope, uploads)
    with transaction.atomic():
        excuse = hold_excuse(scope, excuse_id)
        if excuse.withdrawn_at is not None:
            raise Refused("The excuse is withdrawn. Enter a new one for this document.")
        if not Document.objects.filter(submission_id=submission_id).exists():
            add_kept(scope, excuse, submission_id, kind, seen_on or scope.today, kept)
        return excuse


def add_kept(
    scope: Scope, excuse: Excuse, submission_id: UUID, kind: str, seen_on: date, kept: Sequence[KeptFile]
) -> None:
    """Add files to an excuse that the caller holds, and to which this person may add."""
    put_on_file(scope, excuse, submission_id, kind, kept)
    policy = policy_on(excuse.starts_on, policies(scope))
    if better_document(excuse.reason, excuse.document_kind, kind, policy) == excuse.document_kind:
        return
    excuse.document_kind, excuse.document_seen_on = kind, seen_on
    excuse.save(update_fields=["document_kind", "document_seen_on"])
    judge_again(scope, excuse)


def open_document(scope: Scope, document_id: int) -> OpenedDocument:
    """A document for somebody who may read it; who opened it, and when, is kept. Raises NotInScope, or Refused."""
    document = visible_to(scope, Document).filter(pk=document_id).first()
    if document is None:
        raise NotInScope
    return sent_out(scope, document)


def sent_out(scope: Scope, document: Document) -> OpenedDocument:
    """A document that this person may read, as the caller has asked; that it was opened is kept.

    Raises Refused where its bytes are missing, and NotInScope for one that is sealed, whoever asks (MS-31).
    """
    if not Document.objects.unsealed().filter(pk=document.pk).exists():
        raise NotInScope
    try:
        stream = opened(document.storage_name)
    except FileNotFoundError:
        log.error("The bytes of document %s are missing.", document.pk)
        raise Refused(MISSING) from None
    DocumentOpening.objects.create(document=document, opened_by_id=scope.person, opened_at=scope.now)
    named = save_as(document.file_name, document.content_type)
    return OpenedDocument(stream, document.content_type, document.size_bytes, named)


def sweep_documents(scope: Scope, *, before: datetime) -> int:
    """Remove files that no row names and that were written before an instant of the machine's clock; how many.

    A worker that is killed between file and row leaves one, and so does a form that is refused after its file. Nothing
    is removed from a folder that another installation uses too: its rows are not in sight here.
    """
    if not may_sweep(scope, before=before):
        return 0
    old = list(older_than(before))
    named = stored_names(scope)
    orphans = [path for path in old if path.name not in named]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
