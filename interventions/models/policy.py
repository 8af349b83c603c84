"""By what a district counts absences towards support, and what it calls disengaged and truant: a dated row."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q


class CarePolicy(models.Model):
    """What the district goes by from a day on, until the next row's first day.

    A criterion of disengagement (RD-42) without a figure is not used.
    """

    starts_on = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    # MD-05 to MD-07: the fewest absences of each tier.
    tier_1_absences = models.PositiveSmallIntegerField(default=5)
    tier_2_absences = models.PositiveSmallIntegerField(default=6)
    tier_3_absences = models.PositiveSmallIntegerField(default=11)
    counts_excused = models.BooleanField(default=True, help_text="Excused absences count towards a tier (RD-40).")
    counts_suspended = models.BooleanField(default=True, help_text="Suspensions count towards a tier (RD-40).")
    disengaged_is_tier_3 = models.BooleanField(default=True, help_text="Disengaged students at any count (MD-07).")
    grace_school_days = models.PositiveSmallIntegerField(
        default=0, help_text="School days after a crossing before it opens a case."
    )
    tardies_watched = models.PositiveSmallIntegerField(default=5, help_text="Tardies of a term (MD-04).")
    absent_days_running = models.PositiveSmallIntegerField(
        null=True, blank=True, default=5, help_text="Session days running without presence or engagement (RD-42)."
    )
    weeks_without_interaction = models.PositiveSmallIntegerField(null=True, blank=True, default=2)
    absent_percent = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="Share of the last session days that were absences.",
    )
    absent_window_days = models.PositiveSmallIntegerField(default=20, help_text="Last session days looked at.")
    absent_fewest_days = models.PositiveSmallIntegerField(default=10, help_text="Fewer are not judged.")
    failed_contacts = models.PositiveSmallIntegerField(
        null=True, blank=True, default=3, help_text="Failed contacts on as many different days."
    )
    # ST-02: unlawful absences at which the School Attendance Officer is told; the last is the final notice.
    truancy_absences = ArrayField(models.PositiveSmallIntegerField(), default=list)
    notice_school_days = models.PositiveSmallIntegerField(default=2)
    notice_calendar_days = models.PositiveSmallIntegerField(default=5)
    notice_clock_days = models.PositiveSmallIntegerField(
        default=7, help_text="Days after the absence at which the clock starts at the latest (RD-41)."
    )
    enrollment_days = models.PositiveSmallIntegerField(
        default=15, help_text="Calendar days from the first day of school within which a child is enrolled (ST-06)."
    )

    # Nobody for the figures of the two sources.
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = "care policies"
        constraints = [
            # A tier that begins where the one below does would never be reached, or skip it.
            models.CheckConstraint(
                name="tiers_rise",
                condition=Q(tier_1_absences__gte=1)
                & Q(tier_2_absences__gt=F("tier_1_absences"))
                & Q(tier_3_absences__gt=F("tier_2_absences")),
                violation_error_message="Each tier begins at more absences than the one below.",
            ),
            # Half of no days is nothing that anybody missed.
            models.CheckConstraint(
                name="share_of_a_window_of_days",
                condition=(Q(absent_percent__isnull=True) | Q(absent_percent__gte=1, absent_percent__lte=100))
                & Q(absent_fewest_days__gte=1)
                & Q(absent_window_days__gte=F("absent_fewest_days")),
                violation_error_message="The share is 1 to 100 percent, of at least one day and at most the window.",
            ),
            # A run of no days, or no failed contact, is everybody's.
            models.CheckConstraint(
                name="criteria_begin_with_one",
                condition=(Q(absent_days_running__isnull=True) | Q(absent_days_running__gte=1))
                & (Q(weeks_without_interaction__isnull=True) | Q(weeks_without_interaction__gte=1))
                & (Q(failed_contacts__isnull=True) | Q(failed_contacts__gte=1)),
                violation_error_message="A criterion that is used asks for one at least.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
