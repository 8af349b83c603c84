"""Early warnings as they stood at night, and how often those of the year came true: both rewritten school by school."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class EarlyWarning(models.Model):
    """A student who is on course to cross a threshold within ten school days (docs/early-warning.md).

    Derived from the ledger through a day, and rebuilt by the nightly pass over the student's school.
    """

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+", db_index=False)
    # Where the student was on the last day in the ledger.
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=20, blank=True)
    threshold = models.CharField(max_length=20, help_text="As interventions.rules.early_warning names it.")
    absences = models.PositiveSmallIntegerField(help_text="So far, of the kinds that the threshold counts.")
    away = models.PositiveSmallIntegerField(help_text="Absences that are left to it.")
    by = models.DateField(help_text="The school day on which it is crossed, if it goes on like this.")
    since = models.DateField(help_text="The day on which the warning that stands was raised.")
    # Each sign with its figures, as interventions.rules.early_warning gives them.
    reasons = models.JSONField()
    last_absences = ArrayField(models.DateField(), default=list, help_text="The newest of the kinds counted, in order.")
    as_of = models.DateField(help_text="The last day that was looked at.")

    class Meta:
        constraints = [
            # Twice warned of one thing, and nobody knows which holds. A student who moves is the new school's.
            models.UniqueConstraint(
                fields=["student", "threshold"],
                name="one_early_warning_per_threshold",
                violation_error_message="The student is warned of this threshold already.",
            ),
            # What is crossed is for the queue, which acts; a warning comes before.
            models.CheckConstraint(
                name="early_warning_is_before_the_crossing",
                condition=Q(away__gte=1) & Q(by__gt=F("as_of")) & Q(since__lte=F("as_of")),
                violation_error_message="A warning is of a threshold that lies ahead.",
            ),
            # No black box: whoever calls a family is to know why.
            models.CheckConstraint(
                name="early_warning_says_why",
                condition=~Q(reasons=[]),
                violation_error_message="A warning says why.",
            ),
        ]

    def __str__(self) -> str:
        return f"early warning {self.pk}"


class WarningRecord(models.Model):
    """What became of a school's warnings of the year: of one threshold, by one sign or, where it is empty, by any."""

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    threshold = models.CharField(max_length=20)
    sign = models.CharField(max_length=10, blank=True)
    judged = models.PositiveIntegerField(help_text="Warnings whose ten school days are over.")
    came_true = models.PositiveIntegerField(help_text="Of these, followed by the crossing: crossings warned of.")
    still_open = models.PositiveIntegerField(help_text="Warnings that nobody can judge yet.")
    crossings = models.PositiveIntegerField(help_text="All of the threshold, warned of or not; said with no sign.")
    first_on = models.DateField(help_text="The first day of the year in the ledger.")
    as_of = models.DateField()

    class Meta:
        constraints = [
            # Two rows would be added up.
            models.UniqueConstraint(
                fields=["school", "threshold", "sign"],
                name="one_record_per_threshold_and_sign",
                violation_error_message="The record of this threshold and sign is there.",
            ),
            # A share of more than all.
            models.CheckConstraint(
                name="warnings_come_true_at_most_once",
                condition=Q(came_true__lte=F("judged")) & (Q(came_true__lte=F("crossings")) | ~Q(sign="")),
                violation_error_message="No more warnings can come true than there were, nor than were crossings.",
            ),
        ]

    def __str__(self) -> str:
        return f"record of warnings {self.pk}"
