"""Months that a district certified, and what was changed in one of their days afterwards."""

import pgtrigger
from django.db import models
from django.db.models import Q

from students.models.dated import Dated, ends_after_start, no_overlap


class FrozenMonth(Dated):
    """A school's days that were certified, both ends inclusive. From then on the database lets nobody change a mark, a
    calendar day or a ledger row of them without a reason, and notes each change (AmendedDay). Never lifted.
    """

    # Here the last day is known: a month without an end would freeze what is to come.
    ends_on = models.DateField()
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    frozen_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["school_id", "starts_on"]
        constraints = [
            # The one that a second certification of the same month meets.
            models.UniqueConstraint(
                fields=["school", "starts_on", "ends_on"],
                name="a_month_is_frozen_once",
                violation_error_message="This month is frozen already.",
            ),
            # A day of two certified months would be paid for twice (RD-70).
            no_overlap("frozen_months_do_not_overlap", "school", message="Some of these days are frozen already."),
            ends_after_start("frozen_month_ends_after_start"),
        ]
        triggers = [pgtrigger.Protect(name="frozen_months_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"frozen month {self.pk}"


class Amended(models.TextChoices):
    """What was changed on a certified day."""

    DAY = "day", "The day"
    MARK = "mark", "A mark"
    CALENDAR = "calendar", "The calendar"


class AmendedDay(models.Model):
    """One thing changed on a day that had been certified: what it was and became, by whom, when and why.

    Written by the triggers alone, in the change's own transaction (`change` is the database's number of it), so that
    no change of a certified day can miss the list. Empty `was`: it is new; empty `became`: it is no more.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    # None where the whole school's day was changed.
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=Amended.choices)
    was = models.CharField(max_length=60, blank=True)
    became = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300)
    # None for the installation itself: a roster import, a file of the LMS.
    amended_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, related_name="+")
    amended_at = models.DateTimeField()
    change = models.BigIntegerField()

    append_only = True

    class Meta:
        ordering = ["amended_at", "id"]
        indexes = [models.Index(fields=["school", "date"], name="amended_school_date")]
        constraints = [
            # An auditor asks why a figure that was certified is another now.
            models.CheckConstraint(
                name="amended_day_says_why",
                condition=~Q(reason=""),
                violation_error_message="Say why a certified day is changed.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="amended_days_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"amended day {self.pk}"
