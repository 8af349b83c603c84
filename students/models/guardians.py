"""Guardians, and which students they are there for. A guardian is a contact, not an account."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from students.models.dated import Dated, ends_after_start, no_overlap


class Guardian(models.Model):
    """A parent, guardian or relative as the roster names one; without a source id where no file brought them."""

    source_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    given_name = models.CharField(max_length=150)
    family_name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=100, blank=True)
    sms = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=3, blank=True, validators=[RegexValidator(r"^[a-z]{2,3}$")])

    class Meta:
        constraints = [
            # A message is chosen by this code: “Spanish” would be written to in English.
            models.CheckConstraint(
                condition=Q(language="") | Q(language__regex=r"^[a-z]{2,3}$"),
                name="guardian_language_is_a_code",
                violation_error_message="A language is a code of two or three small letters, as es.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class GuardianLink(Dated):
    """What a guardian is to a student, and may do; imports find one by the source ids of both."""

    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="links")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="guardian_links")
    relationship = models.CharField(max_length=60, blank=True)
    contact_order = models.PositiveSmallIntegerField(null=True, blank=True)
    may_access = models.BooleanField(default=False, help_text="May see the student's records.")
    may_contact = models.BooleanField(default=False, help_text="May be told of the student, as of an absence.")

    class Meta:
        constraints = [
            ends_after_start("guardian_link_ends_after_start"),
            # Ending one of two overlapping rows would leave somebody with access that a court took away.
            no_overlap(
                "once_a_guardian_of_a_student_a_day",
                "guardian",
                "student",
                message="This person is linked to the student on some of these days already.",
            ),
            # The first to be called is the first, not the zeroth.
            models.CheckConstraint(
                condition=Q(contact_order__isnull=True) | Q(contact_order__gte=1),
                name="contact_order_begins_with_one",
                violation_error_message="The order of contacts begins with 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"guardian link {self.pk}"
