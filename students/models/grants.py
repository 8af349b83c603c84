"""Access to single students, given for a while to somebody whose roles do not open them."""

import pghistory
from django.db import models
from django.db.models import Q

from students.models.dated import Dated, ends_after_start, no_overlap


class GrantReason(models.TextChoices):
    """What the access is for."""

    OUTREACH = "outreach", "Outreach"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class AccessGrant(Dated):
    """One student, with those who may be called, open to one person from a day to another, both inclusive (MD-08).

    It opens nothing else: no reasons, no documents, no notes.
    """

    user = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="access_grants")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="access_grants")
    reason = models.CharField(max_length=20, choices=GrantReason.choices)
    given_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_start("grant_ends_after_start"),
            # Ending one of two overlapping rows would leave the student open.
            no_overlap(
                "one_grant_per_person_and_student_a_day",
                "user",
                "student",
                message="The student is open to this person on some of these days already.",
            ),
            # A parent may ask who took the record up, and until when.
            models.CheckConstraint(
                name="ended_grant_says_who",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, ends_on__isnull=False),
                violation_error_message="Access that was ended says on which day, by whom and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"access grant {self.pk}"
