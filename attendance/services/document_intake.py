"""Takes in what somebody sent: read within bounds, looked into, written down, and only then named in a row."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import Document, Excuse
from attendance.rules.document_content import content_type, why_not_kept
from attendance.services.document_folder import keep
from students.access import Scope
from students.refusals import Refused
from students.rules.file_names import plain_name

MOST_FILES = 5
NAMELESS = "document"
# What the rules of documents say, for the catalogs: families read it in their language.
_SAID_BY_RULES = (
    gettext_lazy("The file is empty."),
    gettext_lazy("Only PDF, JPEG, PNG or HEIC can be kept; this file is none of them, whatever its name says."),
    gettext_lazy("The picture carries a second file inside. Take a new photo of the paper."),
    gettext_lazy("The PDF is cut short. Save or scan it anew."),
    gettext_lazy("The PDF is locked by a password. Send it unlocked, or a photo of the paper."),
    gettext_lazy("The PDF carries script or other files inside. Print it to a new PDF, or send a photo of the paper."),
    gettext_lazy("The PDF cannot be looked into. Print it to a new PDF, or send a photo of the paper."),
)


@dataclass(frozen=True)
class Upload:
    """A file as it was sent; `stream` stands at its beginning and is read once."""

    file_name: str
    stream: BinaryIO


@dataclass(frozen=True)
class KeptFile:
    """A file whose bytes stand in the folder, and that no row names yet. Nobody's, it is swept."""

    file_name: str
    content_type: str
    size_bytes: int
    sha256: str
    storage_name: str


def take_in(scope: Scope, uploads: Sequence[Upload]) -> list[KeptFile]:
    """Look into every file, and write them to the folder when all can be kept. Raises Refused, with the file's name.

    The caller has asked whether this person may add documents here.
    """
    if len(uploads) > MOST_FILES:
        raise Refused(_("At most %(files)s files at once.") % {"files": MOST_FILES})
    read = [(plain_name(upload.file_name, NAMELESS), _content(upload)) for upload in uploads]
    return [_kept(name, content) for name, content in read]


def put_on_file(scope: Scope, excuse: Excuse, submission_id: UUID, kind: str, kept: Sequence[KeptFile]) -> None:
    """Name kept files in rows, in the caller's transaction, which holds the student; what is on file stays once.

    Raises Refused for a paper that was sealed here: it belongs to another student (MS-31).
    """
    known = set(Document.objects.filter(excuse=excuse).values_list("sha256", flat=True))
    if known & {file.sha256 for file in kept}:
        _refuse_sealed(excuse, kept)
    for position, file in enumerate(kept):
        if file.sha256 not in known:
            Document.objects.create(
                excuse=excuse,
                submission_id=submission_id,
                position=position,
                kind=kind,
                uploaded_by_id=scope.person,
                uploaded_at=scope.now,
                **vars(file),
            )
            known.add(file.sha256)


def _refuse_sealed(excuse: Excuse, kept: Sequence[KeptFile]) -> None:
    unsealed = Document.objects.unsealed().filter(excuse=excuse).values("pk")
    sealed = set(Document.objects.filter(excuse=excuse).exclude(pk__in=unsealed).values_list("sha256", flat=True))
    for file in kept:
        if file.sha256 in sealed:
            raise Refused(f"{file.file_name}: this paper was sealed here, since it belongs to another student.")


def _content(upload: Upload) -> bytes:
    """The bytes of a file, never more of them than may be kept and one."""
    most = settings.DOCUMENT_LIMIT_BYTES
    content = upload.stream.read(most + 1)
    why_not = _too_large() if len(content) > most else why_not_kept(content)
    if why_not:
        raise Refused(f"{plain_name(upload.file_name, NAMELESS)}: {_(why_not)}")
    return content


def _too_large() -> str:
    return _("The file is larger than %(most)s MB.") % {"most": settings.DOCUMENT_LIMIT_BYTES // 1_000_000}


def _kept(name: str, content: bytes) -> KeptFile:
    sha256 = hashlib.sha256(content).hexdigest()
    return KeptFile(name, content_type(content), len(content), sha256, keep(content))
