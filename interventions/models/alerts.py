"""What families are told of the day: by the district's policy, and what each account chose beyond it (RD-50)."""

from datetime import time

import pghistory
from django.db import models
from django.db.models import F, Q


class AlertPolicy(models.Model):
    """What the district goes by from a day on, until the next row's first day. Times are local.

    The hours of quiet may cross midnight, their end is exclusive; without any, mail goes at all hours.
    """

    starts_on = models.DateField(unique=True)
    is_on = models.BooleanField(default=True, help_text="Unexplained absences are told the same day.")
    told_from = models.TimeField(default=time(10))
    quiet_from = models.TimeField(null=True, blank=True, default=time(21))
    quiet_until = models.TimeField(null=True, blank=True, default=time(6))
    entered_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = "alert policies"
        constraints = [
            # A quiet with no end would hold every message back for ever.
            models.CheckConstraint(
                name="policys_quiet_hours_begin_and_end",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                violation_error_message="Quiet hours have a beginning and another end, or are left out.",
            ),
        ]

    def __str__(self) -> str:
        return f"alert policy {self.pk}"


class AlertKind(models.TextChoices):
    """What an account may ask to be told of, beyond the whole day's absence."""

    CLASS_ABSENCE = "class_absence", "Absent from a class"
    TARDY = "tardy", "Late for a class"
    UNDETERMINED = "undetermined", "A class still not known in the evening"
    THRESHOLD = "threshold", "Absences that add up"
    DOCUMENT = "document", "A decision about a document"


_TRACKED = (pghistory.InsertEvent(), pghistory.DeleteEvent(row=pghistory.Old))


@pghistory.track(*_TRACKED, context_field=None)
class AlertChoice(models.Model):
    """An account asked to be told of one kind of thing about one child. No row: not asked for."""

    account = models.ForeignKey("students.FamilyAccount", on_delete=models.PROTECT, related_name="alerts")
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    # What happened before is no news.
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A second row would be a second mail about the same class.
            models.UniqueConstraint(
                fields=["account", "student", "kind"],
                name="an_alert_is_chosen_once",
                violation_error_message="This is chosen already.",
            ),
        ]

    def __str__(self) -> str:
        return f"alert choice {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class AlertTiming(models.Model):
    """When an account wants its mail: at once, or what was chosen as one mail a day; and when not. Times are local.

    Without a row: at once, and at all hours that the district's policy leaves.
    """

    account = models.OneToOneField("students.FamilyAccount", on_delete=models.PROTECT, related_name="alert_timing")
    # Empty: each thing at once.
    digest_at = models.TimeField(null=True, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="familys_quiet_hours_begin_and_end",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                violation_error_message="Quiet hours have a beginning and another end, or are left out.",
            ),
        ]

    def __str__(self) -> str:
        return f"alert timing {self.pk}"
