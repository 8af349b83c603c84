"""What was tried to reach a student or a family: calls, visits, letters, agencies."""

import pghistory
from django.db import models
from django.db.models import Q

from attendance.models.own_time import says_who_withdrew


class ContactKind(models.TextChoices):
    """How somebody tried."""

    CALL = "call", "Call"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    VISIT = "visit", "Home visit"
    MEETING = "meeting", "Meeting"
    AGENCY = "agency", "Through an agency"


class ContactResult(models.TextChoices):
    """What came of it."""

    REACHED = "reached", "Reached"
    LEFT_MESSAGE = "left_message", "Left a message"
    SENT = "sent", "Sent"
    NO_ANSWER = "no_answer", "No answer"
    NOT_HOME = "not_home", "Nobody home"
    WRONG_NUMBER = "wrong_number", "Wrong number or address"
    REFUSED = "refused", "Did not want to talk"


# Tried, and nobody was spoken to (RD-42). A message that was left or sent has not failed before it stays unanswered.
FAILED_RESULTS = frozenset({ContactResult.NO_ANSWER, ContactResult.NOT_HOME, ContactResult.WRONG_NUMBER})


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Contact(models.Model):
    """One attempt. Withdrawn, never deleted."""

    # The same form sent twice is one attempt.
    submission_id = models.UUIDField(unique=True)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="contacts", db_index=False)
    # Nothing where an outreach worker tried, and the student has no open case.
    case = models.ForeignKey(
        "interventions.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    step = models.ForeignKey(
        "interventions.Step", on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    result = models.CharField(max_length=15, choices=ContactResult.choices)
    happened_at = models.DateTimeField()
    day = models.DateField(help_text="The local date of the instant.")
    # Who was tried; empty where the roster does not name them.
    guardian = models.ForeignKey("students.Guardian", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=1000, blank=True)
    made_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["happened_at", "id"]
        indexes = [models.Index(fields=["student", "day"], name="contact_student_day")]
        constraints = [
            says_who_withdrew("withdrawn_contact_says_who"),
            # A step is worked in its own case.
            models.CheckConstraint(
                name="contact_of_a_step_is_of_a_case",
                condition=Q(step__isnull=True) | Q(case__isnull=False),
                violation_error_message="A step belongs to a case.",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"
