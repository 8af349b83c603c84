"""What the School Attendance Officer is told of: truancy at its thresholds, suspensions, children not enrolled."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


def _says_who_reported(name: str) -> models.CheckConstraint:
    """What was reported says by whom and when; an officer asks. What was taken back was reported before."""
    reported = {"reported_on__isnull": False, "reported_by__isnull": False, "reported_at__isnull": False}
    back = {"taken_back_on__isnull": False, "taken_back_by__isnull": False, "taken_back_at__isnull": False}
    not_back = dict.fromkeys(back, True)
    not_reported = dict.fromkeys(reported, True)
    return models.CheckConstraint(
        name=name,
        condition=(Q(**reported) & (Q(**back) | Q(**not_back))) | Q(reference="", **not_reported, **not_back),
        violation_error_message="A report says who told the officer and when; only a report can be taken back.",
    )


class ToldOfficer(models.Model):
    """Whether the officer was told, and told again where the ground fell away. Dates are local."""

    reported_on = models.DateField(null=True, blank=True)
    reported_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(
        max_length=200, blank=True, help_text="How it was told, or the number that the officer gave."
    )
    taken_back_on = models.DateField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class WhyWithdrawn(models.TextChoices):
    """Why a notice is no longer owed."""

    COUNT = "count", "Fewer unlawful absences"
    AGE = "age", "Not of compulsory age"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class TruancyNotice(ToldOfficer):
    """A student reached a threshold of unlawful absences (ST-02). Withdrawn visibly where the count falls below it.

    Until it is reported it follows the days; then it stays as it was told.
    """

    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, related_name="truancy_notices", db_index=False
    )
    year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+")
    # Who owes it: the school of the primary enrollment on the day of the crossing (RD-41).
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    threshold = models.PositiveSmallIntegerField()
    is_final = models.BooleanField(help_text="The last before a petition.")
    unlawful_on = ArrayField(models.DateField(), help_text="The absences that made it, in order.")
    crossed_on = models.DateField(help_text="The last of them.")
    clock_starts_on = models.DateField()
    due_on = models.DateField()
    noticed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=10, choices=WhyWithdrawn.choices, blank=True)
    withdrawn_absences = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["school", "due_on"], name="truancy_school_due"),
            models.Index(fields=["student", "year"], name="truancy_student_year"),
        ]
        constraints = [
            # Once per threshold; a notice that was withdrawn arms it again (ST-02).
            models.UniqueConstraint(
                fields=["student", "year", "threshold"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_notice_per_threshold",
                violation_error_message="The student has a notice at this threshold.",
            ),
            # The officer asks for the days.
            models.CheckConstraint(
                name="notice_names_its_absences",
                condition=Q(threshold__gte=1, unlawful_on__len=F("threshold")),
                violation_error_message="A notice names as many absences as its threshold.",
            ),
            # RD-41: nobody can be late before the absence.
            models.CheckConstraint(
                name="notice_is_due_after_its_clock",
                condition=Q(clock_starts_on__gte=F("crossed_on"), due_on__gt=F("clock_starts_on")),
                violation_error_message="The clock starts with the absence or later, and ends after that.",
            ),
            # Who asks why a notice was withdrawn is told.
            models.CheckConstraint(
                name="withdrawn_notice_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="", withdrawn_absences__isnull=True)
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_why__in=WhyWithdrawn.values,
                    withdrawn_absences__isnull=False,
                ),
                violation_error_message="A notice that is withdrawn says why, and how many absences are left.",
            ),
            _says_who_reported("reported_notice_says_who"),
        ]

    def __str__(self) -> str:
        return f"truancy notice {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class SuspensionReport(ToldOfficer):
    """That the officer was told of a suspension out of school (ST-06). There is none where nobody told."""

    event = models.OneToOneField("attendance.OfficeEvent", on_delete=models.PROTECT, related_name="report_to_officer")

    class Meta:
        constraints = [_says_who_reported("reported_suspension_says_who")]

    def __str__(self) -> str:
        return f"report of suspension {self.event_id}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class UnenrolledReport(ToldOfficer):
    """That the officer was told of a child who is not enrolled (ST-06)."""

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            # Told once a year; the officer looks for the child from then on.
            models.UniqueConstraint(
                fields=["student", "year"],
                name="one_report_of_not_enrolled_a_year",
                violation_error_message="The officer was told this year that the child is not enrolled.",
            ),
            _says_who_reported("reported_unenrolled_says_who"),
        ]

    def __str__(self) -> str:
        return f"report of not enrolled {self.pk}"
