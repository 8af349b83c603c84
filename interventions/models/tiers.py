"""Where each student stands in a school year, the events of crossing a tier, and the nightly pass over a school."""

import pghistory
from django.db import models
from django.db.models import F, Q

from students.models.leased import LeasedWork


class Standing(models.Model):
    """A student's absences of a school year as the ledger counts them, and the tier that follows (RD-40).

    Derived and rebuilt like the ledger. Who looks at a student anew locks this row, so that two never act on one count.
    """

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="standings", db_index=False)
    year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+")
    # The school of the primary enrollment; of the last one where the student is gone.
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", null=True)
    is_enrolled = models.BooleanField(default=False)
    tier = models.PositiveSmallIntegerField(default=0)
    # Distinct absent dates that the policy counts, and all those that are unlawful (RD-41).
    absences = models.PositiveSmallIntegerField(default=0)
    unlawful_absences = models.PositiveSmallIntegerField(default=0)
    last_absent_on = models.DateField(null=True, blank=True)
    tardies = models.PositiveSmallIntegerField(default=0, help_text="Of the term (MD-04).")
    # Each with its words' figures and days, as interventions.rules.disengagement gives them; empty: engaged.
    criteria = models.JSONField(default=list, blank=True)
    as_of = models.DateField(help_text="The day on which it was found so.")

    class Meta:
        indexes = [
            models.Index(fields=["school", "tier"], name="standing_school_tier"),
            models.Index(fields=["school"], condition=~Q(criteria=[]), name="standing_disengaged"),
        ]
        constraints = [
            # The row that is locked is the only one, or two would act on one count.
            models.UniqueConstraint(
                fields=["student", "year"],
                name="one_standing_per_student_and_year",
                violation_error_message="The student's standing of the year is there.",
            ),
            models.CheckConstraint(
                name="tier_is_0_to_3",
                condition=Q(tier__lte=3),
                violation_error_message="There are three tiers.",
            ),
        ]

    def __str__(self) -> str:
        return f"standing {self.pk}"

    @property
    def is_disengaged(self) -> bool:
        """Whether some criterion of the district holds (RD-42)."""
        return bool(self.criteria)


class Ground(models.TextChoices):
    """Why a tier was reached."""

    COUNT = "count", "Absences"
    DISENGAGED = "disengaged", "Disengagement"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class Crossing(models.Model):
    """A student reached a tier, with the count as of that day. Withdrawn visibly when its ground falls away."""

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="crossings")
    year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+")
    tier = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=12, choices=Ground.choices)
    crossed_on = models.DateField(help_text="The absence that made it, or the day on which the criterion held.")
    absences = models.PositiveSmallIntegerField(help_text="As of that day.")
    # A case follows on this day: the day itself, or after the district's days of grace.
    acts_on = models.DateField()
    noticed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_absences = models.PositiveSmallIntegerField(null=True, blank=True)
    case = models.ForeignKey(
        "interventions.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="crossings"
    )

    class Meta:
        ordering = ["crossed_on", "tier", "id"]
        constraints = [
            # Two would open two cases, and write two letters.
            models.UniqueConstraint(
                fields=["student", "year", "tier", "ground"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_crossing_per_tier",
                violation_error_message="The student crossed into this tier already.",
            ),
            models.CheckConstraint(
                name="crossing_is_into_a_tier",
                condition=Q(tier__gte=1, tier__lte=3) & (Q(ground=Ground.COUNT) | Q(tier=3)),
                violation_error_message="A crossing is into tier 1, 2 or 3; disengagement is tier 3.",
            ),
            # Who asks why a letter was withdrawn is told the count that took its ground away.
            models.CheckConstraint(
                name="withdrawn_crossing_says_the_count",
                condition=Q(withdrawn_at__isnull=True, withdrawn_absences__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_absences__isnull=False),
                violation_error_message="A crossing that is withdrawn says how many absences are left.",
            ),
            models.CheckConstraint(
                name="grace_follows_the_crossing",
                condition=Q(acts_on__gte=F("crossed_on")),
                violation_error_message="A case follows the crossing, not before it.",
            ),
        ]

    def __str__(self) -> str:
        return f"crossing {self.pk}"


class PassState(models.TextChoices):
    """Where a school's nightly pass stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class TierPass(LeasedWork):
    """One school's nightly pass over its students on a day. A worker holds it by a lease that it must renew."""

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=PassState.choices, default=PassState.WAITING)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    students = models.PositiveIntegerField(default=0, help_text="Looked at.")
    changed = models.PositiveIntegerField(default=0, help_text="Of these, found otherwise than they stood.")

    class Meta:
        verbose_name_plural = "tier passes"
        constraints = [
            # Beat asks every night; asking twice is one pass.
            models.UniqueConstraint(
                fields=["school", "on"],
                name="one_pass_per_school_and_day",
                violation_error_message="The school's pass of this day was asked for.",
            ),
            # A pass without its lease could never be taken up from a killed worker.
            models.CheckConstraint(
                name="running_pass_has_a_lease",
                condition=~Q(state=PassState.RUNNING) | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message="A pass that runs is held by a lease.",
            ),
        ]

    def __str__(self) -> str:
        return f"tier pass {self.pk}"
