"""What may be told about a student, why, and the log of what was told (RD-61)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class LegalBasis(models.TextChoices):
    """Why the law lets something be shared."""

    CONSENT = "consent", "Consent"
    SCHOOL_OFFICIAL = "school_official", "School official"
    EMERGENCY = "emergency", "Health or safety emergency"
    COURT_ORDER = "court_order", "Court order"
    CHILD_WELFARE = "child_welfare", "Child welfare"


class SharedFact(models.TextChoices):
    """A kind of fact that can be shared. What is not here never leaves."""

    NAME = "name", "Name"
    STATE_ID = "state_id", "State id"
    BIRTH_DATE = "birth_date", "Date of birth"
    GRADE = "grade", "Grade"
    SCHOOL = "school", "School"
    LANGUAGE = "language", "Language of the family"
    CONTACT = "contact", "Whom to contact, and how"
    ABSENCES = "absences", "Number of absences"
    ABSENT_DATES = "absent_dates", "Dates of absences"


class Disclosure(models.Model):
    """What was told about a student outside the school, to whom, on which legal basis (RD-61). Never changed."""

    # The same act sent twice tells once; nothing where it follows from another act that is done once.
    submission_id = models.UUIDField(null=True, blank=True)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="disclosures")
    to = models.CharField(max_length=200, help_text="The name of the partner, or words such as an officer's title.")
    basis = models.CharField(max_length=20, choices=LegalBasis.choices)
    shared = ArrayField(models.CharField(max_length=20, choices=SharedFact.choices))
    at = models.DateTimeField()
    by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(
        "interventions.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    referral = models.ForeignKey(
        "interventions.Referral", on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )

    append_only = True

    class Meta:
        ordering = ["-at", "-id"]
        triggers = [pgtrigger.Protect(name="disclosures_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            # A double click is one disclosure.
            models.UniqueConstraint(
                fields=["submission_id", "student"],
                name="one_disclosure_per_act_and_student",
                violation_error_message="This disclosure is in the log.",
            ),
            models.CheckConstraint(
                name="disclosure_says_what_and_to_whom",
                condition=Q(shared__len__gte=1) & ~Q(to=""),
                violation_error_message="A disclosure says what was shared, and with whom.",
            ),
            models.CheckConstraint(
                name="disclosure_of_a_referral_is_to_its_partner",
                condition=Q(referral__isnull=True) | Q(partner__isnull=False),
                violation_error_message="A referral tells a partner.",
            ),
        ]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"
