"""Excuses: a reason, a span, and the document that was seen."""

import pghistory
from django.db import models
from django.db.models import F, Q


class ExcuseReason(models.TextChoices):
    """The lawful excuses (ST-03)."""

    ACTIVITY = "activity", "Authorized school activity"
    ILLNESS = "illness", "Illness or injury"
    ISOLATION = "isolation", "Isolation ordered by a health officer"
    FAMILY = "family", "Death or serious illness in the immediate family"
    APPOINTMENT = "appointment", "Medical or dental appointment"
    COURT = "court", "Court"
    RELIGIOUS = "religious", "Religious event"
    EDUCATIONAL = "educational", "Educational opportunity approved beforehand"
    OTHER = "other", "Other, as the superintendent accepts"


class DocumentKind(models.TextChoices):
    """What was seen on paper."""

    NONE = "none", "No document yet"
    PARENT_NOTE = "parent_note", "Parent's handwritten note"
    MEDICAL = "medical", "Doctor's or dentist's excuse"
    HEALTH_ORDER = "health_order", "Order of a health officer"
    COURT_PAPER = "court_paper", "Court paper"
    OBITUARY = "obituary", "Obituary or funeral program"
    SCHOOL_RECORD = "school_record", "School's own record or approval"
    PARTICIPATION_FORM = "participation_form", "Participation form signed by a parent"
    OTHER = "other_document", "Other document"


class Decision(models.TextChoices):
    """What the office decided of an excuse. Without a decision the policy alone says whether it stands."""

    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    PENDING = "pending", "Pending"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Excuse(models.Model):
    """An excuse for a span of days, or for a span of minutes on one day (RD-08). Withdrawn, never deleted.

    `document_kind` is what it rests on; the documents themselves, where they are on file, are rows of their own.
    """

    # Made by the page that asks; the same excuse sent twice is entered once.
    submission_id = models.UUIDField(unique=True)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="excuses")
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=ExcuseReason.choices)
    document_kind = models.CharField(max_length=20, choices=DocumentKind.choices, default=DocumentKind.NONE)
    document_seen_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    withdrawn_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["student", "starts_on"], name="excuse_student_start")]
        constraints = [
            models.CheckConstraint(
                name="excuse_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="The excuse ends before it starts.",
            ),
            # Times over several days would not say which minutes of which day.
            models.CheckConstraint(
                name="excuse_times_are_of_one_day",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                # The nulls are named: a comparison with nothing is neither true nor false, and so would pass.
                | Q(
                    starts_on=F("ends_on"),
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("starts_at"),
                ),
                violation_error_message="Times need one day, a start and a later end.",
            ),
            # "Excused" with no document behind it is what the state's auditor looks for first.
            models.CheckConstraint(
                name="seen_document_says_when",
                condition=Q(document_kind=DocumentKind.NONE, document_seen_on__isnull=True)
                | (~Q(document_kind=DocumentKind.NONE) & Q(document_seen_on__isnull=False)),
                violation_error_message="Say when the document was seen.",
            ),
            # A decision that nobody signs, or that says no reason, is no answer to a parent who asks.
            models.CheckConstraint(
                name="decided_excuse_says_who_and_why",
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True, decision_reason="")
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision_reason="")),
                violation_error_message="A decision says who decided, when and why.",
            ),
            models.CheckConstraint(
                name="withdrawn_excuse_says_who_and_why",
                condition=Q(withdrawn_at__isnull=True) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="A withdrawn excuse says who withdrew it and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"excuse {self.pk}"
