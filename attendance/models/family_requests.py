"""Requests of families to look at a class, or a day, again: "my child was there". They change nothing by themselves."""

import pghistory
from django.db import models
from django.db.models import Q

OPEN = Q(answer="")


class CorrectionAnswer(models.TextChoices):
    """What the school found."""

    CORRECTED = "corrected", "Corrected"
    STANDS = "stands", "It stands"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class CorrectionRequest(models.Model):
    """A family says that a class, or a whole day, was marked wrongly; answered by the teacher, or by the office."""

    # Made by the page that asks; the same form sent twice is one request.
    submission_id = models.UUIDField(unique=True)
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, related_name="correction_requests", db_index=False
    )
    # Where the class met, or whose day it is (RD-09).
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+")
    date = models.DateField()
    # Empty for a whole day, which the office answers.
    meeting = models.ForeignKey(
        "attendance.ClassMeeting", on_delete=models.PROTECT, null=True, blank=True, related_name="correction_requests"
    )
    words = models.CharField(max_length=500)
    # What stood when it was asked: of a class the mark, of a day the verdict; "corrected" means that it is another now.
    stood_as = models.CharField(max_length=20)
    stood_minutes = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=CorrectionAnswer.choices, blank=True)
    answer_words = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            # Two guardians who ask about one class would have the teacher answer twice, and perhaps in two ways.
            models.UniqueConstraint(
                fields=["student", "meeting"],
                condition=OPEN & Q(meeting__isnull=False),
                name="one_open_request_per_student_and_class",
                violation_error_message="The school has been asked about this class already.",
            ),
            models.UniqueConstraint(
                fields=["student", "date"],
                condition=OPEN & Q(meeting__isnull=True),
                name="one_open_request_per_student_and_day",
                violation_error_message="The school has been asked about this day already.",
            ),
            # "No" without a word is no answer to a family.
            models.CheckConstraint(
                name="answered_request_says_who_and_why",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True, answer_words="")
                | (~Q(answer="") & ~Q(answer_words="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                violation_error_message="An answer says who gave it, when, and in words.",
            ),
            models.CheckConstraint(
                name="correction_request_says_why",
                condition=~Q(words=""),
                violation_error_message="A request says why.",
            ),
        ]

    def __str__(self) -> str:
        return f"correction request {self.pk}"
