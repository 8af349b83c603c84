"""Saves of a class's week in own time."""

import pgtrigger
from django.db import models
from django.db.models import Q


class WeekSubmission(models.Model):
    """One save of a class's week, so that the same save sent twice counts once and two people see each other.

    Never changed.
    """

    submission_id = models.UUIDField(unique=True)
    section = models.ForeignKey("students.Section", on_delete=models.PROTECT, related_name="+", db_index=False)
    monday = models.DateField()
    version = models.PositiveIntegerField(help_text="Counts the saves of the week; a page of an older one is stale.")
    submitted_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["section", "monday", "version"]
        constraints = [
            # Two saves that both follow the same one: the second has not seen the first.
            models.UniqueConstraint(
                fields=["section", "monday", "version"],
                name="one_save_per_week_and_version",
                violation_error_message="Somebody else saved this week just now.",
            ),
            # RD-24: a week goes from Monday to Sunday; another first day would be a second week over the same days.
            models.CheckConstraint(
                name="week_begins_on_a_monday",
                condition=Q(monday__week_day=2),
                violation_error_message="A week begins on a Monday.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="week_submissions_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.submission_id)
