"""Documents behind excuses: what they are stands in the database, their bytes in a folder outside the web root."""

import pgtrigger
from django.db import models
from django.db.models import Q

from attendance.models.excuses import DocumentKind


class ContentType(models.TextChoices):
    """What is kept, told by its bytes."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    HEIC = "image/heic", "HEIC"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents on file."""

    def unsealed(self) -> "DocumentQuerySet":
        """Those that were not sealed as filed under the wrong student (MS-31): nobody opens the others."""
        return self.exclude(seals__state="sealed")


class Document(models.Model):
    """A document on file. The bytes were written before the row, so that no row is without them; never changed."""

    excuse = models.ForeignKey("attendance.Excuse", on_delete=models.PROTECT, related_name="documents")
    # Made by the page that sends; several files of one form are told apart by their place.
    submission_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    file_name = models.CharField(max_length=150, help_text="As it was sent; the name in the folder tells nothing.")
    content_type = models.CharField(max_length=20, choices=ContentType.choices)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=40, unique=True)
    uploaded_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    append_only = True

    class Meta:
        ordering = ["uploaded_at", "id"]
        triggers = [pgtrigger.Protect(name="documents_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            # A form sent twice adds nothing.
            models.UniqueConstraint(
                fields=["submission_id", "position"],
                name="document_is_sent_once",
                violation_error_message="This document was sent before.",
            ),
            # Nor does the same paper chosen once more.
            models.UniqueConstraint(
                fields=["excuse", "sha256"],
                name="document_is_on_file_once",
                violation_error_message="This document is on file already.",
            ),
            models.CheckConstraint(
                name="document_has_content",
                condition=Q(size_bytes__gt=0),
                violation_error_message="The document is empty.",
            ),
            # What is on file is some paper: "none" would make an excuse look documented.
            models.CheckConstraint(
                name="document_is_of_a_kind",
                condition=~Q(kind=DocumentKind.NONE),
                violation_error_message="Say what kind of document it is.",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class DocumentOpening(models.Model):
    """Somebody opened a document: kept as evidence of who saw a child's medical paper, and when."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="openings")
    opened_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["-opened_at", "-id"]
        triggers = [pgtrigger.Protect(name="openings_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"opening {self.pk}"
