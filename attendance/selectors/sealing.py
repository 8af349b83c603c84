"""Which documents of an excuse somebody asks to seal, and which are sealed: never what stands in them (MS-31)."""

from dataclasses import dataclass
from datetime import datetime

from attendance.models import DocumentSeal, SealState
from attendance.selectors.local_times import local_time, local_time_of
from students.access import Scope


@dataclass(frozen=True)
class SealLine:
    """A sealing that is asked for, or that stands; the document's name is not told, it may name the other child."""

    document_id: int
    kind: str
    sha256: str
    reason: str
    asked_by: str
    asked_at: datetime
    is_mine: bool
    sealed_by: str
    sealed_at: datetime | None


def seals_of(scope: Scope, excuse_id: int) -> list[SealLine]:
    """Sealings of an excuse's documents that were not declined; the caller took the excuse from the scope."""
    found = DocumentSeal.objects.filter(document__excuse=excuse_id).exclude(state=SealState.DECLINED)
    return [
        SealLine(
            document_id=each.document_id,
            kind=each.document.get_kind_display(),
            sha256=each.document.sha256,
            reason=each.reason,
            asked_by=each.asked_by.full_name,
            asked_at=local_time(scope, each.asked_at),
            is_mine=each.asked_by_id == scope.user_id,
            sealed_by=each.answered_by.full_name if each.answered_by else "",
            sealed_at=local_time_of(scope, each.answered_at),
        )
        for each in found.select_related("document", "asked_by", "answered_by")
    ]
