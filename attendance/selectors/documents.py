"""Documents on file as they are listed, for those who may read them (RD-60)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from attendance.models import Document, DocumentOpening, Excuse
from attendance.selectors.local_times import local_time
from students.access import Scope, visible_to
from students.refusals import NotInScope

# Of the newest openings, so many are listed.
MOST_OPENINGS = 20


@dataclass(frozen=True)
class DocumentLine:
    """A document on file; `form` is PDF, JPEG, PNG or HEIC."""

    id: int
    kind: str
    file_name: str
    form: str
    content_type: str
    size_bytes: int
    sha256: str
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True)
class OpeningLine:
    """Who opened which document, and when."""

    file_name: str
    opened_by: str
    opened_at: datetime


def with_documents(scope: Scope) -> Prefetch:
    """The documents of excuses that the caller took from the scope, but sealed ones; in one statement for all."""
    return Prefetch("documents", Document.objects.unsealed().select_related("uploaded_by"))


def document_lines(scope: Scope, documents: Iterable[Document]) -> tuple[DocumentLine, ...]:
    """Documents that the caller took from the scope, with their uploader."""
    return tuple(
        DocumentLine(
            id=each.pk,
            kind=each.get_kind_display(),
            file_name=each.file_name,
            form=each.get_content_type_display(),
            content_type=each.content_type,
            size_bytes=each.size_bytes,
            sha256=each.sha256,
            uploaded_by=each.uploaded_by.full_name,
            uploaded_at=local_time(scope, each.uploaded_at),
        )
        for each in documents
    )


def documents_of(scope: Scope, excuse_id: int) -> tuple[DocumentLine, ...]:
    """The documents of an excuse whose reason this person may know. Raises NotInScope."""
    if not visible_to(scope, Excuse).filter(pk=excuse_id).exists():
        raise NotInScope
    found = visible_to(scope, Document).filter(excuse=excuse_id).select_related("uploaded_by")
    return document_lines(scope, found)


def excuse_of_document(scope: Scope, document_id: int) -> int:
    """The excuse of a document whose reason this person may know, sealed or not. Raises NotInScope."""
    found = Document.objects.filter(pk=document_id, excuse__in=visible_to(scope, Excuse))
    excuse_id = found.values_list("excuse_id", flat=True).first()
    if excuse_id is None:
        raise NotInScope
    return excuse_id


def newest_openings(scope: Scope, excuse_id: int) -> list[OpeningLine]:
    """Who opened an excuse's documents that are not sealed, the newest first; the caller took it from the scope."""
    unsealed = Document.objects.unsealed().filter(excuse=excuse_id)
    found = DocumentOpening.objects.filter(document__in=unsealed).select_related("document", "opened_by")
    return [
        OpeningLine(each.document.file_name, each.opened_by.full_name, local_time(scope, each.opened_at))
        for each in found[:MOST_OPENINGS]
    ]
