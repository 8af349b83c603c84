"""How many student-days the ledger holds of each kind, and marks each period, so that a year of a whole district is
added up at a look.
"""

from django.db import models
from django.db.models import Q

from attendance.models.ledger import AbsenceKind, DayStatus
from attendance.models.modes import Mode


class DayTally(models.Model):
    """A number of the ledger's rows that are alike; the sum of all such rows is what the ledger holds.

    Triggers of the ledger write one row for each change, negative where days are no longer so: two saves never wait
    for each other, and the sum is right in every transaction. Rows of a school's date are added up into one later.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    grade = models.CharField(max_length=20, blank=True)
    ada_included = models.BooleanField()
    mode = models.CharField(max_length=20, choices=Mode.choices, blank=True)
    status = models.CharField(max_length=15, choices=DayStatus.choices)
    absence_kind = models.CharField(max_length=10, choices=AbsenceKind.choices, blank=True)
    students = models.IntegerField(help_text="Student-days; negative where they are no longer so.")
    settled = models.BooleanField(default=False, db_default=False, help_text="Added up with the others of its date.")

    class Meta:
        verbose_name_plural = "day tallies"
        indexes = [
            models.Index(fields=["school", "date"], name="tally_school_date"),
            models.Index(fields=["school"], condition=Q(settled=False), name="tally_unsettled"),
        ]

    def __str__(self) -> str:
        return f"tally {self.pk}"


class MarkTally(models.Model):
    """Marks of classes taken in a school's period of a date; the sum of all such rows is what was marked.

    Written by triggers of marks and of class meetings, a row for each change, as the ledger's tallies are. A class that
    is void or not taken counts nothing: there is no data of it.
    """

    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    period = models.CharField(max_length=40)
    # A column each: a save writes one row, whatever it marked.
    present = models.IntegerField(help_text="Marks; negative where they are no longer so, as in the others.")
    tardy = models.IntegerField()
    left_early = models.IntegerField()
    absent = models.IntegerField()
    settled = models.BooleanField(default=False, db_default=False, help_text="Added up with the others of its date.")

    class Meta:
        verbose_name_plural = "mark tallies"
        indexes = [
            models.Index(fields=["school", "date"], name="mark_tally_school_date"),
            models.Index(fields=["school"], condition=Q(settled=False), name="mark_tally_unsettled"),
        ]

    def __str__(self) -> str:
        return f"mark tally {self.pk}"
