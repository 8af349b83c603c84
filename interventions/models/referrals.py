"""Referrals: a student whom a partner is asked to help, on a legal basis (RD-61)."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from interventions.models.disclosures import LegalBasis, SharedFact
from interventions.models.partners import Partner


class ReferralStatus(models.TextChoices):
    """Where a referral stands."""

    MADE = "made", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    UNDER_WAY = "under_way", "Under way"
    COMPLETED = "completed", "Completed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ConsentFrom(models.TextChoices):
    """Who consents (RD-62)."""

    GUARDIAN = "guardian", "Parent or guardian"
    STUDENT = "student", "The student, being 18 or without a guardian"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Referral(models.Model):
    """A student whom a partner is asked to help. Withdrawn, never deleted."""

    # The same form sent twice is one referral.
    submission_id = models.UUIDField(unique=True)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="referrals")
    # A case that moves to another school takes its referrals along.
    case = models.ForeignKey("interventions.Case", on_delete=models.PROTECT, related_name="referrals")
    step = models.ForeignKey(
        "interventions.Step", on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="referrals")
    basis = models.CharField(max_length=20, choices=LegalBasis.choices)
    consented_on = models.DateField(null=True, blank=True)
    consent_from = models.CharField(max_length=10, choices=ConsentFrom.choices, blank=True)
    consent_name = models.CharField(max_length=200, blank=True)
    # Ours; never on the sheet.
    reason = models.CharField(max_length=500)
    request = models.CharField(max_length=300, help_text="What the partner is asked to do, as its sheet says it.")
    shared = ArrayField(models.CharField(max_length=20, choices=SharedFact.choices))
    status = models.CharField(max_length=10, choices=ReferralStatus.choices, default=ReferralStatus.MADE)
    answer_due_on = models.DateField()
    outcome = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["answer_due_on"], condition=Q(status="made"), name="unanswered_referral_due"),
        ]
        constraints = [
            # A second would be answered beside the first.
            models.UniqueConstraint(
                fields=["student", "partner"],
                condition=Q(status__in=["made", "accepted", "under_way"]),
                name="one_open_referral_per_partner",
                violation_error_message="The student is referred to this partner already.",
            ),
            # A consent that nobody can name was not given (RD-61).
            models.CheckConstraint(
                name="consent_says_when_and_who",
                condition=Q(basis="consent", consented_on__isnull=False) & ~Q(consent_from="") & ~Q(consent_name="")
                | ~Q(basis="consent") & Q(consented_on__isnull=True, consent_from="", consent_name=""),
                violation_error_message="Consent says when it was given, and by whom; another basis has none.",
            ),
            models.CheckConstraint(
                name="referral_names_the_student",
                condition=Q(shared__contains=["name"]),
                violation_error_message="A referral names the student.",
            ),
            # Whoever asks whether it helped is told.
            models.CheckConstraint(
                name="completed_referral_has_an_outcome",
                condition=~Q(status="completed") | ~Q(outcome=""),
                violation_error_message="A referral that is completed says what came of it.",
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"


class ReferralMove(models.Model):
    """A change of a referral's status, as its history shows it. Never changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    status = models.CharField(max_length=10, choices=ReferralStatus.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    append_only = True

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="referral_moves_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"referral move {self.pk}"
