"""The documents of waived days on file (MS-01): put there with a waiver, and opened by who reads the calendar."""

import logging
from collections.abc import Sequence

from attendance.models import WaivedDay, WaiverDocument
from attendance.rules.document_content import save_as
from attendance.services.document_folder import opened
from attendance.services.document_intake import KeptFile
from attendance.services.excuse_documents import MISSING, OpenedDocument
from students.access import Scope
from students.refusals import NotInScope, Refused
from students.rules.rights import Right
from students.selectors.places import schools_with_right

log = logging.getLogger(__name__)


def put_on_waivers(scope: Scope, waivers: Sequence[WaivedDay], kept: Sequence[KeptFile]) -> None:
    """Name kept files in rows of each waiver, in the caller's transaction; what is on file stays once."""
    rows = [
        WaiverDocument(waiver=waiver, uploaded_by_id=scope.person, uploaded_at=scope.now, **vars(file))
        for waiver in waivers
        for file in {each.sha256: each for each in kept}.values()
    ]
    WaiverDocument.objects.bulk_create(rows, ignore_conflicts=True)


def open_waiver_document(scope: Scope, document_id: int) -> OpenedDocument:
    """A document for somebody who reads the calendar of its school. Raises NotInScope, or Refused without its bytes."""
    schools = schools_with_right(scope, Right.READ)
    document = WaiverDocument.objects.filter(pk=document_id, waiver__school__in=schools).first()
    if document is None:
        raise NotInScope
    try:
        stream = opened(document.storage_name)
    except FileNotFoundError:
        log.error("The bytes of document %s of a waiver are missing.", document_id)
        raise Refused(MISSING) from None
    named = save_as(document.file_name, document.content_type)
    return OpenedDocument(stream, document.content_type, document.size_bytes, named)
