"""What families tell of absences (RD-50): the word that teachers see, and the excuse where a paper came with it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from attendance.models.excuses import ExcuseReason


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pgtrigger.AnyChange("excuse", "withdrawn_at")),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class AbsenceReport(models.Model):
    """A guardian, or a student of age, told the school of an absence. It changes no mark; withdrawn, never deleted.

    Days are local and inclusive; with times it is a part of one day.
    """

    # Made by the page that asks; the same form sent twice is one report.
    submission_id = models.UUIDField(unique=True)
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, related_name="absence_reports", db_index=False
    )
    # Whose office it is for: the school of the primary enrollment on the first day (RD-09).
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=ExcuseReason.choices)
    # For the office alone, as a note of a call is.
    words = models.CharField(max_length=500, blank=True)
    # What every teacher sees of it; an earlier one where the school had been told already.
    entry = models.ForeignKey("attendance.OfficeEntry", on_delete=models.PROTECT, related_name="family_reports")
    # Once a paper came, or a note that the policy may accept.
    excuse = models.OneToOneField(
        "attendance.Excuse", on_delete=models.PROTECT, null=True, blank=True, related_name="family_report"
    )
    reported_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    # Somebody of the office has read it.
    seen_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reported_at", "-id"]
        indexes = [
            models.Index(fields=["student", "starts_on"], name="absence_report_student_start"),
            models.Index(fields=["school", "-reported_at"], name="absence_report_school_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="absence_report_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day lies before the first.",
            ),
            # Times over several days would not say which minutes of which day.
            models.CheckConstraint(
                name="absence_report_times_are_of_one_day",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                # The nulls are named: a comparison with nothing is neither true nor false, and so would pass.
                | Q(starts_on=F("ends_on"), starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                violation_error_message="Times need one day, a start and a later end.",
            ),
            # A report that was read by nobody in particular was read by nobody.
            models.CheckConstraint(
                name="seen_absence_report_says_by_whom",
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | Q(seen_by__isnull=False, seen_at__isnull=False),
                violation_error_message="A report that was read says by whom and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"absence report {self.pk}"

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it stands, and nobody of the school has decided about its excuse or withdrawn it."""
        if self.withdrawn_at is not None or self.excuse is None:
            return self.withdrawn_at is None
        # The sending itself holds the excuse: that is no decision.
        by_the_office = bool(self.excuse.decision) and self.excuse.decided_by_id != self.reported_by_id
        return self.excuse.withdrawn_at is None and not by_the_office
