"""Partners who can take a referral (MD-10)."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class PartnerKind(models.TextChoices):
    """What a partner is."""

    COMMUNITY = "community", "Community organization"
    MENTAL_HEALTH = "mental_health", "Mental Health Services"
    SCHOOLS_POLICE = "schools_police", "Schools Police"
    SCHOOL_OPERATIONS = "school_operations", "School Operations"
    REGION = "region", "Region"
    HOUSING = "housing", "Housing authority"
    MUNICIPALITY = "municipality", "Municipality"
    CHILDREN_AND_FAMILIES = "dcf", "Department of Children and Families"
    MENTOR = "mentor", "Mentor"
    VOLUNTEER = "volunteer", "Volunteer"
    TEAM = "team", "Team"
    INTERNSHIP = "internship", "Internship provider"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Partner(models.Model):
    """Somebody who can take a referral. Ended, never deleted."""

    # The same form sent twice is one partner.
    submission_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20, choices=PartnerKind.choices)
    name = models.CharField(max_length=200)
    # No school: the whole district.
    schools = models.ManyToManyField("students.School", blank=True, related_name="+")
    service_area = models.CharField(max_length=300, blank=True)
    offers = models.TextField(max_length=1000, blank=True)
    contact_person = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    languages = ArrayField(
        models.CharField(max_length=3, validators=[RegexValidator(r"^[a-z]{2,3}$")]), default=list, blank=True
    )
    is_district_unit = models.BooleanField(default=False)
    locates_students = models.BooleanField(default=False)
    # Of the written agreement under which an outsider acts as a school official (RD-61).
    agreement_on = models.DateField(null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(default=10, help_text="Calendar days within which it answers.")
    version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            # Referrals to one partner under two rows would be answered under neither.
            models.UniqueConstraint(
                fields=["kind", "name"],
                condition=Q(ended_at__isnull=True),
                name="one_partner_by_a_name",
                violation_error_message="The directory has a partner of this kind and name.",
            ),
            models.CheckConstraint(
                name="ended_partner_says_who",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message="A partner that left the directory says who ended it.",
            ),
            # MD-07: of these an unmarked one would be told of students by their count alone.
            models.CheckConstraint(
                name="public_agency_locates",
                condition=~Q(kind__in=["housing", "municipality", "dcf"])
                | Q(locates_students=True, is_district_unit=False),
                violation_error_message="A public agency locates students, and is no unit of the district (MD-07).",
            ),
        ]

    def __str__(self) -> str:
        return self.name
