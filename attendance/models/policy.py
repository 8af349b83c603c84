"""The district's attendance policy: a dated row, part of every verdict's reasons."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class AttendancePolicy(models.Model):
    """What the district goes by from a day on, until the next row's first day."""

    starts_on = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    presence_percent = models.PositiveSmallIntegerField(
        default=63, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    minimum_minutes = models.PositiveSmallIntegerField(default=240)
    encouraged_minutes = models.PositiveSmallIntegerField(default=330)
    instructional_days = models.PositiveSmallIntegerField(default=180)
    waivable_days = models.PositiveSmallIntegerField(default=10)
    entry_window_days = models.PositiveSmallIntegerField(default=7)
    excuse_due_days = models.PositiveSmallIntegerField(default=3, help_text="School days after the student's return.")
    accepted_documents = models.JSONField(
        default=dict, help_text="For each reason of an excuse, the kinds of document that suffice (ST-03, MS-34)."
    )
    undocumented_notes_per_term = models.JSONField(
        default=dict,
        blank=True,
        help_text="For each reason, how many parents' notes a term excuse without a document; 0 where none is named.",
    )

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = "attendance policies"
        constraints = [
            # Outside 1 to 100 the rule would count everybody, or nobody, present.
            models.CheckConstraint(
                name="presence_percent_is_a_share",
                condition=models.Q(presence_percent__gte=1, presence_percent__lte=100),
                violation_error_message="The share of the day to attend lies between 1 and 100 percent.",
            )
        ]

    def __str__(self) -> str:
        return self.name
