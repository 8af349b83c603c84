"""Students and their enrollment in schools."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from students.models.dated import Dated, DatedQuerySet, ends_after_start, no_overlap
from students.rules.state_codes import NO_SHOW


class Student(models.Model):
    """A child of the district."""

    source_id = models.CharField(max_length=255, unique=True)
    state_id = models.CharField(max_length=9, blank=True, validators=[RegexValidator(r"^[0-9]{9}$")])
    given_name = models.CharField(max_length=150)
    middle_name = models.CharField(max_length=150, blank=True)
    family_name = models.CharField(max_length=150)
    preferred_name = models.CharField(max_length=150, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    # Folded at writing (students.rules.names.folded): the embedded PostgreSQL carries no language-aware collation.
    sort_name = models.CharField(max_length=400)

    class Meta:
        ordering = ["sort_name", "id"]
        indexes = [models.Index(fields=["sort_name"], name="student_sort_name")]
        constraints = [
            # The state joins its records on this number: one child's days would be filed as another's.
            models.UniqueConstraint(
                fields=["state_id"],
                condition=~Q(state_id=""),
                name="one_student_per_state_id",
                violation_error_message="Another student has this state id.",
            ),
            models.CheckConstraint(
                condition=Q(state_id="") | Q(state_id__regex=r"^[0-9]{9}$"),
                name="state_id_has_nine_digits",
                violation_error_message="A state id has nine digits.",
            ),
        ]

    def __str__(self) -> str:
        return self.listed_name

    @property
    def listed_name(self) -> str:
        """Family name first, as rosters list it."""
        return f"{self.family_name}, {self.first_name}"

    @property
    def first_name(self) -> str:
        """The name by which a family speaks of its child."""
        return self.preferred_name or self.given_name

    @property
    def full_name(self) -> str:
        """The name as families' pages print it."""
        return f"{self.first_name} {self.family_name}"


class Enrollment(Dated):
    """Membership of a school; the last day is the last session day (the state's exit date)."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="enrollments")
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="enrollments")
    grade = models.CharField(max_length=20, blank=True)
    is_primary = models.BooleanField(default=True)
    ada_included = models.BooleanField(default=True)
    entry_code = models.CharField(max_length=10, blank=True)
    exit_code = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["school", "starts_on"], name="enrollment_school_start")]
        constraints = [
            ends_after_start("enrollment_ends_after_start"),
            # RD-09: one daily row per student; two primary schools on a day would be two.
            no_overlap(
                "one_primary_enrollment_a_day",
                "student",
                condition=Q(is_primary=True),
                message="The student has another primary enrollment on some of these days (RD-09).",
            ),
            # A student enrolled twice in one school would be counted twice in its membership.
            no_overlap(
                "one_enrollment_per_school_a_day",
                "student",
                "school",
                message="The student is enrolled in this school on some of these days already.",
            ),
        ]

    def __str__(self) -> str:
        return f"enrollment {self.pk}"

    @classmethod
    def attending_on(cls, day: Any) -> DatedQuerySet:
        """Enrollments that hold on a day, but for those who were expected and never came."""
        return cls.objects.holding_on(day).exclude(exit_code=NO_SHOW)
