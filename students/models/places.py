"""The district, its schools and its school years."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from students.models.dated import Dated, ends_after_start


class District(models.Model):
    """The one district of this installation (D9)."""

    source_id = models.CharField(max_length=255, unique=True)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=4, validators=[RegexValidator(r"^[0-9A-Z]{4}$")], help_text="The state's dddd.")
    time_zone = models.CharField(max_length=64, default="America/Chicago")
    only_row = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            # Two districts in one database would mix children's records of both (D9).
            models.UniqueConstraint(
                fields=["only_row"], name="one_district", violation_error_message="This installation has its district."
            ),
            models.CheckConstraint(
                condition=Q(only_row=True), name="one_district_marker", violation_error_message="Always true."
            ),
        ]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A physical campus (MS-11: never a code for virtual students alone)."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="schools")
    source_id = models.CharField(max_length=255, unique=True)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=3, help_text="The state's sss.", validators=[RegexValidator(r"^[0-9A-Z]{3}$")])

    class Meta:
        ordering = ["name"]
        constraints = [
            # The state files a school under this code: two schools with one code would be added up as one.
            models.UniqueConstraint(
                fields=["district", "code"],
                name="one_school_per_code",
                violation_error_message="Another school of the district has this code.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state_code(self) -> str:
        """The state's OrganizationIdentifier, `dddd-sss`."""
        return f"{self.district.code}-{self.code}"


class SchoolYear(Dated):
    """A school year of the district."""

    source_id = models.CharField(max_length=255, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            ends_after_start("school_year_ends_after_start"),
            # Without its last day a year would never give way to the next one.
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False),
                name="school_year_has_an_end",
                violation_error_message="A school year has a last day.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Term(Dated):
    """A semester, term or grading period, in which classes are scheduled."""

    school_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="terms")
    source_id = models.CharField(max_length=255, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)

    class Meta:
        ordering = ["starts_on"]
        constraints = [ends_after_start("term_ends_after_start")]

    def __str__(self) -> str:
        return self.name
