"""What became of each file of a month at the state."""

import pgtrigger
from django.db import models
from django.db.models import Q

from reporting.rules.filing import ACCEPTED, FILED, REJECTED


class FilingEvent(models.TextChoices):
    """What happened to a file, as the district saw it in the state's holding area."""

    FILED = FILED, "Filed"
    ACCEPTED = ACCEPTED, "Accepted by the state"
    REJECTED = REJECTED, "Rejected by the state"


class Filing(models.Model):
    """One thing that happened to one file of a package: who recorded it, and when. Never changed."""

    run = models.ForeignKey("reporting.MonthRun", on_delete=models.PROTECT, related_name="filings")
    record_set = models.CharField(max_length=40)
    # The bytes that were filed: a package built anew with the same file needs no second acceptance of it.
    sha256 = models.CharField(max_length=64)
    event = models.CharField(max_length=10, choices=FilingEvent.choices)
    note = models.CharField(max_length=300, blank=True, help_text="The state's reference, or why it rejected the file.")
    # Made by the page that asks; the same request sent twice is one event.
    submission_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")

    append_only = True

    class Meta:
        ordering = ["id"]
        constraints = [
            # A second click would be a second event.
            models.UniqueConstraint(
                fields=["submission_id", "record_set", "event"],
                name="one_filing_event_per_request",
                violation_error_message="This was recorded already.",
            ),
            # A second acceptance would hide who saw the first one.
            models.UniqueConstraint(
                fields=["run", "record_set"],
                condition=Q(event=ACCEPTED),
                name="one_acceptance_per_file",
                violation_error_message="The state accepted this file already.",
            ),
            # Whoever mends the file must know what the state found.
            models.CheckConstraint(
                name="rejection_says_why",
                condition=~Q(event=REJECTED) | ~Q(note=""),
                violation_error_message="Say what the state found wrong.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="filings_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.record_set} of run {self.run_id}"
