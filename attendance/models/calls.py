"""Calls about absences nobody has explained."""

import pgtrigger
from django.db import models
from django.db.models import Q


class CallOutcome(models.TextChoices):
    """What came of a call."""

    NO_ANSWER = "no_answer", "No answer"
    LEFT_MESSAGE = "left_message", "Left a message"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    REPORTED = "reported", "Reported absent"
    IN_SCHOOL = "in_school", "Said to be in school"


class AbsenceCall(models.Model):
    """One attempt to learn why a student is not in school. Kept as it was made, also when nobody answered."""

    # The same form sent twice is one call.
    submission_id = models.UUIDField(unique=True)
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, related_name="absence_calls", db_index=False
    )
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    date = models.DateField(help_text="The day of the absence.")
    # Who was called; empty where the office spoke to somebody the roster does not name.
    guardian = models.ForeignKey("students.Guardian", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=CallOutcome.choices)
    note = models.CharField(max_length=300, blank=True)
    # What the call led to.
    entry = models.ForeignKey(
        "attendance.OfficeEntry", on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    called_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["called_at", "id"]
        indexes = [
            models.Index(fields=["school", "date"], name="absence_call_school_date"),
            models.Index(fields=["student", "date"], name="absence_call_student_date"),
        ]
        triggers = [
            pgtrigger.Protect(name="absence_calls_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            # A reported absence without its entry would be seen by no teacher.
            models.CheckConstraint(
                name="reported_by_phone_is_entered",
                condition=Q(outcome=CallOutcome.REPORTED, entry__isnull=False)
                | (~Q(outcome=CallOutcome.REPORTED) & Q(entry__isnull=True)),
                violation_error_message="An absence reported by phone is entered for the teachers.",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"
