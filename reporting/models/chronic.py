"""Chronic absence as it was last counted: its rule looks at a student's whole year, which no sum of days tells."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from attendance.models import Mode


class ChronicCount(models.Model):
    """The students of a school, a grade and a mode who were enrolled long enough by the end of a month (ST-05, RD-43).

    A student stands in the grade and the mode of the last day there. Written anew whenever the school's ledger has
    changed, with the ids of those who are chronically absent, so that the list is of the very students of the figure.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    school_year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.PositiveSmallIntegerField(help_text="From the year's first day through the end of this month.")
    grade = models.CharField(max_length=20, blank=True)
    mode = models.CharField(max_length=20, choices=Mode.choices, blank=True)
    students = models.PositiveIntegerField(help_text="Enrolled for ten days at least.")
    chronic = models.PositiveIntegerField(help_text="Absent on a tenth of their determined days, or more.")
    # Of the chronically absent, side by side: the student, the days absent, the days determined.
    student_ids = ArrayField(models.BigIntegerField(), default=list)
    days_absent = ArrayField(models.IntegerField(), default=list)
    days_determined = ArrayField(models.IntegerField(), default=list)
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["school", "month", "grade", "mode"]
        constraints = [
            # Two counts of one group would both be added up.
            models.UniqueConstraint(
                fields=["school_year", "school", "month", "grade", "mode"],
                name="chronic_absence_is_counted_once",
                violation_error_message="This group is counted already.",
            ),
            # A share of more than all.
            models.CheckConstraint(
                name="chronic_are_some_of_the_students",
                condition=Q(chronic__lte=F("students")),
                violation_error_message="No more can be chronically absent than there are.",
            ),
        ]

    def __str__(self) -> str:
        return f"chronic absence {self.pk}"
