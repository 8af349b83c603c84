"""Documents that were filed under the wrong student: sealed by two persons, and opened by nobody any more (MS-31)."""

import pghistory
from django.db import models
from django.db.models import F, Q

from attendance.models.documents import Document


class SealState(models.TextChoices):
    """Where a sealing stands."""

    ASKED = "asked", "Waits for the second person"
    SEALED = "sealed", "Sealed"
    DECLINED = "declined", "Declined"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class DocumentSeal(models.Model):
    """Somebody asks that a document be sealed, and somebody else seals it or declines. Its bytes stay, unopened.

    What the document was, its hash, and why it was sealed stand as long as the document's own row is kept.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="seals")
    state = models.CharField(max_length=10, choices=SealState.choices, default=SealState.ASKED)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            # Asked by two at once it is asked once, and sealed once.
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=[SealState.ASKED, SealState.SEALED]),
                name="one_seal_of_a_document",
                violation_error_message="Somebody has asked for this document to be sealed already.",
            ),
            # MS-31: alone, somebody could make a paper disappear on which a child's excuse rests.
            models.CheckConstraint(
                name="seal_takes_two_persons",
                condition=~Q(state=SealState.SEALED) | (Q(answered_by__isnull=False) & ~Q(answered_by=F("asked_by"))),
                violation_error_message="Another person than the one who asked seals a document.",
            ),
            models.CheckConstraint(
                name="answered_seal_says_who_and_when",
                condition=Q(state=SealState.ASKED, answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(state=SealState.ASKED) & Q(answered_by__isnull=False, answered_at__isnull=False)),
                violation_error_message="A sealing that was answered says by whom and when.",
            ),
            # Years later the reason is all that tells why the paper is shut.
            models.CheckConstraint(
                name="seal_says_why",
                condition=~Q(reason=""),
                violation_error_message="Say why the document is to be sealed.",
            ),
        ]

    def __str__(self) -> str:
        return f"seal {self.pk}"
